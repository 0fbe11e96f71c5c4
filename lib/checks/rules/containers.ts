import type { EnvironmentGraph, Resource } from '../model/templates.ts';
import type { Value } from '../model/values.ts';

/** Containers of a task, those among them that a deploy may leave out. */
export function containersOf({ properties }: Resource, graph: EnvironmentGraph): readonly Value[] {
  return graph.possible(properties.ContainerDefinitions).map(({ value }) => value);
}
