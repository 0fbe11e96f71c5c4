import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionNetwork } from '../../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../../lambda/hardened-function.ts';
import type { Reader } from './mail.ts';

export interface FindingTellerProps extends Reader {
  /** In which findings wait to be told. */
  readonly findings: sqs.IQueue;
  /** Name of the parameter in which it keeps what it told. */
  readonly memoryParameter: string;
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Tells a person of what the account's services found (ALM1): every five minutes one mail of all that is new.
 *
 * By the clock, and not as messages come: Lambda would hand the findings of one minute out in several batches, each of
 * which would be a mail. It can read one queue, publish to one topic, and keep one parameter.
 */
export class FindingTeller extends Construct {
  constructor(scope: Construct, id: string, props: FindingTellerProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { findings, memoryParameter, alarmTopic, language, timeZone, environment } = props;
    const teller = new HardenedFunction(this, 'Function', {
      name: 'finding-teller',
      description: 'Tells a person in words what the security services found',
      timeout: Duration.minutes(2),
      environment: {
        SETTINGS: stack.toJsonString({
          queueUrl: findings.queueUrl,
          topicArn: alarmTopic.topicArn,
          memory: memoryParameter,
          language,
          timeZone,
          environment,
        }),
      },
      network: props.network,
      logs: props.logs,
      alarmTopic,
    });
    const allow = (actions: string[], resource: string) =>
      teller.addToRolePolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], findings.queueArn);
    allow(['sns:Publish'], alarmTopic.topicArn);
    allow(
      ['ssm:GetParameter', 'ssm:PutParameter'],
      stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: memoryParameter.slice(1) }),
    );
    new events.Rule(this, 'EveryFiveMinutes', {
      description: 'Tells a person of what was found',
      schedule: events.Schedule.rate(Duration.minutes(5)),
      targets: [new targets.LambdaFunction(teller, { retryAttempts: 0 })],
    });
  }
}
