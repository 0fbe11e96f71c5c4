import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareDataClass } from '../../declarations/declare.ts';
import { alarmOnAny } from '../detection/alarm-on-any.ts';
import { bundleFolder } from '../lambda/bundle-folder.ts';
import { EncryptedBucket } from '../vault/encrypted-bucket.ts';
import { watchedPageFile, watchNamespace } from './names.ts';
import type { WatchCounts, WatchedPage } from './page-watch.ts';

export interface PaymentPageWatchProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly page: WatchedPage;
  /** Of what a run leaves: its report and pictures of the page. */
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
  readonly alarmTopic: sns.ITopic;
}

const kept = Duration.days(30);
/** A skimmer's cards are counted in hours; PCI DSS 11.6.1 asks for once in seven days. */
const every = Duration.hours(6);

/** What the watch of an environment compares with; undefined when there is none. */
export function watchedPageOf({ paymentPage }: Shop, environment: Environment): WatchedPage | undefined {
  const { scripts, page, watch } = paymentPage;
  const [host] = environment.hosts;
  // A disposable environment takes no cards.
  if (!watch || !scripts || !page || !host || environment.disposable) return undefined;
  const { visit: paths, ...rest } = page;
  return { visit: { origin: `https://${host}`, paths }, inventory: { ...rest, scripts } };
}

/**
 * A canary that reads the payment page as a customer's browser does, from outside of the VPC, and tells a person when
 * it runs, asks or sends what the config does not hold (PCI DSS 6.4.3 and 11.6.1). Costs about 1.30 USD a month.
 */
export class PaymentPageWatch extends Construct {
  constructor(scope: Construct, id: string, props: PaymentPageWatchProps) {
    super(scope, id);
    const name = `${props.shop.name}-${props.environment.name}-payment`;
    const bucket = this.runsBucket(props);
    const asset = this.code(props.page);
    const { role, policy } = this.identity(name, bucket, props.key);
    const canary = new synthetics.CfnCanary(this, 'Canary', {
      name,
      runtimeVersion: synthetics.Runtime.SYNTHETICS_NODEJS_PLAYWRIGHT_6_0.name,
      code: { handler: 'index.handler', s3Bucket: asset.s3BucketName, s3Key: asset.s3ObjectKey },
      artifactS3Location: bucket.s3UrlForObject(),
      artifactConfig: { s3Encryption: { encryptionMode: 'SSE_KMS', kmsKeyArn: props.key.keyArn } },
      executionRoleArn: role.roleArn,
      schedule: { expression: `rate(${every.toHours()} hours)`, durationInSeconds: '0' },
      runConfig: { timeoutInSeconds: 240, memoryInMb: 1536, environmentVariables: { WATCH_NAME: name } },
      successRetentionPeriod: kept.toDays(),
      failureRetentionPeriod: kept.toDays(),
      startCanaryAfterCreation: true,
      provisionedResourceCleanup: 'AUTOMATIC',
    });
    // It runs as soon as it is made.
    canary.node.addDependency(policy, bucket);
    this.tell(name, props.alarmTopic);
  }

  private runsBucket({ key, accessLogs, environment }: PaymentPageWatchProps): EncryptedBucket {
    const bucket = new EncryptedBucket(this, 'Runs', {
      key,
      accessLogs,
      accessLogsPrefix: 's3/payment-page/',
      disposable: environment.disposable,
      lifecycleRules: [
        {
          expiration: kept,
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    declareDataClass(bucket, 'images');
    acknowledge(bucket, {
      rule: 'S3BucketReplicationEnabled',
      reason:
        'Holds reports and pictures of a page that everybody sees, for thirty days; the next run makes them anew. Compensated by versioning.',
    });
    return bucket;
  }

  /** The inventory is larger than settings of a function may be, and lies beside the code. */
  private code(page: WatchedPage): Asset {
    const folder = mkdtempSync(join(tmpdir(), 'secure-shop-page-watch-'));
    try {
      cpSync(bundleFolder('page-watch'), folder, { recursive: true });
      writeFileSync(join(folder, watchedPageFile), JSON.stringify(page));
      return new Asset(this, 'Code', { path: folder });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /**
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html
   * without traces, and without pictures of an earlier run, which nothing here reads.
   */
  private identity(name: string, bucket: EncryptedBucket, key: kms.IKey) {
    const { region, account } = Stack.of(this);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Reads the payment page as a customer, and writes what it found',
    });
    const logGroup = `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-${name}-*`;
    const statements: iam.PolicyStatementProps[] = [
      { actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn] },
      {
        actions: ['kms:GenerateDataKey'],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
      },
      {
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup],
      },
      { actions: ['s3:ListAllMyBuckets'], resources: ['*'] },
      {
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': ['CloudWatchSynthetics', watchNamespace] } },
      },
    ];
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      description: 'Runs of the canary that watches the payment page',
      roles: [role],
      statements: statements.map((statement) => new iam.PolicyStatement(statement)),
    });
    for (const rule of ['IAM5[Resource::*]', `IAM5[Resource::${logGroup}]`] as const)
      acknowledge(policy, {
        rule,
        reason:
          'CloudWatch Synthetics names the log group of a canary after an id that it gives, counts in metrics that know no resource, and lists the names of buckets (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html). Compensated: the log groups of this canary only, two namespaces by condition, and nothing of it reads what is in a bucket.',
      });
    // In the policy of the bucket, so that the role carries no pattern of objects.
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'CanaryWritesRuns',
        principals: [new iam.ArnPrincipal(role.roleArn)],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
      }),
    );
    return { role, policy };
  }

  private tell(name: string, topic: sns.ITopic): void {
    const metric = (metricName: keyof WatchCounts, statistic: string) =>
      new cloudwatch.Metric({
        namespace: watchNamespace,
        metricName,
        dimensionsMap: { Watch: name },
        period: every,
        statistic,
      });
    const runbook = 'tampered-page.md';
    alarmOnAny(this, 'LoudChanges', {
      metric: metric('LoudChanges', 'Sum'),
      description:
        'The payment page runs new code, or can send what customers type somewhere new: look within the hour. What it is stands in the failed run of the canary',
      runbook,
      topic,
    });
    alarmOnAny(this, 'OtherChanges', {
      metric: metric('OtherChanges', 'Sum'),
      description:
        'A known script or a header of the payment page has changed. What it is stands in the failed run of the canary',
      runbook,
      topic,
    });
    const unread = new cloudwatch.Alarm(this, 'Unread', {
      alarmDescription: `Nobody has read the payment page for half a day: the watch stands still, or the page does not answer. Runbook: docs/runbooks/${runbook}`,
      metric: metric('PageRead', 'Sum'),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    unread.addAlarmAction(new actions.SnsAction(topic));
  }
}
