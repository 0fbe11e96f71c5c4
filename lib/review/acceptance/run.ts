import { isOfCredentials, NotAws } from '../../cli/aws-errors.ts';
import { UserError } from '../../cli/user-error.ts';
import { DeployFailed } from '../launch/tools.ts';
import { type Ground, Interrupted, StepFailed } from './ground.ts';
import { costOf, expectedCost, type Price, spent } from './money.ts';
import type { StepRecord } from './state.ts';
import { cleanUp, type RehearsalStep, steps } from './steps.ts';

export interface RunOptions {
  readonly price: Price;
  /** US dollars. */
  readonly maxCost: number;
  /** Leaves the environment when a step fails, so that somebody can look; the next run goes on there. */
  readonly keep: boolean;
  /** Only takes away what an earlier run left. */
  readonly clean: boolean;
  readonly interrupted: () => boolean;
}

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly status: StepRecord['status'];
  readonly minutes: number;
  /** US dollars. */
  readonly usd: number;
  readonly says: string;
}

export interface Outcome {
  /** `kept`: something stands, as was asked for. `left`: something stands, and should not. */
  readonly result: 'passed' | 'failed' | 'interrupted' | 'kept' | 'left';
  readonly rows: readonly Row[];
  readonly usd: number;
}

/**
 * Runs every step that is not done yet, one after the other, and takes everything away again, whatever happened. What
 * was done stands in the state after each step.
 */
export async function rehearse(ground: Ground, options: RunOptions): Promise<Outcome> {
  const { state } = ground;
  const stopped = options.clean
    ? undefined
    : await runSteps(interruptible(ground, options.interrupted), options);
  if (stopped === 'failed' && options.keep) return outcomeOf(ground, options, 'kept');
  const cleaned = await takeAway(ground);
  const complete = options.clean || steps.every(({ id }) => state.steps[id]?.status === 'done');
  if (!cleaned) return outcomeOf(ground, options, 'left');
  // Also when the step that it could not leave failed afterwards.
  if (stopped !== undefined && options.interrupted()) return outcomeOf(ground, options, 'interrupted');
  return outcomeOf(ground, options, complete ? 'passed' : 'failed');
}

async function runSteps(
  ground: Ground,
  { price, maxCost, keep, interrupted }: RunOptions,
): Promise<'failed' | 'interrupted' | undefined> {
  const { state } = ground;
  for (const [index, step] of steps.entries()) {
    if (state.steps[step.id]?.status === 'done') continue;
    if (interrupted()) return 'interrupted';
    const needed = expectedCost([step, ...cleanUp], price);
    if (spent(state, ground.now(), price) + needed > maxCost) {
      leaveOut(ground, steps.slice(index), `it would have passed the limit of ${maxCost.toFixed(2)} USD`);
      return 'failed';
    }
    ground.launch.say(`\n${index + 1}/${steps.length}  ${step.title}: ${step.does}`);
    const outcome = await runStep(step, ground);
    if (outcome === 'interrupted') return outcome;
    if (outcome === 'failed' && (keep || step.leads)) {
      leaveOut(ground, steps.slice(index + 1), `"${step.title}" failed`);
      return outcome;
    }
  }
  return undefined;
}

function leaveOut({ state, save, now }: Ground, others: readonly RehearsalStep[], because: string): void {
  for (const { id } of others) {
    if (state.steps[id]?.status === 'done') continue;
    state.steps[id] = { status: 'left out', began: now().toISOString(), says: because };
  }
  save();
}

/** @returns whether nothing stands any more */
async function takeAway(ground: Ground): Promise<boolean> {
  const { state, launch, save, now } = ground;
  if (state.standsSince === undefined) return true;
  for (const step of cleanUp) {
    launch.say(`\n${step.title}: ${step.does}`);
    if ((await runStep(step, ground)) !== 'done') return false;
    if (step.stands) state.stoodUntil = now().toISOString();
    save();
  }
  return true;
}

/** What a step throws is its failure; what is wrong with this program ends it, and the state stays. */
async function runStep(step: RehearsalStep, ground: Ground): Promise<'done' | 'failed' | 'interrupted'> {
  const { state, save, now, launch } = ground;
  const began = now().toISOString();
  if (step.stands) state.standsSince ??= began;
  state.steps[step.id] = { status: 'begun', began, says: '' };
  save();
  const end = (status: StepRecord['status'], says: string) => {
    state.steps[step.id] = { status, began, ended: now().toISOString(), says };
    save();
    launch.say(`   ${status}: ${says}`);
  };
  try {
    end('done', await step.run(ground));
    return 'done';
  } catch (error) {
    if (error instanceof Interrupted) return 'interrupted';
    const says = reasonOf(error);
    if (says === undefined) throw error;
    end('failed', says);
    return 'failed';
  }
}

/** @returns undefined for a mistake of this program, and when no further call would be answered either */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof UserError) return error.problems.join('\n');
  if (error instanceof StepFailed || error instanceof DeployFailed) return error.message;
  if (!(error instanceof Error) || isOfCredentials(error) || error instanceof NotAws) return undefined;
  return '$metadata' in error && !('syscall' in error)
    ? `AWS refused: ${error.name}: ${error.message}`
    : undefined;
}

/** Wherever it waits, and before each stack of a deploy, it can be left. What AWS has begun goes on meanwhile. */
function interruptible(ground: Ground, interrupted: () => boolean): Ground {
  const check = () => {
    if (interrupted()) throw new Interrupted();
  };
  const { launch } = ground;
  const { deployer } = launch;
  const deploy: typeof deployer.deploy = async (assembly, environment, tell) => {
    await deployer
      .deploy(assembly, environment, (progress) => {
        if (progress.kind === 'stack') check();
        tell(progress);
      })
      .finally(check);
  };
  return {
    ...ground,
    launch: {
      ...launch,
      deployer: { ...deployer, deploy },
      pause: async (seconds) => {
        check();
        await launch.pause(seconds);
        check();
      },
    },
  };
}

function outcomeOf({ state, now }: Ground, { price }: RunOptions, result: Outcome['result']): Outcome {
  const rows = [...steps, ...cleanUp].map((step): Row => {
    const { id, title } = step;
    const record = state.steps[id];
    if (!record) return { id, title, status: 'left out', minutes: 0, usd: 0, says: '' };
    const end = record.ended ?? (record.status === 'begun' ? now().toISOString() : record.began);
    const minutes = (Date.parse(end) - Date.parse(record.began)) / 60_000;
    const usd = record.status === 'left out' ? 0 : costOf(step, minutes, price);
    return { id, title, status: record.status, minutes, usd, says: record.says };
  });
  return { result, rows, usd: spent(state, now(), price) };
}
