import { Names } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as ce from 'aws-cdk-lib/aws-ce';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface BillAlarmsProps {
  /** US dollars a month. */
  readonly monthly: number;
  /** Monitor of the account, as the config names it. @default its anomalies are told to nobody here */
  readonly anomalyMonitorArn?: string | undefined;
  readonly alarmTopic: sns.ITopic;
}

/** Percent of the budget that is spent when a person is told. */
const spent = [50, 80, 100];
/** Part of the budget that an anomaly has to cost. */
const worthTelling = 0.1;

/**
 * A bill that a person hears of before it arrives: an attack, or a mistake, shows there. Costs nothing.
 *
 * It is the whole account's: a budget of what bears the environment's tag would stay at zero, and silent, until
 * somebody activates the tag in the billing console, which no template can.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export class BillAlarms extends Construct {
  constructor(scope: Construct, id: string, props: BillAlarmsProps) {
    super(scope, id);
    this.setBudget(props);
    this.tellAnomalies(props);
  }

  private setBudget({ monthly, alarmTopic }: BillAlarmsProps): void {
    const tell = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
        threshold,
      },
      subscribers: [{ subscriptionType: 'SNS', address: alarmTopic.topicArn }],
    });
    const budget = new budgets.CfnBudget(this, 'Budget', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: monthly, unit: 'USD' } },
      notificationsWithSubscribers: [
        ...spent.map((percent) => tell('ACTUAL', percent)),
        tell('FORECASTED', 100),
      ],
    });
    // AWS sends a message to a topic that it is to use, and refuses one that does not take it.
    budget.node.addDependency(alarmTopic);
  }

  /**
   * A bill that rises long before it meets the budget. The monitor itself is not made here: an account takes one of its
   * services, AWS makes it when Cost Explorer is first opened, and a second one fails the deploy as "AlreadyExists".
   * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2515
   */
  private tellAnomalies({ monthly, anomalyMonitorArn, alarmTopic }: BillAlarmsProps): void {
    if (anomalyMonitorArn === undefined) return;
    const subscription = new ce.CfnAnomalySubscription(this, 'Anomalies', {
      subscriptionName: Names.uniqueResourceName(this, { maxLength: 100 }),
      // The one frequency that takes a topic.
      frequency: 'IMMEDIATE',
      monitorArnList: [anomalyMonitorArn],
      subscribers: [{ type: 'SNS', address: alarmTopic.topicArn }],
      thresholdExpression: JSON.stringify({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(Math.max(1, Math.round(monthly * worthTelling)))],
        },
      }),
    });
    subscription.node.addDependency(alarmTopic);
  }
}
