import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What a store needs of the recovery stack. */
export interface Recovery {
  readonly plan: backup.IBackupPlan;
  /** The role AWS Backup backs up and restores with. */
  readonly role: iam.IRole;
  /** @default restores are not tested, of what is disposable */
  readonly restoreTestPlan: { readonly name: string; readonly arn: string } | undefined;
}

/** How long a restored copy stands, unless somebody says earlier what it is worth. An instance takes its time to start. */
export const restoreWindowHours = 4;

export interface BackedUpProps {
  readonly recovery: Recovery;
  readonly storeArn: string;
  /** As AWS Backup names it. */
  readonly type: 'Aurora' | 'RDS' | 'EFS' | 'S3';
  /**
   * Where and with which key a test restores it. What is not said here AWS Backup makes up: the default VPC, which
   * may not exist or be open, and a key of AWS's own.
   *
   * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
   */
  readonly restoredWith: Readonly<Record<string, string>>;
}

/** Selects one store into the backup plan and into the monthly restore test (DAT1). */
export class BackedUp extends Construct {
  constructor(scope: Construct, id: string, { recovery, storeArn, type, restoredWith }: BackedUpProps) {
    super(scope, id);
    new backup.BackupSelection(this, 'Selection', {
      backupPlan: recovery.plan,
      resources: [backup.BackupResource.fromArn(storeArn)],
      role: recovery.role,
      disableDefaultBackupPolicy: true,
    });
    if (recovery.restoreTestPlan === undefined) return;
    new backup.CfnRestoreTestingSelection(this, 'RestoreTest', {
      restoreTestingPlanName: recovery.restoreTestPlan.name,
      restoreTestingSelectionName: `${recovery.restoreTestPlan.name.slice(0, 40)}_${type}`,
      protectedResourceType: type,
      protectedResourceArns: [storeArn],
      iamRoleArn: recovery.role.roleArn,
      restoreMetadataOverrides: { ...restoredWith },
      validationWindowHours: restoreWindowHours,
    });
  }
}
