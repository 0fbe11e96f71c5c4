import { type CodePipelineClient, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { DescribeImagesCommand, type ECRClient, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { daysOfSupportLeft } from './runtimes.ts';
import type { PatchException } from './scan-gate.ts';
import {
  callsForRebuild,
  failureOf,
  judgeTask,
  type KnownImage,
  staleness,
  type WatchEvent,
} from './watch-decisions.ts';

export interface WatchSettings {
  readonly repository: string;
  readonly digestParameter: string;
  readonly pipeline: string;
  readonly container: string;
  readonly exceptions: readonly PatchException[];
  /** Lambda runtime of every function of the environment, such as `nodejs24.x`. */
  readonly runtime: string;
  readonly signalUrl: string;
}

export interface WatchTools {
  readonly ssm: SSMClient;
  readonly ecr: ECRClient;
  readonly codepipeline: CodePipelineClient;
  readonly request: typeof fetch;
  readonly now: () => Date;
  readonly say: (line: string) => void;
  readonly measure: (metrics: Readonly<Record<string, number>>) => void;
}

/** Handles everything that can make the running image stale or wrong, or that tells how a run of the pipeline ended. */
export async function watch(event: WatchEvent, settings: WatchSettings, tools: WatchTools): Promise<void> {
  if (event['detail-type'] === 'CodePipeline Pipeline Execution State Change') {
    await signalFirstImage(event.detail, settings, tools);
    if (event.detail.state !== 'SUCCEEDED') return;
  }
  const named = await namedImage(settings, tools);
  if (named === undefined) {
    tools.say('no image has been released yet');
    return;
  }

  switch (event['detail-type']) {
    case 'Scheduled Event':
    case 'CodePipeline Pipeline Execution State Change':
      return measureStaleness(named, settings, tools);
    case 'Inspector2 Finding':
      if (callsForRebuild(event.detail, named.digest)) {
        await rebuild('a critical finding on the running image', settings, tools);
      }
      return;
    case 'ECS Task State Change': {
      const digest = event.detail.containers.find(({ name }) => name === settings.container)?.imageDigest;
      const verdict = judgeTask(await findImage(digest, settings, tools), named);
      tools.measure({ UnexpectedImage: verdict === 'expected' ? 0 : 1 });
      if (verdict === 'expected') return;
      tools.say(`a task runs ${digest ?? 'an image without a digest'}: ${verdict}; expected ${named.digest}`);
      await rebuild(`a task runs an image that is ${verdict}`, settings, tools);
    }
  }
}

function measureStaleness(named: KnownImage, settings: WatchSettings, tools: WatchTools): void {
  const { imageAgeDays, expiredExceptions } = staleness(named, settings.exceptions, tools.now());
  for (const { cve, until } of expiredExceptions) {
    tools.say(`the exception for ${cve} ended on ${until}: remove it from the config, or decide again`);
  }
  tools.measure({
    ImageAgeDays: imageAgeDays,
    ExpiredExceptions: expiredExceptions.length,
    RuntimeSupportDays: daysOfSupportLeft(settings.runtime, tools.now()),
  });
}

async function namedImage(settings: WatchSettings, tools: WatchTools): Promise<KnownImage | undefined> {
  try {
    const { Parameter } = await tools.ssm.send(new GetParameterCommand({ Name: settings.digestParameter }));
    return await findImage(Parameter?.Value, settings, tools);
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

async function findImage(
  digest: string | undefined,
  { repository }: WatchSettings,
  { ecr }: WatchTools,
): Promise<KnownImage | undefined> {
  if (digest === undefined) return undefined;
  try {
    const { imageDetails } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: repository, imageIds: [{ imageDigest: digest }] }),
    );
    const image = imageDetails?.[0];
    return image?.imagePushedAt && { digest, tags: image.imageTags ?? [], pushedAt: image.imagePushedAt };
  } catch (error) {
    if (error instanceof ImageNotFoundException) return undefined;
    throw error;
  }
}

async function rebuild(
  why: string,
  { pipeline }: WatchSettings,
  { codepipeline, say }: WatchTools,
): Promise<void> {
  const { pipelineExecutionId } = await codepipeline.send(
    new StartPipelineExecutionCommand({ name: pipeline }),
  );
  say(`started run ${pipelineExecutionId}: ${why}`);
}

/** Ends the wait of the first deploy. Later runs find the address expired, which is as it should be. */
async function signalFirstImage(
  run: Parameters<typeof failureOf>[0],
  { signalUrl }: WatchSettings,
  { request, say }: WatchTools,
): Promise<void> {
  const succeeded = run.state === 'SUCCEEDED';
  const response = await request(signalUrl, {
    method: 'PUT',
    // The address is signed for an empty content type.
    headers: { 'content-type': '' },
    body: JSON.stringify({
      Status: succeeded ? 'SUCCESS' : 'FAILURE',
      Reason: succeeded ? 'The first image runs' : failureOf(run),
      UniqueId: 'first-image',
      Data: run.state,
    }),
  });
  if (response.status >= 500) throw new Error(`CloudFormation answers the signal with ${response.status}`);
  if (!response.ok) say('no deploy is waiting for the first image any more');
}
