import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { awsIn } from '../../lib/cli/aws-client-config.ts';
import { explainAwsErrors } from '../../lib/cli/aws-errors.ts';

const region = 'ap-northeast-1';
/** A call in each way in which AWS speaks. */
const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  JSON: () => new SSMClient(awsIn(region)).send(new GetParameterCommand({ Name: 'x' })),
  queries: () => new STSClient(awsIn(region)).send(new GetCallerIdentityCommand({})),
  'REST and JSON': () => new LambdaClient(awsIn(region)).send(new InvokeCommand({ FunctionName: 'x' })),
  'REST and XML': () => new Route53Client(awsIn(region)).send(new GetHostedZoneCommand({ Id: 'x' })),
};

describe('where something else answers in the place of AWS', () => {
  let answer: (response: ServerResponse) => void = (response) => response.end();
  const server = createServer((_, response) => answer(response));
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  const others: readonly [string, number, string, string][] = [
    ['the page of a hotel', 200, 'text/html', '<html><body>Sign in to the hotel</body></html>'],
    ['a proxy that asks who one is', 407, 'text/html', '<html>Proxy Authentication Required</html>'],
    ['a proxy that cannot reach it', 503, 'text/html', '<html>Bad gateway</html>'],
    ['a network that asks to sign in', 511, 'text/html', '<html></html>'],
    ['a filter in words of its own', 403, 'text/plain', 'Blocked by policy'],
    ['a filter that writes JSON', 403, 'application/json', '{"error":"blocked"}'],
    ['one that approves of everything', 200, 'application/json', '{}'],
    ['one that says nothing', 200, '', ''],
  ];

  it.each(others)('it is told as such: %s', async (_, status, type, body) => {
    answer = (response) => response.writeHead(status, { 'content-type': type }).end(body);
    for (const [way, call] of Object.entries(calls)) {
      await expect(explainAwsErrors(call), way).rejects.toMatchObject({
        problems: [expect.stringMatching(/^what answered is not AWS but a web page/)],
      });
    }
  });

  it('what AWS itself refuses is told in its own words', async () => {
    const refused = '{"__type":"AccessDeniedException","message":"not you"}';
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': '1' };
    answer = (response) => response.writeHead(400, headers).end(refused);
    await expect(explainAwsErrors(calls.JSON ?? (() => Promise.resolve()))).rejects.toMatchObject({
      problems: [expect.stringMatching(/^AWS refused: AccessDeniedException: not you/)],
    });
  });
});

it('no command makes a client that does not tell who answered', () => {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(lambda|codebuild|canary)\.ts$/.test(file),
  );
  const made = sources.flatMap((file) => [
    ...readFileSync(join('lib', file), 'utf8').matchAll(/new [A-Z]\w*Client\((.*)/g),
  ]);
  expect(made.length).toBeGreaterThan(40);
  expect(made.map(([call]) => call).filter((call) => !call.includes('awsIn('))).toEqual([]);
});
