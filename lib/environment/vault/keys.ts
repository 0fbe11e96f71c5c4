import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { declareBackupAccount, declareDataClass } from '../../declarations/declare.ts';
import type { DataClass } from '../../declarations/keys.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';

/** One key per class of data, so that the right to read one class never opens another (DAT1, DAT2). */
export interface ShopKeys {
  /** Database, media and their backups. */
  readonly customerData: DataKey;
  /** Secrets Manager. */
  readonly credentials: kms.Key;
  /** Log groups, the log archive and settings of functions. */
  readonly logs: kms.Key;
  /** Image repository and the pipeline that fills it. */
  readonly images: kms.Key;
  /** The alarm topic. */
  readonly alarms: kms.Key;
}

interface DataKeyProps extends RetentionProps {
  readonly description: string;
  readonly dataClass: DataClass;
  /** Services through which the account's principals may encrypt and decrypt, such as `rds`. */
  readonly services: readonly string[];
}

interface ServiceUse {
  readonly actions: readonly string[];
  /** @default unconditional: only where AWS sends nothing a condition could test */
  readonly conditions?: Record<string, Record<string, string | string[]>>;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
const shortestWait = Duration.days(7);

/**
 * A customer-managed key, rotated yearly.
 *
 * The account administers it, but nobody can decrypt with it directly: cryptography goes only through the named
 * services, each of which checks the caller's own policy first. Costs 1 USD a month.
 */
export class DataKey extends kms.Key {
  constructor(scope: Construct, id: string, props: DataKeyProps) {
    const { account, region } = Stack.of(scope);
    super(scope, id, {
      description: props.description,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(props),
      // What is tried and deleted again every week shall not leave a month of keys behind.
      ...(props.disposable && { pendingWindow: shortestWait }),
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AccountAdministersKey',
            principals: [new iam.AccountRootPrincipal()],
            actions: administration,
            resources: ['*'],
          }),
          new iam.PolicyStatement({
            sid: 'AccountUsesKeyThroughServices',
            principals: [new iam.AccountRootPrincipal()],
            actions: cryptography,
            resources: ['*'],
            conditions: {
              StringEquals: {
                'kms:CallerAccount': account,
                'kms:ViaService': props.services.map((service) => `${service}.${region}.amazonaws.com`),
              },
            },
          }),
          new iam.PolicyStatement({
            // A grant outlives the policy that allowed it, and only services that hold data for us need one.
            // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
            sid: 'OnlyServicesMakeGrants',
            effect: iam.Effect.DENY,
            principals: [new iam.AnyPrincipal()],
            actions: ['kms:CreateGrant'],
            resources: ['*'],
            conditions: {
              BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' },
            },
          }),
        ],
      }),
    });
    declareDataClass(this, props.dataClass);
  }

  /** Lets CloudWatch Logs encrypt groups of this account and region. */
  allowLogGroups(): void {
    const { account, region } = Stack.of(this);
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    this.allowService('CloudWatchLogsEncryptsGroups', `logs.${region}.amazonaws.com`, {
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:DescribeKey',
      ],
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:*` },
      },
    });
  }

  /**
   * Lets a second account copy backups: a snapshot of a database keeps the key of what it was made of, so that whoever
   * copies it has to read with this key. Only through the databases and AWS Backup.
   * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
   */
  allowBackupCopies(account: string): void {
    const { region } = Stack.of(this);
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'SecondAccountCopiesBackups',
        principals: [new iam.ArnPrincipal(`arn:aws:iam::${account}:root`)],
        actions: [...cryptography, 'kms:DescribeKey'].filter((action) => action !== 'kms:RetireGrant'),
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:ViaService': ['rds', 'backup'].map((service) => `${service}.${region}.amazonaws.com`),
          },
        },
      }),
    );
    declareBackupAccount(this, account);
  }

  /** Lets an AWS service use the key on its own behalf. */
  allowService(sid: string, servicePrincipal: string, use: ServiceUse): void {
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals: [new iam.ServicePrincipal(servicePrincipal)],
        actions: [...use.actions],
        resources: ['*'],
        conditions: use.conditions,
      }),
    );
  }
}

// The account keeps the right to change the policy: a key nobody can administer is lost with its data. No CreateGrant
// here: a grant made directly would open the key to whoever made it.
const administration = [
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:UpdateAlias',
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:UpdateKeyDescription',
  'kms:EnableKey',
  'kms:DisableKey',
  'kms:EnableKeyRotation',
  'kms:DisableKeyRotation',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
];

const cryptography = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:CreateGrant',
  // Asked for by AWS Backup when it makes a vault.
  'kms:RetireGrant',
];
