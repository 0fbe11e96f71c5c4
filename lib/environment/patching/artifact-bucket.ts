import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareDataClass } from '../../declarations/declare.ts';
import type { RetentionProps } from '../retention.ts';
import { EncryptedBucket } from '../vault/encrypted-bucket.ts';

export interface ArtifactBucketProps extends RetentionProps {
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
  readonly logRetentionDays: number;
}

/** Where a run leaves what its image was made of. */
export const evidencePrefix = 'evidence/';

/**
 * What the pipeline hands from step to step, and below `evidence/` what each image was made of: its bill of
 * materials and its exact versions. All of it is small, and is kept as long as the logs.
 *
 * Who may do what stands in the bucket's own policy, role by role, so that no role carries a pattern of its own. The
 * right to use the key stands in the role.
 */
export class ArtifactBucket extends EncryptedBucket {
  private readonly key: kms.IKey;

  constructor(scope: Construct, id: string, props: ArtifactBucketProps) {
    super(scope, id, {
      key: props.key,
      accessLogs: props.accessLogs,
      accessLogsPrefix: 's3/patching/',
      disposable: props.disposable,
      lifecycleRules: [
        {
          expiration: Duration.days(props.logRetentionDays),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    this.key = props.key;
    // The first run of the pipeline writes into it before the first deploy is done: AWS would refuse to delete it when
    // that is rolled back, and the stack would be stuck. It has no name that a second try could meet.
    if (!props.disposable) this.applyRemovalPolicy(RemovalPolicy.RETAIN);
    declareDataClass(this, 'images');
    acknowledge(this, {
      rule: 'S3BucketReplicationEnabled',
      reason:
        'Holds copies of the build context and lists of what images contain; the images themselves are in the registry. Everything here is made anew by every weekly build. Compensated by versioning.',
    });
  }

  /** Pipeline and builds look at the bucket itself before they use it. */
  allowLookingAt(...roles: iam.IRole[]): void {
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'RolesLookAtBucket',
        principals: roles.map((role) => new iam.ArnPrincipal(role.roleArn)),
        actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
        resources: [this.bucketArn],
      }),
    );
  }

  allowPipeline(role: iam.IRole): void {
    this.allow('PipelineHandsOver', role, ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], '*');
  }

  allowReadingArtifacts(sid: string, role: iam.IRole): void {
    this.allow(sid, role, ['s3:GetObject', 's3:GetObjectVersion'], '*');
  }

  allowKeepingEvidence(role: iam.IRole): void {
    // What is there stays: a later build cannot rewrite what an earlier image was made of.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    this.allow('BuildKeepsEvidence', role, ['s3:PutObject'], `${evidencePrefix}*`, {
      Null: { 's3:if-none-match': 'false' },
    });
  }

  private allow(
    sid: string,
    role: iam.IRole,
    actions: string[],
    objects: string,
    conditions?: Record<string, Record<string, string>>,
  ): void {
    const principals = [new iam.ArnPrincipal(role.roleArn)];
    const resources = [this.arnForObjects(objects)];
    this.addToResourcePolicy(new iam.PolicyStatement({ sid, principals, actions, resources, conditions }));
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        // Action by action: the library's grants would use patterns.
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: [this.key.keyArn],
      }),
    );
  }
}
