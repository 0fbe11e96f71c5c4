import { declarationKeys } from '../../declarations/keys.ts';
import { promisedSectionPrefix, promisedSections, withoutTags } from '../../declarations/promise-format.ts';
import type { Stack } from './stacks.ts';
import { isMap } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

/** A resource, or an entry of another section, as its construct made it and as its template holds it. */
export interface Promised {
  readonly stack: string;
  /** The logical id; of an entry of another section with the section before it: `Outputs.Name`. */
  readonly name: string;
  /** A resource's type, or the name of the section. */
  readonly type: string;
  readonly promised: Json;
  /** Undefined when the template no longer holds it. */
  readonly found: Json | undefined;
}

/** What of a resource is promised beside its properties. What it waits for decides nothing once it is deployed. */
export const promisedAttributes = ['Type', 'DeletionPolicy', 'UpdateReplacePolicy', 'Condition'] as const;

/** Only what differs, in whatever way: most resources of most templates are letter by letter as promised. */
export function promisesIn(stacks: ReadonlyMap<string, Stack>): Promised[] {
  return [...stacks.values()].flatMap((stack) => {
    const declared = stack.metadata[declarationKeys.promises];
    return isMap(declared) ? Object.entries(declared).flatMap((entry) => changed(stack, entry)) : [];
  });
}

/** What a stack promises of a resource's properties, as it is written; undefined when it promises nothing of it. */
export function promisedProperties(stack: Stack | undefined, logicalId: string): Json | undefined {
  const declared = stack?.metadata[declarationKeys.promises];
  if (!isMap(declared) || !Object.hasOwn(declared, logicalId)) return undefined;
  const { Properties } = parsed(declared[logicalId]);
  return isMap(Properties) ? Properties : {};
}

function changed(stack: Stack, [key, written]: [string, unknown]): Promised[] {
  const promised = parsed(written);
  const section = promisedSections.find((each) => key === promisedSectionPrefix + each);
  if (section) {
    const found = sectionOf(stack, section);
    if (written === JSON.stringify(found)) return [];
    return Object.entries(promised).map(([name, value]) => ({
      stack: stack.name,
      name: `${section}.${name}`,
      type: section,
      promised: { Properties: value },
      found: Object.hasOwn(found, name) ? { Properties: found[name] } : undefined,
    }));
  }
  const resource = Object.hasOwn(stack.resources, key) ? stack.resources[key] : undefined;
  const found = isMap(resource) ? resource : undefined;
  if (found && written === JSON.stringify(comparable(found))) return [];
  const type = typeof promised.Type === 'string' ? promised.Type : 'resource';
  return [{ stack: stack.name, name: key, type, promised, found }];
}

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
  };
  return sections[section];
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
