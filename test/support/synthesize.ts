import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createShopApp } from '../../lib/app.ts';
import type { Shop } from '../../lib/config/index.ts';
import { loadShop } from '../../lib/config/load.ts';

/** The example shops, one per preset and tier; the last is the largest. */
export const exampleFiles = [
  'examples/woocommerce-starter.ts',
  'examples/eccube-standard.ts',
  'examples/custom-high-availability.ts',
] as const;

export interface SynthesizedEnvironment {
  readonly name: string;
  /** Templates by the id of their stack, such as `Network`. */
  readonly templates: Readonly<Record<string, Template>>;
  /** The same, all resources of an environment together, by `<stack>/<logical id>`. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  // The shape of each resource type is CloudFormation's; tests say which they expect.
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

/** Synthesizes every environment of a shop in memory's place: a temporary folder. Nothing is cached on disk. */
export function synthesizeShop(shop: Shop): SynthesizedEnvironment[] {
  const app = createShopApp(shop, { outdir: mkdtempSync(join(tmpdir(), 'secure-shop-')) });
  return app.node.children
    .filter((child) => child.node.id in shop.environments)
    .map((stage) => {
      const stacks = stage.node.children.filter(Stack.isStack);
      const templates = Object.fromEntries(stacks.map((stack) => [stack.node.id, Template.fromStack(stack)]));
      return { name: stage.node.id, templates, resources: resourcesOf(templates) };
    });
}

const examples = new Map<string, Promise<SynthesizedEnvironment[]>>();

/** An example shop, synthesized once per test file. */
export function synthesizedExample(file: string): Promise<SynthesizedEnvironment[]> {
  const known = examples.get(file) ?? loadShop(file).then(synthesizeShop);
  examples.set(file, known);
  return known;
}

/** One environment of an example; its first unless named. */
export async function exampleEnvironment(file: string, name?: string): Promise<SynthesizedEnvironment> {
  const environments = await synthesizedExample(file);
  const found = name ? environments.find((environment) => environment.name === name) : environments[0];
  if (!found) throw new Error(`${file} has no environment ${name}`);
  return found;
}

/** The resources of one type in an environment, by `<stack>/<logical id>`. */
export function resourcesOfType(
  environment: SynthesizedEnvironment,
  type: string,
): Record<string, TemplateResource> {
  return Object.fromEntries(
    Object.entries(environment.resources).filter(([, resource]) => resource.Type === type),
  );
}

function resourcesOf(templates: Readonly<Record<string, Template>>): Record<string, TemplateResource> {
  const all: Record<string, TemplateResource> = {};
  for (const [stack, template] of Object.entries(templates)) {
    const resources = template.toJSON().Resources as Record<string, TemplateResource>;
    for (const [id, resource] of Object.entries(resources)) all[`${stack}/${id}`] = resource;
  }
  return all;
}
