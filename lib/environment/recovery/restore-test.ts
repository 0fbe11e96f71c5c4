import { Names } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface RestoreTestProps {
  readonly vault: backup.IBackupVault;
  /** The role AWS Backup restores with. */
  readonly role: iam.IRole;
  readonly hour: string;
  readonly minute: string;
}

/** What AWS Backup can restore by itself, as its API names the types. */
const restorableTypes = ['Aurora', 'EFS', 'S3'];

/** Restores the newest backup of each store once a month and deletes it again: a backup never restored is a hope. */
export class RestoreTest extends Construct {
  constructor(scope: Construct, id: string, props: RestoreTestProps) {
    super(scope, id);
    // The service takes letters, digits and underscores only.
    const name = Names.uniqueResourceName(this, { maxLength: 50, separator: '_' });
    const plan = new backup.CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName: name,
      scheduleExpression: `cron(${props.minute} ${props.hour} 15 * ? *)`,
      scheduleExpressionTimezone: 'UTC',
      startWindowHours: 24,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [props.vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 7,
      },
    });
    for (const type of restorableTypes) {
      new backup.CfnRestoreTestingSelection(this, type, {
        restoreTestingPlanName: plan.restoreTestingPlanName,
        restoreTestingSelectionName: `${name.slice(0, 40)}_${type}`,
        protectedResourceType: type,
        protectedResourceArns: ['*'],
        iamRoleArn: props.role.roleArn,
        validationWindowHours: 1,
      }).addResourceDependency(plan);
    }
  }
}
