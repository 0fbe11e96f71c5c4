import { Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { BillAlarms } from './bill-alarms.ts';
import { ChangeRecorder } from './change-recorder.ts';
import { ConfigRules } from './config-rules.ts';
import { FindingRules } from './finding-rules.ts';
import { SecurityHub } from './security-hub.ts';
import { ThreatDetection } from './threat-detection.ts';

export interface DetectionStackProps extends StackProps, RetentionProps {
  readonly emails: readonly string[];
  /** US dollars that a month of the account may cost. */
  readonly monthlyBudget: number;
  /** Monitor of the account in AWS Cost Anomaly Detection. Undefined: its anomalies are told to nobody here. */
  readonly anomalyMonitorArn: string | undefined;
  readonly keys: Pick<ShopKeys, 'alarms' | 'logs'>;
  readonly logArchive: s3.IBucket;
  readonly logRetentionDays: number;
  /** Takes what AWS Config records. */
  readonly accessLogs: s3.IBucket;
  /** What is made here of the services of which an account has one. */
  readonly watchers: Pick<Environment['detection'], 'makes' | 'standards' | 'asksConfig'>;
  /** Whether it hears of the findings of its account and region, which one environment of them does. */
  readonly tells: boolean;
  /** Bucket of which the trail records who reads and writes each object. @default none */
  readonly exportsBucket?: string | undefined;
}

/** Who did what (LOG1), and how a person hears of it (ALM1). */
export class DetectionStack extends Stack {
  readonly alarmTopic: AlarmTopic;
  /** In which findings wait to be told. Undefined: another environment of the account tells of them. */
  readonly findings: sqs.IQueue | undefined;

  constructor(scope: Construct, id: string, props: DetectionStackProps) {
    super(scope, id, props);
    this.alarmTopic = new AlarmTopic(this, 'AlarmTopic', {
      key: props.keys.alarms,
      emails: props.emails,
      tellsAnomalies: props.anomalyMonitorArn !== undefined,
    });
    this.recordApiCalls(props);
    new BillAlarms(this, 'Bill', {
      monthly: props.monthlyBudget,
      anomalyMonitorArn: props.anomalyMonitorArn,
      alarmTopic: this.alarmTopic,
    });
    const threats = new ThreatDetection(this, 'Threats', props.watchers);
    this.compareWithPromises(props);
    if (props.tells)
      this.findings = new FindingRules(threats, 'Findings', { alarmTopic: this.alarmTopic }).queue;
  }

  /** What runs, with what the templates and the standards say. */
  private compareWithPromises({ accessLogs, watchers }: DetectionStackProps): void {
    const { makes, standards, asksConfig } = watchers;
    const recorder = makes.includes('config')
      ? new ChangeRecorder(this, 'Changes', { bucket: accessLogs, forStandards: standards.length > 0 })
      : undefined;
    if (asksConfig) new ConfigRules(this, 'Promises', recorder);
    if (makes.includes('security-hub')) new SecurityHub(this, 'SecurityHub', { standards, recorder });
  }

  /** Rotation also depends on it: Secrets Manager reports the outcome of a rotation through the trail only. */
  private recordApiCalls(props: DetectionStackProps): void {
    const trail = new cloudtrail.Trail(this, 'Trail', {
      bucket: props.logArchive,
      encryptionKey: props.keys.logs,
      enableFileValidation: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      sendToCloudWatchLogs: true,
      cloudWatchLogGroup: new logs.LogGroup(this, 'TrailLogs', {
        encryptionKey: props.keys.logs,
        retention: props.logRetentionDays,
        removalPolicy: removalPolicyOf(props),
      }),
    });
    if (props.exportsBucket === undefined) return;
    // By name: the bucket comes with a stack that is deployed later.
    trail.addS3EventSelector([{ bucket: s3.Bucket.fromBucketName(this, 'Exports', props.exportsBucket) }]);
  }
}
