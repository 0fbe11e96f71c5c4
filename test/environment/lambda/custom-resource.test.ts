import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceCreateEvent, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  answerMilliseconds,
  customResourceHandler,
} from '../../../lib/environment/lambda/custom-resource.ts';

interface Answer {
  readonly contentType: string | undefined;
  readonly body: Record<string, unknown>;
}

let server: Server;
let answers: Answer[];
/** What the server does with the next answers: a status, or nothing at all. */
let refusals: (number | 'hangs up' | 'is silent')[];

beforeEach(async () => {
  answers = [];
  refusals = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      answers.push({ contentType: request.headers['content-type'], body: JSON.parse(text) });
      const refusal = refusals.shift();
      if (refusal === 'hangs up') request.socket.destroy();
      else if (refusal !== 'is silent') response.writeHead(refusal ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function creation(): CloudFormationCustomResourceCreateEvent {
  return {
    RequestType: 'Create',
    ServiceToken: 'arn',
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Group',
    ResourceType: 'Custom::Group',
    ResourceProperties: { ServiceToken: 'arn' },
  };
}

const context = {
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 60_000,
} as Context;
const succeed = async () => ({ physicalResourceId: 'id' });

it('answers CloudFormation with the id and the attributes', async () => {
  await customResourceHandler(async () => ({ physicalResourceId: 'id', data: { GroupId: 'sg-1' } }))(
    creation(),
    context,
  );
  expect(answers).toEqual([
    {
      contentType: '',
      body: {
        Status: 'SUCCESS',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Group',
        PhysicalResourceId: 'id',
        Data: { GroupId: 'sg-1' },
      },
    },
  ]);
});

it('answers a failure too, with its reason and where the log is, so that no deploy hangs for an hour', async () => {
  await customResourceHandler(async () => {
    throw new Error('no such group');
  })(creation(), context);
  expect(answers[0]?.body).toMatchObject({
    Status: 'FAILED',
    Reason: 'no such group (log: group stream)',
    PhysicalResourceId: 'request',
  });
});

it('sends an answer again that did not arrive: a success stays one, and the work is done once', async () => {
  let done = 0;
  refusals = [503, 'hangs up', 500, 403];
  await customResourceHandler(async () => {
    done++;
    return { physicalResourceId: 'id' };
  }, 1)(creation(), context);
  expect(done).toBe(1);
  expect(answers.map(({ body }) => body.Status)).toEqual(Array.from({ length: 5 }, () => 'SUCCESS'));
});

it.each<[string, (number | 'hangs up')[], string]>([
  ['nobody takes', [503, 'hangs up', 503, 503, 503], 'HTTP 503'],
  ['expired meanwhile', [403, 403, 403, 403, 403], 'HTTP 403'],
])(
  'gives up after five tries at an address that %s, and hands it to nobody',
  async (_how, answered, said) => {
    refusals = answered;
    const event = creation();
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await customResourceHandler(succeed, 1)(event, context);
    expect(answers).toHaveLength(5);
    expect(log.mock.calls.flat().join()).toContain(said);
    // Neither to the log nor, by an error, to a dead letter.
    expect(log.mock.calls.flat().join()).not.toContain(event.ResponseURL);
    log.mockRestore();
  },
);

it('answers that it failed when the work hangs, before Lambda ends the function', async () => {
  const almostOver = { ...context, getRemainingTimeInMillis: () => answerMilliseconds + 20 } as Context;
  await customResourceHandler(() => new Promise(() => undefined))(creation(), almostOver);
  expect(answers[0]?.body).toMatchObject({
    Status: 'FAILED',
    Reason: 'the function did not end in time (log: group stream)',
  });
});

it('cuts a reason that CloudFormation would not take', async () => {
  await customResourceHandler(async () => {
    throw new Error('x'.repeat(10_000));
  })(creation(), context);
  expect(JSON.stringify(answers[0]?.body).length).toBeLessThan(4096);
});
