import { BackupClient } from '@aws-sdk/client-backup';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { correctedTime } from '../../cli/corrected-time.ts';
import { writeMetrics } from '../lambda/embedded-metrics.ts';
import { askAfterBuckets, checkBuckets } from './restored/check-buckets.ts';
import { fileDimensions, restoreMetrics } from './restored/metrics.ts';
import { personBehind } from './restored/tell-person.ts';

const settings = z.object({
  environment: z.string(),
  planArn: z.string(),
  bucket: z.string(),
  keyArn: z.string(),
  windowHours: z.number(),
  topicArn: z.string(),
});

/** Of the day after the test, when there must have been one. */
const event = z.object({ mustHaveBeen: z.boolean().optional() });

const backup = new BackupClient();
// The DNS firewall knows no name of a bucket that AWS Backup is still to make; the path may have any.
const s3 = new S3Client({ forcePathStyle: true });
const sns = new SNSClient();
const now = () => correctedTime([backup, s3]);

export async function handler(input: unknown): Promise<void> {
  const { mustHaveBeen } = event.parse(input ?? {});
  const read = settings.parse(JSON.parse(process.env.SETTINGS ?? ''));
  const tools = {
    backup,
    s3,
    now,
    measure(minutes: number, files: number | undefined) {
      writeMetrics({
        namespace: restoreMetrics.namespace,
        dimensions: fileDimensions(read.environment),
        values: {
          [restoreMetrics.minutes]: minutes,
          ...(files !== undefined && { [restoreMetrics.files]: files }),
        },
        time: now(),
      });
    },
    tell: personBehind(sns, read),
  };
  await (mustHaveBeen ? askAfterBuckets(read, tools) : checkBuckets(read, tools));
}
