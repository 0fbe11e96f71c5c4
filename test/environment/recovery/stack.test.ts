import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  everyOfType,
  exampleEnvironment,
  exampleFiles,
  type SynthesizedEnvironment,
  templateOf,
} from '../../support/synthesize.ts';

/** What the environment keeps customer data in, as AWS Backup names it. */
function storedKinds(environment: SynthesizedEnvironment): string[] {
  const kinds = {
    'AWS::RDS::DBCluster': 'Aurora',
    'AWS::EFS::FileSystem': 'EFS',
    'AWS::S3::Bucket': 'S3',
  };
  return Object.entries(kinds)
    .filter(([type]) => Object.keys(templateOf(environment, 'Data').findResources(type)).length > 0)
    .map(([, kind]) => kind);
}

describe.each(exampleFiles)('recovery of %s', (file) => {
  it('locks the vault for good and denies deletion of recovery points (DAT1)', async () => {
    const environment = await exampleEnvironment(file, 'production');
    templateOf(environment, 'Recovery').hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        EncryptionKeyArn: Match.anyValue(),
        LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 400, ChangeableForDays: 3 },
      },
    });
  });

  it('keeps every backup within what the lock accepts, or the job fails', async () => {
    const environment = await exampleEnvironment(file, 'production');
    const [plan] = Object.values(
      templateOf(environment, 'Recovery').findResources('AWS::Backup::BackupPlan'),
    );
    const rules = plan?.Properties.BackupPlan.BackupPlanRule as {
      Lifecycle: { DeleteAfterDays: number };
      CopyActions?: { Lifecycle: { DeleteAfterDays: number } }[];
    }[];
    expect(rules).toHaveLength(2);
    for (const { Lifecycle, CopyActions = [] } of rules) {
      for (const { DeleteAfterDays } of [Lifecycle, ...CopyActions.map((copy) => copy.Lifecycle)]) {
        expect(DeleteAfterDays).toBeGreaterThanOrEqual(35);
        expect(DeleteAfterDays).toBeLessThanOrEqual(400);
      }
    }
    expect(rules.flatMap(({ CopyActions = [] }) => CopyActions)).toHaveLength(1);
  });

  it('restores a backup of each kind of store every month', async () => {
    const environment = await exampleEnvironment(file, 'production');
    const [plan, ...others] = everyOfType(environment, 'AWS::Backup::RestoreTestingPlan');
    expect(others).toEqual([]);
    expect(plan?.Properties.ScheduleExpression).toMatch(/^cron\(\d+ \d+ 15 \* \? \*\)$/);
    expect(plan?.Properties.RecoveryPointSelection).toMatchObject({
      Algorithm: 'LATEST_WITHIN_WINDOW',
      SelectionWindowDays: 7,
    });
    const restored = everyOfType(environment, 'AWS::Backup::RestoreTestingSelection');
    for (const { Properties } of restored) expect(Properties.ProtectedResourceArns).toHaveLength(1);
    expect(restored.map(({ Properties }) => Properties.ProtectedResourceType)).toEqual(
      expect.arrayContaining(storedKinds(environment)),
    );
  });
});

it.each([
  ['examples/eccube-standard.ts', false],
  ['examples/custom-high-availability.ts', true],
] as const)('lets AWS Backup into buckets only where there is one to back up: %s', async (file, bucket) => {
  const environment = await exampleEnvironment(file, 'production');
  const [role] = Object.values(
    templateOf(environment, 'Recovery').findResources('AWS::IAM::Role', {
      Properties: { Description: Match.stringLikeRegexp('^Backs up') },
    }),
  );
  const policies = JSON.stringify(role?.Properties.ManagedPolicyArns);
  expect(policies).toContain('AWSBackupServiceRolePolicyForBackup');
  expect(policies.includes('AWSBackupServiceRolePolicyForS3Backup')).toBe(bucket);
});

it('keeps no copy abroad of what is disposable', async () => {
  const environment = await exampleEnvironment('examples/disposable-staging.ts');
  expect(environment.templates.RecoveryCopy).toBeUndefined();
  expect(JSON.stringify(templateOf(environment, 'Recovery').toJSON())).not.toContain('CopyActions');
});

it('opens what a restore brought back with a function that writes nothing', async () => {
  const template = templateOf(
    await exampleEnvironment('examples/custom-high-availability.ts', 'production'),
    'Data',
  );
  const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'));
  const [, files] = policies.find(([id]) => id.startsWith('RestoreBucketReaderFiles')) ?? [];
  const statements = files?.Properties.PolicyDocument.Statement as {
    Action: string | string[];
    Resource: unknown;
  }[];
  expect(statements.flatMap(({ Action }) => Action)).toEqual([
    's3:ListBucket',
    's3:GetObject',
    'kms:Decrypt',
    'backup:ListRestoreJobs',
    'backup:PutRestoreValidationResult',
  ]);
  const [list, read] = statements.map(({ Resource }) => JSON.stringify(Resource));
  expect(list).toMatch(
    /^\["arn:aws:s3:::awsbackup-restore-test-\*","arn:aws:s3:::[a-z-]+-production-media-\d+"\]$/,
  );
  expect(read).toBe(list?.replaceAll(/"([,\]])/g, '/*"$1'));
});

it('weighs the file system of a shop that keeps its files in one', async () => {
  const template = templateOf(await exampleEnvironment('examples/eccube-standard.ts', 'production'), 'Data');
  const [id] = Object.keys(template.findResources('AWS::EFS::FileSystem'));
  const readers = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([name]) =>
    name.startsWith('RestoreReader'),
  );
  expect(JSON.stringify(readers)).toContain(`{"Ref":"${id}"}`);
});
