import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import type { Bilingual } from '../../checks/bilingual.ts';
import { leftKey } from '../../checks/model/serverless/expand.ts';
import type { RecorderProps } from '../../checks/recorder/recorder.ts';
import type { ResourceRef, SourceLocation } from '../../checks/recorder/row.ts';
import { type CloudFormationTemplate, isObject } from './template-file.ts';
import { includable } from './template-repair.ts';

/** A template of an environment, under the name of the stack it makes. */
export interface StackTemplate {
  readonly environment: string;
  readonly name: string;
  readonly template: CloudFormationTemplate;
  readonly file: string;
  /** Where each resource stands in the file. */
  readonly lines?: ReadonlyMap<string, SourceLocation>;
  readonly account?: string;
  readonly region?: string;
  /** Whether CloudFormation refuses to delete the stack. A cloud assembly says it, a template does not. */
  readonly terminationProtection?: boolean;
  /** Names of the stacks that its cloud assembly deploys before it. */
  readonly dependsOn?: readonly string[];
  /** Status in CloudFormation, of what is deployed. */
  readonly status?: string;
  /** A stack of somebody else: nothing is known of it but what it imports. */
  readonly foreign?: boolean;
}

/** A resource the nag packs cannot look at. */
export interface UnreadableResource {
  readonly resource: ResourceRef;
  /** Error: what stands there cannot be it. Undecided: what it becomes stands elsewhere. */
  readonly outcome: 'error' | 'undecided';
  readonly cause: string;
}

export interface TemplateTree {
  readonly app: App;
  /** How rows name a resource, and which are too large for rules to be trusted with. */
  readonly recorder: Pick<RecorderProps, 'describe' | 'isOversized'>;
  readonly unreadable: readonly UnreadableResource[];
  /** Sentences about what is not in the templates, though it matters. */
  readonly remarks: readonly Bilingual[];
}

/** What a cloud assembly tells of a resource beyond its template. */
export interface ResourceOrigin {
  readonly path: string;
  readonly sources: readonly SourceLocation[];
}

export function originKey(stack: string, logicalId: string): string {
  return JSON.stringify([stack, logicalId]);
}

/** IAM takes policies of 6 KB, S3 of 20 KB, KMS of 32 KB: what is larger was not written to be deployed. */
const largestOrdinary = 40_000;

