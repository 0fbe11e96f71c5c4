import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import type { Input, Misfortune, Trouble } from './support/bad-aws.ts';
import { aws, awsTime, type Row, request, type Seen } from './support/bad-day.ts';
import { adminRows } from './support/bad-days/admin.ts';
import { credentialRows } from './support/bad-days/credentials.ts';
import { customerDataRows, startDatabase } from './support/bad-days/customer-data.ts';
import { noticesRows } from './support/bad-days/notices.ts';
import { patchingRows } from './support/bad-days/patching.ts';
import { recoveryRows } from './support/bad-days/recovery.ts';
import { resourceRows } from './support/bad-days/resources.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** Every function of an environment, by the name of its file. */
const rows: Readonly<Record<string, Row>> = {
  ...adminRows,
  ...credentialRows,
  ...customerDataRows,
  ...noticesRows,
  ...patchingRows,
  ...recoveryRows,
  ...resourceRows,
};

const files = readdirSync(join(packageRoot, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.lambda.ts'),
);
const nameOf = (row: string) => row.split(' ')[0] ?? '';
const fileOf = (row: string) => files.find((file) => basename(file) === `${nameOf(row)}.lambda.ts`) ?? '';

let metrics: Input[];

let stopDatabase: () => Promise<void>;

beforeAll(async () => {
  await aws.listen();
  stopDatabase = await startDatabase();
});
afterAll(async () => {
  await aws.close();
  await stopDatabase();
});

beforeEach(() => {
  metrics = [];
  vi.useFakeTimers({ toFake: ['Date'], now: awsTime });
  vi.resetModules();
  for (const level of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(() => {});
  const write = process.stdout.write.bind(process.stdout);
  vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    if (!String(text).startsWith('{"_aws"')) return write(text, ...(rest as []));
    metrics.push(JSON.parse(String(text)));
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function load(name: string): Promise<Handler> {
  const environment = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...rows[name]?.environment?.(),
  };
  for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
  return ((await import(join(packageRoot, 'lib', fileOf(name)))) as { handler: Handler }).handler;
}

/** Lambda's; a minute is what is left of its time. */
function context(milliseconds = 60_000) {
  const end = performance.now() + milliseconds;
  return {
    invokedFunctionArn: 'arn:aws:lambda:ap-northeast-1:111122223333:function:function',
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => end - performance.now(),
  };
}

/** Lets the function handle the event of its row in what misfortune AWS plays. */
async function handle(handler: Handler, row: Row, event = row.event()) {
  metrics.length = 0;
  const results: unknown[] = [];
  const failed = await handler(event, context(row.patience ?? 46_000)).then(
    (result) => void results.push(result),
    (error: unknown) => error,
  );
  return { failed, seen: { results, metrics } satisfies Seen };
}

/** What a day without misfortune asks of AWS. */
async function callsOf(handler: Handler, row: Row): Promise<string[]> {
  aws.play(row.answers());
  await handler(row.event(), context());
  return aws.calls.map(({ operation }) => operation);
}

/** The next event finds what a misfortune left, and does the rest. */
async function expectMended(handler: Handler, row: Row): Promise<void> {
  aws.goOn();
  const { failed, seen } = await handle(handler, row);
  expect(failed).toBeUndefined();
  (row.again ?? row.right)(seen);
}

it('every function has a row in the table of bad days', () => {
  expect([...new Set(Object.keys(rows).map(nameOf))].sort()).toEqual(
    files.map((file) => basename(file).replace('.lambda.ts', '')).sort(),
  );
});

describe.each(Object.entries(rows))('the function %s', (name, row) => {
  it.each<[string, Trouble]>([
    ['is throttled', { status: 400, code: 'ThrottlingException' }],
    ['meets an error', { status: 503, code: 'ServiceUnavailable' }],
    ['breaks off', 'breaks off'],
  ])('does its work when each call at first %s', async (_how, first) => {
    const handler = await load(name);
    aws.play(row.answers(), { first });
    const result = await handler(row.event(), context());
    row.right({ results: [result], metrics });
  });

  it('does its work when the answer of each call is at first lost', async () => {
    const handler = await load(name);
    aws.play(row.answers(), { first: 'answer is lost' });
    const result = await handler(row.event(), context());
    (row.again ?? row.right)({ results: [result], metrics });
  });

  it('does its work once when the event comes twice at a time, and again later', async () => {
    const handler = await load(name);
    aws.play(row.answers());
    const results = await Promise.all([handler(row.event(), context()), handler(row.event(), context())]);
    results.push(await handler(row.event(), context()));
    row.once({ results, metrics });
  });

  const minute = 60_000;
  const year = 366 * 24 * 60 * minute;
  it.each([
    ['ten minutes late', -10 * minute],
    ['ten minutes early', 10 * minute],
    ['a year late', -year],
    ['a year early', year],
    ['right', 0],
  ])('does its work by a clock that is %s', async (_how, offset) => {
    vi.setSystemTime(awsTime.getTime() + offset);
    const handler = await load(name);
    aws.play(row.answers());
    const result = await handler(row.event(), context());
    row.right({ results: [result], metrics });
  });

  it('says so when it may not make one of its calls, and does the rest when it may', async () => {
    const handler = await load(name);
    for (const denies of new Set(await callsOf(handler, row))) {
      aws.play(row.answers(), { denies });
      const { failed, seen } = await handle(handler, row);
      row.givesUp(failed, seen);
      await expectMended(handler, row);
    }
  });

  it('stumbles over no answer that lacks what it may lack, and does the rest the next time', async () => {
    const handler = await load(name);
    for (const empties of new Set(await callsOf(handler, row))) {
      aws.play(row.answers(), { empties });
      const { failed } = await handle(handler, row);
      for (const reason of [failed, ...aws.told.map(({ Reason }) => Reason)])
        expect(String(reason ?? ''), empties).not.toMatch(
          /TypeError|Cannot read|not iterable|not a function/,
        );
      await expectMended(handler, row);
    }
  });

  it('killed after any of its calls, is finished by the next event', async () => {
    const handler = await load(name);
    const calls = await callsOf(handler, row);
    // Of what only looks nothing is left.
    if (calls.every((operation) => /^(Describe|Get|List)/.test(operation))) return;
    for (const killedAfter of calls.keys()) {
      aws.play(row.answers(), { killedAfter: killedAfter + 1 } satisfies Misfortune);
      void handler(row.event(), context(2 ** 31 - 1)).catch(() => {});
      await aws.killed;
      await expectMended(handler, row);
    }
  });

  it('ends in its time, and says so, when AWS answers nothing but errors', async () => {
    const handler = await load(name);
    aws.play(row.answers(), { always: { status: 503, code: 'ServiceUnavailable' } });
    const { failed, seen } = await handle(handler, row);
    row.givesUp(failed, seen);
  });
});

const resources = Object.entries(rows).flatMap(([name, { resource }]) =>
  resource ? [{ name, ...resource }] : [],
);

describe.each(resources)('the custom resource $name', ({ name, properties, absent }) => {
  it('is deleted where it never came to be', async () => {
    const handler = await load(name);
    aws.play(absent);
    await handler({ ...request(properties, 'Delete'), PhysicalResourceId: 'request' }, context());
    expect(aws.told).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  it('stays what it is when it is updated to the same', async () => {
    const handler = await load(name);
    aws.play(rows[name]?.answers() ?? {});
    await handler(request(properties), context());
    await handler({ ...request(properties, 'Update'), OldResourceProperties: properties }, context());
    const [made, updated] = aws.told;
    expect(made).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.any(String) });
    expect(updated).toEqual(made);
  });
});

it('every function that answers CloudFormation is a custom resource of this table', () => {
  const asked = Object.entries(rows).filter(([, { event }]) => 'ResponseURL' in (event() as object));
  expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(asked.map(([name]) => name)));
});
