import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { declareReader } from '../../declarations/declare.ts';
import { AdminCredential } from '../credentials/admin-credential.ts';
import { databaseName } from '../credentials/names.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs } from '../lambda/hardened-function.ts';
import { ports, type ShopSecurityGroups } from '../network/security-groups.ts';
import { subnetGroups, subnetsOf } from '../network/subnets.ts';
import { mayGo } from '../optional-reference.ts';
import { BackedUp, type Recovery } from '../recovery/backed-up.ts';
import { RestoreBucketReader } from '../recovery/restore-bucket-reader.ts';
import { RestoreReader } from '../recovery/restore-reader.ts';
import type { RetentionProps } from '../retention.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { AuroraDatabase } from './database.ts';
import { InstanceDatabase } from './database-instance.ts';
import type { ShopMedia } from './media.ts';
import { MediaBucket } from './media-bucket.ts';
import { MediaFileSystem } from './media-file-system.ts';
import type { ShopDatabase } from './shop-database.ts';

export interface DataStackProps extends StackProps, RetentionProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly network: FunctionNetwork;
  readonly securityGroups: ShopSecurityGroups;
  readonly keys: Pick<ShopKeys, 'customerData' | 'credentials' | 'logs'>;
  readonly accessLogs: s3.IBucket;
  readonly recovery: Recovery;
  readonly alarmTopic: sns.ITopic;
}

const backedUp = 'backs it up and restores it';

/** Every store of customer data (DAT1), each with its own backup selection, and the database's admin credential. */
export class DataStack extends Stack {
  readonly database: ShopDatabase;
  readonly adminSecret: secretsmanager.ISecret;
  readonly media: ShopMedia;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { shop, environment, securityGroups, network } = props;

    const admin = new AdminCredential(this, 'AdminCredential', {
      shop,
      environment,
      key: props.keys.credentials,
    });
    this.adminSecret = admin.secret;
    const Database = environment.database.kind === 'aurora' ? AuroraDatabase : InstanceDatabase;
    const database = new Database(this, 'Database', {
      identifier: `${shop.name}-${environment.name}`,
      engine: shop.platform.engine,
      environment,
      vpc: network.vpc,
      // Of all three zones: RDS gives no subnet back while an instance of a larger tier still stands in it.
      subnets: { subnetGroupName: subnetGroups.data },
      securityGroup: securityGroups.database,
      port: ports.database,
      credentials: admin.credentials,
      customerDataKey: props.keys.customerData,
      logsKey: props.keys.logs,
      alarmTopic: props.alarmTopic,
      disposable: props.disposable,
    });
    this.database = database;
    mayGo(database.store);
    // Environments of release 0.2.0 import it until their next deploy.
    if (environment.database.kind === 'aurora') this.exportValue(database.host);
    const restored = this.groupOfRestored(network.vpc);
    new BackedUp(this, 'DatabaseBackup', {
      recovery: props.recovery,
      type: database.backupType,
      storeArn: database.arn,
      restoredWith: {
        dbSubnetGroupName: database.subnetGroupName,
        vpcSecurityGroupIds: `["${restored.securityGroupId}"]`,
      },
    });
    this.media = this.createMedia(props);
    const reader = this.readRestored(restored, props);
    for (const resource of database.store.node.findAll()) {
      if (resource instanceof rds.CfnDBCluster || resource instanceof rds.CfnDBInstance)
        declareReader(resource, props.recovery.role, backedUp);
    }
    if (reader) {
      const reason = 'counts what a restore test brought back';
      declareReader(database.store, reader, reason);
      // It makes the instance of a restored cluster.
      if (environment.database.kind === 'aurora') declareReader(props.keys.customerData, reader, reason);
    }
    admin.rotate({
      database: database.store,
      securityGroup: securityGroups.rotation,
      network,
      logsKey: props.keys.logs,
      alarmTopic: props.alarmTopic,
    });
  }

  private createMedia(props: DataStackProps): ShopMedia {
    const { media } = props.shop.platform;
    switch (media.kind) {
      case 'file-system': {
        const files = new MediaFileSystem(this, 'Media', {
          vpc: props.network.vpc,
          subnets: subnetsOf('data', props.environment),
          securityGroup: props.securityGroups.media,
          key: props.keys.customerData,
          userId: media.userId,
          disposable: props.disposable,
        });
        new BackedUp(this, 'MediaBackup', {
          recovery: props.recovery,
          type: 'EFS',
          storeArn: files.fileSystem.fileSystemArn,
          restoredWith: { kmsKeyId: props.keys.customerData.keyArn },
        });
        declareReader(files.fileSystem, props.recovery.role, backedUp);
        mayGo(files.fileSystem, files.accessPoint);
        return { kind: 'file-system', files, mountPath: media.mountPath };
      }
      case 'bucket': {
        const bucket = new MediaBucket(this, 'MediaBucket', {
          bucketName: `${props.shop.name}-${props.environment.name}-media-${this.account}`,
          key: props.keys.customerData,
          accessLogs: props.accessLogs,
          disposable: props.disposable,
        });
        new BackedUp(this, 'MediaBackup', {
          recovery: props.recovery,
          type: 'S3',
          storeArn: bucket.bucketArn,
          restoredWith: { encryptionType: 'SSE-KMS', kmsKey: props.keys.customerData.keyArn },
        });
        declareReader(bucket, props.recovery.role, backedUp);
        mayGo(bucket);
        this.compareRestored(bucket, props);
        return { kind: 'bucket', bucket, environmentVariable: media.environmentVariable };
      }
      case 'none':
        return { kind: 'none' };
    }
  }

  private readRestored(
    copyGroup: ec2.SecurityGroup,
    { shop, environment, recovery, network, keys, alarmTopic }: DataStackProps,
  ): iam.IRole | undefined {
    if (recovery.restoreTestPlan === undefined) return undefined;
    return new RestoreReader(this, 'RestoreReader', {
      environment: `${shop.name}-${environment.name}`,
      planArn: recovery.restoreTestPlan.arn,
      kind: environment.database.kind,
      database: databaseName(shop.name),
      subnetGroupName: this.database.subnetGroupName,
      contents: { ...shop.platform.contents, newestOrderDays: environment.backups.newestOrderDays },
      ...(this.media.kind === 'file-system' && { fileSystemId: this.media.files.fileSystem.fileSystemId }),
      customerDataKey: keys.customerData,
      copyGroup,
      network,
      logs: functionLogs(keys.logs, environment),
      alarmTopic,
    }).role;
  }

  private compareRestored(
    bucket: MediaBucket,
    { shop, environment, recovery, network, keys, alarmTopic }: DataStackProps,
  ): void {
    if (recovery.restoreTestPlan === undefined) return;
    const { role } = new RestoreBucketReader(this, 'RestoreBucketReader', {
      environment: `${shop.name}-${environment.name}`,
      planArn: recovery.restoreTestPlan.arn,
      bucketName: bucket.givenName,
      customerDataKey: keys.customerData,
      network,
      logs: functionLogs(keys.logs, environment),
      alarmTopic,
    });
    for (const store of [bucket, keys.customerData])
      declareReader(store, role, 'compares what a restore test brought back with it');
  }

  /** Customer data is in it as in the original: the function that looks into it is let in, and nobody else. */
  private groupOfRestored(vpc: ec2.IVpc): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, 'RestoredDatabase', {
      vpc,
      description: 'Database of a restore test: nothing in, nothing out',
      allowAllOutbound: false,
    });
  }
}
