import type { StackTemplate } from '../templates/template-tree.ts';
import { deployStack, failStack } from './deploy-stack.ts';
import type { Finding } from './finding.ts';
import type { Deployment } from './model/deployment.ts';
import type { World } from './model/world.ts';

/** A deploy that fails at one resource, is rolled back, and is run again with the same command. */
export interface FailureRehearsal {
  readonly stack: StackTemplate;
  readonly failing: string;
  /** How many resources the rollback deletes. */
  readonly deleted: number;
  /** What the rollback leaves. */
  readonly left: readonly Finding[];
  /** What then refuses the second try; empty when the deploy can simply be repeated. */
  readonly again: readonly Finding[];
}

export function rehearseFailure(
  before: World,
  stack: StackTemplate,
  deployment: Deployment,
  failing: string,
): FailureRehearsal {
  const { rollback, world } = failStack(before, stack, deployment, failing);
  const { run } = deployStack(world, stack, deployment);
  const first = new Set(deployStack(before, stack, deployment).run.findings.map(keyOf));
  return {
    stack,
    failing,
    deleted: rollback.deleted,
    left: rollback.findings,
    // What the first try would have met as well is no matter of its failure.
    again: run.findings.filter((finding) => finding.effect === 'refused' && !first.has(keyOf(finding))),
  };
}

/** Every resource of a deploy as the one that fails. */
export function rehearseFailures(before: World, deployment: Deployment): FailureRehearsal[] {
  let world = before;
  return deployment.stacks.flatMap((stack) => {
    const changed = deployStack(world, stack, deployment);
    const rehearsals = changed.run.changes
      .filter(({ kind }) => kind !== 'removed')
      .map(({ id }) => rehearseFailure(world, stack, deployment, id));
    world = changed.world;
    return rehearsals;
  });
}

function keyOf({ constraint, resource, says }: Finding): string {
  return JSON.stringify([constraint, resource, says]);
}
