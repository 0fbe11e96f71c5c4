import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import { serviceOfThisAccount } from '../iam/service-principal.ts';
import { maintenanceCron } from '../maintenance-window.ts';

export interface WeeklyRunProps {
  readonly maintenance: Environment['maintenance'];
  readonly pipelineArn: string;
}

/** Rebuilds the shop every week in the maintenance window, whether or not anybody remembers. */
export class WeeklyRun extends Construct {
  constructor(scope: Construct, id: string, props: WeeklyRunProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      description: 'Starts the weekly run of the patch pipeline',
      assumedBy: serviceOfThisAccount(this, 'scheduler'),
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['codepipeline:StartPipelineExecution'],
        resources: [props.pipelineArn],
      }),
    );
    const schedule = new scheduler.CfnSchedule(this, 'Schedule', {
      description: 'Weekly rebuild of the shop image',
      scheduleExpression: maintenanceCron(props.maintenance),
      scheduleExpressionTimezone: 'UTC',
      // Starting within the first half hour of the window leaves time for the rollout.
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 30 },
      target: { arn: props.pipelineArn, roleArn: role.roleArn },
    });
    schedule.node.addDependency(role);
  }
}
