import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareExports } from '../../declarations/declare.ts';
import type { RetentionProps } from '../retention.ts';
import { EncryptedBucket } from '../vault/encrypted-bucket.ts';

export interface ExportsBucketProps extends RetentionProps {
  readonly bucketName: string;
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
  /** After which an export is deleted, with all its versions. */
  readonly days: number;
  /** Of the function that writes, the only one that may. */
  readonly writerArn: string;
  /** Of the people who may read. */
  readonly readerArns: readonly string[];
  /** Public addresses from which they may. */
  readonly from: readonly string[];
  /** VPC from which the function writes. */
  readonly vpcId: string;
}

/**
 * Where exports of customer data lie until they are deleted (DAT3). Whatever an IAM policy allows, the bucket is read by
 * the people whom the config names, from its addresses, and written by one function, from inside the VPC.
 */
export class ExportsBucket extends EncryptedBucket {
  constructor(scope: Construct, id: string, props: ExportsBucketProps) {
    super(scope, id, {
      bucketName: props.bucketName,
      key: props.key,
      accessLogs: props.accessLogs,
      accessLogsPrefix: 's3/exports/',
      disposable: props.disposable,
      lifecycleRules: [
        {
          expiration: Duration.days(props.days),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    declareExports(this, { days: props.days, from: props.from });
    const refuse = (sid: string, actions: string[], conditions: Record<string, object>) =>
      this.addToResourcePolicy(
        new iam.PolicyStatement({
          sid,
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions,
          resources: [this.arnForObjects('*')],
          conditions,
        }),
      );
    // What copies a bucket into another one reads under a name of its own.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
    const reading = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectVersionForReplication'];
    const writing = ['s3:PutObject'];
    // For a role in use this key holds the role's ARN, not that of the session.
    refuse('OnlyNamedPeopleRead', reading, {
      ArnNotEquals: { 'aws:PrincipalArn': [...props.readerArns] },
    });
    refuse('OnlyFromNamedAddresses', reading, { NotIpAddress: { 'aws:SourceIp': [...props.from] } });
    refuse('OnlyExportsWrite', writing, { ArnNotEquals: { 'aws:PrincipalArn': [props.writerArn] } });
    refuse('OnlyThroughEndpoint', writing, { StringNotEquals: { 'aws:SourceVpc': props.vpcId } });
    acknowledge(this, {
      rule: 'S3BucketReplicationEnabled',
      reason:
        'An export is a copy of what the database holds, made for one person and deleted within days: another copy would only be one more to lose. Compensated by the backups of the database itself.',
    });
  }
}
