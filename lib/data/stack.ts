import { Stack, type StackProps } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../config/index.ts';
import { AdminCredential } from '../credentials/admin-credential.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type ShopSecurityGroups, ports } from '../network/security-groups.ts';
import { dataSubnets } from '../network/subnets.ts';
import type { RetentionProps } from '../retention.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { ShopDatabase } from './database.ts';
import { MediaBucket } from './media-bucket.ts';
import { MediaFileSystem } from './media-file-system.ts';

export interface DataStackProps extends StackProps, RetentionProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly functionNetwork: FunctionNetwork;
  readonly securityGroups: ShopSecurityGroups;
  readonly keys: ShopKeys;
  readonly accessLogs: s3.IBucket;
  readonly backup: { readonly plan: backup.IBackupPlan; readonly role: iam.IRole };
  readonly alarmTopic: sns.ITopic;
}

/** Where the shop finds its media: at most one of the two. */
export interface ShopMedia {
  readonly fileSystem?: MediaFileSystem;
  readonly bucket?: MediaBucket;
}

/** Every store of customer data (DAT1), each with its own backup selection, and the database's admin credential. */
export class DataStack extends Stack {
  readonly cluster: rds.DatabaseCluster;
  readonly adminSecret: secretsmanager.ISecret;
  readonly media: ShopMedia;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { shop, environment, securityGroups, functionNetwork } = props;

    const admin = new AdminCredential(this, 'AdminCredential', {
      shop: shop.name,
      environmentName: environment.name,
      environment,
      key: props.keys.credentials,
    });
    this.adminSecret = admin.secret;
    this.cluster = new ShopDatabase(this, 'Database', {
      clusterIdentifier: `${shop.name}-${environment.name}`,
      engine: shop.platform.engine,
      environment,
      vpc: functionNetwork.vpc,
      subnets: { subnetGroupName: dataSubnets },
      securityGroup: securityGroups.database,
      port: ports.database,
      credentials: admin.credentials,
      customerDataKey: props.keys.customerData,
      logsKey: props.keys.logs,
      disposable: props.disposable,
    }).cluster;
    this.selectForBackup('DatabaseBackup', backup.BackupResource.fromArn(this.cluster.clusterArn), props);
    admin.rotate({
      cluster: this.cluster,
      port: ports.database,
      securityGroup: securityGroups.rotation,
      network: functionNetwork,
      logs: props.keys.logs,
      alarmTopic: props.alarmTopic,
    });

    this.media = this.createMedia(props);
  }

  private createMedia(props: DataStackProps): ShopMedia {
    const { media } = props.shop.platform;
    switch (media.kind) {
      case 'file-system': {
        const fileSystem = new MediaFileSystem(this, 'Media', {
          vpc: props.functionNetwork.vpc,
          subnets: { subnetGroupName: dataSubnets },
          securityGroup: props.securityGroups.media,
          key: props.keys.customerData,
          userId: media.userId,
          disposable: props.disposable,
        });
        this.selectForBackup('MediaBackup', backup.BackupResource.fromEfsFileSystem(fileSystem.fileSystem), props);
        return { fileSystem };
      }
      case 'bucket': {
        const bucket = new MediaBucket(this, 'MediaBucket', {
          key: props.keys.customerData,
          accessLogs: props.accessLogs,
          disposable: props.disposable,
        });
        this.selectForBackup('MediaBackup', backup.BackupResource.fromArn(bucket.bucketArn), props);
        return { bucket };
      }
      case 'none':
        return {};
    }
  }

  private selectForBackup(id: string, resource: backup.BackupResource, props: DataStackProps): void {
    new backup.BackupSelection(this, id, {
      backupPlan: props.backup.plan,
      resources: [resource],
      role: props.backup.role,
      disableDefaultBackupPolicy: true,
    });
  }
}
