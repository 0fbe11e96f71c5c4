import {
  BatchGetImageCommand,
  DescribeImageScanFindingsCommand,
  type ECRClient,
  ImageAlreadyExistsException,
  PutImageCommand,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type Service,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { releasedTagPrefix } from './image-tags.ts';
import { digestOf, rolloutOf, withImage } from './rollout.ts';
import { judgeScan, type PatchException, type ScanPage } from './scan-gate.ts';

export interface ReleaseSettings {
  readonly repository: string;
  readonly repositoryUri: string;
  readonly digestParameter: string;
  readonly cluster: string;
  readonly service: string;
  readonly container: string;
  readonly exceptions: readonly PatchException[];
}

export interface ReleaseTools {
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly ssm: SSMClient;
  /** Asks the running shop; returns what is wrong with it. */
  readonly smokeCheck: () => Promise<string[]>;
  readonly pause: (seconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

/** The image may not run, or did not work; the previous one runs on. The message says why, for a person. */
export class PatchRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatchRefused';
  }
}

const scanPollSeconds = 15;
const scanDeadlineSeconds = 20 * 60;
const rolloutPollSeconds = 15;
const rolloutDeadlineSeconds = 30 * 60;
const smokeAttempts = 5;
const smokePauseSeconds = 15;

/**
 * Waits for the scan of an image and decides whether it may run.
 *
 * @throws PatchRefused with every reason, also when the scan does not finish in time
 */
export async function passGate(
  digest: string,
  settings: ReleaseSettings,
  tools: ReleaseTools,
): Promise<void> {
  for (let waited = 0; ; waited += scanPollSeconds) {
    const today = tools.now().toISOString().slice(0, 10);
    const pages = await scanPages(digest, settings.repository, tools.ecr);
    const verdict = judgeScan(digest, pages, settings.exceptions, today);
    if (verdict.outcome === 'stop') {
      throw new PatchRefused(`the scan gate stops ${digest}:\n- ${verdict.reasons.join('\n- ')}`);
    }
    if (verdict.outcome === 'pass') {
      for (const cve of verdict.accepted) tools.say(`accepted for a while by a dated exception: ${cve}`);
      tools.say(`the scan gate lets ${digest} pass`);
      return;
    }
    if (waited >= scanDeadlineSeconds) {
      throw new PatchRefused(
        `the scan of ${digest} did not finish in ${scanDeadlineSeconds / 60} minutes (${verdict.status}): an unscanned image never runs`,
      );
    }
    await tools.pause(scanPollSeconds);
  }
}

/**
 * Brings an image that passes the gate into service, and only then names it as the image that runs.
 *
 * Until the new image has been checked by customers' way in, the parameter names the previous one: whatever
 * happens half-way, the next deploy and the next run start from an image that worked.
 *
 * @throws PatchRefused when the shop runs on with the previous image
 */
export async function release(digest: string, settings: ReleaseSettings, tools: ReleaseTools): Promise<void> {
  // Asked again here, so that no restarted or skipped stage of the pipeline leads past the gate.
  await passGate(digest, settings, tools);
  await markReleased(digest, settings, tools);

  const service = await findService(settings, tools.ecs);
  if (service === undefined) {
    tools.say('the service does not exist yet: this is the image of the first deploy');
  } else {
    await rollOut(digest, service, settings, tools);
  }
  await tools.ssm.send(
    new PutParameterCommand({
      Name: settings.digestParameter,
      Value: digest,
      Type: 'String',
      Overwrite: true,
    }),
  );
  tools.say(`${digest} is the image that runs`);
}

/** Every page of the findings; none when the registry knows of no scan yet. */
export async function scanPages(digest: string, repositoryName: string, ecr: ECRClient): Promise<ScanPage[]> {
  const pages: ScanPage[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await ecr.send(
        new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest: digest }, nextToken }),
      );
      pages.push(page);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return pages;
  } catch (error) {
    // Between the push and the start of its scan the registry knows of none.
    if (error instanceof ScanNotFoundException) return [];
    throw error;
  }
}

