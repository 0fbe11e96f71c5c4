import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** Runs a reader of restore tests on the days of the test; each run does the next step of what it finds. */
export function runOnTestDays(scope: Construct, reader: lambda.IFunction): void {
  new events.Rule(scope, 'EveryTenMinutes', {
    description: 'Reads what the restore test of this month brought back',
    schedule: events.Schedule.expression('cron(0/10 * 15-17 * ? *)'),
    targets: [new targets.LambdaFunction(reader, { retryAttempts: 2 })],
  });
  new events.Rule(scope, 'DayAfter', {
    description: 'Tells a person when this month has had no restore test',
    schedule: events.Schedule.expression('cron(0 6 17 * ? *)'),
    targets: [
      new targets.LambdaFunction(reader, {
        retryAttempts: 2,
        event: events.RuleTargetInput.fromObject({ mustHaveBeen: true }),
      }),
    ],
  });
}

/** Finds the jobs of restore tests, and says what they are worth. */
export function judging(...more: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['backup:ListRestoreJobs', 'backup:PutRestoreValidationResult', ...more],
    resources: ['*'],
  });
}

export const judgingReason =
  'None of these actions knows a resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html). Compensated: they read lists of jobs and numbers, and write a verdict beside a restore test; none reads or changes what a backup holds.';
