import { remembered } from '../../../checks/model/remembered.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { type Finding, findingOf, findingOfStack } from '../finding.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';

/** Something that AWS demands of templates, whatever is deployed so far. */
export interface Demand {
  /** As in docs/deploy-notes.md. */
  readonly id: string;
  violations(deployment: Deployment): Violation[];
}

/** Where a demand is not met. */
export interface Violation {
  readonly of: DeployedResource | StackTemplate;
  /** What was found, after the resource's name: `has a name of 70 characters, at most 64`. */
  readonly says: string;
  readonly way: string;
  readonly source: string;
}

/** What a look at one resource finds. */
export type Found = Omit<Violation, 'of'>;

export function findingsOf(demand: Demand, deployment: Deployment): Finding[] {
  return demand.violations(deployment).map(({ of, ...words }) => {
    const finding = { effect: 'refused' as const, constraint: demand.id, ...words };
    return 'id' in of ? findingOf(of, finding) : findingOfStack(of, finding);
  });
}

/** A demand that looks at one resource at a time. */
export function eachResource(
  id: string,
  types: readonly string[],
  look: (resource: DeployedResource, deployment: Deployment) => readonly Found[],
): Demand {
  return {
    id,
    violations: (deployment) =>
      deployment.resources
        .filter(({ type }) => types.includes(type))
        .flatMap((resource) =>
          look(resource, deployment).map((violation) => ({ of: resource, ...violation })),
        ),
  };
}

/** A demand of many rows, each of which is about one type of resource. */
export function eachRow<Row extends { readonly type: string }>(
  id: string,
  rows: readonly Row[],
  look: (row: Row, resource: DeployedResource) => readonly Found[],
): Demand {
  const types = [...new Set(rows.map(({ type }) => type))];
  return eachResource(id, types, (resource) =>
    rows.filter(({ type }) => type === resource.type).flatMap((row) => look(row, resource)),
  );
}

/** Members that have the same key, together. */
export function grouped<T>(members: readonly T[], keyOf: (member: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const member of members) remembered<string, T[]>(groups, keyOf(member), () => []).push(member);
  return [...groups.values()];
}
