import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Contractor } from '../../config/index.ts';
import { serviceOfThisAccount } from '../iam/service-principal.ts';

export interface ContractorHoursProps {
  readonly role: iam.Role;
  readonly hours: NonNullable<Contractor['hours']>;
  readonly timeZone: string;
}

/**
 * Opens a role at the hours of the contract, and closes it, sessions included: IAM knows dates, but no hours of a day.
 *
 * A policy that refuses everything hangs on the role. A schedule takes it off when the hours begin, another hangs it on
 * when they end and every hour until they begin again. It hangs there from the first deploy on: what fails leaves the
 * role closed, or closed an hour late. No code runs, and the schedules' role can attach this one policy only.
 */
export class ContractorHours extends Construct {
  constructor(scope: Construct, id: string, { role, hours, timeZone }: ContractorHoursProps) {
    super(scope, id);
    const closed = new iam.ManagedPolicy(this, 'Closed', {
      description: 'Refuses everything outside the hours of the contract',
      statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
    role.addManagedPolicy(closed);

    const keeper = new iam.Role(this, 'Keeper', {
      assumedBy: serviceOfThisAccount(this, 'scheduler'),
      description: 'Closes and opens the role of the contractor',
    });
    keeper.addToPolicy(
      new iam.PolicyStatement({
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        resources: [role.roleArn],
        conditions: { ArnEquals: { 'iam:PolicyARN': closed.managedPolicyArn } },
      }),
    );

    const [fromHour, fromMinute] = clock(hours.from);
    const [toHour, toMinute] = clock(hours.to);
    const days = hours.days.map((day) => day.slice(0, 3).toUpperCase()).join(',');
    const outside = Array.from({ length: 24 }, (_, hour) => hour).filter(
      (hour) => hour >= toHour || hour < fromHour,
    );
    const call = (name: string, action: string, cron: string, seconds: number) => {
      const schedule = new scheduler.CfnSchedule(this, name, {
        description: `${name}s the role of the contractor`,
        scheduleExpression: `cron(${cron})`,
        scheduleExpressionTimezone: timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: `arn:aws:scheduler:::aws-sdk:iam:${action}`,
          roleArn: keeper.roleArn,
          input: Stack.of(this).toJsonString({ RoleName: role.roleName, PolicyArn: closed.managedPolicyArn }),
          // A call that comes late would undo the one after it.
          retryPolicy: { maximumEventAgeInSeconds: seconds },
        },
      });
      schedule.node.addDependency(keeper, role);
    };
    call('Open', 'detachRolePolicy', `${fromMinute} ${fromHour} ? * ${days} *`, 600);
    call('Close', 'attachRolePolicy', `${toMinute} ${outside.join(',')} * * ? *`, 60);
  }
}

function clock(time: string): readonly [hour: number, minute: number] {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return [hour, minute];
}
