import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareDataClass } from '../../declarations/declare.ts';
import type { RetentionProps } from '../retention.ts';
import { EncryptedBucket } from '../vault/encrypted-bucket.ts';

export interface MediaBucketProps extends RetentionProps {
  /** Given by hand: the shop's role, in another stack, names the objects in it. */
  readonly bucketName: string;
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
}

/** Pictures and uploads of a shop that keeps them in S3: encrypted, versioned, never public. */
export class MediaBucket extends EncryptedBucket {
  /** The name itself, where `bucketName` is a reference. */
  readonly givenName: string;

  constructor(scope: Construct, id: string, props: MediaBucketProps) {
    super(scope, id, {
      bucketName: props.bucketName,
      key: props.key,
      accessLogs: props.accessLogs,
      accessLogsPrefix: 's3/media/',
      disposable: props.disposable,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
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
