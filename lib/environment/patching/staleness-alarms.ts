import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runtimeNoticeDays } from '../../declarations/lambda-runtimes.ts';
import { warmUp } from '../detection/warm-up.ts';
import { patchMetricNamespace, pipelineDimension } from './metrics.ts';
import { oldestImageDays } from './staleness.ts';

export interface StalenessAlarmsProps {
  readonly pipelineName: string;
  readonly alarmTopic: sns.ITopic;
}

/**
 * What makes patching itself stale, each told to a person (ALM1): an old image, a run that failed, an exception past
 * its date, an image nobody released, a host that misses a patch, a function runtime that ends.
 */
export class StalenessAlarms extends Construct {
  constructor(scope: Construct, id: string, props: StalenessAlarmsProps) {
    super(scope, id);
    const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;
    const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;

    this.alarm(props, 'ImageAge', {
      metric: 'ImageAgeDays',
      description: `The image that runs is older than ${oldestImageDays} days, or nothing measures its age any more`,
      threshold: oldestImageDays,
      comparison: GREATER_THAN_THRESHOLD,
      // Silence is the worst sign: the watch measures twice a day.
      missing: BREACHING,
    });
    this.alarm(props, 'ExpiredExceptions', {
      metric: 'ExpiredExceptions',
      description: 'An exception of the scan gate is past its date',
      threshold: 0,
      comparison: GREATER_THAN_THRESHOLD,
      missing: NOT_BREACHING,
    });
    this.alarm(props, 'UnexpectedImage', {
      metric: 'UnexpectedImage',
      description: 'A task of the shop ran an image the patch pipeline did not release, or an older one',
      threshold: 0,
      comparison: GREATER_THAN_THRESHOLD,
      missing: NOT_BREACHING,
    });
    this.alarm(props, 'FailsGate', {
      metric: 'FailsGate',
      description: 'The image that runs would not pass the scan gate today',
      threshold: 0,
      comparison: GREATER_THAN_THRESHOLD,
      missing: NOT_BREACHING,
    });
    this.alarm(props, 'LastRun', {
      metric: 'LastRunFailed',
      description: 'The last run of the patch pipeline failed or was stopped, and none was started since',
      threshold: 0,
      comparison: GREATER_THAN_THRESHOLD,
      missing: NOT_BREACHING,
    });
    this.alarm(props, 'PatchCompliance', {
      metric: 'PatchCompliancePercent',
      description: 'A host misses a patch, a restart or its daily scan: patch compliance is below 100 %',
      threshold: 100,
      comparison: LESS_THAN_THRESHOLD,
      missing: NOT_BREACHING,
    });
    this.alarm(props, 'RuntimeSupport', {
      metric: 'RuntimeSupportDays',
      description: `AWS stops patching the functions' runtime in less than ${runtimeNoticeDays} days: update secure-shop`,
      threshold: runtimeNoticeDays,
      comparison: LESS_THAN_THRESHOLD,
      missing: NOT_BREACHING,
    });

    new events.Rule(this, 'FailedRun', {
      description: 'A run of the patch pipeline failed',
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Pipeline Execution State Change'],
        detail: { pipeline: [props.pipelineName], state: ['FAILED', 'STOPPED', 'CANCELED'] },
      },
      targets: [
        new targets.SnsTopic(props.alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `The patch pipeline ${events.EventField.fromPath('$.detail.pipeline')} ended as ${events.EventField.fromPath('$.detail.state')}. Unless its log says otherwise, the shop runs on with the previous image. Run ${events.EventField.fromPath('$.detail.execution-id')}; read what stopped it with "secure-shop patch --status". Runbook: docs/runbooks/patching.md`,
          ),
        }),
      ],
    });
  }

  private alarm(props: StalenessAlarmsProps, id: string, what: AlarmProps): void {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: `${what.description}. Runbook: docs/runbooks/patching.md`,
      metric: new cloudwatch.Metric({
        namespace: patchMetricNamespace,
        metricName: what.metric,
        dimensionsMap: { [pipelineDimension]: props.pipelineName },
        statistic:
          what.comparison === cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD ? 'Minimum' : 'Maximum',
        period: Duration.days(1),
      }),
      threshold: what.threshold,
      comparisonOperator: what.comparison,
      evaluationPeriods: 1,
      treatMissingData: what.missing,
    });
    alarm.addAlarmAction(new actions.SnsAction(props.alarmTopic));
    warmUp(alarm, Duration.days(1));
  }
}

interface AlarmProps {
  readonly metric: string;
  readonly description: string;
  readonly threshold: number;
  readonly comparison: cloudwatch.ComparisonOperator;
  readonly missing: cloudwatch.TreatMissingData;
}
