import type { EnvironmentGraph, Resource } from './templates.ts';
import { at, isMap, list, numeric, text, type Value } from './values.ts';

/**
 * An event as AWS sends it, as far as it is known here. A resource stands for its name, id or ARN, whichever the event
 * holds.
 */
export interface SampleEvent {
  readonly [key: string]: Sample | undefined;
}
type Sample = Leaf | SampleEvent | readonly Sample[];
type Leaf = string | number | boolean | null | Resource;

/** What is known of a field that an event leaves out: it may have any value, or AWS sends none. */
type LeftOut = 'unknown' | 'missing';

interface Context {
  readonly graph: EnvironmentGraph;
  readonly leftOut: LeftOut;
}

/**
 * Whether an event pattern matches an event. Of a list in an event one element is enough, which then has to match all that
 * the pattern says of it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html, and of lists of objects
 * https://github.com/aws/event-ruler#json-array-matching
 *
 * @param leftOut of what the event does not hold. @default unknown, which matches whatever is asked of it
 */
export function matchesEvent(
  pattern: Value | undefined,
  event: SampleEvent,
  graph: EnvironmentGraph,
  leftOut: LeftOut = 'unknown',
): boolean {
  return matchesFields(pattern, event, [event], { graph, leftOut });
}

/** @param beside the objects at the same place in the elements of a list, this one among them */
function matchesFields(
  pattern: Value | undefined,
  event: SampleEvent,
  beside: readonly SampleEvent[],
  context: Context,
): boolean {
  if (!isMap(pattern)) return false;
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === '$or' && Array.isArray(expected))
      return expected.some((each) => matchesFields(each, event, beside, context));
    if (expected === undefined || (event[key] === undefined && context.leftOut === 'unknown')) return true;
    const found = elementsOf(event[key]);
    const everywhere = beside.flatMap((each) => elementsOf(each[key]));
    if (!isMap(expected)) return matchesAny(list(expected), found, everywhere, context.graph);
    const objects = found.filter(isNested);
    return objects.length > 0
      ? objects.some((each) => matchesFields(expected, each, everywhere.filter(isNested), context))
      : matchesFields(expected, {}, everywhere.filter(isNested), { ...context, leftOut: 'missing' });
  });
}

/** Lists within lists are one list. */
function elementsOf(value: Sample | undefined): Exclude<Sample, readonly Sample[]>[] {
  if (value === undefined) return [];
  return isList(value) ? value.flatMap(elementsOf) : [value];
}

/** A field is there when something stands in it that is no object. */
function matchesAny(
  expected: readonly Value[],
  found: readonly (Leaf | SampleEvent)[],
  everywhere: readonly (Leaf | SampleEvent)[],
  graph: EnvironmentGraph,
): boolean {
  return expected.some((each) =>
    at(each, 'exists') === false
      ? everywhere.every(isNested)
      : found.some((value) => !isNested(value) && matchesValue(each, value, graph)),
  );
}

function isList(value: Sample): value is readonly Sample[] {
  return Array.isArray(value);
}

function isNested(value: Leaf | SampleEvent): value is SampleEvent {
  return typeof value === 'object' && value !== null && !isResource(value);
}

function isResource(value: Leaf | SampleEvent): value is Resource {
  return typeof value === 'object' && value !== null && 'logicalId' in value && 'properties' in value;
}

function matchesValue(expected: Value, actual: Leaf, graph: EnvironmentGraph): boolean {
  // A resource's name is not known before it is made: an operator on it is taken to match.
  if (isResource(actual)) return isMap(expected) || graph.target(expected, actual.type) === actual;
  return isMap(expected) ? matchesOperator(expected, actual) : expected === actual;
}

type Plain = Exclude<Leaf, Resource>;

/** How each operator on texts reads what is asked and what is there. */
const onTexts: Readonly<Record<string, (actual: string, asked: string) => boolean>> = {
  prefix: (actual, asked) => actual.startsWith(asked),
  suffix: (actual, asked) => actual.endsWith(asked),
  'equals-ignore-case': (actual, asked) => actual.toLowerCase() === asked.toLowerCase(),
  wildcard: (actual, asked) => wildcard(asked).test(actual),
};

function matchesOperator(operator: Value, actual: Plain): boolean {
  if (at(operator, 'exists') !== undefined) return true;
  const excluded = at(operator, 'anything-but');
  if (excluded !== undefined)
    return !list(excluded).some((each) => (isMap(each) ? matchesOperator(each, actual) : each === actual));
  const numbers = list(at(operator, 'numeric'));
  if (numbers.length > 0) return typeof actual === 'number' && isInRange(numbers, actual);
  return Object.entries(onTexts).some(([name, matches]) =>
    list(at(operator, name)).some((asked) => {
      if (typeof actual !== 'string') return false;
      const ignoringCase = text(at(asked, 'equals-ignore-case'));
      return ignoringCase === undefined
        ? matches(actual, text(asked) ?? '\0')
        : matches(actual.toLowerCase(), ignoringCase.toLowerCase());
    }),
  );
}

/** A star stands for any text; one after a backslash for itself. */
function wildcard(asked: string): RegExp {
  const parts = asked.match(/\\.|\*|[^*\\]+/gs) ?? [];
  const written = parts.map((part) =>
    part === '*' ? '.*' : part.replace(/^\\(.)$/s, '$1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${written.join('')}$`, 's');
}

function isInRange(numbers: readonly Value[], actual: number): boolean {
  const pairs = Array.from({ length: numbers.length / 2 }, (_, index) => ({
    sign: text(numbers[2 * index]),
    bound: numeric(numbers[2 * index + 1]) ?? Number.NaN,
  }));
  return pairs.every(({ sign, bound }) => {
    switch (sign) {
      case '>':
        return actual > bound;
      case '>=':
        return actual >= bound;
      case '<':
        return actual < bound;
      case '<=':
        return actual <= bound;
      default:
        return actual === bound;
    }
  });
}
