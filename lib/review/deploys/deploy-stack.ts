import type { StackTemplate } from '../templates/template-tree.ts';
import { collisionsOf, type StackChange } from './collisions.ts';
import { databaseKindChanges } from './database-kind.ts';
import { effectsOf } from './effects.ts';
import { exportFindings } from './exports.ts';
import type { Finding } from './finding.ts';
import { changesBetween, type ResourceChange } from './model/changes.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';
import { fateOf, protectionOf } from './model/keeps.ts';
import type { World } from './model/world.ts';
import { removeStack } from './removal.ts';
import { type Rollback, rollBack } from './rollback.ts';

export interface StackRun {
  readonly stack: StackTemplate;
  readonly action: 'created' | 'changed' | 'unchanged';
  readonly changes: readonly ResourceChange[];
  readonly findings: readonly Finding[];
}

export interface StackDeploy {
  readonly run: StackRun;
  /** What exists afterwards, taken for granted that nothing else stops it. */
  readonly world: World;
}

/** Deploys one stack, as the CDK's command line does: a stack whose creation failed is deleted first. */
export function deployStack(before: World, stack: StackTemplate, deployment: Deployment): StackDeploy {
  const cleared = clearFailed(before, stack, deployment);
  const change = changeOf(cleared.world, stack, deployment);
  const arriving = arrivals(change);
  const findings = [
    ...cleared.findings,
    ...collisionsOf(change, arriving),
    ...exportFindings(change),
    ...databaseKindChanges(change),
    ...[...change.changes.values()].flatMap((each) => {
      const current = change.before.stack(stack);
      const old = current?.deployment.resource(current.stack, each.id);
      return old ? effectsOf(each, old, deployment.resource(stack, each.id), change) : [];
    }),
  ];
  apply(change);
  const action = !change.before.stack(stack) ? 'created' : change.changes.size > 0 ? 'changed' : 'unchanged';
  return { run: { stack, action, changes: [...change.changes.values()], findings }, world: change.after };
}

export interface FailedDeploy {
  readonly rollback: Rollback;
  readonly world: World;
}

/**
 * The same, but one resource fails. CloudFormation has begun everything that does not wait for it, and may have made
 * the resource itself before it failed: both are rolled back.
 */
export function failStack(
  before: World,
  stack: StackTemplate,
  deployment: Deployment,
  failing: string,
): FailedDeploy {
  const cleared = clearFailed(before, stack, deployment);
  const change = changeOf(cleared.world, stack, deployment);
  const order = deployment.creationOrder(stack);
  const begun = arrivals(change).filter(
    ({ id }) => !order.before(id).has(failing) && change.changes.get(id)?.kind !== 'changed',
  );
  const world = change.before.copy();
  const isNew = !change.before.stack(stack);
  const standing = new Map(
    begun.flatMap((resource) => {
      const existing = world.existing(resource);
      return existing ? [[resource, existing] as const] : [];
    }),
  );
  for (const resource of begun) world.put(resource);
  if (isNew) world.setStack(stack, deployment, 'failed');
  const rollback = rollBack(begun, deployment, world, isNew ? 'stack' : 'nobody');
  for (const [, { resource }] of standing) world.put(resource);
  return { rollback, world };
}

function clearFailed(
  before: World,
  stack: StackTemplate,
  deployment: Deployment,
): { readonly world: World; readonly findings: readonly Finding[] } {
  const world = before.copy();
  if (before.stack(stack)?.state !== 'failed') return { world, findings: [] };
  const { findings } = removeStack(stack, deployment, world, []);
  return { world, findings };
}

function changeOf(before: World, stack: StackTemplate, deployment: Deployment): StackChange {
  const current = before.stack(stack);
  const changes = current ? changesBetween(current.stack, stack) : creations(stack);
  const after = before.copy();
  for (const { id, kind } of changes) {
    const resource = deployment.resource(stack, id);
    if (kind === 'replaced' && resource) after.replace(resource);
  }
  return { stack, deployment, before, after, changes: new Map(changes.map((each) => [each.id, each])) };
}

function creations({ template }: StackTemplate): ResourceChange[] {
  return Object.entries(template.Resources).map(([id, { Type: type }]) => ({
    id,
    type,
    kind: 'created',
    uncertain: false,
    properties: [],
  }));
}

/** What is created or changed, in an order in which CloudFormation could do it. */
function arrivals({ stack, deployment, changes }: StackChange): DeployedResource[] {
  return deployment
    .creationOrder(stack)
    .sorted()
    .flatMap((id) => {
      const kind = changes.get(id)?.kind;
      const resource = kind && kind !== 'removed' ? deployment.resource(stack, id) : undefined;
      return resource ? [resource] : [];
    });
}

function apply({ stack, deployment, changes, before, after }: StackChange): void {
  for (const existing of before.ownedBy(stack)) {
    const kind = changes.get(existing.resource.id)?.kind;
    if (kind !== 'replaced' && kind !== 'removed') continue;
    const leaving = kind === 'replaced' ? 'replaced' : 'removed';
    if (fateOf(existing.resource, leaving) === 'retained' || protectionOf(existing.resource))
      after.leave(existing);
    else after.remove(existing.resource);
  }
  for (const resource of deployment.resourcesOf(stack)) after.put(resource);
  after.setStack(stack, deployment, 'deployed');
}
