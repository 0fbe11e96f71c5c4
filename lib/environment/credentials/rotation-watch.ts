import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { warmUp } from '../detection/warm-up.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { overdueMetric } from './overdue-metric.ts';

export interface RotationWatchProps {
  /** By a name that tells a person which secret it is. */
  readonly secrets: Readonly<Record<string, secretsmanager.ISecret>>;
  /** The longest time between two rotations that are both in time. */
  readonly longestGap: Duration;
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Tells a person when a credential is older than its schedule and window allow (SEC1, ALM1): the one fault that
 * makes no noise, because a rotation that never starts cannot fail. Once an hour it asks Secrets Manager when each
 * secret was last rotated. No answer is an alarm too.
 */
export class RotationWatch extends Construct {
  constructor(scope: Construct, id: string, props: RotationWatchProps) {
    super(scope, id);
    const names = Object.keys(props.secrets);
    const secretArns = Object.values(props.secrets).map((secret) => secret.secretArn);
    const watch = new HardenedFunction(this, 'Watch', {
      name: 'rotation-watch',
      description: 'Looks for credentials whose rotation is overdue; runbook docs/runbooks/rotation.md',
      timeout: Duration.minutes(1),
      network: props.network,
      logs: props.logs,
      alarmTopic: props.alarmTopic,
      retryAttempts: 1,
      environment: {
        SECRETS: Stack.of(this).toJsonString(
          Object.fromEntries(names.map((name) => [name, props.secrets[name]?.secretArn])),
        ),
        LONGEST_GAP_HOURS: String(props.longestGap.toHours()),
      },
    });
    watch.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['secretsmanager:DescribeSecret'], resources: secretArns }),
    );
    new events.Rule(this, 'Hourly', {
      description: 'Looks for credentials whose rotation is overdue',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(watch, { retryAttempts: 2 })],
    });

    for (const name of names) {
      const overdue = new cloudwatch.Alarm(this, `Overdue-${name.replaceAll('/', '-')}`, {
        alarmDescription: `The secret ${name} was not rotated for more than ${props.longestGap.toHumanString()}, or nobody looks any more. What to do: docs/runbooks/rotation.md`,
        metric: new cloudwatch.Metric({
          ...overdueMetric,
          dimensionsMap: { Secret: name },
          statistic: 'Maximum',
          period: Duration.hours(1),
        }),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      });
      overdue.addAlarmAction(new actions.SnsAction(props.alarmTopic));
      warmUp(overdue, Duration.days(1));
    }
  }
}
