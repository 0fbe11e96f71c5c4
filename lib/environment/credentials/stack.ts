import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { deskNames } from '../desk-names.ts';
import { roleArn } from '../iam/role-arn.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs } from '../lambda/hardened-function.ts';
import { mayGo } from '../optional-reference.ts';
import { FirstRotation } from './first-rotation.ts';
import { GuardedSecret } from './guarded-secret.ts';
import { credentialNames, databaseName } from './names.ts';
import { RotationAlarms } from './rotation-alarms.ts';
import { RotationFunction } from './rotation-function.ts';
import { RotationWatch } from './rotation-watch.ts';
import { rotationRulesOf, rotationSchedule } from './schedule.ts';
import { alternatingUsersTemplate } from './secret-template.ts';

export interface CredentialsStackProps extends StackProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly network: FunctionNetwork;
  readonly database: {
    readonly host: string;
    /** A number known at synth. */
    readonly port: number;
    /** The group of the rotation function; the database lets it in. */
    readonly clientGroup: ec2.ISecurityGroup;
  };
  readonly adminSecret: secretsmanager.ISecret;
  readonly keys: { readonly credentials: kms.IKey; readonly logs: kms.IKey };
  readonly alarmTopic: sns.ITopic;
}

/** What the shop logs in with, and everything that keeps it changing (SEC1, SEC2). */
export class CredentialsStack extends Stack {
  /** Keys: engine, host, port, dbname, username, password. */
  readonly shopSecret: secretsmanager.ISecret;
  /** One key for each secret environment variable of the platform; undefined when it has none. */
  readonly applicationSecret: secretsmanager.ISecret | undefined;
  /** By the name of a person at the desk, what their exports are encrypted with; key `passphrase`. */
  readonly exportPassphrases: ReadonlyMap<string, secretsmanager.ISecret>;
  readonly rotationFunctionArn: string;

  constructor(scope: Construct, id: string, props: CredentialsStackProps) {
    super(scope, id, props);
    const { shop, environment, network, alarmTopic } = props;
    const names = credentialNames(shop.name, environment.name);
    const logs = functionLogs(props.keys.logs, environment);
    const { disposable } = environment;
    const key = props.keys.credentials;

    const rotation = new RotationFunction(this, 'Rotation', {
      rotates: `the secrets ${names.secretPrefix}*`,
      network,
      securityGroup: props.database.clientGroup,
      logs,
      alarmTopic,
      roleName: names.rotationRole,
      // Login, export passphrase, what the platform itself asks for, and a passphrase for each person at the desk.
      secrets:
        2 + (shop.platform.secretEnvironment.length > 0 ? 1 : 0) + (environment.exports?.people.length ?? 0),
    });
    rotation.allowToAdminister(props.adminSecret, key);

    const shopLogin = new GuardedSecret(this, 'Shop', {
      secretName: names.secrets.shop,
      description: `Database login of ${shop.name} (${environment.name}); changes between two users`,
      key,
      template: shopTemplate(props),
      generatedKey: 'password',
      readerArns: [names.executionRoleArn(this), ...exporterArns(this, props)],
      disposable,
    });
    const application = this.makeApplicationSecret(props);
    const exports = new GuardedSecret(this, 'Exports', {
      secretName: names.secrets.exports,
      description: `Passphrase of customer data exports of ${shop.name} (${environment.name})`,
      key,
      // The passphrase before stays readable until the next rotation, for the exports still alive.
      template: { scheme: 'generated', names: ['passphrase'], length: 40, grace: true },
      generatedKey: 'passphrase',
      readerArns: [],
      disposable,
    });
    const people = this.makePassphrases(props);

    const schedule = rotationSchedule(rotationRulesOf(environment));
    const guarded = [
      shopLogin,
      ...(application === undefined ? [] : [application]),
      exports,
      ...people.values(),
    ];
    const schedules = guarded.map((one) => one.rotateWith(rotation, schedule));
    const secrets = guarded.map(({ secret }) => secret);
    new FirstRotation(this, 'FirstRotation', { secrets, network, logs, alarmTopic }).node.addDependency(
      ...schedules,
    );

    new RotationAlarms(this, 'Alarms', { secrets, alarmTopic });
    new RotationWatch(this, 'Watch', {
      secrets: {
        [names.secrets.admin]: props.adminSecret,
        [names.secrets.shop]: shopLogin.secret,
        ...(application === undefined ? {} : { [names.secrets.application]: application.secret }),
        [names.secrets.exports]: exports.secret,
        ...Object.fromEntries(
          [...people].map(([person, { secret }]) => [names.secrets.exportsOf(person), secret]),
        ),
      },
      longestGap: schedule.longestGap,
      network,
      logs,
      alarmTopic,
    });

    this.shopSecret = shopLogin.secret;
    this.applicationSecret = application?.secret;
    this.exportPassphrases = new Map([...people].map(([person, { secret }]) => [person, secret]));
    mayGo(
      rotation.function,
      ...(application ? [application.secret] : []),
      ...this.exportPassphrases.values(),
    );
    this.rotationFunctionArn = rotation.functionArn;
  }

  private makePassphrases({ shop, environment, keys }: CredentialsStackProps): Map<string, GuardedSecret> {
    const names = credentialNames(shop.name, environment.name);
    const { personRole, exportRole } = deskNames(shop.name, environment);
    return new Map(
      (environment.exports?.people ?? []).map(({ name }) => [
        name,
        new GuardedSecret(this, `ExportsOf-${name}`, {
          secretName: names.secrets.exportsOf(name),
          description: `Passphrase of the exports made for ${name} (${shop.name}, ${environment.name})`,
          key: keys.credentials,
          template: { scheme: 'generated', names: ['passphrase'], length: 40 },
          generatedKey: 'passphrase',
          readerArns: [roleArn(this, exportRole), roleArn(this, personRole(name))],
          disposable: environment.disposable,
        }),
      ]),
    );
  }

  private makeApplicationSecret(props: CredentialsStackProps): GuardedSecret | undefined {
    const { shop, environment } = props;
    const names = credentialNames(shop.name, environment.name);
    const { secretEnvironment: variables, fixedSecrets } = shop.platform;
    const [first] = variables;
    if (first === undefined) return undefined;
    return new GuardedSecret(this, 'Application', {
      secretName: names.secrets.application,
      description: `Application secrets of ${shop.name} (${environment.name})`,
      key: props.keys.credentials,
      template: {
        scheme: 'generated',
        names: variables.filter((name) => !fixedSecrets.includes(name)),
        fixed: variables.filter((name) => fixedSecrets.includes(name)),
        length: 64,
      },
      // CloudFormation generates one value; the first rotation fills in the others.
      generatedKey: first,
      readerArns: [names.executionRoleArn(this)],
      disposable: environment.disposable,
    });
  }
}

/** What writes exports reads the database with the shop's login; its stack comes later. */
function exporterArns(scope: Construct, { shop, environment }: CredentialsStackProps): string[] {
  const { exportRole } = deskNames(shop.name, environment);
  return environment.exports ? [roleArn(scope, exportRole)] : [];
}

/** Database, users and owner do not exist yet: the first rotation creates them. */
function shopTemplate({ shop, database, adminSecret }: CredentialsStackProps): Record<string, unknown> {
  const baseName = databaseName(shop.name);
  return alternatingUsersTemplate({
    engine: shop.platform.engine === 'postgresql' ? 'postgres' : 'mysql',
    host: database.host,
    port: database.port,
    database: baseName,
    baseName,
    adminSecretArn: adminSecret.secretArn,
  });
}
