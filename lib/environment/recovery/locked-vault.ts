import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { declareDataClass } from '../../declarations/declare.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';

/** How long backups live; the lock refuses jobs outside it. */
export const shortestRetention = Duration.days(35);
export const longestRetention = Duration.days(400);

export interface LockedVaultProps extends RetentionProps {
  readonly key: kms.IKey;
  /** @default chosen by CloudFormation */
  readonly vaultName?: string;
}

/** A vault from which nobody deletes a recovery point early, unless it is disposable (DAT1). */
export class LockedVault extends backup.BackupVault {
  constructor(scope: Construct, id: string, props: LockedVaultProps) {
    super(scope, id, {
      backupVaultName: props.vaultName,
      encryptionKey: props.key,
      // A disposable vault goes with its environment, once its recovery points are deleted: docs/leaving.md.
      blockRecoveryPointDeletion: !props.disposable,
      lockConfiguration: props.disposable
        ? undefined
        : {
            minRetention: shortestRetention,
            maxRetention: longestRetention,
            // Compliance mode: three days after the first deploy nobody can take the lock away, AWS included.
            changeableFor: Duration.days(3),
          },
      removalPolicy: removalPolicyOf(props),
    });
    declareDataClass(this, 'customer-data');
  }
}
