import {
  type CodePipelineClient,
  GetPipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { DescribeImagesCommand, type ECRClient, ImageNotFoundException } from '@aws-sdk/client-ecr';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { daysOfSupportLeft } from '../../declarations/lambda-runtimes.ts';
import { readParameter } from '../read-parameter.ts';
import { isDigest } from './image-tags.ts';
import { scanPages } from './pass-gate.ts';
import { compliancePercent, isPatched, patchStates } from './patch-compliance.ts';
import { dayOf, expiredExceptions, judgeScan, type PatchException } from './scan-gate.ts';
import { settledDigest } from './shop-service.ts';
import { ageInDays } from './staleness.ts';
import {
  failureOf,
  isAbout,
  isReleased,
  judgeTask,
  type KnownImage,
  type NamedImage,
  type PipelineRun,
  type WatchEvent,
} from './watch-decisions.ts';

export interface WatchSettings {
  readonly repository: string;
  readonly digestParameter: string;
  readonly pipeline: string;
  readonly cluster: string;
  readonly service: string;
  readonly container: string;
  /** Value of the tag of the hosts to be watched. */
  readonly patchGroup: string;
  readonly exceptions: readonly PatchException[];
  /** Lambda runtime of every function of the environment, such as `nodejs24.x`. */
  readonly runtime: string;
  readonly signalUrl: string;
}

export interface WatchTools {
  readonly ssm: SSMClient;
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly codepipeline: CodePipelineClient;
  readonly request: typeof fetch;
  readonly now: () => Date;
  readonly say: (line: string) => void;
  readonly measure: (metrics: Readonly<Record<string, number>>) => void;
  readonly pause: (seconds: number) => Promise<void>;
}

/** Handles everything that can make the running image stale or wrong, or that tells how a run of the pipeline ended. */
export async function watch(event: WatchEvent, settings: WatchSettings, tools: WatchTools): Promise<void> {
  switch (event['detail-type']) {
    case 'Scheduled Event':
      return everyOne(
        async () => void (await measureImage(settings, tools)),
        () => judgeRunning(settings, tools),
        () => measureHosts(settings, tools),
      );
    case 'Parameter Store Change':
      // It is the last thing that a run writes: should the event that the run ended be lost, the first deploy goes on all
      // the same.
      if (await measureImage(settings, tools))
        await signalFirstImage({ state: 'SUCCEEDED' }, settings, tools);
      return;
    case 'Configuration Compliance State Change':
      return measureHosts(settings, tools);
    case 'CodePipeline Pipeline Execution State Change':
      try {
        // The deploy that waits makes the alarms next: they are to find a measurement.
        if (event.detail.state === 'SUCCEEDED') {
          await measureImage(settings, tools);
          // What was found while the image rolled out was about one that did not run yet.
          await judgeImage(settings, tools);
        }
      } finally {
        if (await isRetried(event.detail, settings, tools))
          tools.say('CodePipeline repeats the step that failed');
        else await signalFirstImage(event.detail, settings, tools);
      }
      return;
    case 'Inspector2 Finding': {
      const digest = await readParameter(tools.ssm, settings.digestParameter);
      if (digest !== undefined && isAbout(event.detail, digest)) await judgeImage(settings, tools);
      return;
    }
    case 'ECS Task State Change': {
      const digest = event.detail.containers.find(({ name }) => name === settings.container)?.imageDigest;
      return judgeStart(digest, settings, tools);
    }
  }
}

async function judgeStart(
  digest: string | undefined,
  settings: WatchSettings,
  tools: WatchTools,
): Promise<void> {
  const named = await namedImage(settings, tools);
  const verdict = judgeTask(await findImage(digest, settings, tools), named);
  tools.measure({ UnexpectedImage: verdict === 'expected' ? 0 : 1 });
  if (verdict === 'expected') return;
  tools.say(
    `a task runs ${digest ?? 'an image without a digest'}: ${verdict}; expected ${named?.digest ?? 'none'}`,
  );
  await rebuild(`a task runs an image that is ${verdict}`, settings, tools);
}

/** @returns whether the pipeline released the image that is named */
async function measureImage(settings: WatchSettings, tools: WatchTools): Promise<boolean> {
  const named = await namedImage(settings, tools);
  if (named === undefined) {
    tools.say('no image has been released yet');
    return false;
  }
  const { digestParameter, exceptions, runtime } = settings;
  const released = isReleased(named);
  const expired = expiredExceptions(exceptions, tools.now());
  for (const { cve, until } of expired) {
    tools.say(`the exception for ${cve} ended on ${until}: remove it from the config, or decide again`);
  }
  tools.measure({
    UnexpectedImage: released ? 0 : 1,
    ExpiredExceptions: expired.length,
    RuntimeSupportDays: daysOfSupportLeft(runtime, tools.now()),
    // Of an image that is not there nobody knows the age, and silence rings the alarm.
    ...(named.image && { ImageAgeDays: ageInDays(named.image.pushedAt, tools.now()) }),
  });
  if (released) return true;
  tools.say(`${digestParameter} names ${named.digest}, which the pipeline did not release`);
  await rebuild('the parameter names an image nobody released', settings, tools);
  return false;
}

/**
 * Twice a day, whatever events were lost: whether the image that is named would pass the gate today, whether the
 * service runs it, and how the last run of the pipeline ended.
 */
async function judgeRunning(settings: WatchSettings, tools: WatchTools): Promise<void> {
  const last = await lastStatus(settings, tools);
  tools.measure({ LastRunFailed: last !== undefined && endedBadly.has(last) ? 1 : 0 });
  // A run that is under way may have rolled out an image that is yet to be proved and named.
  if (last === 'InProgress') return;
  await everyOne(
    () => judgeImage(settings, tools),
    () => compareService(settings, tools),
  );
}

const endedBadly: ReadonlySet<string> = new Set(['Failed', 'Stopped', 'Cancelled']);

async function lastStatus(
  { pipeline }: WatchSettings,
  { codepipeline }: WatchTools,
): Promise<string | undefined> {
  const { pipelineExecutionSummaries: [last] = [] } = await codepipeline.send(
    new ListPipelineExecutionsCommand({ pipelineName: pipeline, maxResults: 1 }),
  );
  return last?.status;
}

/** By the gate's own rules, so that what a dated exception covers starts no run. */
async function judgeImage(settings: WatchSettings, tools: WatchTools): Promise<void> {
  const named = await namedImage(settings, tools);
  if (named?.image === undefined) return;
  const pages = await scanPages(named.digest, settings.repository, tools.ecr);
  const verdict = judgeScan(named.digest, pages, settings.exceptions, dayOf(tools.now()));
  // A scan without a result says nothing new; the image passed on one that had it.
  if (verdict.outcome === 'wait') return;
  tools.measure({ FailsGate: verdict.outcome === 'stop' ? 1 : 0 });
  if (verdict.outcome !== 'stop') return;
  for (const reason of verdict.reasons) tools.say(`would not pass the gate today: ${reason}`);
  await rebuild('the running image would not pass the gate today', settings, tools);
}

/** A release that was killed half-way leaves a service whose image nobody proved. */
async function compareService(settings: WatchSettings, tools: WatchTools): Promise<void> {
  const [running, named] = [
    await settledDigest(settings, tools.ecs),
    await readParameter(tools.ssm, settings.digestParameter),
  ];
  if (running === undefined || named === undefined || running === named) return;
  tools.measure({ UnexpectedImage: 1 });
  tools.say(`the service runs ${running}, but ${named} is the image that was released last`);
  await rebuild('the service runs another image than was released last', settings, tools);
}

/** One look that fails must not keep the others from being taken. */
async function everyOne(...looks: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const look of looks) await look().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join('\n'));
}

