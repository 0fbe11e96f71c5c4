import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { declareReader } from '../../declarations/declare.ts';
import { serviceOfThisAccount } from '../iam/service-principal.ts';
import { type Switch, switchesIn } from './switches.ts';

/**
 * Protects a stack and what it holds from deletion, once everything in it exists (DAT1).
 *
 * Said in the template, or to the CDK, the same switches stand from the first moment on: the CDK sets termination
 * protection after it has made the change set and before it runs it, and then cannot delete the stack whose creation
 * failed; a protected database or load balancer refuses the rollback itself. So a schedule, the last thing of the
 * stack to be made, switches them on every hour. Whoever switches one off has until then; a deploy does so, too,
 * because the CDK knows of no protection.
 *
 * No code runs: EventBridge Scheduler makes the one call written here. Costs nothing to speak of.
 */
export class Protection extends Construct {
  constructor(scope: Stack, id: string) {
    super(scope, id);
    const switches = switchesIn(scope);
    const others = scope.node.children.filter((child) => child !== this);
    const role = new iam.Role(this, 'Role', {
      assumedBy: serviceOfThisAccount(this, 'scheduler'),
      description: 'Switches on the protections of one stack',
    });
    for (const { action, resourceArn, store } of switches) {
      role.addToPolicy(new iam.PolicyStatement({ actions: [action], resources: [resourceArn] }));
      if (store)
        declareReader(store, role, 'switches its deletion protection on, with a call that a schedule fixes');
    }
    for (const each of switches) this.switchOn(each, role).node.addDependency(role, ...others);
  }

  private switchOn({ id, call, input }: Switch, role: iam.Role): scheduler.CfnSchedule {
    return new scheduler.CfnSchedule(this, id, {
      description: `Switches on the protection of ${Stack.of(this).stackName}`,
      // On the minute, not at a rate: a rate begins the moment the schedule exists, its siblings perhaps not yet.
      scheduleExpression: 'cron(7 * * * ? *)',
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:aws:scheduler:::aws-sdk:${call}`,
        roleArn: role.roleArn,
        input: Stack.of(this).toJsonString(input),
        // A database that is being patched refuses; the next hour's call takes over.
        retryPolicy: { maximumEventAgeInSeconds: 3600 },
      },
    });
  }
}
