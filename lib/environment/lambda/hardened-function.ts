import { Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import { alarmOnAny } from '../detection/alarm-on-any.ts';
import { removalPolicyOf } from '../retention.ts';
import { bundleFolder } from './bundle-folder.ts';
import type { FunctionNetwork } from './function-network.ts';

export interface FunctionLogs {
  /** Of the log group, and of the settings in the function's environment. */
  readonly key: kms.IKey;
  /** One of the numbers of days that CloudWatch Logs takes. */
  readonly retentionDays: number;
  /** Whether the log goes with the stack. @default false */
  readonly disposable?: boolean;
}

/** As every function of an environment keeps its log. */
export function functionLogs(
  key: kms.IKey,
  { logRetentionDays, disposable }: Pick<Environment, 'logRetentionDays' | 'disposable'>,
): FunctionLogs {
  return { key, retentionDays: logRetentionDays, disposable };
}

export interface HardenedFunctionProps {
  /** Name of the bundle: the file `<name>.lambda.ts` below lib/. */
  readonly name: string;
  readonly description: string;
  readonly timeout: Duration;
  /** @default 256 MiB */
  readonly memoryMiB?: number;
  /** Plain settings; never a secret. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  readonly network: FunctionNetwork;
  /** Instead of the network's group, for a function that reaches more than AWS APIs. @default the network's group */
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly logs: FunctionLogs;
  /** Told of errors, throttles, and of events that could not be handled at all. */
  readonly alarmTopic: sns.ITopic;
  /** @default chosen by CloudFormation */
  readonly functionName?: string;
  /** Only where a policy written earlier must name it. @default chosen by CloudFormation */
  readonly roleName?: string;
  /**
   * How often Lambda repeats an event that failed. Only for what may be done twice.
   * @default 0: what is left undone rings an alarm
   */
  readonly retryAttempts?: 0 | 1;
  /** How many may run at once; keeps one runaway caller from starving the account. @default 2 */
  readonly reservedConcurrency?: number;
}

/**
 * A function with the settings every function of the shop shares: current runtime, a role that can write its own
 * log and no more, encrypted log group that is kept, bounded concurrency, a dead-letter topic that reaches a
 * person, and alarms on errors and throttles (ALM1). Grant it what it needs besides.
 */
export class HardenedFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: HardenedFunctionProps) {
    const logGroup = new logs.LogGroup(scope, `${id}Logs`, {
      encryptionKey: props.logs.key,
      retention: props.logs.retentionDays,
      removalPolicy: removalPolicyOf({ disposable: props.logs.disposable ?? false }),
    });
    const role = executionRole(scope, `${id}Role`, props, logGroup);
    super(scope, id, {
      description: props.description,
      code: lambda.Code.fromAsset(bundleFolder(props.name)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memoryMiB ?? 256,
      environment: props.environment,
      environmentEncryption: props.environment && props.logs.key,
      functionName: props.functionName,
      reservedConcurrentExecutions: props.reservedConcurrency ?? 2,
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      deadLetterTopic: props.alarmTopic,
      retryAttempts: props.retryAttempts ?? 0,
      vpc: props.network.vpc,
      vpcSubnets: props.network.subnets,
      securityGroups: props.securityGroups ?? [props.network.securityGroup],
    });

    const period = Duration.minutes(5);
    const alarmed = { Errors: this.metricErrors({ period }), Throttles: this.metricThrottles({ period }) };
    for (const [what, metric] of Object.entries(alarmed)) {
      alarmOnAny(this, what, {
        metric,
        description: `${what} of the function "${props.description}" in ${Stack.of(this).stackName}`,
        runbook: 'functions.md',
        topic: props.alarmTopic,
      });
    }
  }
}

/** May write its own log, read its own settings and send dead letters. */
function executionRole(
  scope: Construct,
  id: string,
  props: HardenedFunctionProps,
  logGroup: logs.ILogGroup,
): iam.Role {
  const { region } = Stack.of(scope);
  const role = new iam.Role(scope, id, {
    roleName: props.roleName,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: props.description,
    managedPolicies: [props.network.eniPolicy],
  });
  if (props.environment) {
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [props.logs.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `lambda.${region}.amazonaws.com` } },
      }),
    );
  }
  // Dead letters are sent with this role; without the key they vanish.
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  if (props.alarmTopic.masterKey) {
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [props.alarmTopic.masterKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
      }),
    );
  }
  // Two actions on one group; `grantWrite` would name the log streams with a wildcard.
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  return role;
}
