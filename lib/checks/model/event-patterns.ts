import type { EnvironmentGraph, Resource } from './templates.ts';
import { at, isMap, list, numeric, text, type Value } from './values.ts';

/**
 * An event as AWS sends it, as far as it is known here. A resource stands for its name, id or ARN, whichever the event
 * holds; what is left out may have any value.
 */
export interface SampleEvent {
  readonly [key: string]: string | number | Resource | SampleEvent;
}

/**
 * Whether an event pattern matches an event.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesEvent(
  pattern: Value | undefined,
  event: SampleEvent,
  graph: EnvironmentGraph,
): boolean {
  if (!isMap(pattern)) return false;
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === '$or') return list(expected).some((each) => matchesEvent(each, event, graph));
    const actual = event[key];
    if (actual === undefined || expected === undefined) return true;
    if (isNested(actual)) return matchesEvent(expected, actual, graph);
    return list(expected).some((each) => matchesValue(each, actual, graph));
  });
}

function isNested(value: SampleEvent[string]): value is SampleEvent {
  return typeof value === 'object' && !isResource(value);
}

function isResource(value: SampleEvent[string]): value is Resource {
  return typeof value === 'object' && 'logicalId' in value && 'properties' in value;
}

function matchesValue(expected: Value, actual: string | number | Resource, graph: EnvironmentGraph): boolean {
  if (isMap(expected)) return matchesOperator(expected, actual);
  if (isResource(actual)) return graph.target(expected, actual.type) === actual;
  return text(expected) === String(actual);
}

/** A resource's name is not known before it is made: an operator on it is taken to match. */
function matchesOperator(operator: Value, actual: string | number | Resource): boolean {
  if (isResource(actual)) return true;
  const written = String(actual);
  const prefix = text(at(operator, 'prefix'));
  if (prefix !== undefined) return written.startsWith(prefix);
  const suffix = text(at(operator, 'suffix'));
  if (suffix !== undefined) return written.endsWith(suffix);
  const ignoringCase = text(at(operator, 'equals-ignore-case'));
  if (ignoringCase !== undefined) return written.toLowerCase() === ignoringCase.toLowerCase();
  const excluded = at(operator, 'anything-but');
  if (excluded !== undefined)
    return !list(excluded).some((each) => {
      const prefix = text(at(each, 'prefix'));
      return prefix === undefined ? text(each) === written : written.startsWith(prefix);
    });
  const numbers = list(at(operator, 'numeric'));
  if (numbers.length > 0) return isInRange(numbers, Number(written));
  return at(operator, 'exists') !== false;
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
