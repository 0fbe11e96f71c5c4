import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { isReservedDatabase, isReservedLogin } from '../../config/reserved-names.ts';
import type { FunctionLogs } from '../lambda/hardened-function.ts';
import { functionEniPolicy } from '../network/function-eni-policy.ts';
import { GuardedSecret } from './guarded-secret.ts';
import { RotationAlarms } from './rotation-alarms.ts';
import { RotationFunction } from './rotation-function.ts';
import { RotationWatch } from './rotation-watch.ts';
import { type RotationRules, rotationSchedule } from './schedule.ts';
import { alternatingUsersTemplate } from './secret-template.ts';
import { hasTrustedRoot, rootsOf } from './trusted-regions.ts';

/** The database whose login rotates. It must speak TLS, and prove its name by it. */
export interface RotatedDatabase {
  /** Which protocol and rights it speaks of; Aurora's are `postgres` and `mysql`. */
  readonly engine: 'postgres' | 'mysql' | 'mariadb';
  /** DNS name of the writer; the database's certificate must prove it. */
  readonly host: string;
  /** A number known at synth: the packs read a port that is a token as "any port". */
  readonly port: number;
  /** The application's own database. It is created when it does not exist. */
  readonly name: string;
  /** Gets a rule that lets the rotation function in. @default the function is let in by a rule of yours */
  readonly securityGroup?: ec2.ISecurityGroup;
  /**
   * PEM of the authority that signs the database's certificate. Needed in regions newer than the roots the function
   * carries; synthesis says so. @default Amazon RDS's own roots
   */
  readonly certificateAuthority?: string;
  /**
   * DNS names of the cluster's reader instances, not of its reader endpoint, which answers for one of them at a time: the
   * rotation counts the sessions there too, and stops where it cannot. @default applications use the writer only
   */
  readonly readers?: readonly string[];
}

/** What a rotated credential is for, who reads it, and when it changes. */
export interface RotatedCredentialProps extends RotationRules {
  /** Whose login it is. */
  readonly database: RotatedDatabase;
  /**
   * A secret of an administrator of the same server: it creates the two logins, and repairs them. Its keys are engine,
   * host, port, username and password; where engine, host or port differ from `database`, the rotation stops.
   */
  readonly adminSecret: secretsmanager.ISecret;
  /** The key the administrator's secret is encrypted with. @default the key of this secret */
  readonly adminSecretKey?: kms.IKey;
  /**
   * What the two logins are derived from: `shop` becomes `shop_a` and `shop_b`. Lower-case letters, digits and
   * underscores, at most 30.
   */
  readonly baseName: string;
  /** Who may read the credential. Everyone else is denied by the secret's own policy. */
  readonly readers: readonly iam.IRole[];
  /** Encrypts the secret; symmetric, of the secret's own region. The readers get the right to decrypt with it. */
  readonly encryptionKey: kms.IKey;
  /** Where the rotation function runs: a network from which the database is reached. */
  readonly vpc: ec2.IVpc;
  /** They reach the database, and Secrets Manager through an endpoint or NAT. @default the VPC's private subnets */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Told when a rotation failed, was abandoned or is overdue, and of errors and throttles of the function. */
  readonly alarmTopic: sns.ITopic;
  /** How the functions keep their logs. */
  readonly logs: FunctionLogs;
  /** Whether the secret may be deleted together with the stack. @default false */
  readonly disposable?: boolean;
}

/**
 * A database login that changes by itself and never breaks whoever uses it: two logins with the same rights take
 * turns, so that the one in use is never touched.
 *
 * Makes the secret, the rotation function with its security group, the schedule and the alarms. The first rotation
 * starts with the deploy: it creates the database, a role that owns it (PostgreSQL) and both logins. Applications
 * read `username` and `password` (and host, port, dbname) from the secret, and read it again within two rotations.
 *
 * Costs a secret, two small functions and three to five alarms: about 1.50 USD a month.
 *
 * @throws Error with every problem of the props, each with what to write instead
 */
