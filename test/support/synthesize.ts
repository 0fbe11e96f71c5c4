import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { inject } from 'vitest';
import { createShopApp } from '../../lib/app.ts';
import type { Shop } from '../../lib/config/index.ts';
import { allExampleFiles, type ExampleFile } from './example-files.ts';

export { allExampleFiles, type ExampleFile, exampleFiles } from './example-files.ts';

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

/** Synthesizes every environment of a shop into a temporary folder. */
export function synthesizeShop(shop: Shop): SynthesizedEnvironment[] {
  return synthesizedApp(shop).environments;
}

/** The same, with the constructs, which are final. */
export function synthesizedApp(shop: Shop): { app: App; environments: SynthesizedEnvironment[] } {
  const outdir = mkdtempSync(join(tmpdir(), 'secure-shop-'));
  const app = createShopApp(shop, { outdir, sources: false });
  app.synth();
  return { app, environments: readAssembly(outdir) };
}

const examples = new Map<ExampleFile, SynthesizedEnvironment[]>();

/** An example shop, as it was synthesized before the tests began. */
export function synthesizedExample(file: ExampleFile): SynthesizedEnvironment[] {
  const known = examples.get(file) ?? readAssembly(exampleAssembly(file));
  examples.set(file, known);
  return known;
}

/** The folder with the cloud assembly of an example. Tests only read it. */
export function exampleAssembly(file: ExampleFile): string {
  return join(inject('assembliesFolder'), String(allExampleFiles.indexOf(file)));
}

/** One environment of an example; its first unless named. */
export async function exampleEnvironment(file: ExampleFile, name?: string): Promise<SynthesizedEnvironment> {
  const environments = synthesizedExample(file);
  const found = name ? environments.find((environment) => environment.name === name) : environments[0];
  if (!found) throw new Error(`${file} has no environment ${name}`);
  return found;
}

/** The template of one stack, such as `Data`. A stack that is missing fails the test that asks about it. */
export function templateOf(environment: SynthesizedEnvironment, stack: string): Template {
  const template = environment.templates[stack];
  if (!template) throw new Error(`${environment.name} has no stack ${stack}`);
  return template;
}

/** What is said of every resource of a type must be said of one at least: none fails the test. */
export function everyOfType(environment: SynthesizedEnvironment, type: string): TemplateResource[] {
  const found = Object.values(resourcesOfType(environment, type));
  if (found.length === 0) throw new Error(`${environment.name} has no ${type}`);
  return found;
}

/** The stacks that each stack of an example's environment is deployed after, sorted, by the stack's name. */
export function stackDependencies(file: ExampleFile, environment: string): Record<string, string[]> {
  const { artifacts } = manifestOf(join(exampleAssembly(file), `assembly-${environment}`));
  const stacks = new Map(
    Object.entries(artifacts)
      .filter(([, { type }]) => type === 'aws:cloudformation:stack')
      .map(([id, { displayName = '' }]) => [id, nameOf(displayName)]),
  );
  return Object.fromEntries(
    [...stacks].map(([id, stack]) => {
      const dependencies = artifacts[id]?.dependencies ?? [];
      return [stack, dependencies.flatMap((dependency) => stacks.get(dependency) ?? []).sort()];
    }),
  );
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

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly displayName?: string;
        readonly dependencies?: readonly string[];
        readonly properties: { readonly directoryName?: string; readonly templateFile?: string };
      }
    >
  >;
}

function readAssembly(folder: string): SynthesizedEnvironment[] {
  return Object.values(manifestOf(folder).artifacts).flatMap(({ type, properties }) =>
    type === 'cdk:cloud-assembly' && properties.directoryName
      ? [readEnvironment(join(folder, properties.directoryName))]
      : [],
  );
}

function readEnvironment(folder: string): SynthesizedEnvironment {
  const templates: Record<string, Template> = {};
  for (const { type, displayName = '', properties } of Object.values(manifestOf(folder).artifacts)) {
    if (type !== 'aws:cloudformation:stack' || !properties.templateFile) continue;
    const text = readFileSync(join(folder, properties.templateFile), 'utf8');
    templates[nameOf(displayName)] = Template.fromString(text);
  }
  return { name: basename(folder).replace(/^assembly-/, ''), templates, resources: resourcesOf(templates) };
}

/** `Vault` of `production/Vault` */
function nameOf(displayName: string): string {
  return displayName.split('/').at(-1) ?? displayName;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

function resourcesOf(templates: Readonly<Record<string, Template>>): Record<string, TemplateResource> {
  const all: Record<string, TemplateResource> = {};
  for (const [stack, template] of Object.entries(templates)) {
    const resources = template.toJSON().Resources as Record<string, TemplateResource>;
    for (const [id, resource] of Object.entries(resources)) all[`${stack}/${id}`] = resource;
  }
  return all;
}
