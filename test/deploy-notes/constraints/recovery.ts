import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target, text } from '../environment.ts';
import { at, isObject, type JsonObject, list, object } from '../json.ts';

interface BackupRule {
  readonly plan: Resource;
  readonly rule: JsonObject;
}

function backupRules(environment: DeployedEnvironment): BackupRule[] {
  return resources(environment, 'AWS::Backup::BackupPlan').flatMap((plan) =>
    list(at(plan.properties, 'BackupPlan', 'BackupPlanRule'))
      .filter(isObject)
      .map((rule) => ({ plan, rule })),
  );
}

const minutesPerDay = 24 * 60;

/** Minute of the day at which a daily or monthly cron fires; undefined when it fires more than once a day. */
function startOf(cron: string): number | undefined {
  const match = /^cron\((\d+) (\d+) \S+ \S+ \S+ \S+\)$/.exec(cron);
  return match ? Number(match[2]) * 60 + Number(match[1]) : undefined;
}

function clockOf(moment: string): number {
  const [hours = 0, minutes = 0] = moment.slice(4).split(':').map(Number);
  return hours * 60 + minutes;
}

/** AWS Backup starts no snapshot within an hour before maintenance. */
const outsideMaintenance: Constraint = {
  id: 'backup-outside-maintenance',
  says: 'no backup starts during the maintenance of the database, or within the hour before',
  violations: (environment) =>
    resources(environment, 'AWS::RDS::DBCluster').flatMap((cluster) => {
      const [from = '', to = ''] = String(cluster.properties.PreferredMaintenanceWindow).split('-');
      const open = clockOf(from) - 60;
      const length = ((clockOf(to) - open + minutesPerDay) % minutesPerDay) + 0;
      return backupRules(environment).flatMap(({ plan, rule }) => {
        const start = startOf(text(environment, plan.stack, rule.ScheduleExpression));
        if (start === undefined)
          return [`${label(plan)}: ${rule.RuleName} starts at ${String(rule.ScheduleExpression)}`];
        const mayStart = Number(rule.StartWindowMinutes ?? 480);
        const collides = Array.from({ length: mayStart }, (_, minute) => start + minute).some(
          (minute) => (minute - open + 2 * minutesPerDay) % minutesPerDay < length,
        );
        return collides ? [`${label(plan)}: ${rule.RuleName} may start in ${from}-${to}`] : [];
      });
    }),
  breakIn(environment) {
    const [found] = backupRules(environment);
    const [cluster] = resources(environment, 'AWS::RDS::DBCluster');
    if (!found || !cluster) return false;
    const [, from = ''] =
      /^[a-z]{3}:(\d\d):/.exec(String(cluster.properties.PreferredMaintenanceWindow)) ?? [];
    found.rule.ScheduleExpression = `cron(0 ${Number(from)} * * ? *)`;
    return true;
  },
};

function backedUpBuckets(environment: DeployedEnvironment): Resource[] {
  return resources(environment, 'AWS::Backup::BackupSelection').flatMap(({ stack, properties }) =>
    list(at(properties, 'BackupSelection', 'Resources')).flatMap((value) => {
      const selected = target(environment, stack, value);
      return selected?.type === 'AWS::S3::Bucket' ? [selected] : [];
    }),
  );
}

const ofBuckets: Constraint = {
  id: 'backup-of-buckets',
  says: 'a bucket that is backed up has versions and reports its changes to EventBridge',
  violations: (environment) =>
    backedUpBuckets(environment)
      .filter(
        ({ properties }) =>
          at(properties, 'VersioningConfiguration', 'Status') !== 'Enabled' ||
          at(properties, 'NotificationConfiguration', 'EventBridgeConfiguration', 'EventBridgeEnabled') !==
            true,
      )
      .map((bucket) => `${label(bucket)}: cannot be backed up`),
  breakIn(environment) {
    const [bucket] = backedUpBuckets(environment);
    if (bucket) delete bucket.properties.NotificationConfiguration;
    return bucket !== undefined;
  },
};

const rulesApart: Constraint = {
  id: 'backup-rules-apart',
  says: 'no two rules of a plan start in the same minute',
  violations: (environment) => {
    const starts = backupRules(environment).map(({ plan, rule }) => ({
      plan,
      minute: startOf(text(environment, plan.stack, rule.ScheduleExpression)),
    }));
    return starts
      .filter(({ plan, minute }, index) =>
        starts.slice(0, index).some((other) => other.plan.id === plan.id && other.minute === minute),
      )
      .map(({ plan }) => `${label(plan)}: two jobs for one store at once`);
  },
  breakIn(environment) {
    const rules = backupRules(environment);
    for (const { rule } of rules) rule.ScheduleExpression = 'cron(0 1 * * ? *)';
    return rules.length > 1;
  },
};

