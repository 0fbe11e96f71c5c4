import type { EnvironmentGraph } from './templates.ts';
import { isMap, type Value } from './values.ts';

/** More readings than any policy or interface has; what is left open then stays unknown. */
const mostReadings = 32;

/** A value with each `Fn::If` inside it decided, in every combination. */
export function readings(
  value: Value,
  graph: Pick<EnvironmentGraph, 'choicesOf'>,
): readonly (Value | undefined)[] {
  let found: readonly (Value | undefined)[] = [value];
  for (;;) {
    const choice = found.map((each) => firstChoice(each, graph)).find((each) => each !== undefined);
    const choices = graph.choicesOf(choice);
    if (choice === undefined || !choices || found.length * choices.length > mostReadings) return found;
    found = found.flatMap((each) => choices.map((chosen) => replaced(each, choice, chosen)));
  }
}

function firstChoice(
  value: Value | undefined,
  graph: Pick<EnvironmentGraph, 'choicesOf'>,
): string | undefined {
  if (typeof value === 'string') return graph.choicesOf(value) && value;
  const parts = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  for (const part of parts) {
    const found = firstChoice(part, graph);
    if (found !== undefined) return found;
  }
  return undefined;
}

function replaced(value: Value | undefined, choice: string, by: Value | undefined): Value | undefined {
  if (value === choice) return by;
  if (Array.isArray(value)) {
    return value.flatMap((item: Value) => {
      const inner = replaced(item, choice, by);
      return inner === undefined ? [] : Array.isArray(inner) && item === choice ? inner : [inner];
    });
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, choice, by)]));
}
