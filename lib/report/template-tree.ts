import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { ResourceRef } from '../checks/recorder/row.ts';
import type { CloudFormationTemplate } from './template-file.ts';
import { includable } from './template-repair.ts';

/** A template of an environment, under the name of the stack it makes. */
export interface StackTemplate {
  readonly environment: string;
  readonly name: string;
  readonly template: CloudFormationTemplate;
  readonly file: string;
  readonly account?: string;
  readonly region?: string;
}

/** A resource the nag packs cannot look at, because its properties do not have the shape its type asks for. */
export interface UnreadableResource {
  readonly resource: ResourceRef;
  readonly cause: string;
}

export interface TemplateTree {
  readonly app: App;
  readonly describe: (node: CfnResource) => ResourceRef;
  readonly unreadable: readonly UnreadableResource[];
  /** Sentences about what the templates refer to and do not hold. */
  readonly remarks: readonly string[];
}

/** Builds the construct tree that nag packs walk out of templates, wherever those came from. */
export function templateTree(
  stacks: readonly StackTemplate[],
  sourcesOf: (stack: StackTemplate, logicalId: string) => ResourceRef['sources'] = () => [],
): TemplateTree {
  // Nothing is synthesized from this app, so creation stacks would only tell where this file is.
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:disable-stack-trace': true } });
  const known = new Map<string, ResourceRef>();
  const unreadable: UnreadableResource[] = [];
  const remarks: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-'));
  try {
    for (const [index, stackTemplate] of stacks.entries()) {
      const { template, missing } = includable(stackTemplate.template);
      if (missing.length > 0) {
        remarks.push(
          `${stackTemplate.name} refers to what its template does not hold: ${missing.slice(0, 10).join(', ')}`,
        );
      }
      const stack = stackFor(app, stackTemplate, index);
      const broken = include(stack, template, join(folder, `${index}.json`));
      for (const [logicalId, resource] of Object.entries(stackTemplate.template.Resources)) {
        const path = resource.Metadata?.['aws:cdk:path'];
        const ref: ResourceRef = {
          environment: stackTemplate.environment,
          stack: stackTemplate.name,
          logicalId,
          type: resource.Type,
          path: typeof path === 'string' ? path : `${stackTemplate.name}/${logicalId}`,
          sources: sourcesOf(stackTemplate, logicalId),
        };
        known.set(`${index}/${logicalId}`, ref);
        const cause = broken.get(logicalId);
        if (cause !== undefined) unreadable.push({ resource: ref, cause });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const describe = (node: CfnResource): ResourceRef => {
    const ref = known.get(`${Stack.of(node).node.id}/${Stack.of(node).resolve(node.logicalId)}`);
    if (!ref) throw new Error(`${node.node.path} is of no template`);
    return ref;
  };
  return { app, describe, unreadable, remarks };
}

function stackFor(app: App, { account, region }: StackTemplate, index: number): Stack {
  return new Stack(app, String(index), {
    stackName: `Template${index}`,
    env: { ...(account && { account }), ...(region && { region }) },
  });
}

/** Loads the template. @returns the resources that had to be left out of it, with the cause */
function include(stack: Stack, template: CloudFormationTemplate, file: string): ReadonlyMap<string, string> {
  if (load(stack, 'Template', template, file) === undefined) return new Map();

  // Something in it cannot be read: look at each resource alone, and leave out those that fail.
  const broken = new Map<string, string>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const scratch = new Stack(new App({ analyticsReporting: false }), 'Scratch');
    const alone = includable({ ...template, Resources: { [logicalId]: resource } }).template;
    const cause = load(scratch, 'Template', alone, file);
    if (cause !== undefined) broken.set(logicalId, cause);
  }
  const rest = Object.entries(template.Resources).filter(([logicalId]) => !broken.has(logicalId));
  const readable = includable({ ...template, Resources: Object.fromEntries(rest) }).template;
  const cause = load(stack, 'Template', readable, file);
  if (cause !== undefined) for (const [logicalId] of rest) broken.set(logicalId, cause);
  return broken;
}

/** @returns why the template cannot be loaded, undefined when it was */
function load(
  stack: Stack,
  id: string,
  template: CloudFormationTemplate,
  templateFile: string,
): string | undefined {
  writeFileSync(templateFile, JSON.stringify(template));
  try {
    new CfnInclude(stack, id, { templateFile, allowCyclicalReferences: true });
    return undefined;
  } catch (error) {
    stack.node.tryRemoveChild(id);
    const [cause = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return cause.replace(/^\S+ \[[^\]]+\] /, '').slice(0, 300);
  }
}
