import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareNoRotation } from '../../declarations/declare.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import type { RotationFunction } from './rotation-function.ts';
import type { RotationSchedule } from './schedule.ts';

export interface GuardedSecretProps extends RetentionProps {
  /** @default chosen by CloudFormation */
  readonly secretName?: string;
  readonly description: string;
  readonly key: kms.IKey;
  /** What the JSON holds besides the generated value. Changing it later replaces the value of a live secret. */
  readonly template: Readonly<Record<string, unknown>>;
  /** The key of the JSON that gets a generated value at creation. */
  readonly generatedKey: string;
  /** ARNs of the roles that may read it, besides the function that rotates it. */
  readonly readerArns: readonly string[];
  /** Whether CloudFormation reads it during a deploy, as it does for the password of a new database. @default false */
  readonly readByDeploy?: boolean;
}

/**
 * A secret with a key of its own class that only declared principals can read (SEC1, DAT2).
 *
 * The resource policy denies everyone else, the administrators of the account and its root user included: whatever
 * an IAM policy allows, a value is read by a declared role or not at all. Nobody is locked out, because the policy
 * itself can still be changed by whoever administers the account; doing so is a call of its own in the audit trail.
 */
export class GuardedSecret extends Construct {
  readonly secret: secretsmanager.Secret;
  readonly key: kms.IKey;
  private readonly props: GuardedSecretProps;

  constructor(scope: Construct, id: string, props: GuardedSecretProps) {
    super(scope, id);
    this.props = props;
    this.key = props.key;
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      secretName: props.secretName,
      description: props.description,
      encryptionKey: props.key,
      generateSecretString: {
        secretStringTemplate: Stack.of(this).toJsonString(props.template),
        generateStringKey: props.generatedKey,
        passwordLength: 40,
        excludePunctuation: true,
      },
      removalPolicy: removalPolicyOf(props),
    });
  }

  /** Rotates it on a schedule, at once for the first time, and closes it to everyone undeclared. */
  rotateWith(rotation: RotationFunction, schedule: RotationSchedule): secretsmanager.CfnRotationSchedule {
    rotation.allowToRotate(this.node.id, this.secret, this.key);
    this.close(rotation.roleArn);
    const rotationSchedule = new secretsmanager.CfnRotationSchedule(this, 'Rotation', {
      secretId: this.secret.secretArn,
      rotationLambdaArn: rotation.functionArn,
      rotationRules: { scheduleExpression: schedule.scheduleExpression, duration: schedule.duration },
      rotateImmediatelyOnUpdate: true,
    });
    // The first rotation starts with this resource: function, rights and the secret's own policy must be there.
    rotationSchedule.node.addDependency(rotation, this.secret);
    return rotationSchedule;
  }

  /** For a value that only its owner can change, who may write it therefore: closed to readers that are not declared. */
  keepUntilWritten(reason: string): void {
    declareNoRotation(this.secret, reason);
    acknowledge(
      this.secret,
      ...(['SecretsManagerRotationEnabled', 'SMG4'] as const).map((rule) => ({ rule, reason })),
    );
    this.deny('OnlyDeclaredReaders', ['secretsmanager:GetSecretValue'], this.props.readerArns);
  }

  private close(rotationRoleArn: string): void {
    const deploy = deployRoleArns(this);
    const readers = [rotationRoleArn, ...this.props.readerArns, ...(this.props.readByDeploy ? deploy : [])];
    const writers = [rotationRoleArn, ...deploy];
    this.deny('OnlyDeclaredReaders', ['secretsmanager:GetSecretValue'], readers);
    this.deny(
      'OnlyRotationWrites',
      [
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecret',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      writers,
    );
  }

  private deny(sid: string, actions: string[], exceptArns: readonly string[]): void {
    this.secret.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions,
        resources: ['*'],
        // For a role in use this key holds the role's ARN, not that of the session.
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': [...exceptArns] } },
      }),
    );
    // Whatever a later policy says: Secrets Manager refuses one that opens the secret to everybody.
    for (const part of this.secret.node.findAll()) {
      if (part instanceof secretsmanager.CfnResourcePolicy) part.blockPublicPolicy = true;
    }
  }
}

/** The role CloudFormation works with under the CDK's bootstrap; none with a synthesizer that knows no qualifier. */
function deployRoleArns(scope: Construct): string[] {
  const { synthesizer, partition, account, region } = Stack.of(scope);
  const qualifier = synthesizer.bootstrapQualifier;
  if (qualifier === undefined) return [];
  return [`arn:${partition}:iam::${account}:role/cdk-${qualifier}-cfn-exec-role-${account}-${region}`];
}
