import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { switchedOnLater } from '../protection/switches.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';

export interface ShopDatabaseProps extends RetentionProps {
  /** Identifies the cluster or instance; its log groups are named after it. */
  readonly identifier: string;
  readonly engine: Platform['engine'];
  readonly environment: Environment;
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** TCP port; not one of the engines' defaults. */
  readonly port: number;
  readonly credentials: rds.Credentials;
  readonly customerDataKey: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

/** The shop's database, of whichever kind, as the rest of the environment sees it. */
export interface ShopDatabase {
  readonly store: rds.DatabaseCluster | rds.DatabaseInstance;
  readonly arn: string;
  readonly host: string;
  /** Where it stands, and where a restored one may stand. */
  readonly subnetGroupName: string;
  /** As AWS Backup names it. */
  readonly backupType: 'Aurora' | 'RDS';
}

/** Parameters of an engine, whichever kind of database it runs in: TLS for every connection, and a log of who did what. */
export const engineParameters: Readonly<Record<Platform['engine'], Readonly<Record<string, string>>>> = {
  postgresql: {
    'rds.force_ssl': '1',
    ssl_min_protocol_version: 'TLSv1.2',
    password_encryption: 'scram-sha-256',
    shared_preload_libraries: 'pg_stat_statements,pgaudit',
    // Statements that change rights or structure; reading and writing rows would log customer data.
    'pgaudit.log': 'role,ddl',
    log_connections: '1',
    log_disconnections: '1',
  },
  mysql: {
    tls_version: 'TLSv1.2,TLSv1.3',
    slow_query_log: '1',
    // Would write every statement, customer data included, into a log.
    general_log: '0',
    log_output: 'FILE',
    character_set_server: 'utf8mb4',
  },
};

/** What the engine's auditing of MySQL writes down, wherever it is configured. */
export const auditedEvents = 'CONNECT,QUERY_DCL,QUERY_DDL';

/** Deletion protection, which a schedule switches on: see there. */
export function acknowledgeLateProtection(store: Construct, { disposable }: RetentionProps): void {
  const reason = disposable
    ? 'The environment is disposable: it may be deleted as a whole, and must not hold data of real customers. Compensated by production, whose stores refuse deletion.'
    : switchedOnLater;
  acknowledge(store, { rule: 'RDS10', reason }, { rule: 'RDSInstanceDeletionProtectionEnabled', reason });
}

/** RDS would make these groups itself, unencrypted and kept for ever, so they stand before the database does. */
export function keepDatabaseLogs(
  scope: Construct,
  { store, folder, types }: { store: Construct; folder: string; types: readonly string[] },
  props: ShopDatabaseProps,
): ReadonlyMap<string, logs.LogGroup> {
  const groups = new Map<string, logs.LogGroup>();
  for (const type of types) {
    const logGroup = new logs.LogGroup(scope, `Logs-${type}`, {
      logGroupName: `${folder}/${props.identifier}/${type}`,
      encryptionKey: props.logsKey,
      retention: props.environment.logRetentionDays,
      removalPolicy: removalPolicyOf(props),
    });
    store.node.addDependency(logGroup);
    groups.set(type, logGroup);
  }
  return groups;
}

export function monitoringRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'MonitoringRole', {
    assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com'),
    description: 'Enhanced monitoring of the database hosts',
  });
}

/**
 * One log group only; AWS's own managed policy reaches every group named RDS*.
 *
 * RDS looks at the role when an instance asks for it, so that all of it stands before the first instance: streams
 * are named after instances that do not exist yet.
 */
export function letMonitoringWrite(role: iam.Role, store: Construct): void {
  const { region, account } = Stack.of(store);
  const metricsGroup = `arn:aws:logs:${region}:${account}:log-group:RDSOSMetrics`;
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:DescribeLogStreams'],
      // A call about the group as a whole is judged as one about a stream without a name.
      resources: [metricsGroup, `${metricsGroup}:log-stream:`],
    }),
  );
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:GetLogEvents'],
      resources: [`${metricsGroup}:log-stream:*`],
    }),
  );
  acknowledge(role, {
    rule: `IAM5[Resource::${metricsGroup}:log-stream:*]`,
    reason:
      'A stream is named after its database instance, which has no name before it is made, and RDS asks for the role with all its rights when it makes the instance (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html). Compensated: three actions on the one log group in which RDS keeps the metrics of hosts, by a role that Enhanced Monitoring alone may take.',
  });
  for (const child of store.node.findAll()) {
    if (child instanceof rds.CfnDBInstance) child.node.addDependency(role);
  }
}
