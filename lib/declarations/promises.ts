import { CfnElement, CfnResource, Lazy, Stack, type Stage } from 'aws-cdk-lib';
import { declarationKeys } from './keys.ts';
import {
  declarationsIn,
  ofTemplate,
  promisedSectionPrefix,
  promisedSections,
  promiseText,
  withoutTags,
} from './promise-format.ts';

/**
 * Promises that everything below `scope` is what its constructs have made it up to now. What is changed afterwards, by
 * an aspect, an escape hatch or in the template itself, differs from the promise, and the checks report the difference
 * unless it is known to be harmless. Values that a construct completes at synthesis, such as the statements of a
 * policy, are promised as completed. Call it last.
 */
export function declarePromises(scope: Stage | Stack): void {
  const stacks = Stack.isStack(scope) ? [scope] : scope.node.findAll().filter(Stack.isStack);
  for (const stack of stacks) {
    const made = stack.node
      .findAll()
      .filter(CfnResource.isCfnResource)
      .filter((resource) => resource.stack === stack)
      .map(frozen);
    stack.templateOptions.metadata = {
      ...stack.templateOptions.metadata,
      [declarationKeys.promises]: Lazy.any({ produce: () => promisesOf(stack, made) }),
    };
  }
}

/**
 * Of each resource by its logical id, and of each other section of the template by its name. As text: references in
 * it must not become dependencies of the stack.
 */
function promisesOf(stack: Stack, made: readonly FrozenResource[]): Record<string, string> {
  const promises: Record<string, string> = {};
  for (const { resource, properties, overrides, options } of made) {
    if (!resource.shouldSynthesize()) continue;
    const promise = {
      Type: resource.cfnResourceType,
      Properties: withoutTags(resource.renderProperties(stack.resolve(properties) as Json)),
      DeletionPolicy: options.deletionPolicy,
      UpdateReplacePolicy: options.updateReplacePolicy,
      Condition: options.condition?.logicalId,
    };
    const overridden =
      Object.keys(overrides).length > 0 ? stack.resolve(merged(promise, overrides)) : promise;
    promises[stack.resolve(resource.logicalId) as string] = promiseText(overridden);
  }
  return { ...promises, ...sectionsOf(stack) };
}

function sectionsOf(stack: Stack): Record<string, string> {
  const sections: Record<string, Json> = { Declarations: declarationsOf(stack) };
  for (const element of stack.node.findAll()) {
    if (!CfnElement.isCfnElement(element) || CfnResource.isCfnResource(element) || element.stack !== stack) {
      continue;
    }
    const fragment = stack.resolve(element._toCloudFormation()) as Record<string, Json>;
    for (const section of promisedSections) {
      if (fragment[section]) sections[section] = { ...sections[section], ...fragment[section] };
    }
  }
  return Object.fromEntries(
    Object.entries(sections).map(([section, entries]) => [
      `${promisedSectionPrefix}${section}`,
      promiseText(entries),
    ]),
  );
}

/** By logical id; they are not frozen: a reader that the owner declares later is meant. */
function declarationsOf(stack: Stack): Json {
  const { metadata: own, transforms } = stack.templateOptions;
  const declared: [string, unknown][] = [
    [ofTemplate, { ...declarationsIn(own), ...(transforms && { Transform: transforms }) }],
  ];
  for (const resource of stack.node.findAll().filter(CfnResource.isCfnResource)) {
    const found = resource.stack === stack && declarationsIn(resource.cfnOptions.metadata);
    if (found) declared.push([stack.resolve(resource.logicalId) as string, found]);
  }
  return stack.resolve(Object.fromEntries(declared)) as Json;
}

type Json = Record<string, unknown>;

/** What the CDK renders a resource from. It has no public way to ask for it without the changes made later. */
interface Rendered {
  readonly cfnProperties: Json;
  readonly rawOverrides: Json;
  renderProperties(properties: Json): Json;
  shouldSynthesize(): boolean;
}

interface FrozenResource {
  readonly resource: Omit<CfnResource, keyof Rendered> & Rendered;
  readonly properties: Json;
  readonly overrides: Json;
  readonly options: CfnResource['cfnOptions'];
}

function frozen(resource: CfnResource): FrozenResource {
  const rendered = resource as unknown as FrozenResource['resource'];
  return {
    resource: rendered,
    properties: copied(rendered.cfnProperties),
    overrides: copied(rendered.rawOverrides),
    options: { ...resource.cfnOptions },
  };
}

/** Lists and plain objects are copied; tokens and constructs stay the ones they are. */
function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each)])) as T;
}

/** As the CDK lays overrides over properties: an override without a value removes. */
function merged(properties: Json, overrides: Json): Json {
  const result = { ...properties };
  for (const [key, value] of Object.entries(overrides)) {
    const before = result[key];
    if (value === undefined) delete result[key];
    else result[key] = isPlain(value) && isPlain(before) ? merged(before, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
