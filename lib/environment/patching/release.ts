import { ImageAlreadyExistsException, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type Service,
  type TaskDefinition,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { readParameter } from '../read-parameter.ts';
import { copyLayers, type PushedImage, pushedImage } from './copy-image.ts';
import { isDigest, passedTagPrefix, releasedTagPrefix } from './image-tags.ts';
import { type GateSettings, type GateTools, passGate } from './pass-gate.ts';
import { PatchRefused } from './patch-refused.ts';
import { digestOf, intruderOf, isSettled, primaryRevision, rolloutOf, withImage } from './rollout.ts';
import { findService, lookForService } from './shop-service.ts';
import { taskAddresses } from './shop-tasks.ts';
import { type SmokeAnswer, smokeProblems } from './smoke-check.ts';

export interface ReleaseSettings extends GateSettings {
  /** Name of the repository that the shop runs from. */
  readonly repository: string;
  readonly repositoryUri: string;
  readonly digestParameter: string;
  readonly cluster: string;
  readonly service: string;
  readonly container: string;
}

export interface ReleaseTools extends GateTools {
  readonly ecs: ECSClient;
  readonly ssm: SSMClient;
  readonly request: typeof fetch;
  /** Asks the tasks at these private addresses for the pages of the shop. */
  readonly askTasks: (addresses: readonly string[]) => Promise<readonly SmokeAnswer[]>;
}

const rolloutPollSeconds = 15;
const rolloutDeadlineSeconds = 30 * 60;
const smokeAttempts = 5;
const smokePauseSeconds = 15;
const missingLooks = 4;
const missingPauseSeconds = 10;

/**
 * Brings an image that passes the gate into service, and only then names it as the image that runs.
 *
 * Until the tasks of the new image have answered for the shop's pages, the parameter names the previous one: whatever
 * happens half-way, the next deploy and the next run start from an image that worked.
 *
 * @throws PatchRefused when the shop runs on with the previous image
 */
export async function release(digest: string, settings: ReleaseSettings, tools: ReleaseTools): Promise<void> {
  // Asked again here, so that no restarted or skipped stage of the pipeline leads past the gate.
  await passGate(digest, settings, tools);
  const image = await pushedImage(digest, settings.candidates, tools.ecr);
  await copyLayers(image, settings, tools);
  await tag(image, passedTagPrefix, settings, tools);

  const service = await settledService(settings, tools);
  if (service === undefined) {
    tools.say('the service does not exist yet: this is the image of the first deploy');
    await nameAsRunning(image, settings, tools);
  } else {
    await rollOut(image, service, settings, tools);
  }
  tools.say(`${digest} is the image that runs`);
}

/** A tag that never moves, made of a prefix and the time. */
async function tag(
  { digest, manifest, mediaType }: PushedImage,
  prefix: string,
  { repository }: ReleaseSettings,
  { ecr, now }: ReleaseTools,
): Promise<void> {
  const time = now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
  try {
    await ecr.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: manifest,
        imageManifestMediaType: mediaType,
        imageDigest: digest,
        imageTag: `${prefix}${time}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof ImageAlreadyExistsException)) throw error;
  }
}

/** The tag keeps the image, for the registry forgets candidates after a month; the parameter brings it back at every deploy. */
async function nameAsRunning(
  image: PushedImage,
  settings: ReleaseSettings,
  tools: ReleaseTools,
): Promise<void> {
  await tag(image, releasedTagPrefix, settings, tools);
  await tools.ssm.send(
    new PutParameterCommand({
      Name: settings.digestParameter,
      Value: image.digest,
      Type: 'String',
      Overwrite: true,
    }),
  );
}

/**
 * The service once no deployment is under way. A deploy of the stack in this moment brings settings along that a
 * revision made of the previous one would take back.
 */
async function settledService(settings: ReleaseSettings, tools: ReleaseTools): Promise<Service | undefined> {
  for (let waited = 0; waited < rolloutDeadlineSeconds; waited += rolloutPollSeconds) {
    const service = await findService(settings, tools.ecs);
    if (service === undefined) return serviceToBe(settings, tools);
    if (isSettled(service)) return service;
    if (waited === 0) tools.say('another deployment of the service is under way: waiting for its end');
    await tools.pause(rolloutPollSeconds);
  }
  throw new PatchRefused(
    `another deployment of the service did not end in ${rolloutDeadlineSeconds / 60} minutes`,
  );
}

/**
 * A service that ECS does not find. Only before the first deploy is that no reason to stop: there is no cluster then,
 * or nothing was ever released. Anything else may be an answer that is late, or a deploy that is making the service
 * anew, and naming an image that no task ever ran would hand it to every later deploy.
 */
async function serviceToBe(settings: ReleaseSettings, tools: ReleaseTools): Promise<Service | undefined> {
  for (let looked = 0; looked < missingLooks; looked++) {
    const found = await lookForService(settings, tools.ecs);
    if (found === 'no cluster') return undefined;
    if (found !== 'no service') return settledService(settings, tools);
    await tools.pause(missingPauseSeconds);
  }
  if ((await readParameter(tools.ssm, settings.digestParameter)) === undefined) return undefined;
  throw new PatchRefused(
    `the cluster ${settings.cluster} has no service ${settings.service}, though an image was released before: deploy the environment, then run again`,
  );
}

async function rollOut(
  image: PushedImage,
  service: Service,
  settings: ReleaseSettings,
  tools: ReleaseTools,
): Promise<void> {
  const previous = primaryRevision(service);
  const { taskDefinition: running } = await tools.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: previous }),
  );
  if (previous === undefined || running === undefined) {
    throw new PatchRefused(`the service ${settings.service} has no task definition`);
  }
  const named = await readParameter(tools.ssm, settings.digestParameter);
  const runs = digestOf(running, settings.container);
  if (runs === image.digest && named === image.digest) {
    tools.say('the service runs this image already');
    return nameAsRunning(image, settings, tools);
  }

  const before = await tools.askTasks(await taskAddresses(tools.ecs, settings, previous));
  // A release that was killed half-way left an image in service that nobody proved: whatever fails now, the shop goes
  // back to the one that was released last.
  const proven =
    named === undefined || named === runs || !isDigest(named)
      ? previous
      : await register(running, named, settings, tools);
  const next = runs === image.digest ? previous : await register(running, image.digest, settings, tools);
  try {
    if (next === previous) {
      tools.say('the service runs this image since a release that was cut off: it is yet to be proved');
    } else {
      tools.say(`rolling update from ${previous} to ${next}`);
      await takeOver(next, service, settings, tools);
      await untilRolledOut(next, previous, settings, tools);
    }
    const problems = await problemsOf(next, before, settings, tools);
    if (problems.length > 0) {
      throw new PatchRefused(`the shop did not work with ${image.digest}:\n- ${problems.join('\n- ')}`);
    }
    await nameAsRunning(image, settings, tools);
  } catch (error) {
    // Whatever went wrong, an API that did not answer included: service and parameter must name the same image.
    await bringBack({ previous, next, proven }, settings, tools, error);
    throw error;
  }
}

/** ARNs of revisions of the task definition. */
interface Revisions {
  /** What the service ran before. */
  readonly previous: string;
  /** The one with the image that is released. */
  readonly next: string;
  /** The one to go back to. */
  readonly proven: string;
}

/** @returns the new revision: the running one with another image of the shop */
async function register(
  running: TaskDefinition,
  digest: string,
  { container, repositoryUri }: ReleaseSettings,
  { ecs }: ReleaseTools,
): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand(withImage(running, container, repositoryUri, digest)),
  );
  if (taskDefinition?.taskDefinitionArn === undefined) {
    throw new Error('ECS registered a task definition without an ARN');
  }
  return taskDefinition.taskDefinitionArn;
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
  throw new PatchRefused(`the rolling update did not finish in ${rolloutDeadlineSeconds / 60} minutes`);
}

/**
 * Starts the rolling update. A deploy of the stack in the seconds since the look at the service would be taken back
 * without a word, for our revision is made of the one before: the answer tells, and then the service is the deploy's.
 */
async function takeOver(
  next: string,
  seen: Service,
  settings: ReleaseSettings,
  { ecs }: ReleaseTools,
): Promise<void> {
  const intruder = intruderOf(await update(next, settings, ecs), seen, [next]);
  if (intruder === undefined) return;
  await update(intruder, settings, ecs);
  throw new PatchRefused(
    `a deploy gave the service ${intruder} in the same moment, and keeps it: run again once it has ended`,
  );
}

/** Unless the service is there already, as ECS went back by itself, or a deploy of the stack has taken it over meanwhile. */
async function bringBack(
  { previous, next, proven }: Revisions,
  settings: ReleaseSettings,
  { ecs, say }: ReleaseTools,
  reason: unknown,
): Promise<void> {
  try {
    const service = await findService(settings, ecs);
    const primary = service && primaryRevision(service);
    if (service === undefined || primary === proven || (primary !== next && primary !== previous)) return;
    const intruder = intruderOf(await update(proven, settings, ecs), service, [previous, next, proven]);
    if (intruder === undefined) {
      say(`${proven} is brought back`);
    } else {
      await update(intruder, settings, ecs);
      say(`a deploy gave the service ${intruder} in the same moment, and keeps it`);
    }
  } catch (error) {
    throw new AggregateError(
      [reason, error],
      `${String(reason)}\nand ${proven} could not be brought back, do so by hand: ${String(error)}`,
    );
  }
}

async function update(
  taskDefinition: string,
  { cluster, service }: ReleaseSettings,
  ecs: ECSClient,
): Promise<Service> {
  const updated = await ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
  return updated.service ?? {};
}

/** A new task may need a moment to warm up; a broken one stays broken. */
async function problemsOf(
  revision: string,
  before: readonly SmokeAnswer[],
  settings: ReleaseSettings,
  { ecs, askTasks, pause, say }: ReleaseTools,
): Promise<string[]> {
  let problems: string[] = [];
  for (let attempt = 1; attempt <= smokeAttempts; attempt++) {
    // Looked up anew: a task may have been replaced meanwhile.
    problems = smokeProblems(before, await askTasks(await taskAddresses(ecs, settings, revision)));
    if (problems.length === 0) return [];
    say(`smoke check ${attempt} of ${smokeAttempts}: ${problems.join('; ')}`);
    if (attempt < smokeAttempts) await pause(smokePauseSeconds);
  }
  return problems;
}
