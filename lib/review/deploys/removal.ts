import type { StackTemplate } from '../templates/template-tree.ts';
import { deletionByHand } from './commands.ts';
import { type Finding, findingOf, findingOfStack } from './finding.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';
import { heldByUse } from './model/in-use.ts';
import {
  deletionPolicySource,
  emptyingOf,
  fateOf,
  isEmptiedOnDelete,
  mustBeEmpty,
  type Obstacle,
  protectionOf,
} from './model/keeps.ts';
import { isStore } from './model/resource-types.ts';
import { stackKey, type World } from './model/world.ts';

const terminationSource =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html';
const exportsSource =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html';

export interface StackRemoval {
  readonly removed: readonly DeployedResource[];
  readonly findings: readonly Finding[];
}

/**
 * Deletes a stack in the world. Data is in its stores, unless the stack never came to be.
 * @param staying what is left of the environment so far; grows by what stays of this stack
 */
export function removeStack(
  stack: StackTemplate,
  deployment: Deployment,
  world: World,
  staying: DeployedResource[],
): StackRemoval {
  const failed = world.stack(stack)?.state === 'failed';
  const removed: DeployedResource[] = [];
  const findings: Finding[] = [...terminationOf(stack, failed), ...importersOf(stack, deployment, world)];
  const order = deployment.creationOrder(stack).sorted().toReversed();
  for (const id of order) {
    const resource = deployment.resource(stack, id);
    const existing = resource && world.existing(resource);
    if (!existing) continue;
    const fate = fateOf(resource, 'removed');
    if (fate === 'retained') {
      staying.push(resource);
      world.leave(existing);
      if (!failed) findings.push(...remains(resource));
      continue;
    }
    const obstacle =
      protectionOf(resource) ??
      heldByUse(resource, staying, deployment) ??
      (failed ? undefined : notEmpty(resource, deployment));
    if (obstacle) {
      staying.push(resource);
      findings.push(refusedDeletion(resource, obstacle));
      continue;
    }
    world.remove(resource);
    removed.push(resource);
    if (!failed && isStore(resource) && !deployment.isDisposable(stack)) {
      findings.push(loss(resource, fate === 'snapshot'));
    }
  }
  world.forgetStack(stack);
  return { removed, findings };
}

function terminationOf(stack: StackTemplate, failed: boolean): Finding[] {
  if (!stack.terminationProtection) return [];
  const region = stack.region ? ` --region ${stack.region}` : '';
  return [
    findingOfStack(stack, {
      effect: 'refused',
      constraint: 'termination-protection',
      says: failed
        ? 'was protected before its first resource was made, and the CDK must delete the failed stack before it tries again ("cannot be deleted while TerminationProtection is enabled")'
        : 'cannot be deleted while its termination protection is on',
      way: 'Take the protection off, then run the same command again.',
      commands: [
        `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack.name}${region}`,
      ],
      source: terminationSource,
    }),
  ];
}

/** Stacks that stay and import from the one that shall go. */
function importersOf(stack: StackTemplate, deployment: Deployment, world: World): Finding[] {
  const exported = new Set(deployment.exportsOf(stack).map(({ name }) => name));
  return world
    .allStacks()
    .filter(
      (other) =>
        stackKey(other.stack) !== stackKey(stack) &&
        other.stack.region === stack.region &&
        other.stack.account === stack.account &&
        [...other.deployment.importsOf(other.stack)].some((name) => exported.has(name)),
    )
    .map((other) =>
      findingOfStack(stack, {
        effect: 'refused',
        constraint: 'export-in-use',
        says: `cannot be deleted while ${other.stack.name} imports from it`,
        way: `Delete ${other.stack.name} first.`,
        source: exportsSource,
      }),
    );
}

function notEmpty(resource: DeployedResource, deployment: Deployment): Obstacle | undefined {
  if (!mustBeEmpty(resource) || isEmptiedOnDelete(resource, deployment)) return undefined;
  return {
    why: 'it holds something by then, and AWS deletes it only when it is empty',
    commands: emptyingOf(resource),
    source: deletionPolicySource,
  };
}

function refusedDeletion(resource: DeployedResource, { why, commands, source }: Obstacle): Finding {
  return findingOf(resource, {
    effect: 'refused',
    constraint: 'deletion-refused',
    says: `cannot be deleted: ${why}`,
    way: 'Lift what stands in the way, then delete again.',
    commands: deletionByHand(resource, commands),
    source,
  });
}

function remains(resource: DeployedResource): Finding[] {
  return [
    findingOf(resource, {
      effect: 'left',
      constraint: 'retained',
      says: 'stays, as its DeletionPolicy says',
      way: 'Delete it by hand once nobody needs it; until then it may cost, and its name is taken.',
      commands: deletionByHand(resource, [], 'gone'),
      source: deletionPolicySource,
    }),
  ];
}

function loss(resource: DeployedResource, snapshot: boolean): Finding {
  return findingOf(resource, {
    effect: 'lost',
    constraint: 'store-removed',
    says: snapshot ? 'is deleted; a snapshot of it stays' : 'is deleted with what it holds',
    way: 'Save its data first.',
    source: deletionPolicySource,
  });
}
