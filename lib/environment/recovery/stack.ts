import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareBackupAccount, declareReader } from '../../declarations/declare.ts';
import { backupStart } from '../maintenance-window.ts';
import type { RetentionProps } from '../retention.ts';
import type { Recovery } from './backed-up.ts';
import { LockedVault, longestRetention, shortestRetention } from './locked-vault.ts';
import { RecoveryAlarms } from './recovery-alarms.ts';
import { RestoreTest } from './restore-test.ts';

export interface RecoveryStackProps extends StackProps, RetentionProps {
  /** Given by hand: a generated one would not carry the shop's name. */
  readonly vaultName: string;
  readonly key: kms.IKey;
  /** Backups keep clear of it: RDS refuses snapshots inside or close to its maintenance window. */
  readonly maintenance: Environment['maintenance'];
  /** The vault in another region that each daily backup is copied to. @default no copies, for what is disposable */
  readonly copyVaultArn?: string;
  /** The second account, and its vault in the region of this stack, for another copy of each daily backup. @default none */
  readonly second?: { readonly account: string; readonly vaultArn: string } | undefined;
  /** Whether a bucket is among what is backed up: AWS Backup needs policies of its own for it. */
  readonly bucket: boolean;
  /** How many stores select themselves into the plan. */
  readonly stores: number;
  readonly alarmTopic: sns.ITopic;
}

/** What AWS Backup itself needs; stores select themselves by ARN. */
const managedPolicies = {
  everyStore: [
    'service-role/AWSBackupServiceRolePolicyForBackup',
    'service-role/AWSBackupServiceRolePolicyForRestores',
  ],
  bucket: ['AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore'],
};

/** The locked backup vault and its plan (DAT1). Each store selects itself into the plan, in its own stack. */
export class RecoveryStack extends Stack implements Recovery {
  readonly plan: backup.BackupPlan;
  readonly role: iam.Role;
  readonly restoreTestPlan: Recovery['restoreTestPlan'];

  constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props);

    const { key, disposable } = props;
    const vault = new LockedVault(this, 'Vault', { vaultName: props.vaultName, key, disposable });
    const copyActions = [
      ...(props.copyVaultArn ? [this.copyTo('CopyVault', props.copyVaultArn)] : []),
      ...(props.second ? [this.copyTo('SecondAccountVault', props.second.vaultArn)] : []),
    ];
    const start = backupStart(props.maintenance);
    this.plan = new backup.BackupPlan(this, 'Plan', {
      backupVault: vault,
      backupPlanRules: [
        new backup.BackupPlanRule({
          ruleName: 'Daily',
          scheduleExpression: events.Schedule.cron(start.daily),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(8),
          deleteAfter: shortestRetention,
          ...(copyActions.length > 0 && { copyActions }),
        }),
        new backup.BackupPlanRule({
          ruleName: 'Monthly',
          scheduleExpression: events.Schedule.cron({ day: '1', ...start.monthly }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(12),
          deleteAfter: longestRetention,
        }),
      ],
    });

    if (props.second) declareBackupAccount(this.plan, props.second.account);

    this.role = this.backupRole(props.bucket);
    declareReader(vault, this.role, 'backs up to it, and restores from it for the monthly test');
    this.restoreTestPlan = disposable
      ? undefined
      : new RestoreTest(this, 'RestoreTest', { vault, vaultName: props.vaultName, ...start.monthly }).plan;
    new RecoveryAlarms(this, 'Alarms', { vault, stores: props.stores, alarmTopic: props.alarmTopic });
  }

  private backupRole(bucket: boolean): iam.Role {
    const names = [...managedPolicies.everyStore, ...(bucket ? managedPolicies.bucket : [])];
    const role = new iam.Role(this, 'BackupRole', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      description: 'Backs up and restores the stores of this environment',
      managedPolicies: names.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    acknowledge(
      role,
      ...names.map((name) => ({
        rule: `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]` as const,
        reason:
          'AWS keeps this policy in step with what AWS Backup needs for each kind of store (https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html); a copy would silently fall behind and backups would fail. Compensated by a trust policy for AWS Backup alone and a selection that names each store.',
      })),
    );
    return role;
  }

  private copyTo(id: string, vaultArn: string): backup.BackupPlanCopyActionProps {
    return {
      destinationBackupVault: backup.BackupVault.fromBackupVaultArn(this, id, vaultArn),
      deleteAfter: shortestRetention,
    };
  }
}
