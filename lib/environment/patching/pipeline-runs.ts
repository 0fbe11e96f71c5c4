import {
  ListPipelineExecutionsCommand,
  PipelineNotFoundException,
  paginateListActionExecutions,
} from '@aws-sdk/client-codepipeline';
import { UserError } from '../../cli/user-error.ts';
import { everyPage } from '../lambda/every-page.ts';
import type { PatchContext } from './context.ts';
import type { DeploymentNames } from './names.ts';

export interface Run {
  readonly id: string;
  readonly status: string;
  readonly started: Date | undefined;
  /** The steps that failed, each with its reason and where to read more. */
  readonly failures: readonly string[];
}

/** @returns undefined before the first run */
export async function lastRunOf(context: PatchContext): Promise<Run | undefined> {
  const { codepipeline, names } = context;
  const { pipelineExecutionSummaries } = await explainMissing(names, () =>
    codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: names.pipeline, maxResults: 1 })),
  );
  const last = pipelineExecutionSummaries?.[0];
  if (last?.pipelineExecutionId === undefined) return undefined;
  const failures = last.status === 'Failed' ? await failuresOf(last.pipelineExecutionId, context) : [];
  return {
    id: last.pipelineExecutionId,
    status: last.status ?? 'unknown',
    started: last.startTime,
    failures,
  };
}

/** How far each step of a run has come, in their order. */
export async function stepsOf(id: string, context: PatchContext): Promise<string[]> {
  return (await actionsOf(id, context)).map((action) => {
    const reason = action.status === 'Failed' ? `: ${reasonOf(action)}` : '';
    return `${action.stageName} / ${action.actionName}: ${action.status}${reason}`;
  });
}

async function failuresOf(id: string, context: PatchContext): Promise<string[]> {
  return (await actionsOf(id, context))
    .filter(({ status }) => status === 'Failed')
    .map((action) => `${action.stageName} / ${action.actionName}: ${reasonOf(action)}`);
}

async function actionsOf(id: string, { codepipeline, names }: PatchContext) {
  const pages = paginateListActionExecutions(
    { client: codepipeline },
    { pipelineName: names.pipeline, filter: { pipelineExecutionId: id } },
  );
  const actions = await everyPage(pages, ({ actionExecutionDetails }) => actionExecutionDetails);
  // The newest comes first.
  return actions.reverse();
}

type Action = Awaited<ReturnType<typeof actionsOf>>[number];

function reasonOf({ output }: Action): string {
  const result = output?.executionResult;
  const reason = result?.errorDetails?.message ?? result?.externalExecutionSummary ?? 'no reason given';
  return result?.externalExecutionUrl === undefined
    ? reason
    : `${reason}, log: ${result.externalExecutionUrl}`;
}

export async function explainMissing<T>(names: DeploymentNames, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof PipelineNotFoundException)) throw error;
    throw new UserError([
      `there is no pipeline ${names.pipeline} in this account and region: deploy the environment first, or sign in to its account`,
    ]);
  }
}
