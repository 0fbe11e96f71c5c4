import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { declareDataClass } from '../checks/declare.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';

export interface MediaBucketProps extends RetentionProps {
  /** Given by hand: the shop's role, in another stack, names the objects in it. */
  readonly bucketName: string;
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
}

/** Pictures and uploads of a shop that keeps them in S3: encrypted, versioned, never public. */
export class MediaBucket extends s3.Bucket {
  /** The name itself, where `bucketName` is a reference. */
  readonly givenName: string;

  constructor(scope: Construct, id: string, props: MediaBucketProps) {
    super(scope, id, {
      bucketName: props.bucketName,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      serverAccessLogsBucket: props.accessLogs,
      serverAccessLogsPrefix: 's3/media/',
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: removalPolicyOf(props),
    });
    this.givenName = props.bucketName;
    declareDataClass(this, 'customer-data');
    this.reportChanges();
    acknowledge(this, {
      rule: 'S3BucketReplicationEnabled',
      reason:
        'AWS Backup copies the bucket every day into a locked vault, which also survives a deletion that replication would repeat. Compensated by that plan, versioning and the backup selection beside the bucket.',
    });
  }

  /**
   * AWS Backup follows changes through EventBridge; without them continuous backups stop silently. Set on the
   * resource itself: the construct's own switch brings a function along.
   */
  private reportChanges(): void {
    const bucket = this.node.defaultChild as s3.CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
