import { declarationKeys } from '../../declarations/keys.ts';
import {
  declarationsIn,
  ofTemplate,
  promisedSectionPrefix,
  promisedSections,
  withoutTags,
} from '../../declarations/promise-format.ts';
import type { Stack } from './stacks.ts';
import { isMap } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

/** A resource, or an entry of another section, as its construct made it and as its template holds it. */
export interface Promised {
  readonly stack: string;
  /** The logical id that the template uses; of an entry of another section with the section before it: `Outputs.Name`. */
  readonly name: string;
  /** A resource's type, or the name of the section. */
  readonly type: string;
  readonly promised: Json;
  /** Undefined when the template no longer holds it. */
  readonly found: Json | undefined;
}

/** What of a resource is promised beside its properties. What it waits for decides nothing once it is deployed. */
export const promisedAttributes = ['Type', 'DeletionPolicy', 'UpdateReplacePolicy', 'Condition'] as const;

/** Every promise of some stacks. Logical ids and names of exports are those of the templates, also where these renamed them. */
export class Promises {
  private readonly stacks: ReadonlyMap<string, Stack>;
  /** By stack, what is promised by logical id or section, as text. */
  private readonly declared: ReadonlyMap<string, Readonly<Record<string, string>>>;

  constructor(stacks: ReadonlyMap<string, Stack>) {
    this.stacks = stacks;
    this.declared = renamed(stacks);
  }

  get any(): boolean {
    return this.declared.size > 0;
  }

  /** Only what differs, in whatever way: most resources of most templates are letter by letter as promised. */
  get changed(): Promised[] {
    return [...this.declared].flatMap(([name, declared]) => {
      const stack = this.stacks.get(name);
      return stack ? Object.entries(declared).flatMap((entry) => changed(stack, entry, declared)) : [];
    });
  }

  /** What a stack promises, by logical id; undefined when nothing. */
  of(stack: string): Readonly<Record<string, string>> | undefined {
    return this.declared.get(stack);
  }

  /** Stacks that promise nothing, beside others that do: somebody took their promises out. */
  get silent(): string[] {
    return this.any ? [...this.stacks.keys()].filter((name) => !this.declared.has(name)) : [];
  }

  /** Whether a resource was added to a stack that promises all it was made of. */
  isBeside({ stack, logicalId }: { readonly stack: string; readonly logicalId: string }): boolean {
    const declared = this.declared.get(stack);
    return declared !== undefined && !Object.hasOwn(declared, logicalId);
  }

  /** Every promised resource of the given types, with the properties as they are written. */
  ofTypes(types: ReadonlySet<string>): Omit<Promised, 'found'>[] {
    return [...this.declared].flatMap(([stack, declared]) =>
      Object.entries(declared).flatMap(([name, written]) => {
        const promised = parsed(written);
        return typeof promised.Type === 'string' && types.has(promised.Type)
          ? [{ stack, name, type: promised.Type, promised }]
          : [];
      }),
    );
  }

  /** What a stack promises of a resource's properties, as it is written; undefined when it promises nothing of it. */
  propertiesOf(stack: string, logicalId: string): Json | undefined {
    const declared = this.declared.get(stack);
    if (!declared || !Object.hasOwn(declared, logicalId)) return undefined;
    const { Properties } = parsed(declared[logicalId]);
    return isMap(Properties) ? Properties : {};
  }
}

function changed(
  stack: Stack,
  [key, written]: [string, string],
  all: Readonly<Record<string, string>>,
): Promised[] {
  const section = sectionNamed(key);
  if (section) {
    const found = sectionOf(stack, section);
    if (written === JSON.stringify(found)) return [];
    const promised = parsed(written);
    // Parameters and outputs more decide nothing of what was promised; what is declared of a promised resource does.
    const besides =
      section === 'Declarations' ? Object.keys(found).filter((id) => Object.hasOwn(all, id)) : [];
    return [...new Set([...Object.keys(promised), ...besides])].map((name) => ({
      stack: stack.name,
      name: `${section}.${name}`,
      type: section,
      promised: { Properties: promised[name] },
      found: entryOf(found, name, promised[name]) ?? (section === 'Declarations' ? {} : undefined),
    }));
  }
  const resource = Object.hasOwn(stack.resources, key) ? stack.resources[key] : undefined;
  const found = isMap(resource) ? resource : undefined;
  if (found && written === JSON.stringify(comparable(found))) return [];
  const promised = parsed(written);
  const type = typeof promised.Type === 'string' ? promised.Type : 'resource';
  return [{ stack: stack.name, name: key, type, promised, found }];
}

const sectionNamed = (key: string) => promisedSections.find((each) => key === promisedSectionPrefix + each);

/** The same keys in the same order as the promise is written. */
function comparable({ Type, Properties = {}, DeletionPolicy, UpdateReplacePolicy, Condition }: Json): Json {
  return { Type, Properties: withoutTags(Properties), DeletionPolicy, UpdateReplacePolicy, Condition };
}

function sectionOf(stack: Stack, section: (typeof promisedSections)[number]): Json {
  const sections = {
    Parameters: stack.parameters,
    Mappings: isMap(stack.mappings) ? stack.mappings : {},
    Conditions: stack.conditions,
    Outputs: stack.outputs,
    Declarations: declarationsOf(stack),
  };
  return sections[section];
}

