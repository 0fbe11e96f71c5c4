import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleLambdas } from '../lib/lambda/bundle.ts';
import { type SchemeName, World } from '../test/credentials/matrix/world.ts';
import { needs, serversMissing } from '../test/credentials/support/installed.ts';
import { SecretsService } from '../test/credentials/support/secrets-service.ts';
import { startSecretsStub } from '../test/credentials/support/secrets-stub.ts';
import {
  type DatabaseServer,
  functionEnvironment,
  startMariadb,
  startMoto,
  startPostgres,
} from '../test/credentials/support/servers.ts';
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
  const [stub, moto] = await Promise.all([startSecretsStub(), startMoto()]);
  try {
    for (const server of servers) {
      for (const scheme of ['alternating', 'admin'] satisfies SchemeName[]) {
        const ours = await timed(server, scheme, stub);
        const slow = await timed(server, scheme, moto);
        row(
          `${server.name}, ${scheme}: whole rotation`,
          `${milliseconds(ours.whole)}  (${ratio(ours.whole, ours.login)} of a login of ${milliseconds(ours.login)})`,
        );
        row('  with moto, which closes each connection', milliseconds(slow.whole));
      }
    }
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), stub.stop(), moto.stop()]);
  }
}

/** Whole rotations by the bundled function, warmed up: four calls of its handler each, over TLS and HTTP. */
async function timed(
  server: DatabaseServer,
  scheme: SchemeName,
  { endpoint }: { readonly endpoint: string },
  times = 30,
): Promise<{ whole: number[]; login: number[] }> {
  const service = new SecretsService(endpoint);
  const world = await World.create(server, service, scheme);
  const lambda = fork('bench/rotation-function.mjs', {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
    env: functionEnvironment(endpoint, server),
  });
  const whole: number[] = [];
  const login: number[] = [];
  try {
    for (let time = -warmUp; time < times; time++) {
      lambda.send({ secret: world.secretId, token: await service.startRotation(world.secretId) });
      const [{ took, failed }] = (await once(lambda, 'message')) as [{ took?: number; failed?: string }];
      if (took === undefined) throw new Error(failed);

      const current = await world.current();
      const before = performance.now();
      await (await server.connect(current)).close();
      if (time < 0) continue;
      whole.push(took);
      login.push(performance.now() - before);
    }
  } finally {
    lambda.disconnect();
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
