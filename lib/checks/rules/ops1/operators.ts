import { contractOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list } from '../../model/values.ts';

/** Roles with which people operate: the contractor's, and those of hosts that somebody opens a session on. */
export function operatorsIn(graph: EnvironmentGraph): readonly Resource[] {
  const hosts = graph
    .ofType('AWS::IAM::InstanceProfile')
    .flatMap(({ properties }) => list(properties.Roles))
    .flatMap((role) => graph.target(role, 'AWS::IAM::Role') ?? []);
  const contractors = graph.ofType('AWS::IAM::Role').filter((role) => contractOf(role) !== undefined);
  return [...new Set([...contractors, ...hosts])];
}
