import { expect } from 'vitest';
import type { Input } from '../bad-aws.ts';
import { aws, type Row, seconds, throws } from '../bad-day.ts';

/** A restore that is no good, which a reader tells once, with these words, and judges so. */
function badRestore(settings: object, job: object, answers: ReturnType<Row['answers']>, words: string): Row {
  return {
    environment: () => ({
      SETTINGS: JSON.stringify({
        environment: 'shop-production',
        planArn: 'arn:aws:backup:ap-northeast-1:111122223333:restore-testing-plan:shop',
        keyArn: 'arn:aws:kms:ap-northeast-1:111122223333:key/ours',
        windowHours: 4,
        topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
        ...settings,
      }),
    }),
    event: () => ({}),
    answers() {
      let verdict: Input = { ValidationStatus: 'VALIDATING' };
      return {
        ListRestoreJobs: ({ nextToken }) =>
          nextToken === undefined
            ? { RestoreJobs: [], NextToken: 'more' }
            : { RestoreJobs: [{ RestoreJobId: 'job-1', Status: 'COMPLETED', ...job, ...verdict }] },
        ...answers,
        Publish: () =>
          '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
        PutRestoreValidationResult(input) {
          verdict = { ...input, DeletionStatus: 'SUCCESSFUL' };
          return {};
        },
      };
    },
    right() {
      expect(aws.inputsOf('Publish')).toMatchObject([{ Message: expect.stringContaining(words) }]);
      expect(aws.inputsOf('PutRestoreValidationResult')).toMatchObject([{ ValidationStatus: 'FAILED' }]);
    },
    again() {
      expect(aws.inputsOf('Publish').length).toBeGreaterThan(0);
      expect(aws.inputsOf('PutRestoreValidationResult')[0]).toMatchObject({ ValidationStatus: 'FAILED' });
    },
    // Two at the very same moment may both tell; the later one finds the verdict.
    once: () => expect(aws.inputsOf('Publish').length).toBeLessThan(3),
    givesUp: throws,
  };
}

const readerSettings = {
  database: 'shop',
  contents: { tables: [], orders: [], newestOrderDays: 1 },
  group: 'sg-copies',
};
const name = 'awsbackup-restore-test-1';

export const recoveryRows: Readonly<Record<string, Row>> = {
  // Of a copy that is somebody else's: whether one is read well is seen on real databases, in test/environment/recovery.
  'restore-reader': badRestore(
    {
      ...readerSettings,
      resources: ['arn:aws:rds:ap-northeast-1:111122223333:db:awsbackup-restore-test-*'],
    },
    {
      ResourceType: 'RDS',
      CreationDate: seconds(-1),
      CompletionDate: seconds(-0.5),
      CreatedResourceArn: `arn:aws:rds:ap-northeast-1:111122223333:db:${name}`,
    },
    {
      DescribeDBInstances: ({ Marker }) =>
        Marker === undefined
          ? '<R><DescribeDBInstancesResult><Marker>more</Marker></DescribeDBInstancesResult></R>'
          : `<R><DescribeDBInstancesResult><DBInstances><DBInstance>
               <DBInstanceIdentifier>${name}</DBInstanceIdentifier><Engine>mariadb</Engine>
               <StorageEncrypted>true</StorageEncrypted><KmsKeyId>theirs</KmsKeyId>
               <VpcSecurityGroups><VpcSecurityGroupMembership>
                 <VpcSecurityGroupId>sg-copies</VpcSecurityGroupId>
               </VpcSecurityGroupMembership></VpcSecurityGroups>
             </DBInstance></DBInstances></DescribeDBInstancesResult></R>`,
    },
    'theirs',
  ),
  // Of a file system that is half, which is weighed only.
  'restore-reader of files': badRestore(
    { ...readerSettings, fileSystem: 'fs-1', resources: [] },
    {
      ResourceType: 'EFS',
      CreationDate: seconds(-4),
      CompletionDate: seconds(-3),
      RecoveryPointCreationDate: seconds(-20),
      CreatedResourceArn: 'arn:aws:elasticfilesystem:ap-northeast-1:111122223333:file-system/fs-2',
    },
    {
      GetMetricStatistics: ({ Dimensions }) => ({
        Datapoints: [
          { Timestamp: seconds(-0.2), Maximum: JSON.stringify(Dimensions).includes('fs-1') ? 2e9 : 1e9 },
        ],
      }),
    },
    'holds 953.7 MiB',
  ),
  // Of a bucket that is somebody else's, likewise.
  'restore-bucket-reader': badRestore(
    { bucket: 'shop-production-media-111122223333' },
    {
      ResourceType: 'S3',
      CreationDate: seconds(-1),
      CompletionDate: seconds(-0.5),
      RecoveryPointCreationDate: seconds(-20),
      CreatedResourceArn: `arn:aws:s3:::${name}`,
    },
    {
      ListObjectsV2: ({ 'continuation-token': token }) =>
        token === undefined
          ? `<ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>0</KeyCount>
               <NextContinuationToken>more</NextContinuationToken></ListBucketResult>`
          : `<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>1</KeyCount><Contents>
               <Key>photo.jpg</Key><Size>3</Size><ETag>"tag"</ETag>
               <LastModified>2026-11-01T00:00:00.000Z</LastModified>
             </Contents></ListBucketResult>`,
      GetObject: () => 'abc',
    },
    'encrypted with no key',
  ),
};
