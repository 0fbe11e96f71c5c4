import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { restoreWindowHours } from './backed-up.ts';
import { copyPrefix } from './restored/copy-prefix.ts';
import { judging, judgingReason, runOnTestDays } from './test-days.ts';

export interface RestoreBucketReaderProps {
  /** Names the environment in metrics: `shop-production`. */
  readonly environment: string;
  readonly planArn: string;
  /** Name of the shop's own bucket, as it was given. */
  readonly bucketName: string;
  /** What the bucket and every copy are encrypted with. */
  readonly customerDataKey: kms.IKey;
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Opens files of the bucket that the monthly restore test made, and compares them with the shop's own (DAT1). It reads
 * both and writes neither; what it says of them are numbers.
 */
export class RestoreBucketReader extends Construct {
  readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: RestoreBucketReaderProps) {
    super(scope, id);
    const reader = new HardenedFunction(this, 'Function', {
      name: 'restore-bucket-reader',
      description: 'Compares files that a restore test brought back with those of the shop',
      timeout: Duration.minutes(9),
      environment: {
        SETTINGS: Stack.of(this).toJsonString({
          environment: props.environment,
          planArn: props.planArn,
          bucket: props.bucketName,
          keyArn: props.customerDataKey.keyArn,
          windowHours: restoreWindowHours,
          topicArn: props.alarmTopic.topicArn,
        }),
      },
      network: props.network,
      logs: props.logs,
      alarmTopic: props.alarmTopic,
    });
    if (reader.role === undefined) throw new Error('a function of this project always has a role');
    this.role = reader.role;
    this.allow(reader.role, props);
    runOnTestDays(this, reader);
  }

  private allow(role: iam.IRole, { bucketName, customerDataKey }: RestoreBucketReaderProps): void {
    const buckets = [bucketName, `${copyPrefix}*`].map((name) => `arn:aws:s3:::${name}`);
    const objects = buckets.map((bucket) => `${bucket}/*`);
    const policy = new iam.ManagedPolicy(this, 'Files', {
      description: `Compares copies of restore tests with the files of the shop, in ${Stack.of(this).stackName}`,
      roles: [role],
      statements: [
        new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: buckets }),
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: objects }),
        new iam.PolicyStatement({
          actions: ['kms:Decrypt'],
          resources: [customerDataKey.keyArn],
          conditions: {
            StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` },
            // Of the bucket, or of the object where the bucket has no key of its own.
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
            StringLike: { 'kms:EncryptionContext:aws:s3:arn': [...buckets, ...objects] },
          },
        }),
        judging(),
      ],
    });
    acknowledge(
      policy,
      { rule: 'IAM5[Resource::*]', reason: judgingReason },
      ...[...buckets, ...objects]
        .filter((pattern) => pattern.endsWith('*'))
        .map((pattern) => ({ rule: `IAM5[Resource::${pattern}]` as const, reason: filesReason })),
    );
  }
}

const filesReason =
  'AWS Backup gives each copy of a restore test a name of its own, of which only the beginning is known, and objects have the names of what was uploaded. Compensated: the function reads and lists, and has no action that writes or deletes; copies carry the prefix that AWS Backup alone uses, and are deleted by it.';
