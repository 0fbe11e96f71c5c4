import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmOnAnyProps {
  /** Counts what should not happen, with its period and the statistic `Sum`. */
  readonly metric: cloudwatch.IMetric;
  /** What happened, as a sentence for the person who is told. */
  readonly description: string;
  /** File below docs/runbooks that says what to do, such as `vpn.md`. */
  readonly runbook: string;
  readonly topic: sns.ITopic;
}

/** One in a period reaches a person (ALM1). A period without data is a quiet one. */
export function alarmOnAny(scope: Construct, id: string, props: AlarmOnAnyProps): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, id, {
    alarmDescription: `${props.description}. Runbook: docs/runbooks/${props.runbook}`,
    metric: props.metric,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new actions.SnsAction(props.topic));
  return alarm;
}
