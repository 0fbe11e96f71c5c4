import { z } from 'zod';
import { found, type Path, quote, type Report } from './problem.ts';
import { looksSecret } from './secrets.ts';
import { alternatives, closest } from './suggest.ts';

/** A value of which every part may be missing, because it was missing or wrong in the file. */
export type Draft<T> = T extends readonly (infer Entry)[]
  ? readonly Draft<Entry>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> }
    : T | undefined;

/**
 * Reads data by a schema and goes on after a mistake: each mistake is reported where it stands, and what is
 * right comes back, defaults filled in, for rules that compare several settings. (zod's own parse gives either
 * everything or nothing, and does not look behind a misspelt name.)
 */
export function read<Schema extends z.core.$ZodType>(
  schema: Schema,
  data: unknown,
  report: Report,
): Draft<z.output<Schema>> | undefined {
  const read = new Reader(schema, report).read(schema, data, []);
  return read as Draft<z.output<Schema>> | undefined;
}

class Reader {
  private readonly report: Report;
  private readonly places: ReadonlyMap<string, string>;

  constructor(schema: z.core.$ZodType, report: Report) {
    this.report = report;
    this.places = placesOfSettings(schema);
  }

  read(schema: z.core.$ZodType, value: unknown, path: Path): unknown {
    if (schema instanceof z.ZodDefault) {
      return value === undefined ? schema.def.defaultValue : this.read(schema.def.innerType, value, path);
    }
    if (schema instanceof z.ZodPrefault) {
      return this.read(schema.def.innerType, value === undefined ? schema.def.defaultValue : value, path);
    }
    if (schema instanceof z.ZodOptional) {
      return value === undefined ? undefined : this.read(schema.def.innerType, value, path);
    }
    if (schema instanceof z.ZodObject) return this.readObject(schema, value, path);
    if (schema instanceof z.ZodRecord) return this.readRecord(schema, value, path);
    if (schema instanceof z.ZodDiscriminatedUnion) return this.readUnion(schema, value, path);
    if (schema instanceof z.ZodArray) return this.readList(schema, value, path);
    const option = objectMeant(schema, value);
    if (option !== undefined) return this.readObject(option, value, path);
    return this.readValue(schema, value, path);
  }

  private readObject(schema: z.ZodObject, value: unknown, path: Path): unknown {
    if (!this.isObject(schema, value, path)) return undefined;
    const settings = Object.keys(schema.shape);
    const writtenAs = this.explainUnknown(settings, value, path);
    const result: Record<string, unknown> = Object.create(null);
    for (const [name, setting] of Object.entries(schema.shape)) {
      const key = writtenAs.get(name) ?? name;
      if (value[key] === undefined && isRequired(setting)) {
        this.report([...path, name], `missing; ${expectation(setting)}${about(setting)}`);
      } else if (value[key] !== undefined || !(setting instanceof z.ZodOptional)) {
        result[name] = this.read(setting, value[key], [...path, key]);
      }
    }
    return result;
  }

  /** @returns for each setting that was misspelt, the name under which it stands in the file */
  private explainUnknown(
    settings: readonly string[],
    value: Readonly<Record<string, unknown>>,
    path: Path,
  ): Map<string, string> {
    const writtenAs = new Map<string, string>();
    for (const key of Object.keys(value).filter((key) => !settings.includes(key))) {
      const nearest = closest(key, settings);
      const isTaken = nearest !== undefined && (value[nearest] !== undefined || writtenAs.has(nearest));
      const meant = isTaken ? undefined : nearest;
      if (meant !== undefined) writtenAs.set(meant, key);
      this.report([...path, key], `unknown setting; ${this.knownSetting(key, meant, settings)}`);
    }
    return writtenAs;
  }

  private knownSetting(key: string, meant: string | undefined, settings: readonly string[]): string {
    if (meant !== undefined) return `did you mean "${meant}"?`;
    const place = this.places.get(key);
    if (place !== undefined) return `"${key}" belongs in ${place}`;
    const close = closest(key, settings);
    if (close !== undefined) return `did you mean "${close}"? It is there already, so remove this one`;
    return settings.length === 1
      ? `the only setting here is "${settings[0]}"`
      : `the settings here are ${settings.join(', ')}`;
  }

  private readRecord(schema: z.ZodRecord, value: unknown, path: Path): unknown {
    if (!this.isObject(schema, value, path)) return undefined;
    this.checkWhole(z.record(z.string(), z.unknown()).check(...checksOf(schema)), value, path);
    const result: Record<string, unknown> = Object.create(null);
    for (const [key, entry] of Object.entries(value)) {
      const name = schema.def.keyType;
      const parsed = z.safeParse(name, key, { error: () => expectation(name) });
      if (!parsed.success) {
        this.report([...path, key], `found the name ${quote(key)}; ${parsed.error.issues[0]?.message}`);
      }
      result[key] = this.read(schema.def.valueType, entry, [...path, key]);
    }
    return result;
  }