/** What AWS Backup makes up unless it is told, by the type it restores. */
const madeUp: Readonly<Record<string, readonly string[]>> = {
  Aurora: ['dbSubnetGroupName', 'vpcSecurityGroupIds'],
  RDS: ['dbSubnetGroupName', 'vpcSecurityGroupIds'],
  EFS: ['kmsKeyId'],
  S3: ['encryptionType', 'kmsKey'],
};

const restoreTestPlace: Constraint = {
  id: 'restore-test-place',
  says: 'a restore test restores into the network of the shop, with its key',
  violations: (environment) =>
    resources(environment, 'AWS::Backup::RestoreTestingSelection').flatMap((selection) => {
      const needed = madeUp[String(selection.properties.ProtectedResourceType)];
      if (!needed) return [`${label(selection)}: nobody knows what AWS Backup makes up for it`];
      const told = object(selection.properties.RestoreMetadataOverrides);
      return needed
        .filter((key) => told[key] === undefined)
        .map((key) => `${label(selection)}: AWS Backup makes up ${key}`);
    }),
  breakIn(environment) {
    const [selection] = resources(environment, 'AWS::Backup::RestoreTestingSelection');
    if (selection) delete selection.properties.RestoreMetadataOverrides;
    return selection !== undefined;
  },
};

const clustersWhole: Constraint = {
  id: 'backup-clusters-whole',
  says: 'a backup selection names a cluster of Aurora, never its instances',
  violations: (environment) =>
    resources(environment, 'AWS::Backup::BackupSelection').flatMap((selection) =>
      list(at(selection.properties, 'BackupSelection', 'Resources'))
        .filter((value) => /:rds:[^:]*:[^:]*:db:/.test(text(environment, selection.stack, value)))
        .filter(() => resources(environment, 'AWS::RDS::DBCluster').length > 0)
        .map(() => `${label(selection)}: names an instance, whose job fails every night`),
    ),
  breakIn(environment) {
    const [selection] = resources(environment, 'AWS::Backup::BackupSelection');
    if (!selection) return false;
    object(selection.properties.BackupSelection).Resources = [
      'arn:aws:rds:ap-northeast-1:111122223333:db:writer',
    ];
    return true;
  },
};

const silenceHeard: Constraint = {
  id: 'backup-silence-heard',
  says: 'an alarm counts the backups that were completed, and takes none for bad',
  violations: (environment) =>
    resources(environment, 'AWS::Backup::BackupPlan').flatMap((plan) => {
      const stores = resources(environment, 'AWS::Backup::BackupSelection').flatMap((selection) =>
        list(at(selection.properties, 'BackupSelection', 'Resources')),
      );
      const heard = resources(environment, 'AWS::CloudWatch::Alarm').some(
        ({ properties }) =>
          properties.MetricName === 'NumberOfBackupJobsCompleted' &&
          properties.ComparisonOperator === 'LessThanThreshold' &&
          properties.TreatMissingData === 'breaching' &&
          Number(properties.Threshold) === stores.length,
      );
      return heard ? [] : [`${label(plan)}: ${stores.length} stores, and nobody hears when one is left out`];
    }),
  breakIn(environment) {
    const alarm = resources(environment, 'AWS::CloudWatch::Alarm').find(
      ({ properties }) => properties.MetricName === 'NumberOfBackupJobsCompleted',
    );
    if (alarm) alarm.properties.TreatMissingData = 'notBreaching';
    return alarm !== undefined;
  },
};

const alarmWarmUp: Constraint = {
  id: 'alarm-warm-up',
  says: 'an alarm that takes silence for a breach waits for its first measurement',
  violations: (environment) =>
    resources(environment, 'AWS::CloudWatch::Alarm')
      .filter(
        ({ properties }) =>
          properties.TreatMissingData === 'breaching' && properties.WarmUpConfiguration === undefined,
      )
      .map((alarm) => `${label(alarm)}: rings before anything could be measured`),
  breakIn(environment) {
    const alarm = resources(environment, 'AWS::CloudWatch::Alarm').find(
      ({ properties }) => properties.WarmUpConfiguration !== undefined,
    );
    if (alarm) delete alarm.properties.WarmUpConfiguration;
    return alarm !== undefined;
  },
};

export const recovery: Constraint[] = [
  outsideMaintenance,
  ofBuckets,
  rulesApart,
  restoreTestPlace,
  clustersWhole,
  silenceHeard,
  alarmWarmUp,
];
