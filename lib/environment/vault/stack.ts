import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RetentionProps } from '../retention.ts';
import { AccessLogBucket, LogArchive } from './buckets.ts';
import { DataKey, type ShopKeys } from './keys.ts';

export interface VaultStackProps extends StackProps, RetentionProps {
  readonly logRetentionDays: number;
  /** Whether AWS Cost Anomaly Detection sends to the topic of the alarms. @default false */
  readonly tellsAnomalies?: boolean;
  /** Whether AWS Config delivers what it records to the bucket of access logs. @default false */
  readonly takesConfig?: boolean;
  /** Whether the secure browser delivers its sessions to the archive. @default false */
  readonly takesBrowserSessions?: boolean;
}

/** What everything else is encrypted with, and where evidence is kept: keys by class of data, and the log buckets. */
export class VaultStack extends Stack {
  readonly keys: ShopKeys;
  readonly accessLogs: AccessLogBucket;
  readonly logArchive: LogArchive;

  constructor(scope: Construct, id: string, props: VaultStackProps) {
    super(scope, id, props);
    const { disposable } = props;

    this.keys = {
      customerData: new DataKey(this, 'CustomerDataKey', {
        description: 'Customer data: database, media and their backups',
        dataClass: 'customer-data',
        services: ['rds', 'elasticfilesystem', 's3', 'backup'],
        disposable,
      }),
      credentials: new DataKey(this, 'CredentialsKey', {
        description: 'Credentials in Secrets Manager',
        dataClass: 'credentials',
        services: ['secretsmanager'],
        disposable,
      }),
      logs: this.logsKey(props),
      images: new DataKey(this, 'ImagesKey', {
        description: 'Shop images and the pipeline that builds them',
        dataClass: 'images',
        services: ['ecr', 's3', 'codebuild'],
        disposable,
      }),
      alarms: this.alarmsKey(props),
    };

    this.accessLogs = new AccessLogBucket(this, 'AccessLogs', {
      retentionDays: props.logRetentionDays,
      disposable: props.disposable,
    });
    if (props.takesConfig) this.accessLogs.acceptConfig();
    this.logArchive = new LogArchive(this, 'LogArchive', {
      retentionDays: props.logRetentionDays,
      disposable: props.disposable,
      key: this.keys.logs,
      accessLogs: this.accessLogs,
    });
    if (props.takesBrowserSessions) this.logArchive.acceptBrowserSessions();
  }

  private logsKey(props: VaultStackProps): DataKey {
    const key = new DataKey(this, 'LogsKey', {
      description: 'Log groups, the log archive and settings of functions',
      dataClass: 'logs',
      services: ['s3', 'logs', 'lambda'],
      disposable: props.disposable,
    });
    key.allowLogGroups();
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    const ofThisAccount = { 'aws:SourceAccount': this.account };
    key.allowService('CloudTrailEncryptsTrail', 'cloudtrail.amazonaws.com', {
      actions: ['kms:GenerateDataKey'],
      conditions: {
        StringEquals: ofThisAccount,
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${this.account}:trail/*`,
        },
      },
    });
    // Neither call carries an encryption context; the bucket key of the archive needs the second.
    key.allowService('CloudTrailReadsKey', 'cloudtrail.amazonaws.com', {
      actions: ['kms:DescribeKey', 'kms:Decrypt'],
      conditions: { StringEquals: ofThisAccount },
    });
    if (props.takesBrowserSessions)
      // https://docs.aws.amazon.com/workspaces-web/latest/adminguide/encryption-rest.html
      key.allowService('SecureBrowserEncryptsSessions', 'workspaces-web.amazonaws.com', {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: { StringEquals: ofThisAccount },
      });
    return key;
  }

  private alarmsKey(props: VaultStackProps): DataKey {
    const key = new DataKey(this, 'AlarmsKey', {
      description: 'The topic through which every alarm reaches a person',
      dataClass: 'logs',
      services: ['sns'],
      disposable: props.disposable,
    });
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
    const conditions = { StringEquals: { 'aws:SourceAccount': this.account } };
    key.allowService('AlarmsArePublished', 'cloudwatch.amazonaws.com', { actions, conditions });
    key.allowService('BudgetsArePublished', 'budgets.amazonaws.com', { actions, conditions });
    if (props.tellsAnomalies)
      key.allowService('CostAnomaliesArePublished', 'costalerts.amazonaws.com', { actions, conditions });
    // EventBridge delivers to encrypted topics only without source conditions; with them events vanish silently.
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    key.allowService('EventsArePublished', 'events.amazonaws.com', { actions });
    return key;
  }
}