export class RotatedCredential extends Construct {
  /** The secret itself: its ARN, and what else grants it. */
  readonly secret: secretsmanager.ISecret;
  /** The rotation function's group; the database must admit it on its port. */
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: RotatedCredentialProps) {
    super(scope, id);
    const problems = problemsOf(props, Stack.of(this).region);
    if (problems.length > 0) throw new Error(`RotatedCredential ${this.node.path}: ${problems.join('; ')}`);
    const schedule = rotationSchedule(props);
    const { database, vpc } = props;

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `Rotation of ${props.baseName}`,
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Secrets Manager');
    this.admit(database);

    const network = {
      vpc,
      subnets: props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroup: this.securityGroup,
      eniPolicy: functionEniPolicy(this),
    };
    const rotation = new RotationFunction(this, 'Rotation', {
      rotates: `the database login ${props.baseName}`,
      network,
      securityGroup: this.securityGroup,
      logs: props.logs,
      alarmTopic: props.alarmTopic,
      certificateAuthority: database.certificateAuthority,
    });
    rotation.allowToAdminister(props.adminSecret, props.adminSecretKey ?? props.encryptionKey);

    const guarded = new GuardedSecret(this, 'Credential', {
      description: `Database login ${props.baseName}; changes between two users`,
      key: props.encryptionKey,
      template: alternatingUsersTemplate({
        engine: database.engine,
        host: database.host,
        port: database.port,
        database: database.name,
        baseName: props.baseName,
        adminSecretArn: props.adminSecret.secretArn,
        readers: database.readers ?? [],
      }),
      generatedKey: 'password',
      readerArns: props.readers.map((reader) => reader.roleArn),
      disposable: props.disposable ?? false,
    });
    guarded.rotateWith(rotation, schedule).node.addDependency(this.securityGroup);
    for (const reader of props.readers) guarded.secret.grantRead(reader);
    this.secret = guarded.secret;

    new RotationAlarms(this, 'Alarms', { secrets: [this.secret], alarmTopic: props.alarmTopic });
    new RotationWatch(this, 'Watch', {
      secrets: { [`${Stack.of(this).stackName}-${props.baseName}`]: this.secret },
      longestGap: schedule.longestGap,
      network,
      logs: props.logs,
      alarmTopic: props.alarmTopic,
    });
  }

  private admit({ securityGroup, port }: RotatedDatabase): void {
    if (securityGroup === undefined) {
      this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), 'Database');
      return;
    }
    this.securityGroup.addEgressRule(securityGroup, ec2.Port.tcp(port), 'Database');
    securityGroup.addIngressRule(this.securityGroup, ec2.Port.tcp(port), 'Rotation of credentials');
  }
}

function problemsOf({ baseName, database }: RotatedCredentialProps, region: string): string[] {
  const problems: string[] = [];
  const kind = database.engine === 'postgres' ? 'postgres' : 'mysql';
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(baseName)) {
    problems.push(
      `"baseName" is "${baseName}"; write at most 30 lower-case letters, digits and underscores, starting with a letter`,
    );
  }
  if (Token.isUnresolved(database.port)) {
    problems.push('"database.port" is a token; write the number, such as 5432');
  }
  if (!Token.isUnresolved(database.name) && database.name.trim() === '') {
    problems.push('"database.name" is empty; write the name of the application database');
  }
  if (!Token.isUnresolved(baseName) && isReservedLogin(kind, `${baseName}_a`)) {
    problems.push(`"baseName" is "${baseName}"; write another name, ${kind} keeps it for itself`);
  }
  if (!Token.isUnresolved(database.name) && isReservedDatabase(kind, database.name)) {
    problems.push(`"database.name" is "${database.name}"; write another name, ${kind} keeps it for itself`);
  }
  if (database.certificateAuthority === undefined && !Token.isUnresolved(region) && !hasTrustedRoot(region)) {
    problems.push(
      `"database.certificateAuthority" is missing; the function carries no root of Amazon RDS for ${region}: download ${rootsOf(region)}, and write its text`,
    );
  }
  return problems;
}
