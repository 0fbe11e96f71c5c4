import { Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { declareReader } from '../../declarations/declare.ts';
import { alarmOnAny } from '../detection/alarm-on-any.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { warningPattern } from './rotation-warnings.ts';

export interface RotationFunctionProps {
  /** What it rotates, in words that alarms can show, such as `the credentials of shop`. */
  readonly rotates: string;
  readonly network: FunctionNetwork;
  /** Reaches the database's port and the endpoints of AWS. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
  /** How many secrets it rotates: all of them may begin in the same minute. @default 1 */
  readonly secrets?: number;
  /** A name for its role, so that a secret of another stack can declare it a reader. @default chosen by CloudFormation */
  readonly roleName?: string;
  /** PEM of the authority that signs the database's certificate. @default Amazon RDS's own roots */
  readonly certificateAuthority?: string;
}

/** The function that rotates: reads and writes the secrets it is given, and nothing else. */
export class RotationFunction extends Construct {
  readonly function: HardenedFunction;
  readonly functionArn: string;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: RotationFunctionProps) {
    super(scope, id);
    this.function = new HardenedFunction(this, 'Function', {
      name: 'rotation',
      roleName: props.roleName,
      description: `Rotates ${props.rotates}; runbook docs/runbooks/rotation.md`,
      // A step ends itself three seconds earlier and says why; Secrets Manager repeats it.
      timeout: Duration.minutes(1),
      memoryMiB: 512,
      network: props.network,
      securityGroups: [props.securityGroup],
      logs: props.logs,
      alarmTopic: props.alarmTopic,
      // Secrets Manager calls it once for each secret and waits: below their number it would be throttled. One more for
      // a rotation asked for by hand.
      reservedConcurrency: (props.secrets ?? 1) + 1,
      environment:
        props.certificateAuthority === undefined ? {} : { DATABASE_CA: props.certificateAuthority },
    });
    this.alarmOnWarnings(props);
    this.functionArn = this.function.functionArn;
    this.roleArn = this.role().roleArn;
  }

  /**
   * Lets Secrets Manager call it for this secret, and lets it rotate this secret.
   *
   * @param id names the permission; one of its own for each secret
   */
  allowToRotate(id: string, secret: secretsmanager.ISecret, key: kms.IKey): void {
    this.function.addPermission(`Rotate-${id}`, {
      principal: new iam.ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceArn: secret.secretArn,
      sourceAccount: Stack.of(this).account,
    });
    this.allow(
      [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:ListSecretVersionIds',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      secret.secretArn,
    );
    this.allowKey(key);
    declareReader(secret, this.role(), 'rotates it');
  }

  /** Lets it log in as the administrator, to create and repair what it rotates. */
  allowToAdminister(secret: secretsmanager.ISecret, key: kms.IKey): void {
    this.allow(['secretsmanager:GetSecretValue', 'secretsmanager:ListSecretVersionIds'], secret.secretArn);
    this.allowKey(key);
    declareReader(secret, this.role(), 'creates and repairs the logins of the shop');
  }

  /** A rotation that succeeded and left something as it was rings no other alarm. */
  private alarmOnWarnings({ rotates, alarmTopic }: RotationFunctionProps): void {
    const warnings = new logs.MetricFilter(this, 'Warnings', {
      logGroup: this.function.logGroup,
      filterPattern: logs.FilterPattern.literal(warningPattern),
      metricNamespace: 'SecureShop/RotationWarnings',
      metricName: `${this.function.functionName}-Warnings`,
    });
    alarmOnAny(this, 'WarningsAlarm', {
      metric: warnings.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      description: `The rotation of ${rotates} succeeded and left objects or rights as they were; secure-shop rotate --status lists them`,
      runbook: 'rotation.md',
      topic: alarmTopic,
    });
  }

  /** Only through Secrets Manager: the function has no use for the key itself. */
  private allowKey(key: kms.IKey): void {
    this.function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [key.keyArn],
        conditions: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` },
        },
      }),
    );
  }

  private allow(actions: string[], secretArn: string): void {
    this.function.addToRolePolicy(new iam.PolicyStatement({ actions, resources: [secretArn] }));
  }

  private role(): iam.IRole {
    if (this.function.role === undefined) throw new Error('a function of this project always has a role');
    return this.function.role;
  }
}
