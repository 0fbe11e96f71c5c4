import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Platform, Tier } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareDataClass, declareMovedFrom } from '../../declarations/declare.ts';
import { backupWindow, maintenanceWindow } from '../maintenance-window.ts';
import { keepWhole, removalPolicyOf } from '../retention.ts';
import {
  acknowledgeLateProtection,
  auditedEvents,
  engineParameters,
  keepDatabaseLogs,
  letMonitoringWrite,
  monitoringRole,
  type ShopDatabase,
  type ShopDatabaseProps,
} from './shop-database.ts';

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
    parameters: engineParameters.postgresql,
    logTypes: ['postgresql', 'iam-db-auth-error', 'instance'],
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
  mysql: {
    cluster: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_12_0 }),
    parameters: {
      ...engineParameters.mysql,
      require_secure_transport: 'ON',
      server_audit_logging: '1',
      server_audit_events: auditedEvents,
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
export class AuroraDatabase extends Construct implements ShopDatabase {
  readonly store: rds.DatabaseCluster;
  readonly subnetGroupName: string;
  readonly backupType = 'Aurora';

  constructor(scope: Construct, id: string, props: ShopDatabaseProps) {
    super(scope, id);
    const engine = engines[props.engine];
    const size = sizes[props.environment.tier];
    const role = monitoringRole(this);
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

    this.store = new rds.DatabaseCluster(this, 'Cluster', {
      clusterIdentifier: props.identifier,
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
      monitoringRole: role,
    });
    this.subnetGroupName = (this.store.node.findChild('Subnets') as rds.SubnetGroup).subnetGroupName;
    // A "false" that is written down would be set again by every change of the cluster.
    const resource = this.store.node.defaultChild as rds.CfnDBCluster;
    resource.deletionProtection = undefined;
    // Instances and subnets go with the stack otherwise, and with the subnets the cluster's own deletion is refused.
    keepWhole(this.store, props);
    this.letReadersGo();
    declareDataClass(this.store, 'customer-data');
    const { movedFrom } = props.environment.database;
    if (movedFrom) declareMovedFrom(this.store, movedFrom);
    this.acknowledgeExceptions(props);
    keepDatabaseLogs(this, { store: this.store, folder: '/aws/rds/cluster', types: engine.logTypes }, props);
    letMonitoringWrite(role, this.store);
  }

  get arn(): string {
    return this.store.clusterArn;
  }

  get host(): string {
    return this.store.clusterEndpoint.hostname;
  }

  /** They have no data of their own: a smaller tier has fewer, and one that stayed would go on costing. */
  private letReadersGo(): void {
    for (const part of this.store.node.findAll()) {
      if (part instanceof rds.CfnDBInstance && part.node.path.includes('/Reader'))
        part.applyRemovalPolicy(RemovalPolicy.DESTROY);
    }
  }

  private acknowledgeExceptions(props: ShopDatabaseProps): void {
    // A selection of the instances beside the cluster's would bring a failed job every night.
    acknowledge(this.store, {
      rule: 'RDSInBackupPlan',
      reason:
        'The rule looks for each instance by itself, and AWS Backup takes an Aurora cluster as a whole (https://docs.aws.amazon.com/aws-backup/latest/devguide/aurora-rds.html). Compensated: the cluster is in the plan, and is restored every month.',
    });
    acknowledgeLateProtection(this.store, props);
    if (props.engine === 'mysql' && !canBacktrack(props.engine, props.environment.region)) {
      acknowledge(this.store, {
        rule: 'RDS14',
        reason:
          'Aurora cannot backtrack a cluster in this region (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html). Compensated by recovery to any second of the last 35 days.',
      });
    }
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html */
const regionsWithoutBacktrack = ['eu-north-1', 'sa-east-1'];

function canBacktrack(engine: Platform['engine'], region: string): boolean {
  return engine === 'mysql' && !regionsWithoutBacktrack.includes(region);
}
