import type { Effect, Finding } from '../deploys/finding.ts';
import { type ChangeKind, isSilent, type ResourceChange } from '../deploys/model/changes.ts';
import { Deployment } from '../deploys/model/deployment.ts';
import { effectsIn, type Plan, type PlannedStack, planDeploy } from '../deploys/plan.ts';
import type { StackTemplate } from '../templates/template-tree.ts';

/** What `secure-shop plan` says of the way from what is deployed to what is reviewed. */
export interface NextDeploy {
  /** As the command line named it: the folder of an earlier cloud assembly, or `nothing`. */
  readonly from: string;
  readonly plan: Plan;
}

export function nextDeploy(
  from: string,
  deployed: readonly StackTemplate[],
  reviewed: readonly StackTemplate[],
): NextDeploy {
  const before = deployed.length > 0 ? new Deployment(deployed) : undefined;
  return { from, plan: planDeploy(before, new Deployment(reviewed)) };
}

export const changeKinds: readonly ChangeKind[] = ['created', 'changed', 'replaced', 'removed'];
/** What is cut off first is what matters least. */
const listedFirst: readonly ChangeKind[] = ['replaced', 'removed', 'changed', 'created'];

/** The worst first. */
export const effects: readonly Effect[] = ['refused', 'lost', 'interrupted', 'left'];

export function effectCounts(stacks: readonly PlannedStack[]): Readonly<Record<Effect, number>> {
  const count = (effect: Effect) => effectsIn({ stacks }, effect).length;
  return {
    refused: count('refused'),
    lost: count('lost'),
    interrupted: count('interrupted'),
    left: count('left'),
  };
}

export function minutesOf({ plan }: NextDeploy): number {
  return plan.stacks.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** What a reader needs of one stack, however much there is: `rows.json` has all of it. */
export interface StackExcerpt {
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Changes one by one, the gravest first; none where a whole stack comes or goes, of which the numbers are enough. */
  readonly changes: readonly ResourceChange[];
  readonly moreChanges: number;
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly moreFindings: number;
}

export function excerptOf({ action, changes, findings }: PlannedStack, most: number): StackExcerpt {
  const count = (kind: ChangeKind) => changes.filter((change) => change.kind === kind).length;
  const told = action === 'changed' ? changes.filter((change) => !isSilent(change)) : [];
  const gravestFirst = told.toSorted(
    (one, other) => listedFirst.indexOf(one.kind) - listedFirst.indexOf(other.kind),
  );
  const worstFirst = findings.toSorted(
    (one, other) => effects.indexOf(one.effect) - effects.indexOf(other.effect),
  );
  return {
    counts: {
      created: count('created'),
      changed: count('changed'),
      replaced: count('replaced'),
      removed: count('removed'),
    },
    changes: gravestFirst.slice(0, most),
    moreChanges: Math.max(0, told.length - most),
    findings: worstFirst.slice(0, most),
    moreFindings: Math.max(0, findings.length - most),
  };
}

/** Whether the deploy leaves a stack as it is, and nothing is to be said of it. */
export function isUntouched({ action, findings }: PlannedStack): boolean {
  return action === 'unchanged' && findings.length === 0;
}
