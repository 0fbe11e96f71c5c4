import type { z } from 'zod';
import { type ShopInput, shopSchema } from '../../../../lib/config/schema.ts';

/** A change of the shop file, one setting at a time. */
export interface Transition {
  /** The setting, as docs/configuration.md names it. */
  readonly setting: string;
  readonly from: ShopInput;
  readonly to: ShopInput;
}

type Path = readonly (string | number)[];
type Schema = z.core.$ZodType;

/**
 * Texts that some setting takes. A setting takes those that its own schema accepts; one that accepts none of them
 * has no transition, which a test reports.
 */
const texts = [
  'hana',
  'shop2.example.jp',
  'www.example.jp',
  'cdn.example.com',
  '10.30.0.0/16',
  '10.251.0.0/22',
  '203.0.113.7',
  'SELECT id, email FROM customers',
  'SELECT id, name FROM customers',
  '/more/staff',
  '/srv/more',
  '18:00',
  '07:00',
  'MORE_VARIABLE',
  'more@example.jp',
  '2027-01-01',
  '2027-01-15',
  '12 hours',
  'US',
  '222233334444',
  '777788889999',
  'eu-west-1',
  'ap-northeast-1a',
  'ap-northeast-1d',
  'ap-northeast-1c',
  'Europe/Paris',
  'Z9876543210ABCDEFGHIJ',
  'CVE-2026-12345',
  'arn:aws:acm:ap-northeast-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  'arn:aws:iam::111122223333:saml-provider/Staff',
  'arn:aws:codeconnections:ap-northeast-1:111122223333:connection/11111111-2222-3333-4444-555555555555',
  'arn:aws:codeconnections:ap-northeast-1:111122223333:connection/99999999-2222-3333-4444-555555555555',
  'arn:aws:iam::111122223333:user/hana',
  'arn:aws:ce::111122223333:anomalymonitor/01234567-89ab-cdef-0123-456789abcdef',
  'owner/name',
  'another-name',
  'a sentence that is long enough to be a reason',
];

/** Every setting of the schema, switched from what a shop has to each other kind of value, and between those. */
export function transitionsOf(shop: ShopInput): Transition[] {
  const changes = changesOf(shopSchema, shop, []);
  const within = ({ inside }: Change) => (inside ? withValue(shop, inside.path, inside.value) : shop);
  const switched = changes.map((change) => ({
    setting: settingName(change.path),
    from: within(change),
    to: withValue(within(change), change.path, change.values),
  }));
  return [
    ...switched,
    ...changes.flatMap((change, index) => betweenOthers(shop, change, changes.slice(index + 1))),
  ];
}

/** From each choice to each other one, such as the tiers: neither may be what the shop has. */
function betweenOthers(shop: ShopInput, change: Change, later: readonly Change[]): Transition[] {
  if (!change.choice || change.inside) return [];
  return later
    .filter((other) => !other.inside && other.path.join('.') === change.path.join('.'))
    .map((other) => ({
      setting: settingName(change.path),
      from: withValue(shop, change.path, change.values),
      to: withValue(shop, other.path, other.values),
    }));
}

/** Two settings of an environment at once: owners change more than one thing before they deploy. */
export function compound(
  shop: ShopInput,
  transitions: readonly Transition[],
  settings: readonly string[],
): Transition {
  const chosen = settings.map((setting) => {
    const found = transitions.find((each) => each.setting === setting);
    if (!found) throw new Error(`no transition switches ${setting}`);
    return found;
  });
  return {
    setting: settings.join(' + '),
    from: shop,
    to: chosen.reduce<ShopInput>((together, { to }) => merged(shop, together, to), shop),
  };
}

/** What one shop says, with what another changed of the first. */
function merged<T>(first: T, one: T, other: T): T {
  if (JSON.stringify(first) === JSON.stringify(other)) return one;
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(first) || !isObject(one) || !isObject(other)) return other;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, merged(first[key], one[key], other[key])])) as T;
}

interface Change {
  readonly path: Path;
  readonly values: unknown;
  /** Whether it is one of a few, each of which may follow each other. */
  readonly choice?: boolean;
  /** What must be there first: an optional part is switched on before its own settings are. */
  readonly inside?: { readonly path: Path; readonly value: unknown };
}

function changesOf(schema: Schema, current: unknown, path: Path): Change[] {
  const { def, optional } = unwrapped(schema);
  const preset = defaultOf(schema);
  // An object that is written must be written whole, where its defaults stand for the whole of it.
  if (def.type === 'object' && current === undefined && Object.keys(preset ?? {}).length > 0) {
    return objectChanges(def, preset, path).map((change) => ({
      ...change,
      inside: change.inside ?? { path, value: preset },
    }));
  }
  if (def.type === 'object') {
    if (current === undefined) {
      const value = sample(schema);
      if (!optional || def.shape === undefined) return objectChanges(def, {}, path);
      const inside = { path, value };
      const within = objectChanges(def, value, path).map((change) => ({
        ...change,
        inside: change.inside ?? inside,
      }));
      return [{ path, values: value }, ...within];
    }
    return objectChanges(def, current, path);
  }
  if (def.type === 'record' && path[0] !== 'environments') {
    return [
      { path, values: { ...(current as object), [String(samples(def.keyType as Schema)[0])]: 'text' } },
    ];
  }
  if (def.type === 'record') {
    return Object.entries((current ?? {}) as Record<string, unknown>)
      .slice(0, 1)
      .flatMap(([key, value]) => changesOf(def.valueType as Schema, value, [...path, key]));
  }
  if (def.type === 'union' && def.discriminator !== undefined)
    return unionChanges(def, current ?? preset, path);
  if (def.type === 'array') return arrayChanges(schema, current, path);
  const choice = def.type === 'enum';
  return others(schema, current).map((values) => ({ path, values, choice }));
}

