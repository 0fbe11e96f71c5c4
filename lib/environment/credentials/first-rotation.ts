import { CustomResource, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../lambda/hardened-function.ts';

export interface FirstRotationProps {
  readonly secrets: readonly secretsmanager.ISecret[];
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Holds a deploy until every secret was rotated once. Secrets Manager starts the first rotation with the schedule
 * and reports nothing back to CloudFormation: without waiting, the shop would start before its login exists.
 */
export class FirstRotation extends Construct {
  constructor(scope: Construct, id: string, props: FirstRotationProps) {
    super(scope, id);
    const secretArns = props.secrets.map((secret) => secret.secretArn);
    const wait = new HardenedFunction(this, 'Wait', {
      name: 'first-rotation',
      description: 'Waits during a deploy until each secret was rotated once',
      timeout: Duration.minutes(15),
      network: props.network,
      logs: props.logs,
      alarmTopic: props.alarmTopic,
      reservedConcurrency: 1,
    });
    wait.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['secretsmanager:DescribeSecret'], resources: secretArns }),
    );
    new CustomResource(this, 'Rotated', {
      resourceType: 'Custom::FirstRotation',
      serviceToken: wait.functionArn,
      serviceTimeout: Duration.minutes(16),
      properties: { Secrets: secretArns },
    });
  }
}
