import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { declareReader } from '../../declarations/declare.ts';
import { AdminCredential } from '../credentials/admin-credential.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { ports, type ShopSecurityGroups } from '../network/security-groups.ts';
import { subnetGroups, subnetsOf } from '../network/subnets.ts';
import type { RetentionProps } from '../retention.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { ShopDatabase } from './database.ts';
import type { ShopMedia } from './media.ts';
import { MediaBucket } from './media-bucket.ts';
import { MediaFileSystem } from './media-file-system.ts';

export interface DataStackProps extends StackProps, RetentionProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly network: FunctionNetwork;
  readonly securityGroups: ShopSecurityGroups;
  readonly keys: Pick<ShopKeys, 'customerData' | 'credentials' | 'logs'>;
  readonly accessLogs: s3.IBucket;
  readonly backup: { readonly plan: backup.IBackupPlan; readonly role: iam.IRole };
  readonly alarmTopic: sns.ITopic;
}

const backedUp = 'backs it up and restores it';

/** Every store of customer data (DAT1), each with its own backup selection, and the database's admin credential. */
export class DataStack extends Stack {
  readonly cluster: rds.DatabaseCluster;
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
    this.cluster = new ShopDatabase(this, 'Database', {
      clusterIdentifier: `${shop.name}-${environment.name}`,
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
      disposable: props.disposable,
    }).cluster;
    // AWS Backup takes the cluster as a whole; the packs look for its instances.
    this.selectForBackup('DatabaseBackup', [this.cluster.clusterArn, ...this.instanceArns()], props);
    for (const resource of this.cluster.node.findAll()) {
      if (resource instanceof rds.CfnDBCluster || resource instanceof rds.CfnDBInstance)
        declareReader(resource, props.backup.role, backedUp);
    }
    admin.rotate({
      cluster: this.cluster,
      securityGroup: securityGroups.rotation,
      network,
      logsKey: props.keys.logs,
      alarmTopic: props.alarmTopic,
    });

    this.media = this.createMedia(props);
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
        this.selectForBackup('MediaBackup', [files.fileSystem.fileSystemArn], props);
        declareReader(files.fileSystem, props.backup.role, backedUp);
        return { kind: 'file-system', files, mountPath: media.mountPath };
      }
      case 'bucket': {
        const bucket = new MediaBucket(this, 'MediaBucket', {
          bucketName: `${props.shop.name}-${props.environment.name}-media-${this.account}`,
          key: props.keys.customerData,
          accessLogs: props.accessLogs,
          disposable: props.disposable,
        });
        this.selectForBackup('MediaBackup', [bucket.bucketArn], props);
        declareReader(bucket, props.backup.role, backedUp);
        return { kind: 'bucket', bucket, environmentVariable: media.environmentVariable };
      }
      case 'none':
        return { kind: 'none' };
    }
  }

  private instanceArns(): string[] {
    return this.cluster.instanceIdentifiers.map((resourceName) =>
      this.formatArn({
        service: 'rds',
        resource: 'db',
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
  }

  private selectForBackup(id: string, arns: readonly string[], props: DataStackProps): void {
    new backup.BackupSelection(this, id, {
      backupPlan: props.backup.plan,
      resources: arns.map((arn) => backup.BackupResource.fromArn(arn)),
      role: props.backup.role,
      disableDefaultBackupPolicy: true,
    });
  }
}
