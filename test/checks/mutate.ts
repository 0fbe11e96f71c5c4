import type { TemplateInput } from '../../lib/checks/check-templates.ts';

/** A template as it is written, before anybody reads meaning into it. */
// biome-ignore lint/suspicious/noExplicitAny: mutations reach into untyped JSON at any depth
export type Json = any;

/** One resource inside a copy of an environment's templates. */
export interface Handle {
  readonly stack: string;
  readonly id: string;
  readonly resource: Json;
  /** Its properties. */
  readonly p: Json;
}

/**
 * A copy of an environment's templates that a mutation may change: each resource is copied when somebody first gets hold
 * of it, for copies of all of them would take as long as judging them.
 */
export class Mutant {
  readonly templates: TemplateInput[];
  readonly #before: readonly TemplateInput[];
  readonly #copied = new Set<Json>();

  constructor(templates: readonly TemplateInput[]) {
    this.#before = templates;
    this.templates = templates.map((input) => {
      const { Resources, ...sections } = input.template as Json;
      return { ...input, template: { ...structuredClone(sections), Resources: { ...Resources } } };
    });
  }

  all(type: string): Handle[] {
    return this.templates.flatMap(({ name, template }) => {
      const { Resources } = template as Json;
      return Object.keys(Resources)
        .filter((id) => Resources[id].Type === type)
        .map((id) => {
          if (!this.#copied.has(Resources[id])) Resources[id] = structuredClone(Resources[id]);
          const resource = Resources[id];
          this.#copied.add(resource);
          resource.Properties ??= {};
          return { stack: name, id, resource, p: resource.Properties };
        });
    });
  }

  /** The first resource of a type whose id or text matches. */
  one(type: string, like = /(?:)/): Handle {
    const found = this.all(type).find(
      ({ id, resource }) => like.test(id) || like.test(JSON.stringify(resource)),
    );
    if (!found) throw new Error(`the templates hold no ${type} like ${like}`);
    return found;
  }

  /** The resources that are not as they were, each as `<stack>/<id>`. */
  get changed(): string[] {
    return this.#before.flatMap(({ name, template }) => {
      const before = (template as Json).Resources as Record<string, Json>;
      const now = this.#resources(name);
      return Object.keys({ ...before, ...now })
        .filter((id) => before[id] !== now[id] && JSON.stringify(before[id]) !== JSON.stringify(now[id]))
        .map((id) => `${name}/${id}`);
    });
  }

  remove({ stack, id }: Handle): void {
    delete this.#resources(stack)[id];
  }

  /** Adds a resource beside another one and gives a handle on it. */
  add(beside: Handle, id: string, type: string, properties: Json, metadata?: Json): Handle {
    const resource = { Type: type, Properties: properties, ...(metadata && { Metadata: metadata }) };
    this.#resources(beside.stack)[id] = resource;
    this.#copied.add(resource);
    return { stack: beside.stack, id, resource, p: resource.Properties };
  }

  /** Adds a parameter to the template of a resource. */
  addParameter({ stack }: Handle, id: string, parameter: Json): void {
    const template = this.#template(stack);
    template.Parameters = { ...template.Parameters, [id]: parameter };
  }

  #resources(stack: string): Record<string, Json> {
    return this.#template(stack).Resources;
  }

  #template(stack: string): Json {
    return (this.templates.find(({ name }) => name === stack) as Json).template;
  }
}

/** A change somebody might make, and what has to be said about which resource. */
export interface Mutation {
  readonly change: string;
  /** The start of the rule's name after `SecureShop-`. */
  readonly rule: string;
  /** Makes the change; returns the resource that has to be named. */
  make(mutant: Mutant): Handle;
}

export const mutation = (change: string, rule: string, make: (mutant: Mutant) => Handle): Mutation => ({
  change,
  rule,
  make,
});

/** Changes one resource of a type, the first that is like the pattern, and expects it to be named. */
export const edit = (
  change: string,
  rule: string,
  type: string,
  alter: (p: Json, handle: Handle) => void,
  like?: RegExp,
) =>
  mutation(change, rule, (mutant) => {
    const handle = mutant.one(type, like);
    alter(handle.p, handle);
    return handle;
  });

/** Removes the first resource of a type that refers to another one, and expects the other to be named. */
export const drop = (change: string, rule: string, type: string, named: string, like?: RegExp) =>
  mutation(change, rule, (mutant) => {
    mutant.remove(mutant.one(type, like));
    return mutant.one(named);
  });

export const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
