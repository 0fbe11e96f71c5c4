import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { refersTo } from '../functions.ts';

/** Whether a task runs an image of this repository, and not only a step of the pipeline works on it. */
export function isRunFrom(repository: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::ECS::TaskDefinition')
    .some(({ properties }) => refersTo(repository, JSON.stringify(properties.ContainerDefinitions ?? [])));
}
