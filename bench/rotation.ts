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
import { row } from './measure.ts';

const bundle = 'dist/lambda/rotation/index.mjs';
const warmUp = 5;
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
        const bare = await timedHere(server, scheme);
        row(
          `${server.name}, ${scheme}: whole rotation`,
          `${milliseconds(bare.whole)}  (${ratio(bare.whole, bare.login)} of a login of ${milliseconds(bare.login)})`,
        );
        for (const [way, secrets] of [
          ['over HTTP', http],
          ['with moto, which closes each connection', moto],
        ] as const) {
          const { whole, login } = await timed(server, scheme, secrets);
          row(`  ${way}`, `${milliseconds(whole)}  (${ratio(whole, login)})`);
        }
      }
    }
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), http.stop(), moto.stop()]);
  }
}

interface Times {
  readonly whole: number[];
  readonly login: number[];
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

/** Whole rotations with a Secrets Manager that costs nothing: the databases' share, as the reference was measured. */
async function timedHere(server: DatabaseServer, scheme: SchemeName): Promise<Times> {
  const service = new SecretsService(new SecretsStub().inProcess);
  const world = await World.create(server, service, scheme);
  return await repeatedly(world, async (token) => {
    const before = performance.now();
    await world.all(token);
    return performance.now() - before;
  });
}

/** Whole rotations by the bundled function in a process of its own: four calls of its handler each. */
async function timed(server: DatabaseServer, scheme: SchemeName, secrets: RunningService): Promise<Times> {
  const world = await World.create(server, new SecretsService(secrets), scheme);
  const lambda = fork('bench/rotation-function.mjs', {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
    env: functionEnvironment(secrets.endpoint, server),
  });
  try {
    return await repeatedly(world, async (token) => {
      lambda.send({ secret: world.secretId, token });
      const [{ took, failed }] = (await once(lambda, 'message')) as [{ took?: number; failed?: string }];
      if (took === undefined) throw new Error(failed);
      return took;
    });
  } finally {
    lambda.disconnect();
  }
}

/** Warmed up; a login with the new credential after each rotation says how fast the machine is at that moment. */
async function repeatedly(
  world: World,
  rotation: (token: string) => Promise<number>,
  times = 30,
): Promise<Times> {
  const whole: number[] = [];
  const login: number[] = [];
  for (let time = -warmUp; time < times; time++) {
    const took = await rotation(await world.service.startRotation(world.secretId));
    const current = await world.current();
    const before = performance.now();
    await (await world.server.connect(current)).close();
    if (time < 0) continue;
    whole.push(took);
    login.push(performance.now() - before);
  }
  return { whole, login };
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
