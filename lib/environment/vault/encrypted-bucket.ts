import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';

export interface EncryptedBucketProps
  extends RetentionProps,
    Pick<s3.BucketProps, 'bucketName' | 'lifecycleRules' | 'objectLockDefaultRetention'> {
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
  /** Where its access log lies in the access-log bucket, such as `s3/media/`. */
  readonly accessLogsPrefix: string;
}

/**
 * A bucket that every store of the project begins with: a key of its own class, TLS only, closed to the public and to
 * ACLs, versioned, with an access log.
 */
export class EncryptedBucket extends s3.Bucket {
  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    const { key, accessLogs, accessLogsPrefix, disposable, ...own } = props;
    super(scope, id, {
      ...own,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: accessLogsPrefix,
      removalPolicy: removalPolicyOf({ disposable }),
    });
  }
}
