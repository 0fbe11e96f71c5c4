import { estimate } from '../cost/estimate.ts';
import { priceIn } from '../cost/price-table.ts';
import { environmentsOf } from '../cost/priced-environment.ts';
import { Deployment } from '../deploys/model/deployment.ts';
import { planDeploy, planRemoval } from '../deploys/plan.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { RehearsalState } from './state.ts';
import { cleanUp, type RehearsalStep, steps, type Times } from './steps.ts';

/** Time and US dollars without tax, from the plan and the table of list prices. */
export interface Price {
  readonly times: Times;
  /** An hour of the environment, all tasks and the largest database running: no hour costs more. */
  readonly perHour: number;
  readonly perRestore: number;
}

const hoursInMonth = 730;
/** The stack of the VPN, once its certificate is known. */
const secondDeploy = 15;

export function priceOf(stacks: readonly StackTemplate[], region: string): Price {
  const target = new Deployment(stacks);
  const minutes = (plan: { readonly stacks: readonly { readonly minutes: number }[] }) =>
    plan.stacks.reduce((sum, stack) => sum + stack.minutes, 0);
  const [environment] = environmentsOf(stacks);
  return {
    times: {
      deploy: minutes(planDeploy(undefined, target)) + secondDeploy,
      removal: minutes(planRemoval(target)),
    },
    perHour: environment ? estimate(environment).most / hoursInMonth : 0,
    perRestore: priceIn('backup.restore-test', region)?.usd ?? 0,
  };
}

export function costOf(step: RehearsalStep, minutes: number, { perHour, perRestore }: Price): number {
  return (step.stands ? (minutes / 60) * perHour : 0) + (step.restores ?? 0) * perRestore;
}

export function expectedCost(chosen: readonly RehearsalStep[], price: Price): number {
  return chosen.reduce((sum, step) => sum + costOf(step, step.minutes(price.times), price), 0);
}

/** What stood, for as long as it stood, whoever looked. */
export function spent(state: RehearsalState, now: Date, price: Price): number {
  if (state.standsSince === undefined) return 0;
  const until = state.stoodUntil === undefined ? now.getTime() : Date.parse(state.stoodUntil);
  const restored = [...steps, ...cleanUp].reduce(
    (sum, { id, restores = 0 }) => sum + (state.steps[id] ? restores * price.perRestore : 0),
    0,
  );
  return ((until - Date.parse(state.standsSince)) / 3_600_000) * price.perHour + restored;
}
