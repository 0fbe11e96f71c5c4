import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { steps } from '../lib/credentials/rotation/errors.ts';
import { bundleLambdas } from '../lib/lambda/bundle.ts';
import { type SchemeName, World } from '../test/credentials/matrix/world.ts';
import { SecretsService } from '../test/credentials/support/secrets-service.ts';
import { startMariadb, startMoto, startPostgres } from '../test/credentials/support/servers.ts';

/** Size of the rotation function, CPU of its cold import, and the time of a whole rotation on real servers. */
const bundle = 'dist/lambda/rotation/index.mjs';
const importing = `
  const before = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
`;

await bundleLambdas();
console.log(`bundle ${(statSync(bundle).size / 1e6).toFixed(2)} MB (at most 1.5)`);
const imports = Array.from({ length: 9 }, () =>
  Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', importing, `${process.cwd()}/${bundle}`], {
      encoding: 'utf8',
      env: { ...process.env, AWS_REGION: 'ap-northeast-1', NODE_NO_WARNINGS: '1' },
    }),
  ),
);
console.log(`cold import ${median(imports).toFixed(0)} ms of CPU (at most 250)`);

const moto = await startMoto();
const servers = await Promise.all([startPostgres(), startMariadb()]);
const service = new SecretsService(moto.endpoint);
try {
  for (const server of servers) {
    for (const scheme of ['alternating', 'admin'] satisfies SchemeName[]) {
      const world = await World.create(server, service, scheme);
      await world.rotated();
      const whole: number[] = [];
      const waiting: number[] = [];
      for (let time = 0; time < 30; time++) {
        const token = await service.startRotation(world.secretId);
        let secretsManager = 0;
        let began = 0;
        const started = performance.now();
        for (const step of steps) {
          await world.step(token, step, {
            before({ kind }) {
              if (kind === 'secrets') began = performance.now();
            },
            after({ kind }) {
              if (kind === 'secrets') secretsManager += performance.now() - began;
            },
          });
        }
        whole.push(performance.now() - started);
        waiting.push(secretsManager);
      }
      console.log(
        `${server.name}, ${scheme}: whole rotation ${median(whole).toFixed(0)} ms, of it ${median(waiting).toFixed(0)} ms in Secrets Manager (moto)`,
      );
    }
  }
} finally {
  await Promise.all([...servers.map((server) => server.stop()), moto.stop()]);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
