import type { StackTemplate } from '../templates/template-tree.ts';
import { deployStack, failStack, type StackRun } from './deploy-stack.ts';
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

/** @param first the same deploy when nothing fails */
export function rehearseFailure(
  before: World,
  stack: StackTemplate,
  deployment: Deployment,
  failing: string,
  first: StackRun = deployStack(before, stack, deployment).run,
): FailureRehearsal {
  const { rollback, world } = failStack(before, stack, deployment, failing);
  const { run } = deployStack(world, stack, deployment);
  const met = new Set(first.findings.map(keyOf));
  return {
    stack,
    failing,
    deleted: rollback.deleted,
    left: rollback.findings,
    // What the first try would have met as well is no matter of its failure.
    again: run.findings.filter((finding) => finding.effect === 'refused' && !met.has(keyOf(finding))),
  };
}

/**
 * Every resource of a deploy as the one that fails.
 * @param chosen which of a stack's resources, by their place in it. @default all
 */
export function rehearseFailures(
  before: World,
  deployment: Deployment,
  chosen: (id: string, index: number) => boolean = () => true,
): FailureRehearsal[] {
  let world = before;
  return deployment.stacks.flatMap((stack) => {
    const changed = deployStack(world, stack, deployment);
    const rehearsals = changed.run.changes
      .filter(({ kind }) => kind !== 'removed')
      .filter(({ id }, index) => chosen(id, index))
      .map(({ id }) => rehearseFailure(world, stack, deployment, id, changed.run));
    world = changed.world;
    return rehearsals;
  });
}

function keyOf({ constraint, resource, says }: Finding): string {
  return JSON.stringify([constraint, resource, says]);
}
