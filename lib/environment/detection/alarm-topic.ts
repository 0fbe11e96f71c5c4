import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { declareSubscribers } from '../../declarations/declare.ts';

export interface AlarmTopicProps {
  readonly key: kms.IKey;
  /** Who is told; AWS asks each address to confirm. */
  readonly emails: readonly string[];
  /** Whether AWS Cost Anomaly Detection tells through it. */
  readonly tellsAnomalies: boolean;
}

/** The one way from any alarm to a person (ALM1): encrypted, TLS only, published to by this account's services. */
export class AlarmTopic extends sns.Topic {
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id, { displayName: 'Secure Shop alarms', masterKey: props.key, enforceSSL: true });
    for (const email of props.emails) this.addSubscription(new subscriptions.EmailSubscription(email));
    declareSubscribers(this, props.emails);

    this.allowPublishing('AlarmsOfThisAccount', 'cloudwatch');
    this.allowPublishing('BudgetsOfThisAccount', 'budgets');
    // https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
    if (props.tellsAnomalies) this.allowPublishing('CostAnomaliesOfThisAccount', 'costalerts');
    // EventBridge sends nothing a condition could test; one would drop every event silently.
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
    this.allowPublishing('Events', 'events', {});
  }

  private allowPublishing(
    sid: string,
    service: string,
    conditions: Record<string, Record<string, string>> = {
      StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
    },
  ): void {
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions,
      }),
    );
  }
}
