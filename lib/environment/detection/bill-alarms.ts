import * as budgets from 'aws-cdk-lib/aws-budgets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface BillAlarmsProps {
  /** US dollars a month. */
  readonly monthly: number;
  readonly alarmTopic: sns.ITopic;
}

/** Percent of the budget that is spent when a person is told. */
const spent = [50, 80, 100];

/**
 * A bill that a person hears of before it arrives: an attack, or a mistake, shows there. Costs nothing.
 *
 * It is the whole account's: a budget of what bears the environment's tag would stay at zero, and silent, until
 * somebody activates the tag in the billing console, which no template can.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export class BillAlarms extends Construct {
  constructor(scope: Construct, id: string, { monthly, alarmTopic }: BillAlarmsProps) {
    super(scope, id);
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
}
