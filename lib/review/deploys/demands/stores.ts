import { at, isTrue, list, numeric, text, type Value } from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
import { type Demand, eachResource, type Found } from './demand.ts';
import { docs } from './pages.ts';

/** Minutes since Monday 00:00 UTC of `sun:18:00`; of `18:00` since midnight. */
function minutesOf(moment: string): number | undefined {
  const match = /^(?:(mon|tue|wed|thu|fri|sat|sun):)?(\d\d):(\d\d)$/i.exec(moment);
  if (!match) return undefined;
  const day = match[1]
    ? ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(match[1].toLowerCase())
    : 0;
  return (day * 24 + Number(match[2])) * 60 + Number(match[3]);
}

const databaseWindows = eachResource('database-windows', ['AWS::RDS::DBCluster'], ({ properties }) => {
  const source = `${docs}/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.Maintenance.html`;
  const window = (value: Value | undefined, cycle: number) => {
    const [from, to] = (text(value) ?? '').split('-').map(minutesOf);
    return from === undefined || to === undefined ? undefined : { from, length: (to - from + cycle) % cycle };
  };
  const week = 7 * 24 * 60;
  const day = 24 * 60;
  const backup = window(properties.PreferredBackupWindow, day);
  const maintenance = window(properties.PreferredMaintenanceWindow, week);
  const found = [
    ...[backup, maintenance]
      .filter((each) => each !== undefined && each.length < 30)
      .map((each) => `has a window of ${each?.length} minutes, at least 30`),
  ];
  if (backup && maintenance) {
    const between = (maintenance.from - backup.from + week) % day;
    const back = (backup.from - maintenance.from + week + day) % day;
    if (between < backup.length || back < maintenance.length)
      found.push('has windows for backup and maintenance that overlap');
  }
  return found.map((says) => ({
    says: `${says} (InvalidParameterValue)`,
    way: 'Write other times.',
    source,
  }));
});

const subnetGroups = eachResource('database-subnets', ['AWS::RDS::DBSubnetGroup'], (group, deployment) => {
  const zones = list(group.properties.SubnetIds).map((subnet) => {
    const [found] = deployment.referred(group, subnet);
    return found ? JSON.stringify(found.properties.AvailabilityZone) : undefined;
  });
  if (zones.length === 0 || zones.includes(undefined) || new Set(zones).size > 1) return [];
  return [
    {
      says: 'has subnets in one zone (DBSubnetGroupDoesNotCoverEnoughAZs)',
      way: 'Name subnets in two zones or more.',
      source: `${docs}/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html`,
    },
  ];
});

/** The vault that a rule or copy writes into, when these templates make it. */
function vaultOf(
  plan: DeployedResource,
  named: Value | undefined,
  deployment: Deployment,
): DeployedResource | undefined {
  const [referred] = deployment.referred(plan, named);
  if (referred) return referred;
  const [, , , region, , , name] = (text(named) ?? '').split(':');
  return deployment.resources.find(
    ({ type, stack, properties }) =>
      type === 'AWS::Backup::BackupVault' &&
      properties.BackupVaultName === (name ?? named) &&
      stack.region === (region ?? plan.stack.region),
  );
}

const retention = eachResource('backup-retention-in-lock', ['AWS::Backup::BackupPlan'], (plan, deployment) =>
  list(at(plan.properties.BackupPlan, 'BackupPlanRule')).flatMap((rule): Found[] => {
    const kept = [
      { days: numeric(at(rule, 'Lifecycle', 'DeleteAfterDays')), vault: at(rule, 'TargetBackupVault') },
      ...list(at(rule, 'CopyActions')).map((copy) => ({
        days: numeric(at(copy, 'Lifecycle', 'DeleteAfterDays')),
        vault: at(copy, 'DestinationBackupVaultArn'),
      })),
    ];
    const name = text(at(rule, 'RuleName')) ?? 'a rule';
    const outside = kept.flatMap(({ days, vault }) => {
      const lock = vaultOf(plan, vault, deployment)?.properties.LockConfiguration;
      const least = numeric(at(lock, 'MinRetentionDays')) ?? 1;
      const most = numeric(at(lock, 'MaxRetentionDays')) ?? 36_500;
      if (lock === undefined || days === undefined || (days >= least && days <= most)) return [];
      return [
        {
          says: `keeps backups of ${name} for ${days} days, where the lock of their vault takes ${least} to ${most}: its jobs fail`,
          way: 'Keep them for a time that the lock takes.',
          source: `${docs}/aws-backup/latest/devguide/vault-lock.html`,
        },
      ];
    });
    const days = kept[0]?.days;
    const continuous = isTrue(at(rule, 'EnableContinuousBackup')) && (days ?? 0) > 35;
    const cold = numeric(at(rule, 'Lifecycle', 'MoveToColdStorageAfterDays'));
    return [
      ...outside,
      ...(continuous
        ? [
            {
              says: `keeps continuous backups of ${name} for ${days} days, at most 35 (InvalidParameterValueException)`,
              way: 'Keep them for 35 days, and take snapshots for longer.',
              source: `${docs}/aws-backup/latest/devguide/point-in-time-recovery.html`,
            },
          ]
        : []),
      ...(cold !== undefined && days !== undefined && days < cold + 90
        ? [
            {
              says: `deletes backups of ${name} ${days - cold} days after they went to cold storage, at least 90`,
              way: 'Keep them longer, or out of cold storage.',
              source: `${docs}/aws-backup/latest/devguide/API_Lifecycle.html`,
            },
          ]
        : []),
    ];
  }),
);

const locks = eachResource('backup-retention-in-lock', ['AWS::Backup::BackupVault'], ({ properties }) => {
  const least = numeric(at(properties.LockConfiguration, 'MinRetentionDays'));
  const most = numeric(at(properties.LockConfiguration, 'MaxRetentionDays'));
  if (least === undefined || most === undefined || least <= most) return [];
  return [
    {
      says: `locks backups for ${least} to ${most} days (InvalidParameterValueException)`,
      way: 'Let MinRetentionDays be at most MaxRetentionDays.',
      source: `${docs}/aws-backup/latest/devguide/vault-lock.html`,
    },
  ];
});

/** What RDS demands of a database, and AWS Backup of what it keeps. */
export const stores: readonly Demand[] = [databaseWindows, subnetGroups, retention, locks];
