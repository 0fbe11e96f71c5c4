import type { StackTemplate } from '../templates/template-tree.ts';
import { deployStack, type StackRun } from './deploy-stack.ts';
import { minutesOf, minutesToRemove, type Wait, waitsOf } from './durations.ts';
import { type ForeignExport, staleReaders } from './exports.ts';
import { rehearseFailure } from './failure.ts';
import { standingFaults } from './faults.ts';
import type { Effect, Finding } from './finding.ts';
import { leftBehind, shopsApart } from './left-behind.ts';
import type { ResourceChange } from './model/changes.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';
import { World } from './model/world.ts';
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
  /** What may take far longer. @default nothing */
  readonly waits?: readonly Wait[];
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
  const apart = deployed ? shopsApart(deployed, target) : [];
  let world = deployed
    ? World.of(
        deployed,
        deployed.stacks.filter((stack) => !apart.some(({ left }) => left.includes(stack))),
      )
    : World.empty();
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
        ...apart.flatMap(({ first, finding }) => (first === run.stack ? [finding] : [])),
        ...run.findings,
        ...faults.filter((fault) => fault.stack === run.stack.name && arises(fault, run)),
        ...staleReaders(change, (reader) => unchanged.has(reader)),
      ],
      minutes: minutesOf(run.stack, run.changes, target),
      waits: waitsOf(...comingAndGoing(run, before, target)),
    };
  });
  const left = leftBehind(deployed, target).map(
    ({ stack, finding }): PlannedStack => ({
      ...placeOf(stack),
      action: 'left behind',
      changes: [],
      findings: [finding],
      minutes: 0,
    }),
  );
  return { stacks: [...planned, ...left] };
}

/** What a deploy makes of a stack, and what it deletes in the end. */
function comingAndGoing(
  { stack, changes }: StackRun,
  before: World,
  target: Deployment,
): [made: DeployedResource[], going: DeployedResource[]] {
  const current = before.stack(stack);
  const of = (kinds: readonly ResourceChange['kind'][], find: (id: string) => DeployedResource | undefined) =>
    changes.flatMap(({ id, kind }) => (kinds.includes(kind) ? (find(id) ?? []) : []));
  return [
    of(['created', 'replaced'], (id) => target.resource(stack, id)),
    of(['removed', 'replaced'], (id) => current?.deployment.resource(current.stack, id)),
  ];
}

/** A fault of what has been deployed already has not kept anybody from deploying it. */
function arises({ resource, constraint }: Finding, { action, changes }: StackRun): boolean {
  if (resource === undefined) return action !== 'unchanged';
  const kind = changes.find(({ id }) => id === resource)?.kind;
  // What is needed at the creation of a resource is no matter of its later changes.
  return constraint === 'needed-late' ? kind === 'created' || kind === 'replaced' : kind !== undefined;
}

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
    const rehearsals = failing.map((id) => rehearseFailure(before, stack, target, id, run));
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
    stacks: deployed.stacks
      .filter(({ foreign }) => !foreign)
      .toReversed()
      .map((stack) => {
        const { removed, findings } = removeStack(stack, deployed, world, staying);
        const changes = removed.map(
          ({ id, type }): ResourceChange => ({ id, type, kind: 'removed', uncertain: false, properties: [] }),
        );
        const minutes = minutesToRemove(stack, removed, deployed);
        return {
          ...placeOf(stack),
          action: 'deleted',
          changes,
          findings,
          minutes,
          waits: waitsOf([], removed),
        };
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
