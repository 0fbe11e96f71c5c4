import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import type { S3Client } from '@aws-sdk/client-s3';
import { lookIntoBucket, surveyBucket } from './bucket-files.ts';
import { compareFiles, unchangedSince } from './compare-files.ts';
import { copyPrefix } from './copy-prefix.ts';
import {
  askAfterCopies,
  type JudgeSettings,
  type JudgeTools,
  judgeRestores,
  type Outcome,
} from './judge-restores.ts';

export interface BucketSettings extends JudgeSettings {
  /** Name of the bucket of the shop. */
  readonly bucket: string;
  /** What every object of a copy must be encrypted with. */
  readonly keyArn: string;
}

export interface BucketTools extends JudgeTools {
  readonly s3: S3Client;
  /** @param files how many were in a copy that is as it should be */
  measure(minutes: number, files: number | undefined): void;
}

const buckets = { types: ['S3'], what: 'files' } as const;

/**
 * Compares each bucket that a restore test made with the shop's own: how many files, and some of them byte by byte.
 *
 * AWS Backup empties and deletes it, by a lifecycle rule and within days, which `askAfterBuckets` asks after.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 *
 * @throws Error as `judgeRestores`
 */
export async function checkBuckets(settings: BucketSettings, tools: BucketTools): Promise<void> {
  await judgeRestores({ ...buckets, check: (job) => check(job, settings, tools) }, settings, tools);
}

/** Once a month: tells a person when no bucket was restored, and when AWS Backup could not delete one. */
export async function askAfterBuckets(settings: BucketSettings, tools: BucketTools): Promise<void> {
  await askAfterCopies(buckets, settings, tools);
}

async function check(
  { CreatedResourceArn = '', RecoveryPointCreationDate, CreationDate }: RestoreJobsListMember,
  { bucket, keyArn }: BucketSettings,
  { s3, now, measure }: BucketTools,
): Promise<Outcome> {
  const prefix = `arn:aws:s3:::${copyPrefix}`;
  if (!CreatedResourceArn.startsWith(prefix))
    throw new Error(`${CreatedResourceArn} is not the copy of a restore test`);
  const testedAt = CreationDate ?? now();
  const madeAt = RecoveryPointCreationDate ?? testedAt;
  const live = await surveyBucket(bucket, unchangedSince(madeAt), s3);
  const name = CreatedResourceArn.slice('arn:aws:s3:::'.length);
  const copied = await lookIntoBucket(name, Object.keys(live.sample), keyArn, s3);
  if (!copied) return { problems: ['its copy was gone before it was read'] };
  return {
    ...compareFiles(live, copied, { madeAt, testedAt }),
    measure: (minutes, well) => measure(minutes, well ? copied.count : undefined),
  };
}
