import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { warmUp } from '../detection/warm-up.ts';

export interface ClockAlarmProps {
  /** Name of the service, after which the metric is called. */
  readonly service: string;
  /** Where the tasks of the shop write. */
  readonly logGroup: logs.ILogGroup;
  /** What the clock writes after each round that went well. */
  readonly clockLine: string;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Tells a person when the scheduled tasks of the shop stand still (ALM1): a clock that hangs, or that was never started,
 * makes no error, and the pages go on working. Rounds follow each other by a minute; one container's are enough.
 */
export class ClockAlarm extends Construct {
  constructor(scope: Construct, id: string, { service, logGroup, clockLine, alarmTopic }: ClockAlarmProps) {
    super(scope, id);
    const rounds = new logs.MetricFilter(this, 'Rounds', {
      logGroup,
      filterPattern: logs.FilterPattern.literal(`"${clockLine}"`),
      metricNamespace: 'SecureShop/Clock',
      metricName: `${service}-Heartbeat`,
    });
    const silent = new cloudwatch.Alarm(this, 'Silent', {
      alarmDescription:
        'No round of the scheduled tasks of the shop (orders, mails, stock) ended well for half an hour. Runbook: docs/runbooks/shop-down.md',
      metric: rounds.metric({ period: Duration.minutes(10), statistic: 'Sum' }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    silent.addAlarmAction(new actions.SnsAction(alarmTopic));
    // Images of before wrote no such line: the run that follows the deploy builds one that does.
    warmUp(silent, Duration.days(2));
  }
}
