/**
 * Resolved template values. A reference to a resource stays inside text as a token, so that
 * `arn:aws:s3:::${Bucket}/*` remains one string that patterns can be matched against.
 *
 * Tokens are delimited by characters of Unicode's private use area; the same characters are removed from what a
 * template says, so that no template can forge one.
 */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;
export interface ValueMap {
  readonly [key: string]: Value | undefined;
}

const OPEN = '\uE000';
const SEPARATOR = '\uE001';
const CLOSE = '\uE002';
const UNKNOWN = '?';
const tokenPattern = new RegExp(`${OPEN}([^${OPEN}${CLOSE}]*)${CLOSE}`, 'g');

export interface TokenParts {
  readonly stack: string;
  readonly logicalId: string;
  /** The attribute, `Ref` for the resource's own name or id. */
  readonly attribute: string;
}

/** Text from a template, free of anything that could be taken for a token. */
export function plain(text: string): string {
  return /[\uE000-\uE002]/.test(text) ? text.replace(/[\uE000-\uE002]/g, '') : text;
}

export function token(stack: string, logicalId: string, attribute: string): string {
  return OPEN + [stack, logicalId, attribute].join(SEPARATOR) + CLOSE;
}

/** A value that only a deploy would know; `what` says which, `choice` tells it from others of the same cause. */
export function unknown(what: string, choice?: number): string {
  return [OPEN + UNKNOWN, plain(what), ...(choice === undefined ? [] : [choice])].join(SEPARATOR) + CLOSE;
}

export function hasUnknown(value: unknown): boolean {
  return typeof value === 'string' && (value.includes(OPEN + UNKNOWN) || storedElsewhere.test(value));
}

/** A parameter that CloudFormation looks up in a deploy; secrets are looked up too, but never part of a name or network. */
const storedElsewhere = /\{\{resolve:ssm:[^}]*\}\}/;

/** Whether text holds a reference, or something that only a deploy would know. */
export function hasToken(text: string): boolean {
  return text.includes(OPEN);
}

/** Whether the whole value, not only a part of it, is unknown. */
export function isUnknown(value: unknown): boolean {
  return (
    typeof value === 'string' && (value.startsWith(OPEN + UNKNOWN) || value.search(storedElsewhere) === 0)
  );
}

export function tokensIn(text: string): TokenParts[] {
  if (!text.includes(OPEN)) return [];
  return [...text.matchAll(tokenPattern)].flatMap(([, body = '']) => partsOf(body) ?? []);
}

function partsOf(body: string): TokenParts | undefined {
  const [stack = '', logicalId = '', attribute = ''] = body.split(SEPARATOR);
  return stack === UNKNOWN ? undefined : { stack, logicalId, attribute };
}

/** The token when the text is exactly one. */
export function soleToken(value: unknown): TokenParts | undefined {
  if (typeof value !== 'string' || !value.startsWith(OPEN) || value.indexOf(CLOSE) !== value.length - 1) {
    return undefined;
  }
  return partsOf(value.slice(1, -1));
}

/** `${Stack.Bucket.Arn}`: a value as a person can read it. */
export function display(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const readable = text.replace(tokenPattern, (_, body: string) => {
    const [first = '', ...rest] = body.split(SEPARATOR);
    return first === UNKNOWN
      ? `\${${rest[0] ?? ''}}`
      : `\${${[first, ...rest].filter((part) => part !== 'Ref').join('.')}}`;
  });
  return readable.length > 300 ? `${readable.slice(0, 297)}...` : readable;
}

/** One token pattern usable inside larger expressions; its group is the body. */
export const tokenSource = `${OPEN}([^${OPEN}${CLOSE}]*)${CLOSE}`;

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it is, one value as a list of one, nothing as none: how policies and many properties are written. */
export function list(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Value];
}

export function map(value: Value | undefined): ValueMap {
  return isMap(value) ? value : {};
}

/** Follows property names into nested maps (and indexes into lists); undefined when anything is missing. */
export function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let current: Value | undefined = value;
  for (const step of path) {
    if (Array.isArray(current)) current = current[Number(step)] as Value | undefined;
    else if (isMap(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** CloudFormation takes booleans as text too. */
export function isTrue(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

export function isFalse(value: Value | undefined): boolean {
  return value === false || (typeof value === 'string' && value.toLowerCase() === 'false');
}

export function numeric(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

export function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/**
 * Any value as text, for comparing and for showing. `String()` would do, but it throws on an object without a
 * prototype, and templates are read into such objects.
 */
export function asWritten(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A value inside text: nothing is no text, and a list is none that anybody could know. */
export function asText(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? unknown('a list inside text') : asWritten(value);
}
