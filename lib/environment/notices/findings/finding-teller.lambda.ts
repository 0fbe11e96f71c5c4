import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { correctedTime } from '../../../cli/corrected-time.ts';
import { tellFindings } from './tell-findings.ts';

const settings = z.object({
  queueUrl: z.string(),
  topicArn: z.string(),
  memory: z.string(),
  language: z.enum(['en', 'ja']),
  timeZone: z.string(),
  environment: z.string(),
});

const sqs = new SQSClient();
const sns = new SNSClient();
const ssm = new SSMClient();

export async function handler(): Promise<void> {
  await tellFindings(settings.parse(JSON.parse(process.env.SETTINGS ?? '')), {
    sqs,
    sns,
    ssm,
    now: () => correctedTime([sqs, ssm]),
    log: (line) => console.log(line),
  });
}
