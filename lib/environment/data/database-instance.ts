import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
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
  readonly instance: rds.IInstanceEngine;
  /** TLS for every connection, and a log of who did what. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: readonly rds.OptionConfiguration[];
  readonly logTypes: readonly string[];
}

const engines: Record<Platform['engine'], Engine> = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
  postgresql: {
    instance: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
    parameters: engineParameters.postgresql,
    options: [],
    logTypes: ['postgresql', 'upgrade', 'iam-db-auth-error'],
  },
  mysql: {
    // 8.0 ended in July 2026, except as Aurora: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
    instance: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_4_9 }),
    parameters: { ...engineParameters.mysql, require_secure_transport: '1' },
    // Auditing is an option here, where Aurora has parameters for it.
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
    options: [
      {
        name: 'MARIADB_AUDIT_PLUGIN',
        settings: { SERVER_AUDIT_EVENTS: auditedEvents },
      },
    ],
    logTypes: ['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error'],
  },
};

/** Smallest classes of Graviton; two of 1 GB, which a small shop's tables fit into. */
const classes: Record<Tier, ec2.InstanceType> = {
  starter: ec2.InstanceType.of(ec2.InstanceClass.BURSTABLE4_GRAVITON, ec2.InstanceSize.MICRO),
  standard: ec2.InstanceType.of(ec2.InstanceClass.BURSTABLE4_GRAVITON, ec2.InstanceSize.MEDIUM),
  'high-availability': ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
};

/** The least that RDS makes, and the most that it may grow to by itself, in GB. */
const storage = { least: 20, most: 100 };

/**
 * The shop's database as one RDS instance: encrypted, TLS only, recoverable to any second of the last 35 days, as
 * Aurora is. It does not grow with the shop, and without a standby it is away while its zone is, or while it is patched.
 */
export class InstanceDatabase extends Construct implements ShopDatabase {
  readonly store: rds.DatabaseInstance;
  readonly subnetGroupName: string;
  readonly backupType = 'RDS';

  constructor(scope: Construct, id: string, props: ShopDatabaseProps) {
    super(scope, id);
    const engine = engines[props.engine];
    const { environment } = props;
    const { standby, movedFrom } = environment.database;
    const role = monitoringRole(this);
    const insights = canKeepInsights(props.engine, environment.tier);
    const description = 'TLS for every connection, and a log of who did what';

    this.store = new rds.DatabaseInstance(this, 'Instance', {
      instanceIdentifier: props.identifier,
      engine: engine.instance,
      instanceType: classes[environment.tier],
      port: props.port,
      credentials: props.credentials,
      iamAuthentication: true,
      multiAz: standby,
      // A standby's zone is RDS's choice, and with it the first one's.
      availabilityZone: standby ? undefined : environment.network.availabilityZones[0],
      vpc: props.vpc,
      vpcSubnets: props.subnets,
      securityGroups: [props.securityGroup],
      publiclyAccessible: false,
      storageEncrypted: true,
      storageEncryptionKey: props.customerDataKey,
      storageType: rds.StorageType.GP3,
      allocatedStorage: storage.least,
      maxAllocatedStorage: storage.most,
      parameterGroup: new rds.ParameterGroup(this, 'Parameters', {
        engine: engine.instance,
        description,
        parameters: { ...engine.parameters },
      }),
      optionGroup:
        engine.options.length > 0
          ? new rds.OptionGroup(this, 'Options', {
              engine: engine.instance,
              description: 'A log of who did what',
              configurations: [...engine.options],
            })
          : undefined,
      autoMinorVersionUpgrade: true,
      backupRetention: Duration.days(35),
      preferredBackupWindow: backupWindow(environment.maintenance),
      preferredMaintenanceWindow: maintenanceWindow(environment.maintenance),
      deleteAutomatedBackups: props.disposable,
      copyTagsToSnapshot: true,
      deletionProtection: false,
      removalPolicy: removalPolicyOf(props),
      cloudwatchLogsExports: [...engine.logTypes],
      monitoringInterval: Duration.minutes(1),
      monitoringRole: role,
      enablePerformanceInsights: insights,
      performanceInsightEncryptionKey: insights ? props.customerDataKey : undefined,
    });
    this.subnetGroupName = (this.store.node.findChild('SubnetGroup') as rds.SubnetGroup).subnetGroupName;
    const resource = this.store.node.defaultChild as rds.CfnDBInstance;
    // As with the cluster: switched on once the stack is complete, and a "false" would be set again by every change.
    resource.deletionProtection = undefined;
    keepWhole(this.store, props);
    declareDataClass(this.store, 'customer-data');
    if (movedFrom) declareMovedFrom(this.store, movedFrom);
    acknowledgeLateProtection(this.store, props);
    if (!standby) acknowledgeOneZone(this.store);
    const groups = keepDatabaseLogs(
      this,
      { store: this.store, folder: '/aws/rds/instance', types: engine.logTypes },
      props,
    );
    const audit = groups.get('audit');
    if (audit) this.alarmOnFailedLogins(audit, props);
    letMonitoringWrite(role, this.store);
  }

  get arn(): string {
    return this.store.instanceArn;
  }

  get host(): string {
    return this.store.dbInstanceEndpointAddress;
  }

  /**
   * GuardDuty profiles logins of Aurora and of RDS for PostgreSQL; here the audit log itself tells of somebody who tries
   * passwords. https://docs.aws.amazon.com/guardduty/latest/ug/rds-protection.html
   */
  private alarmOnFailedLogins(audit: logs.LogGroup, { identifier, alarmTopic }: ShopDatabaseProps): void {
    const failed = new logs.MetricFilter(this, 'FailedLogins', {
      logGroup: audit,
      filterPattern: logs.FilterPattern.literal('FAILED_CONNECT'),
      metricNamespace: 'SecureShop/Database',
      metricName: `${identifier}-FailedLogins`,
    });
    new cloudwatch.Alarm(this, 'FailedLoginsAlarm', {
      alarmDescription:
        'Somebody tries logins of the database that do not work: see its audit log for the address. Runbook: docs/runbooks/rotation.md',
      metric: failed.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new actions.SnsAction(alarmTopic));
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html */
function canKeepInsights(engine: Platform['engine'], tier: Tier): boolean {
  return engine === 'postgresql' || tier !== 'starter';
}

function acknowledgeOneZone(store: Construct): void {
  const reason =
    'A tier changes size and availability, never a control: the smallest shop stands in one zone as a whole, and is away while that zone is (docs/cost.md). `database.standby` adds a second one. Compensated: recovery to any second of the last 35 days into another zone, and daily copies in another region.';
  acknowledge(store, { rule: 'RDS3', reason }, { rule: 'RDSMultiAZSupport', reason });
}
