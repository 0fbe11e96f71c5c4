import { remembered } from '../../../checks/model/remembered.ts';
import { EnvironmentGraph, type Resource } from '../../../checks/model/templates.ts';
import { tokensIn, type Value, type ValueMap } from '../../../checks/model/values.ts';
import type { CloudFormationResource } from '../../templates/template-file.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { importsOf, type OutputRead, outputsRead, referredIds } from './references.ts';

/** A resource of a template, with what its properties resolve to. */
export interface DeployedResource {
  readonly stack: StackTemplate;
  readonly id: string;
  readonly type: string;
  /** As the template has it, for what is no property. */
  readonly declaration: CloudFormationResource;
  readonly properties: ValueMap;
}

export interface Export {
  readonly name: string;
  readonly stack: StackTemplate;
  /** As the template has it. */
  readonly value: unknown;
}

/** The stacks that are deployed together, or were, and how they hang together. */
export class Deployment {
  /** In the order in which they are deployed. */
  readonly stacks: readonly StackTemplate[];
  readonly resources: readonly DeployedResource[];
  private readonly graphs = new Map<string, EnvironmentGraph>();
  /** Stacks by environment and name. */
  private readonly named = new Map<string, Map<string, StackTemplate>>();
  private readonly byStack = new Map<StackTemplate, Map<string, DeployedResource>>();
  private readonly earlier = new Map<StackTemplate, ReadonlySet<StackTemplate>>();
  private readonly creation = new Map<StackTemplate, CreationOrder>();
  private readonly producers = new Map<StackTemplate, readonly StackTemplate[]>();
  private readonly references = new WeakMap<object, readonly DeployedResource[]>();
  private readonly exportsOfStack = new Map<StackTemplate, readonly Export[]>();
  private readonly importsOfStack = new Map<StackTemplate, ReadonlySet<string>>();
  private readonly outputsReadBy = new Map<StackTemplate, readonly OutputRead[]>();
  private readonly byExport = new Map<string, Export>();

  constructor(stacks: readonly StackTemplate[]) {
    for (const environment of new Set(stacks.map((stack) => stack.environment))) {
      const together = stacks.filter((stack) => stack.environment === environment);
      this.graphs.set(environment, new EnvironmentGraph(together));
      this.named.set(environment, new Map(together.map((stack) => [stack.name, stack])));
    }
    for (const stack of stacks) this.byStack.set(stack, this.read(stack));
    for (const stack of stacks) {
      for (const exported of this.exportsOf(stack))
        this.byExport.set(exportKey(stack, exported.name), exported);
    }
    this.stacks = this.inDeployOrder(stacks);
    this.resources = this.stacks.flatMap((stack) => this.resourcesOf(stack));
  }

  resourcesOf(stack: StackTemplate): readonly DeployedResource[] {
    return [...(this.byStack.get(stack)?.values() ?? [])];
  }

  resource(stack: StackTemplate, id: string): DeployedResource | undefined {
    return this.byStack.get(stack)?.get(id);
  }

  /** Resources that a resolved value speaks of, through other stacks' exports too. */
  referred(from: DeployedResource, value: Value | undefined): readonly DeployedResource[] {
    // A list or map is part of one resource: whoever asks about it again asks for the same one.
    return typeof value === 'object' && value !== null
      ? remembered(this.references, value, () => this.findReferred(from, value))
      : this.findReferred(from, value);
  }

  private findReferred(from: DeployedResource, value: Value | undefined): readonly DeployedResource[] {
    return [...texts(value)].flatMap((text) =>
      tokensIn(text).flatMap(({ stack, logicalId }) => {
        const named = this.named.get(from.stack.environment)?.get(stack);
        return (named && this.resource(named, logicalId)) ?? [];
      }),
    );
  }

  exportsOf(stack: StackTemplate): readonly Export[] {
    return remembered(this.exportsOfStack, stack, () =>
      Object.values(record(stack.template.Outputs)).flatMap((output) => {
        const exported = record(record(output).Export).Name;
        const name = exported === undefined ? undefined : this.evaluate(stack, exported);
        return typeof name === 'string' ? [{ name, stack, value: record(output).Value }] : [];
      }),
    );
  }

  /** Names of the exports that a stack imports. */
  importsOf(stack: StackTemplate): ReadonlySet<string> {
    return remembered(this.importsOfStack, stack, () => {
      const names = importsOf(stack.template).map((name) => this.evaluate(stack, name));
      return new Set(names.filter((name) => typeof name === 'string'));
    });
  }

  /** Outputs of other stacks that a stack reads without holding them. */
  outputsRead(stack: StackTemplate): readonly OutputRead[] {
    return remembered(this.outputsReadBy, stack, () => outputsRead(stack.template));
  }

  /** The export that a stack would import under a name: one of its own account and region. */
  exported(to: StackTemplate, name: string): Export | undefined {
    return this.byExport.get(exportKey(to, name));
  }

