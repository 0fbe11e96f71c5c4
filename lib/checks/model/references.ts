import type { Answer } from './answers.ts';
import type { EnvironmentGraph, Resource } from './templates.ts';
import { isUnknown, type Value } from './values.ts';

/** Whether a property, or an item of it, means a resource: surely, for some value that a deploy gives it, or not. */
export function mayRefer(value: Value | undefined, target: Resource, graph: EnvironmentGraph): Answer {
  let answer: Answer = 'no';
  for (const { value: each, certain } of graph.possible(value)) {
    const isTarget = graph.target(each, target.type) === target;
    if (isTarget && certain) return 'yes';
    if (isTarget || isUnknown(each)) answer = 'unknown';
  }
  return answer;
}
