import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { rotateAndFollow } from '../../../lib/environment/credentials/follow.ts';
import { overdueMetrics, overdueSecrets } from '../../../lib/environment/credentials/overdue.ts';
import { steps } from '../../../lib/environment/credentials/rotation/errors.ts';
import { rotate } from '../../../lib/environment/credentials/rotation/rotate.ts';
import { type LogClients, lastWarnings } from '../../../lib/environment/credentials/rotation-log.ts';
import {
  type ReadWarnings,
  statusOfSecrets,
  statusTable,
} from '../../../lib/environment/credentials/status.ts';
import { needs, serversMissing } from './support/installed.ts';
import { type RunningService, SecretsService } from './support/secrets-service.ts';
import { startMoto } from './support/servers.ts';

describe.skipIf(serversMissing)(`rotation from the command line${needs}`, () => {
  let moto: RunningService;
  let service: SecretsService;

  beforeAll(async () => {
    moto = await startMoto();
    service = new SecretsService(moto);
  });
  afterAll(async () => {
    await moto?.stop();
  });

  const generated = { scheme: 'generated', names: ['KEY'], KEY: 'made by CloudFormation' };
  const nothing = { send: () => Promise.reject(new Error('no function here')) };
  const databases = {
    connect: () => Promise.reject(new Error('no database')),
    dialect: () => Promise.reject(new Error('no database')),
  };

  async function runSteps(secretId: string, token: string): Promise<string[]> {
    const lines: string[] = [];
    for (const Step of steps) {
      const about = { secret: secretId, token, step: Step };
      try {
        const event = { SecretId: secretId, ClientRequestToken: token, Step };
        await rotate(event, { secretsManager: service.forFunction, databases, milliseconds: 5000 });
        lines.push(JSON.stringify({ ...about, outcome: 'done' }));
      } catch (thrown) {
        const message = thrown instanceof Error ? thrown.message : '';
        lines.push(JSON.stringify({ ...about, outcome: 'failed', message }));
        break;
      }
    }
    return lines;
  }

  /** Secrets Manager that calls the function when a rotation is asked for, as AWS does and moto does not. */
  async function follow(secretId: string): Promise<{ succeeded: boolean; said: string[] }> {
    let log: string[] = [];
    const said: string[] = [];
    const send = async (command: { constructor: { name: string }; input: Record<string, string> }) => {
      if (command.constructor.name !== 'RotateSecretCommand') {
        return await (service.client.send as (sent: unknown) => Promise<unknown>)(command);
      }
      const token = await service.startRotation(secretId, command.input.ClientRequestToken);
      log = await runSteps(secretId, token);
      return {};
    };
    const logs = {
      send: async () => ({
        events: log.map((message, index) => ({
          eventId: String(index),
          message: JSON.stringify({ level: 'INFO', message }),
        })),
      }),
    };
    const lambda = { send: async () => ({ LoggingConfig: { LogGroup: 'rotation' } }) };
    const succeeded = await rotateAndFollow(
      { secretsManager: { send }, lambda, logs } as unknown as Parameters<typeof rotateAndFollow>[0],
      secretId,
      { say: (line) => said.push(line), milliseconds: 2000, interval: 50, retryMilliseconds: 100 },
    );
    return { succeeded, said };
  }

  it('follows the four steps and ends well', async () => {
    const id = await service.create('shop/test/one', generated);
    await service.startRotation(id);
    const { succeeded, said } = await follow(id);
    expect(succeeded).toBe(true);
    expect(said.slice(1, 5)).toEqual(steps.map((step) => `  ${step} done`));
  });

  it('says which step failed and why, and ends badly', async () => {
    const id = await service.create('shop/test/two', { scheme: 'generated', length: 'long' });
    await service.startRotation(id);
    const { succeeded, said } = await follow(id);
    expect(succeeded).toBe(false);
    expect(said.join('\n')).toMatch(
      /createSecret failed: rotation of .*shop\/test\/two.* malformed: .*key "length"/,
    );
    expect(said.at(-1)).toContain('docs/runbooks/rotation.md');
  });

  it('tells a person whose secret does not exist, or does not rotate', async () => {
    const clients = {
      secretsManager: service.client,
      lambda: nothing,
      logs: nothing,
    } as unknown as Parameters<typeof rotateAndFollow>[0];
    const options = { say: () => {}, milliseconds: 10, interval: 1, retryMilliseconds: 1 };
    await expect(rotateAndFollow(clients, 'shop/test/none', options)).rejects.toThrow(UserError);
    const id = await service.create('shop/test/three', generated);
    await expect(rotateAndFollow(clients, id, options)).rejects.toThrow(/has no rotation schedule/);
  });

  it('lists every secret of the environment with age, next rotation and outcome, and no other', async () => {
    await service.create('shop/testing/other', generated);
    const found = await statusOfSecrets(service.client, 'shop/test/', new Date());
    expect(found.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['shop/test/one', expect.stringMatching(/succeeded|never rotated/)],
      ['shop/test/three', 'rotation is off'],
      ['shop/test/two', 'running or failed'],
    ]);
    expect(statusTable(found)).toMatch(/^secret +age +next rotation by +last outcome\n/);
  });

  it('shows what the last rotation left as it was, and what nobody may read', async () => {
    const arn = await service.create('warned/test/one', generated);
    await service.startRotation(arn);
    const line = (token: string, message: string, secret = arn) => ({
      message: JSON.stringify({
        level: 'WARN',
        message: JSON.stringify({ secret, token, step: 'setSecret', outcome: 'warning', message }),
      }),
    });
    const pages = [
      {
        events: [line('old', 'table public.old stays'), line('new', 'view reports.v stays')],
        nextToken: 'more',
      },
      { events: [line('new', 'view reports.v stays'), line('else', 'of another secret', 'another')] },
    ];
    const lambda = { send: async () => ({ LoggingConfig: { LogGroup: 'rotation' } }) };
    const clients = { lambda, logs: { send: async () => pages.shift() } } as unknown as LogClients;
    const read: ReadWarnings = (secret) => lastWarnings(clients, { ...secret, functionArn: 'function' });
    const found = await statusOfSecrets(service.client, 'warned/test/', new Date(), read);
    expect(found.map(({ warnings }) => warnings)).toEqual([['view reports.v stays']]);
    expect(statusTable(found)).toMatch(/left as it was:\n {2}warned\/test\/one: view reports.v stays$/);
    const unread = await statusOfSecrets(service.client, 'warned/test/', new Date());
    expect(statusTable(unread)).toMatch(/could not be read: warned\/test\/one\n.*logs:FilterLogEvents/);
    expect(unread).toMatchObject([{ name: 'warned/test/one', warnings: undefined }]);
  });

  it('sees what is overdue, and what was never rotated counts from its creation', async () => {
    const id = await service.create('shop/test/four', generated);
    const later = new Date(Date.now() + 8 * 24 * 3_600_000);
    expect((await overdueSecrets(service.client, { four: id }, 170, () => new Date())).watched).toEqual([
      { name: 'four', overdue: false },
    ]);
    const {
      watched: [seen],
    } = await overdueSecrets(service.client, { four: id }, 170, () => later);
    expect(seen?.overdue).toBe(true);
    const some = await overdueSecrets(service.client, { four: id, gone: 'shop/test/gone' }, 170, () => later);
    expect(some).toEqual({ watched: [{ name: 'four', overdue: true }], unanswered: ['gone'] });
    expect(overdueMetrics({ name: 'four', overdue: true }, later)).toMatchObject({
      dimensions: { Secret: 'four' },
      values: { Overdue: 1 },
    });
  });

  it.each([
    'hana-candles/production/database',
    'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:hana-candles/production/database-AbCdEf',
  ])('refuses a full name with the environment of another: %s', async (name) => {
    const { rotateCommand } = await import('../../../lib/environment/credentials/command.ts');
    const rotated = rotateCommand().exitOverride().parseAsync([name, '-e', 'staging'], { from: 'user' });
    await expect(rotated).rejects.toThrow('is a secret of production, and --environment says staging');
  });

  it('runs as a command against any endpoint', async () => {
    const { execFile } = await import('node:child_process');
    const outcome = await new Promise<{ code: number; output: string }>((done) => {
      execFile(
        process.execPath,
        [resolve('bin/secure-shop.mjs'), 'rotate', 'nowhere'],
        {
          env: {
            ...process.env,
            AWS_ENDPOINT_URL: moto.endpoint,
            AWS_ACCESS_KEY_ID: 'test',
            AWS_SECRET_ACCESS_KEY: 'test',
          },
        },
        (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), output: `${stdout}${stderr}` }),
      );
    });
    expect(outcome.code).toBe(2);
    expect(outcome.output).toMatch(
      /name one of the environments|the credentials are of account 123456789012, and the config says 111122223333/,
    );
  });
});
