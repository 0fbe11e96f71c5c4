import { hasToken } from '../../checks/model/values.ts';
import { deletionByHand } from './commands.ts';
import { type Finding, findingOf } from './finding.ts';
import { claimsOf } from './model/claims.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';
import { heldByUse } from './model/in-use.ts';
import {
  deletionPolicySource,
  emptyingOf,
  fateOf,
  fullAfterCreation,
  type Obstacle,
  protectionOf,
} from './model/keeps.ts';
import type { World } from './model/world.ts';

export interface Rollback {
  readonly deleted: number;
  /** What stays although the creation that made it is undone. */
  readonly findings: readonly Finding[];
}

/**
 * Undoes the creation of resources in the world, the last first.
 * @param keepIn what becomes of those that cannot be deleted: the failed stack still has them, or nobody does.
 */
export function rollBack(
  created: readonly DeployedResource[],
  deployment: Deployment,
  world: World,
  keepIn: 'stack' | 'nobody',
): Rollback {
  const findings: Finding[] = [];
  const staying: DeployedResource[] = [];
  let deleted = 0;
  for (const resource of created.toReversed()) {
    const existing = world.existing(resource);
    if (!existing) continue;
    if (fateOf(resource, 'creation rolled back') === 'retained') {
      world.leave(existing);
      staying.push(resource);
      findings.push(
        stays(
          resource,
          {
            why: 'its DeletionPolicy is Retain',
            commands: emptyingOf(resource),
            source: deletionPolicySource,
          },
          'is kept',
        ),
      );
      continue;
    }
    const obstacle =
      protectionOf(resource) ??
      fullAfterCreation(resource, created, deployment) ??
      heldByUse(resource, staying, deployment);
    if (!obstacle) {
      world.remove(resource);
      deleted += 1;
      continue;
    }
    staying.push(resource);
    if (keepIn === 'nobody') world.leave(existing);
    findings.push(stays(resource, obstacle, 'cannot be deleted'));
  }
  return { deleted, findings };
}

function stays(resource: DeployedResource, { why, commands, source }: Obstacle, how: string): Finding {
  return findingOf(resource, {
    effect: 'left',
    constraint: 'survives-rollback',
    says: `${how} when its own creation is rolled back: ${why}`,
    way: claimsOf(resource).some(({ key }) => !hasToken(key))
      ? 'Use RetainExceptOnCreate, and set protections in a later step; until then delete it by hand before the next try.'
      : "It is in nobody's way: the same command goes on without it. Whoever wants it gone asks for its id before the next try (the first command).",
    commands: deletionByHand(resource, commands),
    source,
  });
}