/** Builds the construct tree that nag packs walk out of templates, wherever those came from. */
export function templateTree(
  stacks: readonly StackTemplate[],
  origins: ReadonlyMap<string, ResourceOrigin> = new Map(),
): TemplateTree {
  // Nothing is synthesized from this app, so creation stacks would only tell where this file is.
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:disable-stack-trace': true } });
  const known = new Map<string, ResourceRef>();
  const oversized = new Set<ResourceRef>();
  const unreadable: UnreadableResource[] = [];
  const remarks: Bilingual[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-'));
  try {
    for (const [index, { environment, name, template, lines, account, region }] of stacks.entries()) {
      const stack = new Stack(app, String(index), {
        stackName: `Template${index}`,
        env: { ...(account && { account }), ...(region && { region }) },
      });
      const refs = Object.entries(template.Resources).map(([logicalId, { Type, Metadata }]): ResourceRef => {
        const written = Metadata?.['aws:cdk:path'];
        const inTemplate = lines?.get(logicalId);
        const origin = origins.get(originKey(name, logicalId));
        return {
          environment,
          stack: name,
          logicalId,
          type: Type,
          path: origin?.path ?? (typeof written === 'string' ? written : `${name}/${logicalId}`),
          // Whoever has no source code can still be led to the template.
          ...(origin?.sources.length
            ? { sources: origin.sources }
            : { sources: inTemplate ? [inTemplate] : [], lines: propertiesOf(logicalId, lines) }),
        };
      });
      for (const ref of refs) {
        known.set(`${index}/${ref.logicalId}`, ref);
        const size = JSON.stringify(template.Resources[ref.logicalId]).length;
        if (size > largestOrdinary) oversized.add(ref);
      }

      const { template: repaired, missing, branches } = includable(template);
      if (missing.length > 0) {
        const what = missing.slice(0, 10).join(', ');
        remarks.push({
          en: `${name} refers to what its template does not hold: ${what}`,
          ja: `${name} は、テンプレートにないものを参照しています：${what}`,
        });
      }
      if (branches > 0) {
        remarks.push({
          en: `${name} chooses ${branches} of its values by conditions: the stock packs see the first branch of each only.`,
          ja: `${name} では ${branches} 個の値が条件で決まります。標準パックが見るのは最初の枝だけです。`,
        });
      }
      const macros = macrosOf(template);
      const others = macros.filter((macro) => !serverless.test(macro));
      if (macros.length > others.length) {
        remarks.push({
          en: `${name} is written for the Serverless Application Model: what it makes is reviewed as far as the template tells, and told where it does not. ${howToGetProcessed}`,
          ja: `${name} は Serverless Application Model のテンプレートです。テンプレートからわかる範囲で展開して検査し、わからない箇所はその旨を示します。確実に検査するには、処理後のテンプレート（aws cloudformation get-template --template-stage Processed）を使ってください。`,
        });
      }
      if (others.length > 0) {
        remarks.push({
          en: `${name} is rewritten by ${others.join(', ')} when it is deployed: what is reviewed here may not be what runs. ${howToGetProcessed}`,
          ja: `${name} はデプロイ時に ${others.join(', ')} によって書き換えられるため、ここで検査した内容と実際に動くものが異なる場合があります。処理後のテンプレート（aws cloudformation get-template --template-stage Processed）を検査してください。`,
        });
      }
      const [first] = refs;
      if (first && macros.some((name) => !expandedHere.test(name)))
        unreadable.push({
          resource: first,
          outcome: 'undecided',
          cause: `${macros.join(', ')} may put anything into ${name} when it is deployed. ${howToGetProcessed}`,
        });
      const untyped = origins.size > 0 ? refs.filter(isUntyped).map(({ logicalId }) => logicalId) : [];
      const broken = include(stack, repaired, { untyped, file: join(folder, `${index}.json`) });
      for (const resource of refs) {
        const cause = broken.get(resource.logicalId);
        if (cause !== undefined) unreadable.push({ resource, outcome: 'error', cause });
        const elsewhere = standsElsewhere(resource, stacks);
        if (elsewhere !== undefined) unreadable.push({ resource, ...elsewhere });
        const left = template.Resources[resource.logicalId]?.Metadata?.[leftKey];
        if (Array.isArray(left)) unreadable.push({ resource, outcome: 'undecided', cause: leftOut(left) });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const describe = (node: CfnResource): ResourceRef => {
    const ref = known.get(`${Stack.of(node).node.id}/${node.node.id}`);
    if (!ref) throw new Error(`${node.node.path} is of no template`);
    return ref;
  };
  const isOversized = (node: CfnResource) => oversized.has(describe(node));
  return { app, recorder: { describe, isOversized }, unreadable, remarks };
}

const howToGetProcessed =
  'Review the processed template ("aws cloudformation get-template --template-stage Processed").';

const serverless = /^"AWS::Serverless(?:-\d{4}-\d{2}-\d{2})?"$/;

/** Macros whose work is read as it is written, or told resource by resource. */
const expandedHere =
  /^"AWS::(?:LanguageExtensions|Serverless(?:-\d{4}-\d{2}-\d{2})?|CodeDeployBlueGreen|SecretsManager-\d{4}-\d{2}-\d{2})"$/;

/** Macros that rewrite the whole template, such as the one of the Serverless Application Model. */
function macrosOf({ Transform }: CloudFormationTemplate): string[] {
  return [Transform].flat().flatMap((macro) => {
    const name = isObject(macro) ? macro.Name : macro;
    return typeof name === 'string' ? [JSON.stringify(name.slice(0, 80))] : [];
  });
}

function leftOut(names: readonly unknown[]): string {
  const named = names.slice(0, 10).map((each) => String(each).slice(0, 80));
  return `${named.join(', ')}: what CloudFormation makes of it no rule has seen. ${howToGetProcessed}`;
}

/** Why a resource says nothing about what it becomes. */
function standsElsewhere(
  { type, stack }: ResourceRef,
  stacks: readonly StackTemplate[],
): Omit<UnreadableResource, 'resource'> | undefined {
  if (/^AWS::Serverless::|::MODULE$/.test(type)) {
    const cause = `${type} is expanded by CloudFormation into resources no rule has seen. ${howToGetProcessed}`;
    return { outcome: 'error', cause };
  }
  const nestedIsHere = stacks.some(({ name }) => name.startsWith(`${stack}/`));
  if (type === 'AWS::CloudFormation::Stack' && !nestedIsHere) {
    const cause =
      'What a nested stack holds stands in a template of its own: review it together with this one.';
    return { outcome: 'undecided', cause };
  }
  return undefined;
}

/**
 * The CDK makes the role and function of its own custom resources without their type's class, so that no rule of
 * these packs recognizes them at synth. An assembly must not be judged differently from the app it came from.
 */
function isUntyped({ path }: ResourceRef): boolean {
  return /\/Custom::\w+CustomResourceProvider\/(Role|Handler)$/.test(path);
}

interface IncludeOptions {
  /** Resources to load without the class of their type. */
  readonly untyped: readonly string[];
  /** Where the template is put for CfnInclude to read. */
  readonly file: string;
}

/** Loads the template. @returns the resources that had to be left out of it, with the cause */
function include(
  stack: Stack,
  template: CloudFormationTemplate,
  options: IncludeOptions,
): ReadonlyMap<string, string> {
  if (load(stack, template, options) === undefined) return new Map();

  // Something in it cannot be read: look at each resource alone, and leave out those that fail.
  const broken = new Map<string, string>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const scratch = new Stack(new App({ analyticsReporting: false }), 'Scratch');
    const alone = includable({ ...template, Resources: { [logicalId]: resource } }).template;
    const cause = load(scratch, alone, options);
    if (cause !== undefined) broken.set(logicalId, cause);
  }
  const rest = Object.entries(template.Resources).filter(([logicalId]) => !broken.has(logicalId));
  const readable = includable({ ...template, Resources: Object.fromEntries(rest) }).template;
  const cause = load(stack, readable, options);
  if (cause !== undefined) for (const [logicalId] of rest) broken.set(logicalId, cause);
  return broken;
}

/** @returns why the template cannot be loaded, undefined when it was */
function load(
  stack: Stack,
  template: CloudFormationTemplate,
  { untyped, file }: IncludeOptions,
): string | undefined {
  const id = 'Template';
  writeFileSync(file, JSON.stringify(template));
  try {
    const included = new CfnInclude(stack, id, {
      templateFile: file,
      allowCyclicalReferences: true,
      dehydratedResources: untyped.filter((logicalId) => Object.hasOwn(template.Resources, logicalId)),
    });
    showClosedDefaultGroups(included, template);
    return undefined;
  } catch (error) {
    stack.node.tryRemoveChild(id);
    const [cause = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return cause.replace(/^\S+ \[[^\]]+\] /, '').slice(0, 300);
  }
}

/**
 * The rule VPCDefaultSecurityGroupClosed looks for the CDK's custom resource under the name of a construct, which a
 * template does not have. It gets one where the template closes the default group of every VPC it makes.
 */
function showClosedDefaultGroups(included: CfnInclude, { Resources }: CloudFormationTemplate): void {
  const ofType = (type: string) => Object.keys(Resources).filter((id) => Resources[id]?.Type === type);
  const [closing, ...others] = ofType('Custom::VpcRestrictDefaultSG');
  if (closing === undefined || others.length + 1 < ofType('AWS::EC2::VPC').length) return;
  const named = new Construct(included, 'RestrictDefaultSecurityGroupCustomResource');
  named.node.defaultChild = included.getResource(closing);
}

/** Of the places of a template, those of the properties of one resource. */
function propertiesOf(
  logicalId: string,
  lines: StackTemplate['lines'] = new Map(),
): ReadonlyMap<string, SourceLocation> {
  const prefix = `${logicalId}.`;
  return new Map(
    [...lines]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, place]) => [name.slice(prefix.length), place]),
  );
}