  private readUnion(schema: z.ZodDiscriminatedUnion, value: unknown, path: Path): unknown {
    if (!this.isObject(schema, value, path)) return undefined;
    const { discriminator } = schema.def;
    const options = unionOptions(schema);
    const written = value[discriminator];
    const option = options.get(written);
    if (option !== undefined) return this.read(option, value, path);
    const names = [...options.keys()].map(String);
    if (written === undefined) {
      this.report([...path, discriminator], `missing; write ${alternatives(names)}`);
      return undefined;
    }
    const meant = typeof written === 'string' ? closest(written, names) : undefined;
    this.report([...path, discriminator], `${found(written)}; ${oneOf(names, meant)}`);
    const guessed = meant === undefined ? undefined : options.get(meant);
    return guessed && this.read(guessed, { ...value, [discriminator]: meant }, path);
  }

  private readList(schema: z.ZodArray, value: unknown, path: Path): unknown {
    const entry = schema.def.element;
    if (!Array.isArray(value)) {
      const example = typeof value === 'string' && !looksSecret(value) && z.safeParse(entry, value).success;
      const advice = example ? `write a list: [${quote(value)}]` : expectation(schema);
      this.report(path, `${found(value)}; ${advice}`);
      return undefined;
    }
    this.checkWhole(z.array(z.unknown()).check(...checksOf(schema)), value, path);
    const seen = new Map<string, number>();
    return value.map((written: unknown, index) => {
      const here = [...path, index];
      const parsed = this.read(entry, written, here);
      if (typeof parsed !== 'string') return parsed;
      const first = seen.get(parsed.toLowerCase());
      seen.set(parsed.toLowerCase(), first ?? index);
      if (first === undefined) return parsed;
      this.report(here, `${found(parsed)}, which entry [${first}] of the list says already; remove one`);
      return undefined;
    });
  }

  /** Texts, numbers, enumerations and other values without parts. */
  private readValue(schema: z.core.$ZodType, value: unknown, path: Path): unknown {
    const parsed = z.safeParse(schema, value, { error: () => expectation(schema) });
    if (parsed.success) return parsed.data;
    const choices = choicesOf(schema);
    const meant = typeof value === 'string' ? closest(value, choices.map(String)) : undefined;
    const advice =
      meant === undefined
        ? parsed.error.issues[0]?.message
        : oneOf(
            choices,
            choices.find((choice) => String(choice) === meant),
          );
    this.report(path, `${foundAs(value, schema)}; ${advice}`);
    return undefined;
  }

  private isObject(
    schema: z.core.$ZodType,
    value: unknown,
    path: Path,
  ): value is Readonly<Record<string, unknown>> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) this.report(path, `${found(value)}; ${expectation(schema)}`);
    return isObject;
  }

  /** Reports what a list or record is as a whole, such as too short. */
  private checkWhole(schema: z.core.$ZodType, value: unknown, path: Path): void {
    const parsed = z.safeParse(schema, value);
    for (const issue of parsed.error?.issues ?? []) {
      const count = Array.isArray(value) ? value.length : Object.keys(value as object).length;
      const limit = issue.code === 'too_big' ? `write at most ${issue.maximum}` : issue.message;
      const advice = /^(write|name|define|keep)/.test(issue.message) ? issue.message : limit;
      this.report(
        path,
        `found ${count === 0 ? 'none' : count === 1 ? 'one entry' : `${count} entries`}; ${advice}`,
      );
    }
  }
}

/** What to write where a value of the schema is wanted, in the words of the schema's own message if it has one. */
export function expectation(schema: z.core.$ZodType): string {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return `write an object: { ${objectOutline(inner)} }`;
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const [name] = unionOptions(inner).keys();
    return `write an object: { ${inner.def.discriminator}: ${JSON.stringify(name)} }`;
  }
  if (inner instanceof z.ZodRecord) {
    const [, name = 'production'] = /such as "(\w+)"/.exec(ownAdvice(inner.def.keyType) ?? '') ?? [];
    return `write an object: { ${name}: … }`;
  }
  if (inner instanceof z.ZodArray) return 'write a list: [ … ]';
  const outlines = objectOptions(inner).map((option) => `{ ${objectOutline(option)} }`);
  if (outlines.length > 0) {
    const texts = choicesOf(inner).map((choice) => JSON.stringify(choice));
    return `write ${[...texts, `an object: ${outlines.join(' or ')}`].join(', or ')}`;
  }
  if (inner instanceof z.ZodBoolean) return 'write true or false, without quotes';
  const choices = choicesOf(inner);
  if (choices.length > 0) return `write ${alternatives(choices)}`;
  const own = ownAdvice(inner);
  if (own !== undefined) return own;
  if (inner instanceof z.ZodNumber) {
    return `write a whole number from ${inner.minValue} to ${inner.maxValue}`;
  }
  return 'write a text in quotes';
}

