import { GetPipelineExecutionCommand, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import type { PatchContext } from './context.ts';
import { explainMissing, stepsOf } from './pipeline-runs.ts';

const pollSeconds = 10;
/** Longer than the limits of all steps together. */
const longestSeconds = 5 * 60 * 60;

/** Starts a run of the pipeline, tells each step as it goes, and returns how the run ended. */
export async function patchNow(context: PatchContext): Promise<string> {
  const { codepipeline, names, pause, say } = context;
  const { pipelineExecutionId: id } = await explainMissing(names, () =>
    codepipeline.send(new StartPipelineExecutionCommand({ name: names.pipeline })),
  );
  if (id === undefined) throw new Error('CodePipeline started a run without an id');
  say(`run ${id} of ${names.pipeline} has started; leaving this command does not stop it`);

  const told = new Set<string>();
  for (let waited = 0; waited < longestSeconds; waited += pollSeconds) {
    const { pipelineExecution } = await codepipeline.send(
      new GetPipelineExecutionCommand({ pipelineName: names.pipeline, pipelineExecutionId: id }),
    );
    for (const step of await stepsOf(id, context)) {
      if (!told.has(step)) say(step);
      told.add(step);
    }
    const status = pipelineExecution?.status ?? 'InProgress';
    if (status === 'Superseded') {
      say('a later run has taken over, and carries everything of this one: see "secure-shop patch --status"');
      return status;
    }
    if (status !== 'InProgress' && status !== 'Stopping') {
      say(`the run ended: ${status}`);
      return status;
    }
    await pause(pollSeconds);
  }
  say('the run did not end in five hours: see "secure-shop patch --status"');
  return 'InProgress';
}
