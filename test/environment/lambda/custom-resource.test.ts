import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceCreateEvent, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { customResourceHandler } from '../../../lib/environment/lambda/custom-resource.ts';

interface Answer {
  readonly contentType: string | undefined;
  readonly body: Record<string, unknown>;
}

let server: Server;
let answers: Answer[];

beforeEach(async () => {
  answers = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      answers.push({ contentType: request.headers['content-type'], body: JSON.parse(text) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
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

const context = { logGroupName: 'group', logStreamName: 'stream' } as Context;

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
