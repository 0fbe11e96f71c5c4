import * as backup from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';

export interface RestoreTestProps {
  readonly vault: backup.IBackupVault;
  /** Its name, which carries those of shop and environment, as the test's does. */
  readonly vaultName: string;
  readonly hour: string;
  readonly minute: string;
}

/**
 * Restores the newest backup of each store once a month and deletes it again: a backup never restored is a hope. Each
 * store selects itself, in its own stack, which knows where it may be restored to.
 */
export class RestoreTest extends Construct {
  readonly plan: { readonly name: string; readonly arn: string };

  constructor(scope: Construct, id: string, props: RestoreTestProps) {
    super(scope, id);
    // The service takes letters, digits and underscores only.
    const name = props.vaultName.replaceAll('-', '_');
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
    this.plan = { name, arn: plan.attrRestoreTestingPlanArn };
  }
}
