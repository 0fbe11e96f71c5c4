import type { StackTemplate } from '../templates/template-tree.ts';
import { deletionByHand } from './commands.ts';
import { type Finding, findingOf } from './finding.ts';
import type { ResourceChange } from './model/changes.ts';
import { type Claim, collide } from './model/claims.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';
import { type Existing, resourceKey, stackKey, type World } from './model/world.ts';

/** A stack's update or creation, seen from one of its resources. */
export interface StackChange {
  readonly stack: StackTemplate;
  readonly deployment: Deployment;
  readonly changes: ReadonlyMap<string, ResourceChange>;
  /** What exists when it begins. */
  readonly before: World;
  /** What exists when it has ended; replaced resources already mean the new ones. */
  readonly after: World;
}

/**
 * Names, priorities and addresses that a stack's new and changed resources take while others still have them: until
 * an update ends, what it replaces and removes stands beside what it creates.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function collisionsOf(change: StackChange, arriving: readonly DeployedResource[]): Finding[] {
  const holders = indexed(change.before.all());
  const taken = new Map<string, { claim: Claim; resource: DeployedResource }[]>();
  return arriving.flatMap((resource) => {
    const kind = change.changes.get(resource.id)?.kind;
    const own = resourceKey(resource);
    const claims = change.after.claimsNow(resource);
    return claims.flatMap((claim): Finding[] => {
      const found: Finding[] = [];
      const twin = taken.get(claim.key)?.find((other) => collide(claim, other.claim));
      if (twin) found.push(usedTwice(claim, resource, twin.resource));
      taken.set(claim.key, [...(taken.get(claim.key) ?? []), { claim, resource }]);

      for (const holder of holders.get(claim.key) ?? []) {
        if (!holder.claims.some((held) => collide(claim, held))) continue;
        const isItself = holder.owned && resourceKey(holder.resource) === own;
        if (isItself && kind !== 'replaced') continue;
        if (!isItself && holder.owned && givesWayBefore(change, holder, resource, claim)) continue;
        found.push(inUse(claim, resource, holder, isItself, change));
      }
      return found;
    });
  });
}

function indexed(existing: readonly Existing[]): Map<string, Existing[]> {
  const index = new Map<string, Existing[]>();
  for (const each of existing) {
    for (const { key } of each.claims) index.set(key, [...(index.get(key) ?? []), each]);
  }
  return index;
}

/** Whether the holder surely lets the claim go before the resource takes it. */
function givesWayBefore(
  { stack, deployment, changes, after }: StackChange,
  { resource: holder }: Existing,
  resource: DeployedResource,
  claim: Claim,
): boolean {
  if (stackKey(holder.stack) !== stackKey(stack)) return false;
  if (changes.get(holder.id)?.kind !== 'changed') return false;
  const later = deployment.resource(stack, holder.id);
  const keeps = later && after.claimsNow(later).some((held) => collide(held, claim));
  return keeps === false && deployment.creationOrder(stack).before(resource.id).has(holder.id);
}

function usedTwice(claim: Claim, resource: DeployedResource, twin: DeployedResource): Finding {
  return findingOf(resource, {
    effect: 'refused',
    constraint: 'unique-in-aws',
    says:
      twin === resource
        ? `takes ${claim.what} twice (${claim.error})`
        : `takes ${claim.what}, which ${nameOf(twin, resource)} takes too (${claim.error})`,
    way: twin === resource ? 'Take one of the two out.' : 'Give one of the two another value.',
    source: claim.source,
  });
}

function inUse(
  claim: Claim,
  resource: DeployedResource,
  holder: Existing,
  isItself: boolean,
  { changes, stack, deployment }: StackChange,
): Finding {
  const words = { effect: 'refused' as const, source: claim.source };
  if (isItself) {
    const because = changes.get(resource.id)?.properties[0] ?? 'a property';
    return findingOf(resource, {
      ...words,
      constraint: 'replaced-beside-itself',
      says: `is replaced because ${because} changes, and the new one takes ${claim.what} while the old one still has it (${claim.error})`,
      way: `Undo the change of ${because}, or let the new one take another value: old and new stand side by side until the update ends.`,
    });
  }
  if (!holder.owned) {
    return findingOf(resource, {
      ...words,
      constraint: 'left-in-the-way',
      says: `takes ${claim.what}, which ${holder.resource.id} has, left behind by ${holder.resource.stack.name} (${claim.error})`,
      way: 'Import what was left behind into the stack, before any other change ("npx cdk import"), or delete it. After a creation that failed, RetainExceptOnCreate would not have left it.',
      commands: deletionByHand(holder.resource, [], 'gone'),
    });
  }
  const sameStack = stackKey(holder.resource.stack) === stackKey(stack);
  const kind = sameStack ? changes.get(holder.resource.id)?.kind : undefined;
  const until =
    kind === 'removed' || kind === 'replaced'
      ? 'until the update ends'
      : kind === 'changed'
        ? 'until its own change, which nothing puts first'
        : 'and keeps it';
  const goes = !deployment.stacks.some((each) => stackKey(each) === stackKey(holder.resource.stack));
  return findingOf(resource, {
    ...words,
    constraint: 'in-use-meanwhile',
    says: `takes ${claim.what}, which ${nameOf(holder.resource, resource)} has ${until} (${claim.error})`,
    way: kind
      ? 'Choose a value that nothing had before, or deploy twice: first what gives the value up, then what takes it.'
      : goes
        ? `Choose a value that nothing has, or delete ${holder.resource.stack.name} first, which is no part of the shop any more.`
        : 'Choose a value that nothing has.',
  });
}

function nameOf(other: DeployedResource, seenFrom: DeployedResource): string {
  return other.stack.name === seenFrom.stack.name ? other.id : `${other.id} of ${other.stack.name}`;
}
