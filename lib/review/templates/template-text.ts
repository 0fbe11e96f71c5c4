import { readFileSync, statSync } from 'node:fs';
import { type CollectionTag, isMap, isScalar, LineCounter, parseDocument, type ScalarTag } from 'yaml';
import { UserError } from '../../cli/user-error.ts';

/** A file of JSON or YAML, read. */
export interface ParsedText {
  readonly value: unknown;
  /** Line and column, from 1, of each resource by its logical id, and of its properties by `Bucket.BucketName`. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

const megabyte = 1024 * 1024;
/** Of a template: pretty-printed JSON may be several times as large on disk as what is uploaded. */
export const largestFile = 8 * megabyte;
/** YAML is uploaded as it stands, and reading it takes a hundred times as long as JSON. */
const largestYaml = 1.5 * megabyte;

/**
 * @param most bytes; without it, files of any size are read
 * @throws UserError when the file cannot be read, or is no text
 */
export function readText(file: string, most = Number.POSITIVE_INFINITY): string {
  return decoded(file, bytesOf(file, most));
}

/** @throws UserError when the text is neither JSON nor YAML, or means two things at once */
export function parseText(file: string, text: string): ParsedText {
  if (text.trim() === '') throw new UserError([`${file}: is empty`]);
  if (!/^\s*[{[]/.test(text)) return parseYaml(file, text);
  const value = parseJson(file, text);
  const { places, repeated } = surveyJson(text);
  if (repeated.length > 0) {
    throw new UserError(
      repeated.slice(0, 20).map(({ key, line }) => {
        const name = JSON.stringify(key.slice(0, 80));
        return `${file}: line ${line}: ${name} stands twice in the same object, and only one of the two would be reviewed`;
      }),
    );
  }
  return { value, places };
}

export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError([`${file}: is no valid JSON: ${firstLine(error)}`]);
  }
}

// ----------------------------------------------------------------------------------------------------- bytes

function bytesOf(file: string, most: number): Buffer {
  try {
    const found = statSync(file);
    // A shell hands over what a command prints as an open file; a pipe with a name may wait for ever.
    if (found.isFIFO() && !/^\/(?:dev\/fd|dev\/stdin|proc)\b/.test(file))
      throw new UserError([`${file}: is a named pipe, not a file; save what comes through it first`]);
    if (found.isSocket() || found.isCharacterDevice())
      throw new UserError([`${file}: is a device, not a file`]);
    if (found.size > most) throw tooLarge(file, found.size);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const cause = { ENOENT: 'no such file', EISDIR: 'is a folder, not a file', EACCES: 'may not be read' };
    throw new UserError([`${file}: ${cause[code as keyof typeof cause] ?? 'cannot be read'}`]);
  }
}

function tooLarge(file: string, size: number): UserError {
  return new UserError([
    `${file}: ${(size / megabyte).toFixed(1)} MB is no CloudFormation template; CloudFormation takes at most 1 MB`,
  ]);
}

function decoded(file: string, bytes: Buffer): string {
  const start = bytes.subarray(0, 2).toString('hex');
  if (start === '1f8b') throw new UserError([`${file}: is compressed (gzip); unpack it first`]);
  // What PowerShell writes with ">" is UTF-16.
  const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[start] ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {}
  throw new UserError([`${file}: is no text in UTF-8; save it as UTF-8`]);
}

// ------------------------------------------------------------------------------------------------------ JSON

/** What JSON.parse does not tell: where the resources stand, and which keys an object holds twice. */
function surveyJson(text: string): {
  places: Map<string, Place>;
  repeated: { key: string; line: number }[];
} {
  const places = new Map<string, Place>();
  const repeated: { key: string; line: number }[] = [];
  const open: { keys: Set<string> | undefined; key: string }[] = [];
  let expectsKey = false;
  let line = 1;
  let lineStart = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:\n]/g)) {
    const innermost = open.at(-1);
    if (token === '\n') {
      line += 1;
      lineStart = index + 1;
    } else if (token === '{' || token === '[') {
      open.push({ keys: token === '{' ? new Set() : undefined, key: '' });
      expectsKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsKey = false;
    } else if (token === ',') {
      expectsKey = innermost?.keys !== undefined;
    } else if (token === ':') {
      expectsKey = false;
    } else if (expectsKey && innermost?.keys) {
      const key: string = JSON.parse(token);
      if (innermost.keys.has(key)) repeated.push({ key, line });
      innermost.keys.add(key);
      innermost.key = key;
      if (open[0]?.key === 'Resources') {
        const place = { line, column: index - lineStart + 1 };
        if (open.length === 2) places.set(key, place);
        if (open.length === 4 && open[2]?.key === 'Properties') places.set(`${open[1]?.key}.${key}`, place);
      }
    }
  }
  return { places, repeated };
}

