import { CfnResource, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { bundleFolder } from '../lambda/bundle-folder.ts';
import { removalPolicyOf } from '../retention.ts';
import type { Removal } from './removals.ts';

export interface TeardownProps {
  readonly removals: readonly Removal[];
  readonly logsKey: kms.IKey;
  /** One of the numbers of days that CloudWatch Logs takes. */
  readonly logRetentionDays: number;
}

/**
 * Lets `cdk destroy` take a stack of a disposable environment away whole: beside each bucket, backup vault and VPC stands
 * a custom resource that removes what is in it when the stack goes. Never for an environment that lasts.
 *
 * The function stands outside the VPC, because the log buckets are emptied after the VPC is gone.
 */
export class Teardown extends Construct {
  constructor(scope: Stack, id: string, { removals, logsKey, logRetentionDays }: TeardownProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: logsKey,
      retention: logRetentionDays,
      removalPolicy: removalPolicyOf({ disposable: true }),
    });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Removes what would outlive a stack of a disposable environment',
    });
    const rights = [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      new iam.PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [scope.stackId] }),
      ...removals.flatMap(({ statements }) => statements),
    ];
    for (const statement of rights) role.addToPolicy(statement);
    const code = new lambda.Function(this, 'Function', {
      description: `Removes what would outlive ${scope.stackName}, when it is deleted`,
      code: lambda.Code.fromAsset(bundleFolder('teardown')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: Duration.minutes(15),
      memorySize: 256,
      reservedConcurrentExecutions: removals.length,
      retryAttempts: 0,
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
    for (const removal of removals) this.removeWithStack(removal, code, role);
    this.accept(removals);
  }

  private removeWithStack(
    { scope, leftover, after, before }: Removal,
    code: lambda.Function,
    role: iam.Role,
  ): void {
    const removal = new CustomResource(scope, 'Removal', {
      resourceType: 'Custom::Removal',
      serviceToken: code.functionArn,
      serviceTimeout: Duration.minutes(20),
      properties: { Leftover: Stack.of(this).toJsonString(leftover) },
    });
    removal.node.addDependency(role, ...after);
    for (const each of before) if (CfnResource.isCfnResource(each)) each.node.addDependency(removal);
  }

  private accept(removals: readonly Removal[]): void {
    const disposable =
      'Only an environment that is declared disposable has it: the owner said that its data, backups and logs may be deleted. Compensated: it does so only while CloudFormation deletes the stack, or rolls its creation back, and asks CloudFormation whether it does (lib/environment/teardown/stack-goes.ts).';
    const outside =
      'It deletes the log buckets after the VPC is gone, so no network of the shop can hold it. Compensated: only a disposable environment has it, it reads no data, and it can delete nothing but what its stack names.';
    const answered =
      'CloudFormation alone calls it, and waits for its answer: a failure, a throttled call or no answer fails the deletion of the stack before the eyes of whoever asked for it.';
    acknowledge(
      this,
      { rule: 'LambdaInsideVPC', reason: outside },
      { rule: 'NET5[FunctionInVpc]', reason: outside },
      { rule: 'LambdaDLQ', reason: answered },
      { rule: 'ALM1[DeadLetters]', reason: answered },
      { rule: 'ALM1[Watched]', reason: answered },
      ...removals.flatMap(({ edits }) => edits).map((rule) => ({ rule, reason: disposable })),
      ...[...new Set(removals.flatMap(({ patterns }) => patterns))].map((pattern) => ({
        rule: `IAM5[Resource::${pattern}]` as const,
        reason: `Neither the names below it are known before they are to be deleted, nor does AWS know a resource for lists. ${disposable}`,
      })),
    );
  }
}
