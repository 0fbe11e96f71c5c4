import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RetentionProps } from '../retention.ts';
import { DataKey } from '../vault/keys.ts';
import { LockedVault } from './locked-vault.ts';

export interface RecoveryCopyStackProps extends StackProps, RetentionProps {
  /** Given by hand: the plan in the home region names it. */
  readonly vaultName: string;
}

/** A second locked vault in another region, with a key of its own: backups outlive the loss of the home region. */
export class RecoveryCopyStack extends Stack {
  readonly key: DataKey;
  readonly vault: LockedVault;

  constructor(scope: Construct, id: string, props: RecoveryCopyStackProps) {
    super(scope, id, props);
    this.key = new DataKey(this, 'Key', {
      description: 'Copies of backups of customer data',
      dataClass: 'customer-data',
      services: ['backup', 'rds', 'elasticfilesystem', 's3'],
      disposable: props.disposable,
    });
    this.vault = new LockedVault(this, 'Vault', {
      vaultName: props.vaultName,
      key: this.key,
      disposable: props.disposable,
    });
  }
}