async function measureHosts(
  { patchGroup }: WatchSettings,
  { ssm, now, measure, say }: WatchTools,
): Promise<void> {
  const hosts = await patchStates(patchGroup, ssm);
  for (const host of hosts.filter((each) => !isPatched(each, now()))) {
    say(`the host ${host.InstanceId} misses a patch, a restart or its daily scan`);
  }
  measure({ PatchCompliancePercent: compliancePercent(hosts, now()) });
}

/** @returns undefined before the first release */
async function namedImage(settings: WatchSettings, tools: WatchTools): Promise<NamedImage | undefined> {
  const digest = await readParameter(tools.ssm, settings.digestParameter);
  return digest === undefined ? undefined : { digest, image: await findImage(digest, settings, tools) };
}

async function findImage(
  digest: string | undefined,
  { repository }: WatchSettings,
  { ecr }: WatchTools,
): Promise<KnownImage | undefined> {
  // The registry refuses anything else, and the parameter may hold whatever somebody wrote there.
  if (digest === undefined || !isDigest(digest)) return undefined;
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

/** At most once an hour: each task and each finding comes with an event of its own, early, late and twice. */
async function rebuild(
  why: string,
  { pipeline }: WatchSettings,
  { codepipeline, say, now }: WatchTools,
): Promise<void> {
  const hour = now().toISOString().slice(0, 13);
  const { pipelineExecutionId } = await codepipeline.send(
    new StartPipelineExecutionCommand({
      name: pipeline,
      clientRequestToken: `${pipeline}-${hour}`.replace(/[^A-Za-z0-9-]/g, '').slice(-128),
    }),
  );
  say(`started run ${pipelineExecutionId}: ${why}`);
}

const retryQuestions = 4;
const retryPauseSeconds = 10;

/**
 * CodePipeline may report that a run failed before it repeats the failed stage: asks a while later what became of it,
 * before the first image is given up.
 */
async function isRetried(
  { state, 'execution-id': pipelineExecutionId }: PipelineRun,
  { pipeline: pipelineName }: WatchSettings,
  { codepipeline, pause }: WatchTools,
): Promise<boolean> {
  if (state !== 'FAILED') return false;
  for (let asked = 0; asked < retryQuestions; asked++) {
    await pause(retryPauseSeconds);
    const { pipelineExecution } = await codepipeline.send(
      new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }),
    );
    if (pipelineExecution?.status === 'InProgress') return true;
  }
  return false;
}

