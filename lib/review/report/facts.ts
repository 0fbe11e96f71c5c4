import type { Bilingual } from '../../checks/bilingual.ts';
import { declarationKeys } from '../../declarations/keys.ts';
import { isObject } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import { canonical, contentsOf } from './contents.ts';
import { shownLogical } from './locations.ts';
import type { Notice } from './notices.ts';
import type { ConnectionPath, EnvironmentProof } from './proof.ts';

/** What a reviewer signs besides the findings: a change of it is news, even where no rule objects. */
export const factKinds = [
  'notice',
  'reader',
  'connection',
  'exit',
  'allowedName',
  'country',
  'adminPath',
  'publicPath',
  'person',
  'hours',
  'contractor',
  'subscriber',
  'stack',
  'resource',
  'content',
] as const;
export type FactKind = (typeof factKinds)[number];

/** By kind, as sentences; each of them once. Kinds that nobody asked for are left out: not the same as none. A fact may end with a digest of what it says no more of (contents.ts). */
export type Facts = Readonly<Partial<Record<FactKind, readonly string[]>>>;

interface Reviewed {
  readonly stacks: readonly StackTemplate[];
  /** Undefined when nobody asked for them. */
  readonly proofs: readonly EnvironmentProof[] | undefined;
  readonly notices: readonly Pick<Notice, 'environment' | 'text'>[];
}

/** What each kind is called in a report, and where its facts stand. */
const kinds: Readonly<
  Record<
    FactKind,
    { readonly name: Bilingual; readonly of: (reviewed: Reviewed) => readonly string[] | undefined }
  >
> = {
  notice: {
    name: { en: 'notices', ja: 'お知らせ' },
    of: ({ notices }) => notices.map(({ environment, text }) => inEnvironment(environment, text.en)),
  },
  reader: {
    name: { en: 'who can read what', ja: '読める者と対象' },
    of: ({ proofs }) =>
      proofs?.flatMap(({ access, alsoReadable = [] }) =>
        [...access, ...alsoReadable].map(
          ({ principal, action, target, declared, decided }) =>
            `${principal}: ${action} on ${target.name}${declared === false ? ' (undeclared)' : ''}${open(decided)}`,
        ),
      ),
  },
  connection: {
    name: { en: 'connections', ja: '接続' },
    of: ({ proofs }) => proofs?.flatMap(({ paths }) => paths.map(connection)),
  },
  exit: {
    name: { en: 'ways out to the Internet', ja: 'インターネットへの出口' },
    of: ({ proofs }) =>
      proofs?.flatMap(({ exits = [] }) =>
        exits.map(({ from, through, ports }) => `${from} -> Internet on ${ports}, through ${through}`),
      ),
  },
  allowedName: {
    name: { en: 'names that may be resolved', ja: '名前解決を許す名前' },
    of: listed(declarationKeys.allowedDomains),
  },
  country: { name: { en: 'countries', ja: '国' }, of: listed(declarationKeys.countries) },
  adminPath: {
    name: { en: 'paths for staff only', ja: '管理パス' },
    of: listed(declarationKeys.adminPaths),
  },
  publicPath: {
    name: { en: 'paths below them that stay open', ja: '管理パスのうち公開のもの' },
    of: listed(declarationKeys.publicPaths),
  },
  person: {
    name: { en: 'people with VPN access', ja: 'VPN を使える人' },
    of: ({ stacks }) =>
      sentences(
        declared(stacks, declarationKeys.connectionRules).map(({ environment, value }) => ({
          environment,
          value: isObject(value) ? value.people : [],
        })),
      ),
  },
  hours: {
    name: { en: 'hours of the VPN', ja: 'VPN の時間帯' },
    of: ({ stacks }) =>
      declared(stacks, declarationKeys.connectionRules).map(({ environment, value }) =>
        inEnvironment(environment, canonical((isObject(value) && value.hours) || 'at any time')),
      ),
  },
  contractor: {
    name: { en: 'firms that may operate', ja: '運用を任せた会社' },
    of: ({ stacks }) =>
      declared(stacks, declarationKeys.contractor).map(({ environment, value }) =>
        inEnvironment(environment, canonical(value)),
      ),
  },
  subscriber: {
    name: { en: 'addresses of alarms', ja: 'アラームの宛先' },
    of: listed(declarationKeys.subscribers),
  },
  stack: {
    name: { en: 'stacks, and where they stand', ja: 'スタックとその場所' },
    of: ({ stacks }) => stacks.map(placeOf),
  },
  resource: { name: { en: 'resources', ja: 'リソース' }, of: ({ stacks }) => stacks.flatMap(resources) },
  content: {
    name: { en: 'settings of what was there before', ja: '以前からあるものの設定' },
    of: ({ stacks }) => stacks.flatMap(contentsOf),
  },
};

/** What a kind of facts is called in a report. */
export function factName(kind: FactKind): Bilingual {
  return kinds[kind].name;
}

export function factsOf(
  stacks: readonly StackTemplate[],
  proofs: readonly EnvironmentProof[] | undefined,
  notices: Reviewed['notices'] = [],
): Facts {
  const reviewed = { stacks, proofs, notices };
  return Object.fromEntries(
    factKinds.flatMap((kind) => {
      const facts = kinds[kind].of(reviewed);
      return facts ? [[kind, [...new Set(facts)].sort()]] : [];
    }),
  );
}

interface Declared {
  readonly environment: string;
  readonly value: unknown;
}

function declared(stacks: readonly StackTemplate[], key: string): Declared[] {
  return stacks.flatMap(({ environment, template }) =>
    Object.values(template.Resources).flatMap(({ Metadata }) =>
      Metadata?.[key] === undefined ? [] : [{ environment, value: Metadata[key] }],
    ),
  );
}

function listed(key: string): (reviewed: Reviewed) => readonly string[] {
  return ({ stacks }) => sentences(declared(stacks, key));
}

function sentences(found: readonly Declared[]): string[] {
  return found.flatMap(({ environment, value }) =>
    (Array.isArray(value) ? value : []).map((each) => inEnvironment(environment, String(each))),
  );
}

const open = (decided: boolean): string => (decided ? '' : ' (not to be decided)');

function connection({ from, to, ports, decided }: ConnectionPath): string {
  return `${from} -> ${to} on ${ports}${open(decided)}`;
}

function placeOf({ name, region, account, terminationProtection }: StackTemplate): string {
  const place = [region && `in ${region}`, account && `of account ${account}`].filter(Boolean).join(' ');
  const kept =
    terminationProtection === undefined ? '' : ` (${terminationProtection ? '' : 'not '}protected)`;
  return `${name}${place && ` ${place}`}${kept}`;
}

function resources({ name, template }: StackTemplate): string[] {
  return Object.entries(template.Resources).map(
    ([logicalId, { Type, Metadata }]) => `${shownLogical(name, logicalId, Metadata)} (${Type})`,
  );
}

const inEnvironment = (environment: string, text: string): string =>
  environment === '' ? text : `${environment}: ${text}`;
