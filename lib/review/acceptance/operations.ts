import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { closeDoor, type DoorContext, openDoor } from '../../environment/admin/vpn/door-commands.ts';
import { rotateAndFollow } from '../../environment/credentials/follow.ts';
import { credentialNames } from '../../environment/credentials/names.ts';
import { refreshShop } from '../../environment/credentials/refresh.ts';
import { statusOfSecrets } from '../../environment/credentials/status.ts';
import { deploymentNames } from '../../environment/patching/names.ts';
import { patchNow } from '../../environment/patching/run-now.ts';
import { settledDigest } from '../../environment/patching/shop-service.ts';
import type { Reading } from '../launch/tools.ts';
import { Rehearser } from '../rehearsal/rehearse.ts';
import { patchContextOf } from '../status/patches.ts';
import { tellIn } from './deploys.ts';
import { askEdge, edgeRequests } from './edge-requests.ts';
import { type Ground, StepFailed } from './ground.ts';

export function edge(ground: Ground): Promise<string> {
  return ground.read(async ({ operated: { shop, environment, stacks } }) => {
    const rehearser = new Rehearser([{ name: environment.name, templates: stacks }]);
    const { passed, stopped, wrong } = await askEdge(edgeRequests(shop, environment), rehearser, ground.ask);
    if (wrong.length > 0) throw new StepFailed(wrong.join('\n'));
    return `${passed} requests passed, ${stopped} were stopped, each as "secure-shop try" says`;
  });
}

export function vpn(ground: Ground): Promise<string> {
  return ground.read(async (reading) => {
    const { environment } = reading.operated;
    const door = environment.admin.vpn.opens === 'on-demand' ? doorOf(reading, ground) : undefined;
    if (door) await openDoor(door, 1);
    try {
      await ground.connect(ground.launch.profile ?? '');
    } finally {
      if (door) await closeDoor(door);
    }
    return `${environment.admin.people[0]?.name} got in with a certificate of their own`;
  });
}

export function doorOf({ operated }: Reading, { launch }: Ground): DoorContext {
  const { environment, aws } = operated;
  return {
    environment,
    names: launch.vpn(operated).names,
    say: launch.say,
    lambda: aws.functions(environment.region),
    sts: aws.identity(environment.region),
    pause: launch.pause,
  };
}

const rotationLooks = 20;
const rotationPauseSeconds = 30;

export function rotate(ground: Ground): Promise<string> {
  return ground.read(async ({ operated: { shop, environment, aws, now } }) => {
    const { region } = environment;
    const secretsManager = aws.secrets(region);
    const { secretPrefix } = credentialNames(shop.name, environment.name);
    const all = async () =>
      (await statusOfSecrets(secretsManager, secretPrefix, now)).filter(
        ({ outcome }) => outcome !== 'rotation is off',
      );
    // One that was begun by an interrupted run ends first.
    let secrets = await all();
    for (let look = 0; look < rotationLooks; look += 1) {
      if (secrets.every(({ outcome }) => outcome !== 'running or failed')) break;
      await ground.launch.pause(rotationPauseSeconds);
      secrets = await all();
    }
    if (secrets.length === 0) throw new StepFailed('there is no secret that rotates');
    const clients = { secretsManager, lambda: aws.functions(region), logs: aws.logs(region) };
    const failed: string[] = [];
    for (const { name } of secrets) {
      const options = {
        say: ground.launch.say,
        milliseconds: 600_000,
        interval: 1000,
        retryMilliseconds: 60_000,
      };
      if (!(await rotateAndFollow(clients, name, options))) failed.push(name);
    }
    if (failed.length > 0) throw new StepFailed(`not rotated: ${failed.join(', ')}`);
    return `${secrets.length} secrets were rotated`;
  });
}

export function refresh(ground: Ground): Promise<string> {
  return ground.read(async ({ operated: { shop, environment, aws } }) => {
    const names = deploymentNames(shop.name, environment.name);
    const time = { milliseconds: 900_000, interval: 10_000 };
    const outcome = await refreshShop(aws.services(environment.region), names, time).catch((error: Error) => {
      throw new StepFailed(error.message);
    });
    return outcome === 'refreshed' ? 'new tasks serve' : 'tasks of a newer deployment serve';
  });
}

/** A run of the pipeline brings an image in; the parameter and a deploy bring the one before back. */
export function image(ground: Ground): Promise<string> {
  return ground.read(async (reading) => {
    const { state, save, launch: tools, now } = ground;
    const context = patchContextOf(reading.operated, { now, pause: tools.pause, say: tools.say });
    const { names, ecs } = context;
    // Of an interrupted run: what ran before it is the one to go back to.
    const before = state.notes.imageBefore ?? (await settledDigest(names, ecs));
    if (before === undefined) throw new StepFailed('the service runs no image that could be gone back to');
    state.notes.imageBefore = before;
    save();
    const ended = await patchNow(context);
    if (ended !== 'Succeeded') throw new StepFailed(`the run of the pipeline ended: ${ended}`);
    const after = await settledDigest(names, ecs);
    await context.ssm.send(
      new PutParameterCommand({ Name: names.digestParameter, Value: before, Overwrite: true }),
    );
    await tools.deployer.deploy(reading.assembly, reading.operated.environment.name, tellIn(ground));
    const back = await settledDigest(names, ecs);
    if (back !== before) throw new StepFailed(`the service runs ${back}, not ${before} again`);
    return after === before
      ? 'the pipeline built the same image again, and it was deployed again'
      : `${after} was rolled out, and ${before} brought back`;
  });
}
