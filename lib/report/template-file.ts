import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type CollectionTag, parseDocument, type ScalarTag } from 'yaml';
import { UserError } from '../cli/user-error.ts';

/** A CloudFormation template as far as every reader of it may rely on. */
export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, CloudFormationResource>>;
  readonly [section: string]: unknown;
}

export interface CloudFormationResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

const megabyte = 1024 * 1024;
/** Pretty-printed on disk a template may be several times as large as what is uploaded. */
const largestFile = 8 * megabyte;
/** What is uploaded: rules whose time grows faster than a policy are not run on what nobody can deploy. */
const largestTemplate = megabyte;
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostResources = 500;
/** Far above what CloudFormation accepts, far below what exhausts the stack. */
const deepestNesting = 100;

/**
 * Reads a template, JSON or YAML, that may come from anywhere.
 *
 * @throws UserError with everything that is wrong with it
 */
export function readTemplate(file: string): CloudFormationTemplate {
  return checkTemplate(parse(file, readText(file)), file);
}

/** Stack name for a template that only has a file name: `Shop-Data.template.json` becomes `Shop-Data`. */
export function stackNameOf(file: string): string {
  const name = basename(file)
    .replace(/\.(json|ya?ml|template|cfn|cform)$/i, '')
    .replace(/\.(template|cfn)$/i, '')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 128);
  return name || 'Template';
}

export function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > largestFile) {
      throw new UserError([
        `${file}: ${(size / megabyte).toFixed(1)} MB is no CloudFormation template; CloudFormation takes at most 1 MB`,
      ]);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const cause = { ENOENT: 'no such file', EISDIR: 'is a folder, not a file', EACCES: 'may not be read' };
    throw new UserError([`${file}: ${cause[code as keyof typeof cause] ?? 'cannot be read'}`]);
  }
}

function parse(file: string, text: string): unknown {
  if (text.trim() === '') throw new UserError([`${file}: is empty`]);
  return /^\s*[{[]/.test(text) ? parseJson(file, text) : parseYaml(file, text);
}

export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError([`${file}: is no valid JSON: ${firstLine(error)}`]);
  }
}

function parseYaml(file: string, text: string): unknown {
  try {
    const document = parseDocument(text, { customTags: intrinsicTags, logLevel: 'error' });
    const [problem] = document.errors;
    if (problem) throw problem;
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const cause = error instanceof RangeError ? 'is nested too deeply' : firstLine(error);
    throw new UserError([`${file}: is no valid YAML: ${cause}`]);
  }
}

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

function checkTemplate(template: unknown, file: string): CloudFormationTemplate {
  if (!isObject(template)) throw new UserError([`${file}: holds no template but ${kindOf(template)}`]);
  if (isDeeperThan(template, deepestNesting)) {
    throw new UserError([`${file}: is nested more than ${deepestNesting} levels deep`]);
  }
  const size = Buffer.byteLength(JSON.stringify(template));
  if (size > largestTemplate) {
    throw new UserError([
      `${file}: ${(size / megabyte).toFixed(1)} MB once white space is taken out; CloudFormation takes at most 1 MB`,
    ]);
  }
  const { Resources } = template;
  if (!isObject(Resources)) {
    throw new UserError([
      `${file}: has no "Resources" section (found ${kindOf(Resources)}), so it is no CloudFormation template`,
    ]);
  }
  const entries = Object.entries(Resources);
  if (entries.length === 0) throw new UserError([`${file}: its "Resources" section is empty`]);
  if (entries.length > mostResources) {
    throw new UserError([
      `${file}: has ${entries.length} resources; CloudFormation takes at most ${mostResources} in a template`,
    ]);
  }
  const problems = entries.flatMap(([logicalId, resource]) => resourceProblems(logicalId, resource));
  if (problems.length > 0) throw new UserError(summarize(problems, file));
  return template as unknown as CloudFormationTemplate;
}

function resourceProblems(logicalId: string, resource: unknown): string[] {
  const name = JSON.stringify(logicalId.slice(0, 80));
  if (logicalId.startsWith('Fn::')) {
    return [
      `${name} is expanded by CloudFormation: review the processed template ("aws cloudformation get-template --template-stage Processed")`,
    ];
  }
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
    return [`${name} is no logical id: CloudFormation takes letters and digits`];
  }
  if (logicalId in {}) return [`${name} cannot be reviewed as a logical id: rename the resource`];
  if (!isObject(resource)) return [`resource ${name} is ${kindOf(resource)} where an object belongs`];
  const { Type, Properties, Metadata } = resource;
  if (typeof Type !== 'string') return [`resource ${name} has no "Type"`];
  if (!/^[A-Za-z0-9]+(::[A-Za-z0-9_@-]+)+$/.test(Type)) {
    return [
      `resource ${name} has the type ${JSON.stringify(Type.slice(0, 80))}; write one such as "AWS::S3::Bucket"`,
    ];
  }
  return Object.entries({ Properties, Metadata })
    .filter(([, value]) => value !== undefined && value !== null && !isObject(value))
    .map(([key, value]) => `"${key}" of resource ${name} is ${kindOf(value)} where an object belongs`);
}

function summarize(problems: readonly string[], file: string): string[] {
  const shown = problems.slice(0, 20).map((problem) => `${file}: ${problem}`);
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `${file}: ${more} more problems like these`] : shown;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((node) => (typeof node === 'object' && node !== null ? Object.values(node) : []));
  }
  return false;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