/** The tag keeps the image: the registry forgets candidates after a month. */
async function markReleased(
  digest: string,
  { repository }: ReleaseSettings,
  { ecr, now }: ReleaseTools,
): Promise<void> {
  const { images } = await ecr.send(
    new BatchGetImageCommand({ repositoryName: repository, imageIds: [{ imageDigest: digest }] }),
  );
  const image = images?.[0];
  if (image?.imageManifest === undefined) {
    throw new PatchRefused(`${digest} is not in the repository ${repository}`);
  }
  const time = now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
  try {
    await ecr.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: image.imageManifest,
        imageManifestMediaType: image.imageManifestMediaType,
        imageDigest: digest,
        imageTag: `${releasedTagPrefix}${time}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof ImageAlreadyExistsException)) throw error;
  }
}

async function findService(
  { cluster, service }: ReleaseSettings,
  ecs: ECSClient,
): Promise<Service | undefined> {
  try {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services?.find(({ status }) => status === 'ACTIVE');
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return undefined;
    throw error;
  }
}

async function rollOut(
  digest: string,
  service: Service,
  settings: ReleaseSettings,
  tools: ReleaseTools,
): Promise<void> {
  const previous = service.taskDefinition;
  const { taskDefinition: running } = await tools.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: previous }),
  );
  if (previous === undefined || running === undefined) {
    throw new PatchRefused(`the service ${settings.service} has no task definition`);
  }
  if (digestOf(running, settings.container) === digest) {
    tools.say('the service runs this image already');
    return;
  }

  const { taskDefinition: registered } = await tools.ecs.send(
    new RegisterTaskDefinitionCommand(withImage(running, settings.container, settings.repositoryUri, digest)),
  );
  const next = registered?.taskDefinitionArn;
  if (next === undefined) throw new Error('ECS registered a task definition without an ARN');

  tools.say(`rolling update from ${previous} to ${next}`);
  await update(next, settings, tools.ecs);
  await untilRolledOut(next, previous, settings, tools);

  const problems = await smokeProblems(tools);
  if (problems.length === 0) return;
  await update(previous, settings, tools.ecs);
  throw new PatchRefused(
    `the shop did not work with ${digest}, so ${previous} is brought back:\n- ${problems.join('\n- ')}`,
  );
}

async function untilRolledOut(
  next: string,
  previous: string,
  settings: ReleaseSettings,
  tools: ReleaseTools,
): Promise<void> {
  for (let waited = 0; waited < rolloutDeadlineSeconds; waited += rolloutPollSeconds) {
    const service = await findService(settings, tools.ecs);
    if (service === undefined) throw new PatchRefused(`the service ${settings.service} is gone`);
    const rollout = rolloutOf(service, next);
    if (rollout.state === 'completed') return;
    if (rollout.state === 'rolled back') {
      throw new PatchRefused(`ECS went back to ${previous}: ${rollout.reason}`);
    }
    await tools.pause(rolloutPollSeconds);
  }
  await update(previous, settings, tools.ecs);
  throw new PatchRefused(
    `the rolling update did not finish in ${rolloutDeadlineSeconds / 60} minutes, so ${previous} is brought back`,
  );
}

async function update(
  taskDefinition: string,
  { cluster, service }: ReleaseSettings,
  ecs: ECSClient,
): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
}

/** A new task may need a moment to warm up; a broken one stays broken. */
async function smokeProblems({ smokeCheck, pause, say }: ReleaseTools): Promise<string[]> {
  let problems: string[] = [];
  for (let attempt = 1; attempt <= smokeAttempts; attempt++) {
    problems = await smokeCheck();
    if (problems.length === 0) return [];
    say(`smoke check ${attempt} of ${smokeAttempts}: ${problems.join('; ')}`);
    if (attempt < smokeAttempts) await pause(smokePauseSeconds);
  }
  return problems;
}