function declarationsOf({ metadata, resources, transforms }: Stack): Json {
  const declared: [string, unknown][] = [
    [ofTemplate, { ...declarationsIn(metadata), ...(transforms.length > 0 && { Transform: transforms }) }],
  ];
  for (const [id, resource] of Object.entries(resources)) {
    const found = isMap(resource) && declarationsIn(resource.Metadata);
    if (found) declared.push([id, found]);
  }
  return Object.fromEntries(declared);
}

/** An entry by its name; an output also by the name under which it is exported, by which alone others know it. */
function entryOf(section: Json, name: string, promised: unknown): Json | undefined {
  if (Object.hasOwn(section, name)) return { Properties: section[name] };
  const exported = isMap(promised) && promised.Export ? JSON.stringify(promised.Export) : undefined;
  const other = Object.values(section).find(
    (each) => exported !== undefined && isMap(each) && JSON.stringify(each.Export) === exported,
  );
  return other === undefined ? undefined : { Properties: other };
}

/** A promise that cannot be read promises nothing that could be kept: everything of the resource differs. */
function parsed(written: unknown): Json {
  try {
    const value: unknown = typeof written === 'string' ? JSON.parse(written) : undefined;
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

// ---------------------------------------------------------------------------------------------------- renaming

/**
 * What is promised, under the names that the templates use now. A logical id and the name of an export say nothing of
 * what they name: a resource that went, and one of the same type that came and says the same, are one that was renamed.
 */
function renamed(stacks: ReadonlyMap<string, Stack>): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const declared = new Map<string, Record<string, string>>();
  for (const [name, { metadata }] of stacks) {
    const promises = metadata[declarationKeys.promises];
    if (isMap(promises)) declared.set(name, promises as Record<string, string>);
  }
  for (const [name, promises] of declared) {
    const names = renamedResources(stacks.get(name) as Stack, promises);
    if (names.size > 0) declared.set(name, withNames(promises, names));
  }
  const exports = new Map(
    [...declared].flatMap(([name, promises]) => [
      ...renamedExports(stacks.get(name) as Stack, promises[`${promisedSectionPrefix}Outputs`]),
    ]),
  );
  if (exports.size === 0) return declared;
  return new Map([...declared].map(([name, promises]) => [name, withNames(promises, exports)]));
}

/** Old logical ids, each with the new one. */
function renamedResources(stack: Stack, promises: Readonly<Record<string, string>>): Map<string, string> {
  const gone = Object.keys(promises).filter((id) => !sectionNamed(id) && !Object.hasOwn(stack.resources, id));
  const names = new Map<string, string>();
  if (gone.length === 0) return names;
  const come = Object.keys(stack.resources).filter((id) => !Object.hasOwn(promises, id));
  const ids = new Set([...gone, ...come]);
  const before = gone.map((id) => described(id, parsed(promises[id]), ids));
  const after = come.map((id) => described(id, comparable(stack.resources[id] as Json), ids));
  for (const one of before) {
    const other = after.find(({ id, text }) => text === one.text && !taken(names, id));
    if (other) names.set(one.id, other.id);
  }
  // Renamed and changed: told only where no other of its type could be meant.
  for (const { id, type } of before) {
    if (names.has(id)) continue;
    const others = after.filter((each) => each.type === type && !taken(names, each.id));
    const rivals = before.filter((each) => each.type === type && !names.has(each.id));
    if (others.length === 1 && rivals.length === 1) names.set(id, (others[0] as { id: string }).id);
  }
  return names;
}

const taken = (names: ReadonlyMap<string, string>, id: string) => [...names.values()].includes(id);

/** A resource as text in which each of some names is as good as another. */
function described(id: string, resource: Json, ids: ReadonlySet<string>) {
  const text = JSON.stringify(resource).replace(namePattern, (whole, before: string, name: string) =>
    ids.has(name) ? `${before}~` : whole,
  );
  return { id, type: resource.Type, text };
}

/** A whole text, or the name in a substitution. */
const namePattern = /("|\$\{)([A-Za-z][A-Za-z0-9]*)(?=["}.])/g;

/** Names of exports that went, each with that under which the same value is exported now. */
function renamedExports({ outputs }: Stack, written: string | undefined): Map<string, string> {
  const exported = (sides: Json) =>
    Object.values(sides).flatMap((output) => {
      const { Name: name } = isMap(output) && isMap(output.Export) ? output.Export : {};
      return typeof name === 'string' ? [{ name, value: JSON.stringify((output as Json).Value) }] : [];
    });
  const names = new Map<string, string>();
  if (written === JSON.stringify(outputs)) return names;
  const now = exported(outputs);
  for (const { name, value } of exported(parsed(written))) {
    if (now.some((each) => each.name === name)) continue;
    const other = now.find((each) => each.value === value);
    if (other) names.set(name, other.name);
  }
  return names;
}

function withNames(
  promises: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string>,
): Record<string, string> {
  const inText = (text: string) =>
    text
      .replace(namePattern, (_, before: string, name: string) => before + (names.get(name) ?? name))
      .replace(/(?<=")[^"\\]+(?=")/g, (text) => names.get(text) ?? text);
  return Object.fromEntries(
    Object.entries(promises).map(([id, text]) => [names.get(id) ?? id, inText(text)]),
  );
}
