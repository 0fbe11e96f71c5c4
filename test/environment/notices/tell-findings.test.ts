import { createHash } from 'node:crypto';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tellFindings } from '../../../lib/environment/notices/findings/tell-findings.ts';
import { BadAws } from '../lambda/support/bad-aws.ts';
import * as events from './events.ts';

const now = new Date();
const aws = new BadAws(() => now);

beforeAll(() => aws.listen());
afterAll(() => aws.close());

it('keeps an event that it cannot read in its log, under the id that the mail shows, and tells the others', async () => {
  const bodies = [JSON.stringify(events.guardDuty()), '{"source": "aws.guardduty", "detail-ty'];
  const deleted: unknown[] = [];
  aws.play({
    ReceiveMessage: () => ({
      Messages: bodies.splice(0).map((Body, index) => ({
        MessageId: String(index),
        ReceiptHandle: String(index),
        Body,
        MD5OfBody: createHash('md5').update(Body).digest('hex'),
      })),
    }),
    DeleteMessageBatch: ({ Entries }) => {
      deleted.push(...(Entries as unknown[]));
      return {};
    },
    GetParameter: () => ({ __type: 'ParameterNotFound' }),
    PutParameter: () => ({}),
    Publish: () =>
      '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
  });
  const config = {
    endpoint: aws.url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const lines: string[] = [];
  await tellFindings(
    {
      queueUrl: `${aws.url}/`,
      topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
      memory: '/secure-shop/shop/production/told-findings',
      language: 'en',
      timeZone: 'Asia/Tokyo',
      environment: 'shop-production',
    },
    {
      sqs: new SQSClient(config),
      sns: new SNSClient(config),
      ssm: new SSMClient(config),
      now: () => now,
      log: (line) => lines.push(line),
    },
  );
  const message = String(aws.inputsOf('Publish')[0]?.Message);
  expect(message).toContain('16afba5c5c43e07c9e3e5e2e544e95df');
  const [kept = '', ...others] = lines;
  expect(others).toEqual([]);
  const { unread, event } = JSON.parse(kept);
  expect(event).toBe('{"source": "aws.guardduty", "detail-ty');
  for (const id of unread) expect(message).toContain(id);
  expect(deleted).toHaveLength(2);
});
