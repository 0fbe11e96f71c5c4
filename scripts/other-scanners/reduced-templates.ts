import { declarationKeys } from '../../lib/declarations/keys.ts';

type Json = Readonly<Record<string, unknown>>;
export type Template = Readonly<Record<string, Json>>;

/** Sections of a template whose entries refer to each other. */
const sections = ['Resources', 'Outputs', 'Conditions', 'Parameters', 'Mappings', 'Rules'] as const;

/**
 * The templates without what the ones before hold already, and without our own metadata, which is half of their text: a staging
 * environment has most resources of its production under other names, and scanners say the same of them. What an entry that stays
 * refers to stays as well, so that a scanner misses nothing. Templates of which nothing is left are left out.
 */
export function reducedTemplates(texts: readonly string[]): Template[] {
  const known = new Set<string>();
  return texts
    .toSorted((a, b) => b.length - a.length)
    .flatMap((text) => {
      const fresh = entriesOf(text).filter(({ shape }) => !known.has(shape));
      for (const { shape } of fresh) known.add(shape);
      return fresh.length === 0 ? [] : [withOnly(JSON.parse(text) as Template, fresh)];
    });
}

/** An entry of a section, and what it is apart from names, references and order of deployment. */
export interface Entry {
  readonly section: (typeof sections)[number];
  readonly id: string;
  readonly shape: string;
}

export function entriesOf(text: string): Entry[] {
  const template = JSON.parse(text) as Template;
  const declared = template.Metadata?.[declarationKeys.environment] as Json | undefined;
  const { shop, environment, account, region } = declared ?? {};
  const names = [shop, environment, account, region].filter((name) => typeof name === 'string');
  const unnamed = (written: string) => names.reduce((left, name) => left.replaceAll(name, '…'), written);
  return sections.flatMap((section) =>
    Object.entries(template[section] ?? {}).map(([id, entry]) => {
      // An explanation is of resources by their ids; nobody looks at the other names.
      const name = section === 'Resources' ? unnamed(id) : '';
      return { section, id, shape: JSON.stringify([section, name, shapeOf(entry, unnamed)]) };
    }),
  );
}

function shapeOf(value: unknown, unnamed: (written: string) => string): unknown {
  if (typeof value === 'string') return unnamed(value);
  if (Array.isArray(value)) return value.map((each) => shapeOf(each, unnamed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'DependsOn' && key !== 'Metadata')
      .map(([key, each]) => [unnamed(key), isReference(key, each) ? '' : shapeOf(each, unnamed)]),
  );
}

/** Pseudo parameters such as AWS::NoValue mean what they say. */
function isReference(key: string, target: unknown): boolean {
  if (key === 'Ref') return !String(target).startsWith('AWS::');
  return ['Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetStackOutput'].includes(key);
}

function withOnly(template: Template, fresh: readonly Entry[]): Template {
  const entries = sections.flatMap((section) =>
    Object.entries(template[section] ?? {}).map(([id, entry]) => ({ id, names: namesIn(entry) })),
  );
  const users = (id: string) => entries.filter(({ names }) => names.includes(id)).map((entry) => entry.id);
  // A parameter that nothing uses is a finding: those that use it stay with it.
  const left = fresh.flatMap(({ section, id }) => (section === 'Parameters' ? [id, ...users(id)] : [id]));
  const kept = new Set<string>();
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    for (const entry of entries) if (entry.id === id) left.push(...entry.names);
  }
  const reduced = Object.entries(template).flatMap(([section, whole]) => {
    // Of which environment it is says what names are in it.
    if (section === 'Metadata')
      return [[section, { [declarationKeys.environment]: whole[declarationKeys.environment] }]];
    if (!(sections as readonly string[]).includes(section)) return [[section, whole]];
    const rest = Object.entries(whole)
      .filter(([id]) => kept.has(id))
      .map(([id, entry]) => [id, withoutOurMetadata(entry)] as const);
    return rest.length === 0 ? [] : [[section, Object.fromEntries(rest)]];
  });
  return Object.fromEntries(reduced) as Template;
}

/** What the CDK writes stays: cfn-lint judges what it made less strictly. */
function withoutOurMetadata(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('Metadata' in entry)) return entry;
  const theirs = Object.entries(entry.Metadata as Json).filter(([key]) => !key.startsWith('secure-shop:'));
  return { ...entry, Metadata: Object.fromEntries(theirs) };
}

/** Every text and part of a text that could be the id of an entry. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.match(/\w+/g) ?? [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === 'Metadata' ? [] : namesIn(each)));
}
