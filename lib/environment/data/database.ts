import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Environment, Platform, Tier } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareDataClass } from '../../declarations/declare.ts';
import { backupWindow, maintenanceWindow } from '../maintenance-window.ts';
import { switchedOnLater } from '../protection/switches.ts';
import { keepWhole, type RetentionProps, removalPolicyOf } from '../retention.ts';

export interface ShopDatabaseProps extends RetentionProps {
  /** Identifies the cluster; its log groups are named after it. */
  readonly clusterIdentifier: string;
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
}

interface Engine {
  readonly cluster: rds.IClusterEngine;
  /** Cluster parameters: TLS for every connection, and a log of who did what. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly logTypes: readonly string[];
}

const engines: Record<Platform['engine'], Engine> = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
  postgresql: {
    cluster: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    parameters: {
      'rds.force_ssl': '1',
      ssl_min_protocol_version: 'TLSv1.2',
      password_encryption: 'scram-sha-256',
      shared_preload_libraries: 'pg_stat_statements,pgaudit',
      // Statements that change rights or structure; reading and writing rows would log customer data.
      'pgaudit.log': 'role,ddl',
      log_connections: '1',
      log_disconnections: '1',
    },
    logTypes: ['postgresql', 'iam-db-auth-error', 'instance'],
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
  mysql: {
    cluster: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_12_0 }),
    parameters: {
      require_secure_transport: 'ON',
      tls_version: 'TLSv1.2,TLSv1.3',
      server_audit_logging: '1',
      server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
      slow_query_log: '1',
      // Would write every statement, customer data included, into a log.
      general_log: '0',
      log_output: 'FILE',
      character_set_server: 'utf8mb4',
    },
    logTypes: ['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error', 'instance'],
  },
};

/** Aurora capacity units, and how many standby instances wait in other zones. */
const sizes: Record<Tier, { readonly min: number; readonly max: number; readonly readers: number }> = {
  starter: { min: 0.5, max: 2, readers: 0 },
  standard: { min: 0.5, max: 8, readers: 1 },
  'high-availability': { min: 1, max: 32, readers: 2 },
};

/**
 * The shop's database: Aurora Serverless v2, encrypted, TLS only, recoverable to any second of the last 35 days.
 *
 * It holds no schema of the shop: the first rotation of the shop's secret creates database, owner and logins.
 */
export class ShopDatabase extends Construct {
  readonly cluster: rds.DatabaseCluster;
  /** Where the cluster stands, and where a restored one may stand. */
  readonly subnetGroupName: string;

