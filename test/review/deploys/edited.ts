import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';

// The shape of each resource type is CloudFormation's; an edit says which it changes.
export type Properties = Record<string, unknown>;

export interface EditedResource {
  Type: string;
  Properties: Properties;
  DependsOn?: string | string[];
  [attribute: string]: unknown;
}

/** The templates of a shop, copied, so that an edit may change them. */
export class Edited {
  readonly stacks: StackTemplate[];

  constructor(stacks: readonly StackTemplate[]) {
    this.stacks = stacks.map((stack) => ({ ...stack, template: structuredClone(stack.template) }));
  }

  /** All resources of a type, by their ids. */
  all(
    type: string,
  ): { readonly stack: StackTemplate; readonly id: string; readonly resource: EditedResource }[] {
    return this.stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources)
        .filter(([, { Type }]) => Type === type)
        .map(([id, resource]) => ({ stack, id, resource: resource as EditedResource })),
    );
  }

  one(type: string, where: (resource: EditedResource) => boolean = () => true) {
    const found = this.all(type).find(({ resource }) => where(resource));
    if (!found) throw new Error(`the shop has no such ${type}`);
    return found;
  }

  properties(type: string, where?: (resource: EditedResource) => boolean): Properties {
    return this.one(type, where).resource.Properties;
  }

  add(
    stack: string,
    id: string,
    resource: { Type: string; Properties?: Properties; DependsOn?: string },
  ): void {
    const found = this.stacks.find(({ name }) => name.endsWith(`-${stack}`));
    if (!found) throw new Error(`the shop has no stack ${stack}`);
    Object.assign(found.template.Resources, { [id]: resource });
  }

  /** The same resource a second time. */
  repeat(type: string, change: Properties = {}): void {
    const { stack, resource } = this.one(type);
    const twin = structuredClone(resource);
    Object.assign(twin.Properties, change);
    Object.assign(stack.template.Resources, { Second: twin });
  }
}

export interface Edit {
  /** Line of docs/deploy-notes.md. */
  readonly id: string;
  readonly says: string;
  /** What the finding is called. @default the id */
  readonly constraint?: string;
  readonly make: (shop: Edited) => void;
  /** Whether it hides what other edits would show. */
  readonly alone?: boolean;
}
