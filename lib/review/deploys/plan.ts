import type { StackTemplate } from '../templates/template-tree.ts';
import { deployStack, type StackRun } from './deploy-stack.ts';
import { minutesOf } from './durations.ts';
import { type ForeignExport, staleReaders } from './exports.ts';
import { rehearseFailure } from './failure.ts';
import { standingFaults } from './faults.ts';
import { type Effect, type Finding, findingOfStack } from './finding.ts';
import type { ResourceChange } from './model/changes.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';
import { stackKey, World } from './model/world.ts';
import { removeStack } from './removal.ts';
import { statusFindings } from './statuses.ts';

/** One stack of a plan, in the order in which they are deployed or deleted. */
export interface PlannedStack {
  readonly stack: string;
  readonly environment: string;
  readonly region: string;
  readonly action: 'created' | 'changed' | 'unchanged' | 'deleted' | 'left behind';
  readonly changes: readonly ResourceChange[];
  readonly findings: readonly Finding[];
  /** Rough; 0 when nothing is to do. */
  readonly minutes: number;
}

export interface Plan {
  readonly stacks: readonly PlannedStack[];
}

/** What of the account a plan knows besides the shop. */
export interface PlanContext {
  readonly foreignExports?: readonly ForeignExport[];
}

/** What the next deploy does: from what is deployed to what the templates say. */
export function planDeploy(
  deployed: Deployment | undefined,
  target: Deployment,
  { foreignExports = [] }: PlanContext = {},
): Plan {
  const faults = standingFaults(target, foreignExports);
  let world = deployed ? World.of(deployed) : World.empty();
  const runs = target.stacks.map((stack) => {
    const { run, world: next } = deployStack(world, stack, target);
    const before = world;
    world = next;
    return { run, before };
  });
  const unchanged = new Set(runs.filter(({ run }) => run.action === 'unchanged').map(({ run }) => run.stack));
  const planned = runs.map(({ run, before }): PlannedStack => {
    const change = {
      stack: run.stack,
      deployment: target,
      changes: new Map(run.changes.map((each) => [each.id, each])),
      before,
      after: before,
    };
    return {
      ...placeOf(run.stack),
      action: run.action,
      changes: run.changes,
      findings: [
        ...statusFindings(before.stack(run.stack)?.stack ?? run.stack),
        ...run.findings,
        ...faults.filter((fault) => fault.stack === run.stack.name && arises(fault, run)),
        ...staleReaders(change, (reader) => unchanged.has(reader)),
      ],
      minutes: minutesOf(run.stack, run.changes, target),
    };
  });
  return { stacks: [...planned, ...leftBehind(deployed, target)] };
}

/** A fault of what has been deployed already has not kept anybody from deploying it. */
function arises({ resource, constraint }: Finding, { action, changes }: StackRun): boolean {
  if (resource === undefined) return action !== 'unchanged';
  const kind = changes.find(({ id }) => id === resource)?.kind;
  // What is needed at the creation of a resource is no matter of its later changes.
  return constraint === 'needed-late' ? kind === 'created' || kind === 'replaced' : kind !== undefined;
}

/** `cdk deploy` does not delete stacks that the templates have no more. */
function leftBehind(deployed: Deployment | undefined, target: Deployment): PlannedStack[] {
  const kept = new Set(target.stacks.map(stackKey));
  const environments = new Set(target.stacks.map(({ environment }) => environment));
  return (deployed?.stacks ?? [])
    .filter((stack) => !kept.has(stackKey(stack)) && environments.has(stack.environment))
    .map((stack) => {
      const moved = target.stacks.find(({ name }) => name === stack.name);
      const region = stack.region ? ` --region ${stack.region}` : '';
      const finding = moved
        ? findingOfStack(stack, {
            effect: 'lost',
            constraint: 'stack-moved',
            says: `stays in ${placeName(stack)} with its data; a new and empty one is made in ${placeName(moved)}`,
            way: 'Keep account and region. To move, build the shop there under another name, copy the data, and delete the old one.',
            source: stacksSource,
          })
        : findingOfStack(stack, {
            effect: 'left',
            constraint: 'stack-left',
            says: 'is no part of the shop any more; "cdk deploy" leaves it as it is, and it goes on costing',
            way: 'Delete it when nobody needs it.',
            commands: [`aws cloudformation delete-stack --stack-name ${stack.name}${region}`],
            source: stacksSource,
          });
      return {
        ...placeOf(stack),
        action: 'left behind' as const,
        changes: [],
        findings: [finding],
        minutes: 0,
      };
    });
}

const stacksSource = 'https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html';

/** A deploy in which one resource fails, is rolled back and tried again. */
export function planFailure(
  deployed: Deployment | undefined,
  target: Deployment,
  failAt: { readonly stack: StackTemplate; readonly resource?: string },
): Plan {
  let world = deployed ? World.of(deployed) : World.empty();
  for (const stack of target.stacks) {
    const { run, world: next } = deployStack(world, stack, target);
    if (stack !== failAt.stack) {
      world = next;
      continue;
    }
    const before = world;
    const failing = failAt.resource
      ? [failAt.resource]
      : run.changes.filter(({ kind }) => kind !== 'removed').map(({ id }) => id);
    const rehearsals = failing.map((id) => rehearseFailure(before, stack, target, id));
    return {
      stacks: [
        {
          ...placeOf(stack),
          action: run.action,
          changes: run.changes,
          findings: distinct(rehearsals.flatMap(({ left, again }) => [...left, ...again])),
          minutes: 0,
        },
      ],
    };
  }
  return { stacks: [] };
}

/** What deleting the whole environment does. */
export function planRemoval(deployed: Deployment): Plan {
  const world = World.of(deployed);
  const staying: DeployedResource[] = [];
  return {
    stacks: deployed.stacks.toReversed().map((stack) => {
      const { removed, findings } = removeStack(stack, deployed, world, staying);
      const changes = removed.map(
        ({ id, type }): ResourceChange => ({ id, type, kind: 'removed', uncertain: false, properties: [] }),
      );
      return { ...placeOf(stack), action: 'deleted', changes, findings, minutes: 0 };
    }),
  };
}

/** The plan with what somebody else says of its stacks. */
export function withFindings({ stacks }: Plan, more: readonly Finding[]): Plan {
  return {
    stacks: stacks.map((stack) => ({
      ...stack,
      findings: [...stack.findings, ...more.filter((finding) => finding.stack === stack.stack)],
    })),
  };
}

export function effectsIn(plan: Plan, effect: Effect): readonly Finding[] {
  return plan.stacks.flatMap(({ findings }) => findings.filter((finding) => finding.effect === effect));
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function placeOf({ name, environment, region = '' }: StackTemplate) {
  return { stack: name, environment, region };
}

function placeName({ account, region }: StackTemplate): string {
  return [account && `account ${account}`, region].filter(Boolean).join(', ') || 'another place';
}