  constructor(scope: Construct, id: string, props: ShopDatabaseProps) {
    super(scope, id);
    const engine = engines[props.engine];
    const size = sizes[props.environment.tier];
    const monitoringRole = new iam.Role(this, 'MonitoringRole', {
      assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com'),
      description: 'Enhanced monitoring of the database hosts',
    });
    const zones = props.environment.network.availabilityZones;
    const instance = (name: string, index: number, options: rds.ServerlessV2ClusterInstanceProps = {}) =>
      rds.ClusterInstance.serverlessV2(name, {
        autoMinorVersionUpgrade: true,
        publiclyAccessible: false,
        // Each in a zone of its own, of those the shop itself is in.
        availabilityZone: zones[index],
        enablePerformanceInsights: true,
        performanceInsightEncryptionKey: props.customerDataKey,
        ...options,
      });

    this.cluster = new rds.DatabaseCluster(this, 'Cluster', {
      clusterIdentifier: props.clusterIdentifier,
      engine: engine.cluster,
      port: props.port,
      credentials: props.credentials,
      iamAuthentication: true,
      writer: instance('Writer', 0),
      readers: Array.from({ length: size.readers }, (_, index) =>
        instance(`Reader${index + 1}`, index + 1, { scaleWithWriter: true }),
      ),
      serverlessV2MinCapacity: size.min,
      serverlessV2MaxCapacity: size.max,
      vpc: props.vpc,
      vpcSubnets: props.subnets,
      securityGroups: [props.securityGroup],
      storageEncrypted: true,
      storageEncryptionKey: props.customerDataKey,
      parameterGroup: new rds.ParameterGroup(this, 'Parameters', {
        engine: engine.cluster,
        description: 'TLS for every connection, and a log of who did what',
        parameters: { ...engine.parameters },
      }),
      backup: { retention: Duration.days(35), preferredWindow: backupWindow(props.environment.maintenance) },
      preferredMaintenanceWindow: maintenanceWindow(props.environment.maintenance),
      backtrackWindow: canBacktrack(props.engine, props.environment.region) ? Duration.hours(24) : undefined,
      copyTagsToSnapshot: true,
      // Switched on once the stack is complete; said here it would stand in the way of a rollback.
      deletionProtection: false,
      removalPolicy: removalPolicyOf(props),
      cloudwatchLogsExports: [...engine.logTypes],
      monitoringInterval: Duration.minutes(1),
      monitoringRole,
    });
    this.subnetGroupName = (this.cluster.node.findChild('Subnets') as rds.SubnetGroup).subnetGroupName;
    // A "false" that is written down would be set again by every change of the cluster.
    const resource = this.cluster.node.defaultChild as rds.CfnDBCluster;
    resource.deletionProtection = undefined;
    // Instances and subnets go with the stack otherwise, and with the subnets the cluster's own deletion is refused.
    keepWhole(this.cluster, props);
    this.letReadersGo();
    declareDataClass(this.cluster, 'customer-data');
    this.acknowledgeExceptions(props);
    this.keepLogs(engine, props);
    this.letMonitoringWrite(monitoringRole);
  }

  /** They have no data of their own: a smaller tier has fewer, and one that stayed would go on costing. */
  private letReadersGo(): void {
    for (const part of this.cluster.node.findAll()) {
      if (part instanceof rds.CfnDBInstance && part.node.path.includes('/Reader'))
        part.applyRemovalPolicy(RemovalPolicy.DESTROY);
    }
  }

  private acknowledgeExceptions(props: ShopDatabaseProps): void {
    const reason = props.disposable
      ? 'The environment is disposable: it may be deleted as a whole, and must not hold data of real customers. Compensated by production, whose stores refuse deletion.'
      : switchedOnLater;
    acknowledge(
      this.cluster,
      { rule: 'RDS10', reason },
      { rule: 'RDSInstanceDeletionProtectionEnabled', reason },
    );
    if (props.engine === 'mysql' && !canBacktrack(props.engine, props.environment.region)) {
      acknowledge(this.cluster, {
        rule: 'RDS14',
        reason:
          'Aurora cannot backtrack a cluster in this region (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html). Compensated by recovery to any second of the last 35 days.',
      });
    }
  }

  /** RDS would make these groups itself, unencrypted and kept for ever, so they stand before the cluster does. */
  private keepLogs(engine: Engine, props: ShopDatabaseProps): void {
    for (const type of engine.logTypes) {
      const logGroup = new logs.LogGroup(this, `Logs-${type}`, {
        logGroupName: `/aws/rds/cluster/${props.clusterIdentifier}/${type}`,
        encryptionKey: props.logsKey,
        retention: props.environment.logRetentionDays,
        removalPolicy: removalPolicyOf(props),
      });
      this.cluster.node.addDependency(logGroup);
    }
  }

  /**
   * One log group only; AWS's own managed policy reaches every group named RDS*.
   *
   * RDS looks at the role when an instance asks for it, so that all of it stands before the first instance: streams
   * are named after instances that do not exist yet.
   */
  private letMonitoringWrite(role: iam.Role): void {
    const { region, account } = Stack.of(this);
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
    for (const child of this.cluster.node.findAll()) {
      if (child instanceof rds.CfnDBInstance) child.node.addDependency(role);
    }
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html */
const regionsWithoutBacktrack = ['eu-north-1', 'sa-east-1'];

function canBacktrack(engine: Platform['engine'], region: string): boolean {
  return engine === 'mysql' && !regionsWithoutBacktrack.includes(region);
}
