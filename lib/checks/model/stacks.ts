import { declarationKeys } from '../../declarations/keys.ts';
import { withoutServerless } from './serverless/expand.ts';
import { isMap, isTrue, plain, text, type ValueMap } from './values.ts';

/** A template of an environment, and where it is deployed. */
export interface TemplateInput {
  /** Name of the stack: rows name resources by it. */
  readonly name: string;
  /** The parsed template; anything else is reported as an error, never thrown. */
  readonly template: unknown;
  /** Such as `ap-northeast-1`. @default the one that the template declares, or unknown */
  readonly region?: string | undefined;
  /** Its 12 digits. @default the one that the template declares, or unknown */
  readonly account?: string | undefined;
}

/** What was wrong with a template, and where. */
export interface TemplateError {
  /** Name of the stack. */
  readonly stack: string;
  /** The resource. @default the template itself */
  readonly logicalId?: string | undefined;
  /** What could not be read. */
  readonly message: string;
}

export interface Stack {
  readonly name: string;
  /** What it is called in AWS, where that is told: `AWS::StackName`. */
  readonly deployedName?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: unknown;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Names of macros that rewrite the whole template before it is deployed. */
  readonly transforms: readonly string[];
}

/** Reads the sections of each template; what is no template ends in `errors`. */
export function readStacks(
  templates: readonly TemplateInput[],
  errors: TemplateError[],
): ReadonlyMap<string, Stack> {
  const stacks = new Map<string, Stack>();
  for (const input of templates) addStack(input, stacks, errors);
  return stacks;
}

function addStack(input: TemplateInput, stacks: Map<string, Stack>, errors: TemplateError[]): void {
  const name = plain(input.name);
  if (!isMap(input.template)) {
    errors.push({ stack: name, message: 'is not a CloudFormation template: expected an object' });
    return;
  }
  const template = expanded(input.template, name, errors);
  const section = (key: string): Readonly<Record<string, unknown>> => {
    const value = template[key];
    if (value === undefined || isMap(value)) return (value ?? {}) as Record<string, unknown>;
    errors.push({ stack: name, message: `section ${key} is not an object` });
    return {};
  };
  if (!isMap(template.Resources)) {
    errors.push({ stack: name, message: 'is not a CloudFormation template: it has no Resources' });
  }
  const metadata = section('Metadata');
  const declared = metadata[declarationKeys.environment];
  let unique = name;
  for (let n = 2; stacks.has(unique); n++) unique = `${name}#${n}`;
  stacks.set(unique, {
    name: unique,
    region: input.region ?? (isMap(declared) ? text(declared.region) : undefined),
    account: input.account ?? (isMap(declared) ? text(declared.account) : undefined),
    resources: section('Resources'),
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    outputs: section('Outputs'),
    metadata,
    transforms: transformsOf(template.Transform),
  });
}

/** What is nested so deeply, or so much in itself, that it cannot be expanded stays as it is. */
function expanded(
  template: Readonly<Record<string, unknown>>,
  stack: string,
  errors: TemplateError[],
): Readonly<Record<string, unknown>> {
  try {
    return withoutServerless(template);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    errors.push({ stack, message: 'is nested too deeply for its AWS::Serverless resources to be expanded' });
    return template;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-section-structure.html */
function transformsOf(written: unknown): string[] {
  return [written].flat().flatMap((each) => {
    const name = isMap(each) ? each.Name : each;
    return typeof name === 'string' ? [plain(name)] : [];
  });
}

/** The environment as its templates declare it; undefined for templates that declare nothing. */
export function findDeclaration(stacks: ReadonlyMap<string, Stack>): ValueMap | undefined {
  const declared = [...stacks.values()]
    .map((stack) => stack.metadata[declarationKeys.environment])
    .filter(isMap);
  const first = declared[0];
  // One stack that says "disposable" must not relax the others.
  return first && { ...first, disposable: declared.every((each) => isTrue(each.disposable)) };
}

/** The account that somebody said the stacks are deployed in. */
export function toldAccount(stacks: ReadonlyMap<string, Stack>): string | undefined {
  return [...stacks.values()].map((stack) => stack.account).find((account) => account);
}

/** The account that most `arn:aws:iam::...:root` name, for templates that declare none. */
export function mostNamedAccount(stacks: ReadonlyMap<string, Stack>): string | undefined {
  const counts = new Map<string, number>();
  for (const stack of stacks.values()) {
    for (const literal of Object.values(stack.resources)) {
      for (const found of accountsIn(literal)) counts.set(found, (counts.get(found) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function accountsIn(value: unknown): string[] {
  const found: string[] = [];
  const pending: unknown[] = [value];
  // Iterative, and bounded: this walks what nobody has checked yet.
  for (let steps = 0; pending.length > 0 && steps < 20_000; steps++) {
    const next = pending.pop();
    if (typeof next === 'string') {
      const match = /:iam::(\d{12}):root/.exec(next);
      if (match?.[1]) found.push(match[1]);
    } else if (typeof next === 'object' && next !== null) pending.push(...Object.values(next));
  }
  return found;
}
