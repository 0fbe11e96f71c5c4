import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { steps } from '../lib/credentials/rotation/errors.ts';
import { bundleLambdas } from '../lib/lambda/bundle.ts';
import type { Point } from '../test/credentials/matrix/faults.ts';
import { type SchemeName, World } from '../test/credentials/matrix/world.ts';
import { needs, serversMissing } from '../test/credentials/support/installed.ts';
import { SecretsService } from '../test/credentials/support/secrets-service.ts';
import { startMariadb, startMoto, startPostgres } from '../test/credentials/support/servers.ts';
import { row } from './measure.ts';

const bundle = 'dist/lambda/rotation/index.mjs';
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

  const moto = await startMoto();
  const servers = await Promise.all([startPostgres(), startMariadb()]);
  const service = new SecretsService(moto.endpoint);
  try {
    for (const server of servers) {
      for (const scheme of ['alternating', 'admin'] satisfies SchemeName[]) {
        const { whole, outside, login, calls } = await timed(
          await World.create(server, service, scheme),
          service,
        );
        row(
          `${server.name}, ${scheme}: whole rotation`,
          `${milliseconds(whole)}  (${ratio(whole, login)} of a login of ${milliseconds(login)})`,
        );
        row(
          `  without its ${calls} calls of moto`,
          `${milliseconds(outside)}  (${ratio(outside, login)} of a login)`,
        );
      }
    }
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), moto.stop()]);
  }
}

async function timed(world: World, service: SecretsService, times = 30) {
  const whole: number[] = [];
  const outside: number[] = [];
  const login: number[] = [];
  let calls = 0;
  // The client itself: what the tests put right in moto costs a call of its own.
  const secretsManager = { send: service.client.send.bind(service.client) };
  await world.rotated();
  for (let time = 0; time < times; time++) {
    const token = await service.startRotation(world.secretId);
    // Calls overlap: what counts is the time in which at least one was open.
    let open = 0;
    let began = 0;
    let waited = 0;
    calls = 0;
    const watch = {
      before({ kind }: Point) {
        if (kind !== 'secrets') return;
        calls++;
        if (open++ === 0) began = performance.now();
      },
      after({ kind }: Point) {
        if (kind === 'secrets' && --open === 0) waited += performance.now() - began;
      },
    };
    const started = performance.now();
    for (const step of steps) await world.step(token, step, watch, { secretsManager });
    const took = performance.now() - started;
    whole.push(took);
    outside.push(took - waited);

    const current = await world.current();
    const before = performance.now();
    await (await world.server.connect(current)).close();
    login.push(performance.now() - before);
  }
  return { whole, outside, login, calls };
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