  /** Stacks that are deployed before the given one, and theirs; itself, where stacks wait for each other. */
  stacksBefore(stack: StackTemplate): ReadonlySet<StackTemplate> {
    const known = this.earlier.get(stack);
    if (known) return known;
    const found = new Set<StackTemplate>();
    this.earlier.set(stack, found);
    const waiting = [...this.producersOf(stack)];
    for (const producer of waiting) {
      if (found.has(producer)) continue;
      found.add(producer);
      waiting.push(...this.producersOf(producer));
    }
    return found;
  }

  creationOrder(stack: StackTemplate): CreationOrder {
    return remembered(this.creation, stack, () => new CreationOrder(stack));
  }

  /** Whether one resource surely exists when CloudFormation begins to create another. */
  isBefore(first: DeployedResource, then: DeployedResource): boolean {
    return first.stack === then.stack
      ? this.creationOrder(then.stack).before(then.id).has(first.id)
      : this.stacksBefore(then.stack).has(first.stack);
  }

  /** Whether the environment says that everything in it may be deleted. */
  isDisposable(stack: StackTemplate): boolean {
    return this.graphs.get(stack.environment)?.declaration?.disposable === true;
  }

  evaluate(stack: StackTemplate, value: unknown): Value | undefined {
    return this.graphs.get(stack.environment)?.evaluate(stack.name, value);
  }

  private producersOf(stack: StackTemplate): readonly StackTemplate[] {
    return remembered(this.producers, stack, () => this.findProducers(stack));
  }

  private findProducers(stack: StackTemplate): readonly StackTemplate[] {
    const named = new Set([
      ...(stack.dependsOn ?? []),
      ...this.outputsRead(stack).map(({ stack: name }) => name),
    ]);
    const imported = [...this.importsOf(stack)].map(
      (name) => this.byExport.get(exportKey(stack, name))?.stack,
    );
    return [...this.byStack.keys()].filter(
      (other) =>
        other !== stack &&
        (imported.includes(other) || (named.has(other.name) && other.environment === stack.environment)),
    );
  }

  private read(stack: StackTemplate): Map<string, DeployedResource> {
    const graph = this.graphs.get(stack.environment);
    return new Map(
      Object.entries(stack.template.Resources).flatMap(([id, declaration]) => {
        const resolved = graph?.get(stack.name, id);
        return resolved ? [[id, new ResolvedResource(stack, id, declaration, resolved)] as const] : [];
      }),
    );
  }

  private inDeployOrder(stacks: readonly StackTemplate[]): StackTemplate[] {
    const ordered = new Set<StackTemplate>();
    const visit = (stack: StackTemplate, waiting: ReadonlySet<StackTemplate>): void => {
      if (ordered.has(stack) || waiting.has(stack)) return;
      for (const producer of this.producersOf(stack)) visit(producer, new Set([...waiting, stack]));
      ordered.add(stack);
    };
    for (const stack of stacks) visit(stack, new Set());
    return [...ordered];
  }
}

/** Properties stay unresolved until somebody asks for them. */
class ResolvedResource implements DeployedResource {
  readonly stack: StackTemplate;
  readonly id: string;
  readonly declaration: CloudFormationResource;
  private readonly resolved: Resource;

  constructor(stack: StackTemplate, id: string, declaration: CloudFormationResource, resolved: Resource) {
    this.stack = stack;
    this.id = id;
    this.declaration = declaration;
    this.resolved = resolved;
  }

  get type(): string {
    return this.declaration.Type;
  }

  get properties(): ValueMap {
    return this.resolved.properties;
  }
}

/**
 * In which order CloudFormation creates the resources of a stack: what nothing orders, it creates at once.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
export class CreationOrder {
  private readonly direct: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly all = new Map<string, ReadonlySet<string>>();

  constructor({ template: { Resources } }: StackTemplate) {
    this.direct = new Map(
      Object.entries(Resources).map(([id, declaration]) => {
        const referred = [...referredIds(declaration)].filter(
          (other) => other !== id && Object.hasOwn(Resources, other),
        );
        return [id, new Set(referred)];
      }),
    );
  }

  /** Everything that exists before a resource is begun. */
  before(id: string): ReadonlySet<string> {
    const known = this.all.get(id);
    if (known) return known;
    const found = new Set<string>();
    this.all.set(id, found);
    for (const other of this.direct.get(id) ?? []) {
      found.add(other);
      for (const further of this.before(other)) found.add(further);
    }
    return found;
  }

  /** Every resource after those that it waits for. */
  sorted(): readonly string[] {
    const ids = new Set<string>();
    for (const id of this.direct.keys()) {
      const waitsFor = [...this.before(id)].sort(
        (one, other) => this.before(one).size - this.before(other).size,
      );
      for (const earlier of waitsFor) ids.add(earlier);
      ids.add(id);
    }
    return [...ids];
  }

  /** A resource that waits for itself, which CloudFormation refuses. */
  circular(): string | undefined {
    return [...this.direct.keys()].find((id) => this.before(id).has(id));
  }
}

/** An export is one per account and region. */
function exportKey({ account, region }: StackTemplate, name: string): string {
  return JSON.stringify([account, region, name]);
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** Every text within a value. */
export function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* texts(member);
  }
}
