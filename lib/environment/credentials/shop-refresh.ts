import { Duration } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { rotationEvents, writingEvents } from './rotation-events.ts';

export interface ShopRefreshProps {
  readonly environment: Environment;
  readonly service: ecs.IFargateService;
  readonly cluster: ecs.ICluster;
  /** What the tasks were given when they started. */
  readonly secrets: readonly secretsmanager.ISecret[];
  /** Secrets that do not rotate, and whose owner writes them. */
  readonly writtenByOwner: readonly secretsmanager.ISecret[];
  readonly network: FunctionNetwork;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Restarts the shop's tasks after each rotation (SEC2): ECS injects a secret when a task starts and never again, so a
 * task that runs on would lose its login two rotations later.
 *
 * When the refresh fails, an alarm says so. The tasks of before keep serving with the login of before, and the next
 * rotation stops at its in-use guard rather than lock them out.
 */
export class ShopRefresh extends Construct {
  constructor(scope: Construct, id: string, props: ShopRefreshProps) {
    super(scope, id);
    const refresh = new HardenedFunction(this, 'Refresh', {
      name: 'refresh',
      description: `Restarts the shop (${props.environment.name}) after a rotation; runbook docs/runbooks/rotation.md`,
      timeout: Duration.minutes(15),
      network: props.network,
      logs: functionLogs(props.logsKey, props.environment),
      alarmTopic: props.alarmTopic,
      environment: { CLUSTER: props.cluster.clusterName, SERVICE: props.service.serviceName },
      // Every secret of a window may rotate at the same time, and each run waits for its deployment.
      reservedConcurrency: Math.max(2, props.secrets.length + 1),
    });
    refresh.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ecs:UpdateService', 'ecs:DescribeServices'],
        resources: [props.service.serviceArn],
      }),
    );
    new events.Rule(this, 'Rotated', {
      description: 'A credential of the running shop was rotated',
      eventPattern: rotationEvents(props.secrets, ['RotationSucceeded']),
      targets: [new targets.LambdaFunction(refresh, { retryAttempts: 2 })],
    });
    if (props.writtenByOwner.length === 0) return;
    new events.Rule(this, 'Written', {
      description: 'A credential of the running shop was written by its owner',
      eventPattern: writingEvents(props.writtenByOwner),
      targets: [new targets.LambdaFunction(refresh, { retryAttempts: 2 })],
    });
  }
}