/** The message a schema or its last check carries. */
function ownAdvice(schema: z.core.$ZodType): string | undefined {
  const issue = { code: 'custom', input: undefined } as unknown as z.core.$ZodRawIssue;
  const definitions = [schema._zod.def, ...checksOf(schema).map((check) => check._zod.def)];
  const messages = definitions.map((definition) =>
    (definition.error as z.core.$ZodErrorMap | undefined)?.(issue as never),
  );
  // A number's range says more than the message of one end of it.
  const message =
    schema instanceof z.ZodNumber ? messages.at(-1) : messages.find((text) => text !== undefined);
  return typeof message === 'string' ? message : message?.message;
}

function objectOutline(schema: z.ZodObject): string {
  const names = Object.keys(schema.shape);
  const required = names.filter((name) => isRequired(schema.shape[name] as z.core.$ZodType));
  return (required.length > 0 ? required : names.slice(0, 3))
    .map((name) => `${name}: ${example(schema.shape[name] as z.core.$ZodType)}`)
    .join(', ');
}

function example(schema: z.core.$ZodType): string {
  const [choice] = choicesOf(unwrap(schema));
  return choice === undefined ? '…' : JSON.stringify(choice);
}

function about(schema: z.core.$ZodType): string {
  const description = z.globalRegistry.get(schema)?.description;
  return description === undefined ? '' : ` (${description.replace(/\.$/, '')})`;
}

function foundAs(value: unknown, schema: z.core.$ZodType): string {
  const isText = unwrap(schema) instanceof z.ZodString;
  if (Number.isFinite(value) && isText) return `${found(value)} without quotes`;
  if (typeof value === 'string' && !isText && /^\s*(-?[\d.]+|true|false)\s*$/.test(value))
    return `${found(value)} in quotes`;
  return found(value);
}

function oneOf(choices: readonly (string | number)[], meant: string | number | undefined): string {
  const advice = `write ${alternatives(choices)}`;
  return meant === undefined
    ? advice
    : `did you mean ${JSON.stringify(meant)}? ${advice[0]?.toUpperCase()}${advice.slice(1)}`;
}

function choicesOf(schema: z.core.$ZodType): readonly (string | number)[] {
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral) return schema.def.values as (string | number)[];
  if (schema instanceof z.ZodUnion) return schema.def.options.flatMap(choicesOf);
  return [];
}

/** The objects among which a value may choose without a discriminator. */
export function objectOptions(schema: z.core.$ZodType): readonly z.ZodObject[] {
  const options = schema instanceof z.ZodUnion ? schema.def.options : [];
  return options.filter((option): option is z.ZodObject => option instanceof z.ZodObject);
}

/** The option of which an object has most settings; the first when it has none of them. */
function objectMeant(schema: z.core.$ZodType, value: unknown): z.ZodObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const written = Object.keys(value);
  const settingsOf = (option: z.ZodObject) =>
    written.filter((key) => closest(key, Object.keys(option.shape)) !== undefined).length;
  return objectOptions(schema).reduce<z.ZodObject | undefined>(
    (best, option) => (best === undefined || settingsOf(option) > settingsOf(best) ? option : best),
    undefined,
  );
}

export function unionOptions(schema: z.ZodDiscriminatedUnion): Map<unknown, z.ZodObject> {
  const options = schema.def.options as readonly z.ZodObject[];
  return new Map(
    options.map((option) => [
      choicesOf(option.shape[schema.def.discriminator] as z.core.$ZodType)[0],
      option,
    ]),
  );
}

export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? unwrap(schema.def.innerType)
    : schema;
}

export function isRequired(schema: z.core.$ZodType): boolean {
  return unwrap(schema) === schema;
}

function checksOf<Value>(schema: z.core.$ZodType): z.core.$ZodCheck<Value>[] {
  return (schema._zod.def.checks ?? []) as unknown as z.core.$ZodCheck<Value>[];
}

/** For each setting's name, where it may stand: `network` in `environments.NAME`. */
function placesOfSettings(schema: z.core.$ZodType): Map<string, string> {
  const places = new Map<string, string>();
  const visit = (schema: z.core.$ZodType, place: string): void => {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodRecord) visit(inner.def.valueType, `${place}.NAME`);
    if (inner instanceof z.ZodArray) visit(inner.def.element, `${place}[…]`);
    if (inner instanceof z.ZodDiscriminatedUnion) {
      for (const [name, option] of unionOptions(inner))
        visit(option, `${place} (${inner.def.discriminator}: "${name}")`);
    }
    if (inner instanceof z.ZodObject) {
      for (const [name, setting] of Object.entries(inner.shape)) {
        if (!places.has(name)) places.set(name, place === '' ? 'the shop itself' : place);
        visit(setting, place === '' ? name : `${place}.${name}`);
      }
    }
  };
  visit(schema, '');
  return places;
}
