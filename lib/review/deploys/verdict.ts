import { effectsIn, type Plan } from './plan.ts';

export interface PlanVerdict {
  readonly deployable: boolean;
  readonly refused: number;
  readonly lost: number;
  /** Why losing data is all right. */
  readonly accepted?: string;
  /** For people. */
  readonly says: string;
}

/** Whether a deploy should be started; only the loss of data can be accepted. */
export function verdictOf(plan: Plan, accepted: string | undefined): PlanVerdict {
  const refused = effectsIn(plan, 'refused').length;
  const lost = effectsIn(plan, 'lost').length;
  const loss = lost > 0 && accepted === undefined;
  return {
    deployable: refused === 0 && !loss,
    refused,
    lost,
    ...(accepted !== undefined && { accepted }),
    says: words(refused, lost, accepted),
  };
}

function words(refused: number, lost: number, accepted: string | undefined): string {
  if (refused > 0) return 'AWS would refuse this. Do what stands below each REFUSED first.';
  if (lost === 0) return 'Nothing refuses this.';
  return accepted === undefined
    ? 'Nothing refuses this, but data would be lost. Say --accept with the reason if that is meant.'
    : `Nothing refuses this. The loss of data is accepted: ${accepted}`;
}