function objectChanges(def: Definition, current: unknown, path: Path): Change[] {
  const object = (current ?? {}) as Record<string, unknown>;
  return Object.entries(def.shape ?? {}).flatMap(([key, inner]) =>
    changesOf(inner, object[key], [...path, key]),
  );
}

/** The same alternative with other values, and each other one. */
function unionChanges(def: Definition, current: unknown, path: Path): Change[] {
  const key = def.discriminator ?? '';
  const chosen = (current as Record<string, unknown> | undefined)?.[key];
  return (def.options ?? []).flatMap((option): Change[] => {
    const shape = unwrapped(option).def.shape ?? {};
    const [name] = unwrapped(shape[key] as Schema).def.values ?? [];
    const { [key]: _, ...rest } = shape;
    const parts = { type: 'object', shape: rest };
    if (name === chosen) return objectChanges(parts, current, path);
    const value = sample(option);
    const inside = { path, value };
    const within = objectChanges(parts, value, path).map((change) => ({ ...change, inside }));
    // What a whole platform has besides is tried on a shop of that platform.
    return [{ path, values: value, choice: true }, ...(path.length > 1 ? within : [])];
  });
}

/** One more member, one fewer. */
function arrayChanges(schema: Schema, current: unknown, path: Path): Change[] {
  const { def } = unwrapped(schema);
  const members = (current ?? []) as unknown[];
  const further = samples(def.element as Schema).filter(
    (member) => !members.some((other) => JSON.stringify(other) === JSON.stringify(member)),
  );
  const more = [
    ...further.map((member) => [...members, member]),
    [...members, ...further.slice(0, 2)],
    [...members, ...further],
  ];
  const fewer = members.length > 1 ? [members.slice(0, -1)] : [];
  return [...more.filter((value) => accepts(schema, value)).slice(0, 2), ...fewer].map((values) => ({
    path,
    values,
  }));
}

function others(schema: Schema, current: unknown): unknown[] {
  return samples(schema).filter((value) => value !== current && value !== defaultOf(schema));
}

/** Values that a schema takes: all of a few, some of many. */
function samples(schema: Schema): unknown[] {
  const { def, bag } = unwrapped(schema);
  const generators: Readonly<Record<string, () => unknown[]>> = {
    boolean: () => [true, false],
    enum: () => Object.values(def.entries ?? {}),
    literal: () => [...(def.values ?? [])],
    number: () => {
      const { minimum = 0, maximum = 4000 } = bag;
      return [maximum, minimum, minimum + 1, 731, 3653, 30];
    },
    string: () => texts,
    union: () => (def.options ?? []).flatMap(samples),
    object: () => [sample(schema)],
  };
  const fitting = (generators[def.type]?.() ?? []).filter((value) => accepts(schema, value));
  const few = ['boolean', 'enum', 'literal', 'union'].includes(def.type);
  return few ? fitting : fitting.slice(0, 3);
}

/** The least that an object can be. */
function sample(schema: Schema): unknown {
  const { def } = unwrapped(schema);
  if (def.type !== 'object')
    return def.type === 'array' ? [samples(def.element as Schema)[0]] : samples(schema)[0];
  const required = Object.entries(def.shape ?? {}).filter(([, inner]) => !accepts(inner, undefined));
  return Object.fromEntries(required.map(([key, inner]) => [key, sample(inner)]));
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
  readonly defaultValue?: unknown;
}

/** A schema without what only says that it may be left out. */
function unwrapped(schema: Schema): {
  readonly def: Definition;
  readonly bag: { readonly minimum?: number; readonly maximum?: number };
  readonly optional: boolean;
} {
  const def = schema._zod.def as unknown as Definition;
  if (!def.innerType) return { def, bag: schema._zod.bag, optional: false };
  const inner = unwrapped(def.innerType);
  return { ...inner, optional: inner.optional || def.type === 'optional' };
}

function defaultOf(schema: Schema): unknown {
  const def = schema._zod.def as unknown as Definition;
  if (def.type === 'default' || def.type === 'prefault') return def.defaultValue;
  return def.innerType && defaultOf(def.innerType);
}

function accepts(schema: Schema, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}

function withValue(shop: ShopInput, path: Path, value: unknown): ShopInput {
  const set = (here: unknown, [step, ...rest]: Path): unknown =>
    step === undefined
      ? value
      : { ...(here as object), [step]: set((here as Record<string | number, unknown>)?.[step], rest) };
  return set(shop, path) as ShopInput;
}

/** `environments.production.tier` is `environments.<name>.tier` in the reference. */
function settingName([first, ...rest]: Path): string {
  return (first === 'environments' ? rest.slice(1) : [first, ...rest]).join('.');
}

/** Settings that hold texts, numbers or choices, by their names: what the transitions must cover. */
export function settingsOf(schema: Schema = shopSchema, path: Path = []): string[] {
  const { def } = unwrapped(schema);
  if (def.type === 'object') {
    return Object.entries(def.shape ?? {}).flatMap(([key, inner]) => settingsOf(inner, [...path, key]));
  }
  if (def.type === 'record' && path[0] === 'environments')
    return settingsOf(def.valueType as Schema, [...path, 'name']);
  if (def.type === 'union' && def.discriminator) {
    const { discriminator } = def;
    const all = (def.options ?? []).flatMap((option) => settingsOf(option, path));
    const choice = settingName([...path, discriminator]);
    return [...new Set(all.map((setting) => (setting === choice ? settingName(path) : setting)))];
  }
  return [settingName(path)];
}
