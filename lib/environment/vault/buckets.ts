import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareDataClass } from '../../declarations/declare.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import { EncryptedBucket } from './encrypted-bucket.ts';

/** Below it, each kind of load balancer log has a prefix of its own. */
export const loadBalancerLogsPrefix = 'load-balancer/';

/** Below it lies what AWS Config records. */
export const configPrefix = 'config';

/** Below it, in the archive, lie the sessions of the secure browser. */
export const browserSessionsPrefix = 'secure-browser/';

interface LogBucketProps extends RetentionProps {
  readonly retentionDays: number;
}

/**
 * Takes the access logs of S3, the load balancer and CloudFront, and what AWS Config records.
 *
 * AWS delivers these with its own keys only, and refuses a target under Object Lock; a bucket policy that denies
 * every deletion takes its place, and the life cycle alone removes what is past its time.
 */
export class AccessLogBucket extends s3.Bucket {
  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      // CloudFront's standard logs are delivered by ACL; everything else is by policy.
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(props.retentionDays),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: removalPolicyOf(props),
    });
    declareDataClass(this, 'logs');
    this.acceptLoadBalancerLogs();
    this.refuseLogsOfOthers();
    if (!props.disposable) denyDeletion(this);

    acknowledge(
      this,
      {
        rule: 'S3DefaultEncryptionKMS',
        reason:
          'Load balancer access logs and S3 server access logs are delivered to buckets with SSE-S3 only (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html). Compensated by SSE-S3, TLS-only access and a policy that denies deletion.',
      },
      {
        rule: 'S3BucketReplicationEnabled',
        reason:
          'Access logs repeat what the web ACL, flow and trail logs prove, which are kept elsewhere; a copy would double the personal data (addresses) at rest. Compensated by versioning and a policy that denies deletion.',
      },
    );
  }

  /**
   * Lets AWS Config of this account deliver. It writes as itself, because its service-linked role may write nowhere, and
   * looks first whether the bucket is there: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
   */
  acceptConfig(): void {
    const { account } = Stack.of(this);
    const principals = [new iam.ServicePrincipal('config.amazonaws.com')];
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': account } };
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ConfigLooksFirst',
        principals,
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        resources: [this.bucketArn],
        conditions: ofThisAccount,
      }),
    );
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ConfigDelivers',
        principals,
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects(`${configPrefix}/AWSLogs/${account}/Config/*`)],
        conditions: {
          StringEquals: { ...ofThisAccount.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    );
  }

  /** By service, not by the account AWS once used in each region, which is a stranger's to every scanner. */
  private acceptLoadBalancerLogs(): void {
    const { account, region } = Stack.of(this);
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LoadBalancersDeliverLogs',
        principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects(`${loadBalancerLogsPrefix}*/AWSLogs/${account}/*`)],
        conditions: {
          ArnLike: {
            'aws:SourceArn': `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*`,
          },
        },
      }),
    );
  }

  /** S3 delivers below `s3/`; the CDK names the bucket a log comes from only where that lies in the same stack. */
  private refuseLogsOfOthers(): void {
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LogsOfThisAccountOnly',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects('s3/*')],
        conditions: { StringNotEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}

/** Evidence that nobody can delete early: CloudTrail and other proofs under Object Lock (LOG1). */
export class LogArchive extends EncryptedBucket {
  constructor(
    scope: Construct,
    id: string,
    props: LogBucketProps & { readonly key: kms.IKey; readonly accessLogs: s3.IBucket },
  ) {
    const lock = Duration.days(props.retentionDays);
    super(scope, id, {
      key: props.key,
      // Compliance mode can never be shortened, not even by the root user; a disposable environment must not use it.
      objectLockDefaultRetention: props.disposable
        ? s3.ObjectLockRetention.governance(lock)
        : s3.ObjectLockRetention.compliance(lock),
      accessLogs: props.accessLogs,
      accessLogsPrefix: 's3/log-archive/',
      disposable: props.disposable,
      lifecycleRules: [
        {
          transitions: [
            { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) },
          ],
          expiration: Duration.days(props.retentionDays + 1),
          noncurrentVersionExpiration: Duration.days(props.retentionDays + 1),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    declareDataClass(this, 'logs');
    if (!props.disposable) denyDeletion(this);

    acknowledge(this, {
      rule: 'S3BucketReplicationEnabled',
      reason:
        'Object Lock keeps every version until its time has passed, against loss by any principal; S3 itself stores it over three zones. Compensated by CloudTrail keeping 90 days of its own event history.',
    });
  }

  /**
   * Lets the secure browser of this account deliver what happens in its sessions.
   * https://docs.aws.amazon.com/workspaces-web/latest/adminguide/session-logger.html
   */
  acceptBrowserSessions(): void {
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'SecureBrowserDeliversSessions',
        principals: [new iam.ServicePrincipal('workspaces-web.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects(`${browserSessionsPrefix}*`)],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}

/** The life cycle still expires objects: it does not act as a principal. */
function denyDeletion(bucket: s3.Bucket): void {
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'NobodyDeletesLogs',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [bucket.arnForObjects('*')],
    }),
  );
}
