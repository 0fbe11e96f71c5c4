import { closedDoors } from './admissions.ts';
import { unmetDemands } from './demands/all.ts';
import { deployStack } from './deploy-stack.ts';
import { exportsTaken, type ForeignExport, missingExports } from './exports.ts';
import { type Finding, findingOf, findingOfStack } from './finding.ts';
import type { Deployment } from './model/deployment.ts';
import { innerCollisions } from './model/inner-collisions.ts';
import { World } from './model/world.ts';
import { lateNeeds } from './needs.ts';

/** What AWS would refuse of templates alone, whatever is deployed so far. */
export function faultsOf(deployment: Deployment): Finding[] {
  let world = World.empty();
  const collisions = deployment.stacks.flatMap((stack) => {
    const deploy = deployStack(world, stack, deployment);
    world = deploy.world;
    return deploy.run.findings;
  });
  return [...collisions, ...standingFaults(deployment)];
}

/** Those of them that no order of deploys shows. */
export function standingFaults(
  deployment: Deployment,
  foreignExports: readonly ForeignExport[] = [],
): Finding[] {
  return [
    ...exportsTaken(deployment, foreignExports),
    ...deployment.stacks.flatMap((stack) => [
      ...missingExports(stack, deployment),
      ...circular(deployment, stack),
    ]),
    ...deployment.resources.flatMap((resource) =>
      innerCollisions(resource).map(({ property, value, source }) =>
        findingOf(resource, {
          effect: 'refused',
          constraint: 'unique-in-aws',
          says: `has ${property} ${value} twice`,
          way: 'Give each its own.',
          source,
        }),
      ),
    ),
    ...closedDoors(deployment),
    ...lateNeeds(deployment),
    ...unmetDemands(deployment),
  ];
}

function circular(deployment: Deployment, stack: Deployment['stacks'][number]): Finding[] {
  const id = deployment.creationOrder(stack).circular();
  const waits = deployment.stacksBefore(stack).has(stack);
  const what =
    id === undefined
      ? waits && 'waits for itself through other stacks'
      : `holds ${id}, which waits for itself`;
  if (!what) return [];
  return [
    findingOfStack(stack, {
      effect: 'refused',
      constraint: 'circular',
      says: `${what} (Circular dependency between resources)`,
      way: 'Break the circle: let one of them take what it needs from elsewhere.',
      source: 'https://repost.aws/knowledge-center/cloudformation-circular-dependency-error',
    }),
  ];
}