// ------------------------------------------------------------------------------------------------------ YAML

function parseYaml(file: string, text: string): ParsedText {
  if (text.length > largestYaml) throw tooLarge(file, text.length);
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, {
      customTags: [...booleans, ...intrinsicTags],
      merge: true,
      lineCounter,
      logLevel: 'error',
    });
    const [problem] = document.errors;
    if (problem) throw problem;
    const places = new Map<string, Place>();
    const resources = isMap(document.contents) ? document.contents.get('Resources', true) : undefined;
    const note = (key: unknown, name: (key: string) => string) => {
      if (!isScalar(key) || !key.range) return;
      const { line, col } = lineCounter.linePos(key.range[0]);
      places.set(name(String(key.value)), { line, column: col });
    };
    for (const { key, value } of isMap(resources) ? resources.items : []) {
      note(key, (logicalId) => logicalId);
      const properties = isMap(value) ? value.get('Properties', true) : undefined;
      for (const property of isMap(properties) ? properties.items : [])
        note(property.key, (name) => `${key}.${name}`);
    }
    return { value: document.toJS({ maxAliasCount: 100 }), places };
  } catch (error) {
    const cause = firstLine(error);
    const deep = error instanceof RangeError || cause.startsWith('Maximum call stack');
    throw new UserError([`${file}: is no valid YAML: ${deep ? 'is nested too deeply' : cause}`]);
  }
}

/** CloudFormation reads YAML 1.1, in which these are booleans: "PubliclyAccessible: yes" is not a text. */
const booleans: ScalarTag[] = [
  { value: true, test: /^(?:[Yy]es|YES|[Oo]n|ON)$/ },
  { value: false, test: /^(?:[Nn]o|NO|[Oo]ff|OFF)$/ },
].map(({ value, test }) => ({ tag: 'tag:yaml.org,2002:bool', default: true, test, resolve: () => value }));

/** The short forms of intrinsic functions, such as `!Ref Bucket` and `!GetAtt Bucket.Arn`. */
const intrinsicTags: (ScalarTag | CollectionTag)[] = [
  'Base64',
  'Cidr',
  'FindInMap',
  'GetAZs',
  'ImportValue',
  'Join',
  'Length',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'And',
  'Equals',
  'If',
  'Not',
  'Or',
  'GetAtt',
  'Ref',
  'Condition',
].flatMap((name) => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const tag = `!${name}`;
  return [
    { tag, resolve: (text: string) => ({ [key]: name === 'GetAtt' ? splitAttribute(text) : text }) },
    ...(['seq', 'map'] as const).map((collection) => ({
      tag,
      collection,
      resolve: (value: { toJSON(): unknown }) => ({ [key]: value.toJSON() }),
    })),
  ];
});

/** `Bucket.Arn`, or `Nested.Outputs.Name`: only the first dot separates. */
function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function firstLine(error: unknown): string {
  const [written = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const line = written.replace(/\p{Cc}/gu, ' ');
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
