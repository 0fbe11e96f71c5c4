import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleLambdas } from '../lib/environment/lambda/bundle.ts';
import { type SchemeName, World } from '../test/environment/credentials/matrix/world.ts';
import { needs, serversMissing } from '../test/environment/credentials/support/installed.ts';
import {
  type RunningService,
  SecretsService,
} from '../test/environment/credentials/support/secrets-service.ts';
import { SecretsStub } from '../test/environment/credentials/support/secrets-stub.ts';
import {
  type DatabaseServer,
  functionEnvironment,
  startMariadb,
  startMoto,
  startPostgres,
} from '../test/environment/credentials/support/servers.ts';
import { Anchor, type AnchorScheme, anchorFolder } from './anchor.ts';
import { row } from './measure.ts';

const bundle = 'dist/lambda/rotation/index.mjs';
const warmUp = 5;
const pairs = 40;
const importing = `
  const before = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
`;

/** Size of the rotation function, CPU of its cold import, and the time of a whole rotation on real servers. */
export async function benchRotation(): Promise<void> {
  await bundleLambdas();
  row('bundle (at most 1.5 MB)', `${(statSync(bundle).size / 1e6).toFixed(2)} MB`);
  const imports = Array.from({ length: 9 }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', importing, resolve(bundle)], {
        encoding: 'utf8',
        env: { ...process.env, AWS_REGION: 'ap-northeast-1', NODE_NO_WARNINGS: '1' },
      }),
    ),
  );
  row('cold import: CPU (at most 250 ms)', milliseconds(imports));
  if (serversMissing) {
    row(`whole rotation${needs}`, 'not measured');
    return;
  }

  const servers = await Promise.all([startPostgres(), startMariadb()]);
  const [http, moto] = await Promise.all([new SecretsStub().listen(), startMoto()]);
  try {
    for (const server of servers) {
      for (const scheme of ['alternating', 'admin'] satisfies SchemeName[]) {
        const { logins, calls } = await counted(server, scheme);
        row(`${server.name}, ${scheme}: logins and calls of Secrets Manager`, `${logins} and ${calls}`);
        for (const [way, secrets] of [
          ['Secrets Manager in process', undefined],
          ['over HTTP', http],
          ['with moto, which closes each connection', moto],
        ] as const) {
          const folder = secrets === moto ? undefined : anchorFolder();
          row(`  ${way}`, told(await sideBySide(server, scheme, secrets, folder)));
        }
      }
    }
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), http.stop(), moto.stop()]);
  }
}

/** What a rotation does when nothing is amiss: its logins to the database, and its calls of Secrets Manager. */
async function counted(
  server: DatabaseServer,
  scheme: SchemeName,
): Promise<{ logins: number; calls: number }> {
  const service = new SecretsService(new SecretsStub().inProcess);
  const world = await World.create(server, service, scheme);
  await world.rotated();
  const seen = { connect: 0, secrets: 0, statement: 0 };
  await world.all(await service.startRotation(world.secretId), {
    before({ kind }) {
      seen[kind]++;
    },
  });
  return { logins: seen.connect, calls: seen.secrets };
}

/** Something that rotates a secret, over and over. */
interface Rotating {
  /** @returns the milliseconds of a whole rotation */
  rotate(): Promise<number>;
  stop(): Promise<void>;
}

/** Milliseconds of whole rotations, and of a login with the new credential after each. */
interface Times {
  readonly ours: number[];
  readonly anchors: number[];
  readonly login: number[];
}

/**
 * Warmed up; ours and the anchor in pairs, whose first changes each time. The login between two pairs says how fast the
 * machine is at that moment.
 */
async function sideBySide(
  server: DatabaseServer,
  scheme: AnchorScheme,
  secrets: RunningService | undefined,
  folder: string | undefined,
): Promise<Times> {
  const service = new SecretsService(secrets ?? new SecretsStub().inProcess);
  const world = await World.create(server, service, scheme);
  const ours = secrets === undefined ? inThisProcess(world) : inItsOwn(world, secrets);
  const over = secrets === undefined ? undefined : { endpoint: secrets.endpoint, service };
  const anchor = folder === undefined ? undefined : await Anchor.start(folder, server, scheme, over);
  const times: Times = { ours: [], anchors: [], login: [] };
  try {
    for (let pair = -warmUp; pair < pairs; pair++) {
      const first = pair % 2 === 0 ? await anchor?.rotate() : undefined;
      const own = await ours.rotate();
      const beside = first ?? (await anchor?.rotate());
      const current = await world.current();
      const before = performance.now();
      await (await world.server.connect(current)).close();
      if (pair < 0) continue;
      times.login.push(performance.now() - before);
      times.ours.push(own);
      if (beside !== undefined) times.anchors.push(beside);
    }
    return times;
  } finally {
    await Promise.all([ours.stop(), anchor?.stop()]);
  }
}

/** With a Secrets Manager that costs nothing: the share of the database. */
function inThisProcess(world: World): Rotating {
  return {
    async rotate() {
      const token = await world.service.startRotation(world.secretId);
      const before = performance.now();
      await world.all(token);
      return performance.now() - before;
    },
    async stop() {},
  };
}

/** The bundled function in a process of its own: four calls of its handler each. */
function inItsOwn(world: World, secrets: RunningService): Rotating {
  const lambda = fork('bench/rotation-function.mjs', {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
    env: functionEnvironment(secrets.endpoint, world.server),
  });
  return {
    async rotate() {
      lambda.send({ secret: world.secretId, token: await world.service.startRotation(world.secretId) });
      const [{ took, failed }] = (await once(lambda, 'message')) as [{ took?: number; failed?: string }];
      if (took === undefined) throw new Error(failed);
      return took;
    },
    async stop() {
      lambda.disconnect();
    },
  };
}

function told({ ours, anchors, login }: Times): string {
  const own = `${milliseconds(ours)}, ${ratio(ours, login)} a login of ${milliseconds(login)}`;
  if (anchors.length === 0) return own;
  const each = ours.map((own, pair) => own / (anchors[pair] ?? Number.NaN));
  return `${median(each).toFixed(2)} of AWS's own ${milliseconds(anchors)}; ${own}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function milliseconds(values: readonly number[]): string {
  return `${median(values).toFixed(0)} ms`;
}

function ratio(values: readonly number[], of: readonly number[]): string {
  return `${(median(values) / median(of)).toFixed(1)} times`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await benchRotation();
