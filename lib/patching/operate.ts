import {
  CodePipelineClient,
  GetPipelineExecutionCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  PipelineNotFoundException,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import {
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { Environment, Shop } from '../config/index.ts';
import { nextMaintenance } from '../maintenance-window.ts';
import { UserError } from '../user-error.ts';
import { type DeploymentNames, deploymentNames } from './names.ts';
import { scanPages } from './release.ts';
import { dayOf, isExpired, judgeScan } from './scan-gate.ts';
import { ageInDays, oldestImageDays } from './staleness.ts';

/** What `secure-shop patch` works with: one environment of one shop, and the AWS APIs of its region. */
export interface PatchContext {
  readonly names: DeploymentNames;
  readonly environment: Pick<Environment, 'maintenance' | 'patching'>;
  readonly ssm: SSMClient;
  readonly ecs: ECSClient;
  readonly ecr: ECRClient;
  readonly codepipeline: CodePipelineClient;
  readonly now: () => Date;
  readonly pause: (seconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

export interface PatchStatus {
  /** Digest the service runs; undefined before the first deploy. */
  readonly running: string | undefined;
  readonly ageDays: number | undefined;
  /** Open findings by severity; undefined when the scan cannot be read. */
  readonly findings: Readonly<Record<string, number>> | undefined;
  readonly lastRun: Run | undefined;
  readonly nextRun: Date;
  /** What somebody has to look at. Empty: all is well. */
  readonly attention: readonly string[];
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly started: Date | undefined;
  /** The steps that failed, each with its reason and where to read more. */
  readonly failures: readonly string[];
}

interface RunningImage {
  readonly digest: string;
  readonly repository: string;
}

const pollSeconds = 10;

export function patchContext(shop: Shop, environment: Environment): PatchContext {
  const { region } = environment;
  return {
    names: deploymentNames(shop.name, environment.name),
    environment,
    ssm: new SSMClient({ region }),
    ecs: new ECSClient({ region }),
    ecr: new ECRClient({ region }),
    codepipeline: new CodePipelineClient({ region }),
    now: () => new Date(),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    say: (line) => console.log(line),
  };
}

/** Starts a run of the pipeline, tells each step as it goes, and returns how the run ended. */
export async function patchNow(context: PatchContext): Promise<string> {
  const { codepipeline, names, pause, say } = context;
  const { pipelineExecutionId: id } = await explainMissing(names, () =>
    codepipeline.send(new StartPipelineExecutionCommand({ name: names.pipeline })),
  );
  if (id === undefined) throw new Error('CodePipeline started a run without an id');
  say(`run ${id} of ${names.pipeline} has started; leaving this command does not stop it`);

  const told = new Set<string>();
  while (true) {
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
}

export async function patchStatus(context: PatchContext): Promise<PatchStatus> {
  const { environment, now } = context;
  const attention: string[] = [];
  const [image, named, lastRun] = await Promise.all([
    runningImage(context, attention),
    namedDigest(context),
    lastRunOf(context),
  ]);
  if (image !== undefined && named !== image.digest) {
    attention.push(
      `the service runs ${image.digest}, but the image that was released last is ${named ?? 'not named'}: run "secure-shop patch now"`,
    );
  }
  const known = image && (await describe(image, context, attention));
  const { exceptions } = environment.patching;
  for (const { cve, until } of exceptions.filter((each) => isExpired(each, dayOf(now())))) {
    attention.push(`the exception for ${cve} ended on ${until}: take it out of the config, or decide again`);
  }
  if (lastRun !== undefined && !['Succeeded', 'InProgress', 'Superseded'].includes(lastRun.status)) {
    attention.push(`the last run ended as ${lastRun.status}`, ...lastRun.failures);
  }
  return {
    running: image?.digest,
    ageDays: known?.ageDays,
    findings: known?.findings,
    lastRun,
    nextRun: nextMaintenance(environment.maintenance, now()),
    attention,
  };
}

export function formatStatus(status: PatchStatus): string[] {
  const { running, ageDays, findings, lastRun, nextRun, attention } = status;
  const counts = Object.entries(findings ?? {}).map(
    ([severity, count]) => `${count} ${severity.toLowerCase()}`,
  );
  const age = ageDays === undefined ? '' : `, ${ageDays.toFixed(1)} days old`;
  return [
    `Running   ${running ?? 'nothing yet'}${age}`,
    `Findings  ${findings === undefined ? 'unknown' : counts.join(', ') || 'none'}`,
    `Last run  ${lastRun === undefined ? 'none' : `${lastRun.status}, ${minute(lastRun.started)} (${lastRun.id})`}`,
    `Next run  ${minute(nextRun)}`,
    ...attention.map((line) => `Attention ${line}`),
  ];
}

async function describe(
  { digest, repository }: RunningImage,
  { ecr, environment, now }: PatchContext,
  attention: string[],
): Promise<Pick<PatchStatus, 'ageDays' | 'findings'>> {
  const imageIds = [{ imageDigest: digest }];
  const pages = await scanPages(digest, repository, ecr).catch((error: Error) => {
    attention.push(`its findings cannot be read: ${error.name}: ${error.message}`);
    return undefined;
  });
  const details = await ecr
    .send(new DescribeImagesCommand({ repositoryName: repository, imageIds }))
    .catch((error: unknown) => {
      if (!(error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException))
        throw error;
      attention.push(
        `the image is not in the repository ${repository} any more, so that no further task can start: run "secure-shop patch now"`,
      );
      return undefined;
    });
  const pushedAt = details?.imageDetails?.[0]?.imagePushedAt;
  const ageDays = pushedAt && ageInDays(pushedAt, now());
  if (ageDays !== undefined && ageDays > oldestImageDays) {
    attention.push(`the image is ${Math.floor(ageDays)} days old, more than ${oldestImageDays}`);
  }
  if (pages === undefined) return { ageDays, findings: undefined };
  const verdict = judgeScan(digest, pages, environment.patching.exceptions, dayOf(now()));
  if (verdict.outcome === 'wait') attention.push(`its scan has no result to read (${verdict.status})`);
  if (verdict.outcome === 'stop') {
    attention.push(...verdict.reasons.map((reason) => `would not pass the gate today: ${reason}`));
  }
  return { ageDays, findings: pages[0]?.imageScanFindings?.findingSeverityCounts };
}

async function runningImage(
  { ecs, names }: PatchContext,
  attention: string[],
): Promise<RunningImage | undefined> {
  const taskDefinition = await currentDefinition(ecs, names);
  if (taskDefinition === undefined) {
    attention.push(`the service ${names.service} runs no image yet`);
    return undefined;
  }
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const image = described.taskDefinition?.containerDefinitions?.find(
    ({ name }) => name === names.container,
  )?.image;
  const [uri, digest] = image?.split('@') ?? [];
  if (uri === undefined || digest === undefined) {
    attention.push(
      `the service ${names.service} runs ${image ?? 'no container of the shop'}, not an image by digest: somebody else changed it; run "cdk deploy"`,
    );
    return undefined;
  }
  return { digest, repository: uri.slice(uri.indexOf('/') + 1) };
}

async function currentDefinition(ecs: ECSClient, names: DeploymentNames): Promise<string | undefined> {
  try {
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
    );
    return services?.find(({ status }) => status === 'ACTIVE')?.taskDefinition;
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return undefined;
    throw error;
  }
}

async function namedDigest({ ssm, names }: PatchContext): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: names.digestParameter }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

async function lastRunOf(context: PatchContext): Promise<Run | undefined> {
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

async function actionsOf(id: string, { codepipeline, names }: PatchContext) {
  const { actionExecutionDetails = [] } = await codepipeline.send(
    new ListActionExecutionsCommand({ pipelineName: names.pipeline, filter: { pipelineExecutionId: id } }),
  );
  // The newest comes first.
  return actionExecutionDetails.reverse();
}

async function stepsOf(id: string, context: PatchContext): Promise<string[]> {
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

type Action = Awaited<ReturnType<typeof actionsOf>>[number];

function reasonOf({ output }: Action): string {
  const result = output?.executionResult;
  const reason = result?.errorDetails?.message ?? result?.externalExecutionSummary ?? 'no reason given';
  return result?.externalExecutionUrl === undefined
    ? reason
    : `${reason}, log: ${result.externalExecutionUrl}`;
}

async function explainMissing<T>(names: DeploymentNames, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof PipelineNotFoundException)) throw error;
    throw new UserError([
      `there is no pipeline ${names.pipeline} in this account and region: deploy the environment first, or sign in to its account`,
    ]);
  }
}

function minute(date: Date | undefined): string {
  return date === undefined
    ? 'at an unknown time'
    : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
