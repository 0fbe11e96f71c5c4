import type { Bilingual } from '../../checks/bilingual.ts';
import { declarationKeys } from '../../declarations/keys.ts';
import { isObject } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { ConnectionPath, EnvironmentProof } from './proof.ts';

/** What a reviewer signs besides the findings: a change of it is news, even where no rule objects. */
export const factKinds = [
  'reader',
  'connection',
  'allowedName',
  'country',
  'person',
  'hours',
  'subscriber',
  'resource',
] as const;
export type FactKind = (typeof factKinds)[number];

/** By kind, as sentences; each of them once. */
export type Facts = Readonly<Record<FactKind, readonly string[]>>;

const names: Readonly<Record<FactKind, Bilingual>> = {
  reader: { en: 'who can read what', ja: '読める者と対象' },
  connection: { en: 'connections', ja: '接続' },
  allowedName: { en: 'names that may be resolved', ja: '名前解決を許す名前' },
  country: { en: 'countries', ja: '国' },
  person: { en: 'people with VPN access', ja: 'VPN を使える人' },
  hours: { en: 'hours of the VPN', ja: 'VPN の時間帯' },
  subscriber: { en: 'addresses of alarms', ja: 'アラームの宛先' },
  resource: { en: 'resources', ja: 'リソース' },
};

/** What a kind of facts is called in a report. */
export function factName(kind: FactKind): Bilingual {
  return names[kind];
}

export function factsOf(stacks: readonly StackTemplate[], proofs: readonly EnvironmentProof[]): Facts {
  const declared = (key: string) => stacks.flatMap((stack) => declarationsIn(stack, key));
  const rules = declared(declarationKeys.connectionRules);
  return mapFacts({
    reader: proofs.flatMap(({ access }) =>
      access.map(
        ({ principal, action, target, decided }) =>
          `${principal}: ${action} on ${target.name}${decided ? '' : ' (not to be decided)'}`,
      ),
    ),
    connection: proofs.flatMap(({ paths }) => paths.map(connection)),
    allowedName: texts(declared(declarationKeys.allowedDomains)),
    country: texts(declared(declarationKeys.countries)),
    person: texts(
      rules.map(({ environment, value }) => ({ environment, value: isObject(value) ? value.people : [] })),
    ),
    hours: rules.map(({ environment, value }) =>
      inEnvironment(environment, JSON.stringify((isObject(value) && value.hours) || 'at any time')),
    ),
    subscriber: texts(declared(declarationKeys.subscribers)),
    resource: stacks.flatMap(resources),
  });
}

interface Declared {
  readonly environment: string;
  readonly value: unknown;
}

function declarationsIn({ environment, template }: StackTemplate, key: string): Declared[] {
  return Object.values(template.Resources).flatMap(({ Metadata }) =>
    Metadata?.[key] === undefined ? [] : [{ environment, value: Metadata[key] }],
  );
}

function texts(declared: readonly Declared[]): string[] {
  return declared.flatMap(({ environment, value }) =>
    (Array.isArray(value) ? value : []).map((each) => inEnvironment(environment, String(each))),
  );
}

function connection({ from, to, ports, decided }: ConnectionPath): string {
  return `${from} -> ${to} on ${ports}${decided ? '' : ' (not to be decided)'}`;
}

function resources({ name, template }: StackTemplate): string[] {
  return Object.entries(template.Resources).map(([logicalId, { Type, Metadata }]) => {
    const path = Metadata?.['aws:cdk:path'];
    const shown = typeof path === 'string' ? path.replace(/\/Resource$/, '') : `${name}/${logicalId}`;
    return `${shown} (${Type})`;
  });
}

const inEnvironment = (environment: string, text: string): string =>
  environment === '' ? text : `${environment}: ${text}`;

function mapFacts(facts: Facts): Facts {
  const once = (sentences: readonly string[]) => [...new Set(sentences)].sort();
  return Object.fromEntries(factKinds.map((kind) => [kind, once(facts[kind])])) as Record<FactKind, string[]>;
}
