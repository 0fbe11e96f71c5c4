import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { goOn, type Time } from './time.ts';

/** As many as one call lists and deletes. */
const page = 1000;

/**
 * Deletes every version and delete marker of a bucket, also those that a governance lock holds, and the bucket.
 *
 * Logs may still be on their way when their writer is gone. The bucket goes with them here, and not a moment later by
 * CloudFormation: a bucket that has been filled in between would be refused there, and never emptied again. That it is
 * gone already, CloudFormation takes for deleted: https://github.com/aws/aws-cdk/issues/16619
 */
export async function deleteBucket(s3: S3Client, bucket: string, time: Time): Promise<void> {
  let deleted = 0;
  try {
    for (;;) {
      const versions = await someVersions(s3, bucket);
      if (versions.length === 0) {
        if (await isDeleted(s3, bucket)) return;
        await time.pause(1000);
      } else {
        const refused = await deleteVersions(s3, bucket, versions);
        deleted += versions.length - refused;
        if (refused > 0) await time.pause(1000);
      }
      goOn(time, `the bucket ${bucket} is not empty yet, ${deleted} versions were deleted`);
    }
  } catch (error) {
    if (!isNamed(error, 'NoSuchBucket')) throw error;
  }
}

/** Always the first ones: those before them have been deleted. */
async function someVersions(s3: S3Client, bucket: string): Promise<ObjectIdentifier[]> {
  const listed = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: page }));
  return [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
    Key,
    VersionId,
  }));
}

/** @returns how many S3 could not delete just now */
async function deleteVersions(s3: S3Client, bucket: string, versions: ObjectIdentifier[]): Promise<number> {
  const { Errors: errors = [] } = await s3.send(
    new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: versions, Quiet: true },
      BypassGovernanceRetention: true,
    }),
  );
  const lasting = errors.find(({ Code: code = '' }) => !passing.includes(code));
  if (lasting) {
    throw new Error(
      `${errors.length} versions in the bucket ${bucket} cannot be deleted: ${lasting.Code} ${lasting.Message ?? ''}`,
    );
  }
  return errors.length;
}

/** What S3 says of single objects when it has too much to do. */
const passing: readonly string[] = ['SlowDown', 'InternalError', 'ServiceUnavailable', 'OperationAborted'];

/** @returns false when something has been written in the meantime */
async function isDeleted(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (isNamed(error, 'BucketNotEmpty')) return false;
    throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof S3ServiceException && error.name === name;
}
