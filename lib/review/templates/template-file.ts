import { basename, resolve } from 'node:path';
import { madeOfKey, withoutServerless } from '../../checks/model/serverless/expand.ts';
import type { SourceLocation } from '../../checks/recorder/row.ts';
import { UserError } from '../../cli/user-error.ts';
import { withoutLoops } from './template-loops.ts';
import { largestFile, parseText, readText } from './template-text.ts';
import { visibleIn } from './visible.ts';

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
/** What is uploaded: rules whose time grows faster than a policy are not run on what nobody can deploy. */
const largestTemplate = megabyte;
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostResources = 500;
/** Far above what CloudFormation accepts, far below what exhausts the stack. */
const deepestNesting = 100;

export interface TemplateFile {
  readonly file: string;
  readonly template: CloudFormationTemplate;
  /** Where each resource stands in the file. */
  readonly lines: ReadonlyMap<string, SourceLocation>;
}

/**
 * Reads a template, JSON or YAML, that may come from anywhere.
 *
 * @throws UserError with everything that is wrong with it
 */
export function readTemplate(file: string): TemplateFile {
  const { value, places } = parseText(file, readText(file, largestFile));
  const lines = new Map([...places].map(([id, place]) => [id, { file: resolve(file), ...place }] as const));
  const template = checkTemplate(value, file);
  for (const [id, { Metadata }] of Object.entries(template.Resources)) {
    const madeOf = lines.get(String(Metadata?.[madeOfKey]));
    if (madeOf && !lines.has(id)) lines.set(id, madeOf);
  }
  return { file, template, lines };
}

/**
 * Reads a template as AWS hands it out.
 *
 * @param name what problems call it
 * @throws UserError with everything that is wrong with it
 */
export function readTemplateText(text: string, name: string): CloudFormationTemplate {
  return checkTemplate(parseText(name, text).value, name);
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

function checkTemplate(written: unknown, file: string): CloudFormationTemplate {
  if (!isObject(written)) throw new UserError([`${file}: holds no template but ${kindOf(written)}`]);
  if (isDeeperThan(written, deepestNesting)) {
    throw new UserError([`${file}: is nested more than ${deepestNesting} levels deep`]);
  }
  const size = Buffer.byteLength(JSON.stringify(written));
  if (size > largestTemplate) {
    throw new UserError([
      `${file}: ${(size / megabyte).toFixed(1)} MB once white space is taken out; CloudFormation takes at most 1 MB`,
    ]);
  }
  const template = withoutLoops(visibleIn(written) as Record<string, unknown>);
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
  return withoutServerless(template) as unknown as CloudFormationTemplate;
}

function resourceProblems(logicalId: string, resource: unknown): string[] {
  const name = JSON.stringify(logicalId.slice(0, 80));
  if (logicalId.startsWith('Fn::')) {
    return [
      `${name} runs over what only a deploy knows: review the processed template ("aws cloudformation get-template --template-stage Processed")`,
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
    const below = level.flatMap((node) =>
      typeof node === 'object' && node !== null ? Object.values(node) : [],
    );
    // Aliases in YAML may make an object hold itself, more than once.
    level = [...new Set(below)];
  }
  return false;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