const signalMilliseconds = 10_000;
const signalTries = 4;
const signalPauseSeconds = 1;

/** Ends the wait of the first deploy. Later runs find the address expired, which is as it should be. */
async function signalFirstImage(
  run: Pick<PipelineRun, 'state' | 'additional-attributes'>,
  { signalUrl }: WatchSettings,
  { request, pause, say }: WatchTools,
): Promise<void> {
  const succeeded = run.state === 'SUCCEEDED';
  const body = JSON.stringify({
    Status: succeeded ? 'SUCCESS' : 'FAILURE',
    Reason: succeeded ? 'The first image runs' : failureOf(run),
    UniqueId: 'first-image',
    Data: run.state,
  });
  for (let tried = 1; ; tried++) {
    const status = await request(signalUrl, {
      method: 'PUT',
      // The address is signed for an empty content type.
      headers: { 'content-type': '' },
      body,
      signal: AbortSignal.timeout(signalMilliseconds),
    }).then(
      (response) => response.status,
      // Its message may hold the address, which is signed.
      (error: unknown) => (error instanceof Error ? error.name : 'unknown error'),
    );
    if (typeof status === 'number' && status < 500 && status !== 429) {
      if (status >= 400) say('no deploy is waiting for the first image any more');
      return;
    }
    if (tried === signalTries) throw new Error(`CloudFormation answers the signal with ${status}`);
    await pause(signalPauseSeconds);
  }
}
