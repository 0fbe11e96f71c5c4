import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface StorefrontAlarmsProps {
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  readonly alarmTopic: sns.ITopic;
}

/** What tells that the shop does not serve its customers; a deployment that sets one of them off is rolled back. */
export class StorefrontAlarms extends Construct {
  readonly all: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, { targetGroup, alarmTopic }: StorefrontAlarmsProps) {
    super(scope, id);
    const { metrics } = targetGroup;
    const period = Duration.minutes(1);
    const runbook = 'Runbook: docs/runbooks/shop-down.md';
    this.all = [
      new cloudwatch.Alarm(this, 'ServerErrors', {
        alarmDescription: `The shop answers customers with errors (5xx). ${runbook}`,
        metric: metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { period }),
        threshold: 10,
        evaluationPeriods: 3,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
      new cloudwatch.Alarm(this, 'UnhealthyTasks', {
        alarmDescription: `A task of the shop fails its health check: the shop or its database. ${runbook}`,
        metric: metrics.unhealthyHostCount({ period, statistic: 'Minimum' }),
        threshold: 1,
        evaluationPeriods: 5,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
    for (const alarm of this.all) alarm.addAlarmAction(new actions.SnsAction(alarmTopic));
  }
}
