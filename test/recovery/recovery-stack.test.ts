import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { exampleEnvironment, exampleFiles, templateOf } from '../support/synthesize.ts';

describe.each(exampleFiles)('recovery of %s', (file) => {
  it('locks the vault for good and denies deletion of recovery points (DAT1)', async () => {
    const environment = await exampleEnvironment(file, 'production');
    templateOf(environment, 'Recovery').hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'Retain',
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
    templateOf(environment, 'Recovery').resourceCountIs('AWS::Backup::RestoreTestingPlan', 1);
    templateOf(environment, 'Recovery').hasResourceProperties('AWS::Backup::RestoreTestingSelection', {
      ProtectedResourceType: 'Aurora',
    });
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
