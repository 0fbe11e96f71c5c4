import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs } from '../lambda/hardened-function.ts';
import { GuardedSecret } from './guarded-secret.ts';
import { credentialNames } from './names.ts';
import { RotationAlarms } from './rotation-alarms.ts';
import { RotationFunction } from './rotation-function.ts';
import { rotationRulesOf, rotationSchedule } from './schedule.ts';

export interface AdminCredentialProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly key: kms.IKey;
}

export interface AdminRotationProps {
  readonly database: Construct;
  readonly network: FunctionNetwork;
  /** The group of the rotation function; the database lets it in. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

/**
 * The database administrator's credential. Only the rotation functions read it: one rotates it, the other creates
 * and repairs the shop's logins with it. CloudFormation reads it as well, to create the database.
 *
 * The secret must be there before the database and its rotation only after it, so the two are made in two calls.
 */
export class AdminCredential extends Construct {
  readonly secret: secretsmanager.ISecret;
  /** What the cluster is created with. */
  readonly credentials: rds.Credentials;
  private readonly guarded: GuardedSecret;
  private readonly props: AdminCredentialProps;

  constructor(scope: Construct, id: string, props: AdminCredentialProps) {
    super(scope, id);
    this.props = props;
    const { shop, environment } = props;
    const names = credentialNames(shop.name, environment.name);
    const username = 'shop_admin';
    this.guarded = new GuardedSecret(this, 'Admin', {
      secretName: names.secrets.admin,
      description: `Database administrator of ${shop.name} (${environment.name})`,
      key: props.key,
      // Host, port and engine are added by the attachment to the cluster.
      template: { scheme: 'single-user', username },
      generatedKey: 'password',
      readerArns: [names.rotationRoleArn(this)],
      readByDeploy: true,
      disposable: environment.disposable,
    });
    this.secret = this.guarded.secret;
    this.credentials = rds.Credentials.fromSecret(this.secret, username);
  }

  rotate(props: AdminRotationProps): void {
    const { shop, environment } = this.props;
    const { secrets } = credentialNames(shop.name, environment.name);
    const rotation = new RotationFunction(this, 'Rotation', {
      rotates: `the secret ${secrets.admin}`,
      network: props.network,
      securityGroup: props.securityGroup,
      logs: functionLogs(props.logsKey, environment),
      alarmTopic: props.alarmTopic,
    });
    const schedule = this.guarded.rotateWith(rotation, rotationSchedule(rotationRulesOf(environment)));
    // The first rotation needs a database that answers and a secret that says where it is: its attachment does.
    schedule.node.addDependency(props.database, this.secret);
    new RotationAlarms(this, 'Alarms', { secrets: [this.secret], alarmTopic: props.alarmTopic });
  }
}
