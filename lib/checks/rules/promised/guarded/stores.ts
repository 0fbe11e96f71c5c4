import { exportsOf } from '../../../model/declarations.ts';
import {
  added,
  addedOfOurs,
  asOften,
  currentAuthority,
  fewer,
  fewerBits,
  fewerNames,
  free,
  longer,
  more,
  names,
  newer,
  notEverything,
  oneMore,
  onlyTrue,
  ranked,
  severalZones,
  size,
  staysWhere,
  withinHours,
} from '../orders.ts';
import { each, type Guarded } from './table.ts';

const expirations =
  'LifecycleConfiguration.Rules.ExpirationInDays LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays';

const newerKept = 'LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NewerNoncurrentVersions';

/** Parameters of a database that say how fast it is and which of its own troubles it logs. */
const tuning =
  /^Parameters\.(?:max_connections|\w*_timeout|innodb_\w+|slow_query_log|long_query_time|log_queries_not_using_indexes|log_(?:min_duration_statement|lock_waits|autovacuum_min_duration|temp_files|checkpoints)|\w*_(?:mem|buffers?|buffer_size|cache_size|page_cost|open_cache)|max_\w+|autovacuum\w*|effective_\w+|character_set_\w+|collation_\w+|lc_\w+|timezone|group_concat_max_len)$/;

const parameters = {
  ...each('Parameters.character_set_server Parameters.collation_server Parameters.time_zone', free),
  ...each('Parameters.pgaudit.log Parameters.server_audit_events', names),
  ...each('Parameters.log_min_duration_statement Parameters.long_query_time', notEverything),
  'Parameters.ssl_min_protocol_version': ranked('TLSv1.2', 'TLSv1.3'),
  'Parameters.tls_version': fewerNames,
};

/** What holds data, and its backups. */
export const stores: Readonly<Record<string, Guarded>> = {
  'AWS::Backup::BackupPlan': {
    invariant: 'DAT1',
    may: {
      ...each(
        'BackupPlan.BackupPlanRule.Lifecycle.DeleteAfterDays BackupPlan.BackupPlanRule.CopyActions.Lifecycle.DeleteAfterDays BackupPlan.BackupPlanRule.CompletionWindowMinutes',
        more,
      ),
      // A backup that may start days later is one of another day.
      'BackupPlan.BackupPlanRule.StartWindowMinutes': withinHours(8),
      'BackupPlan.BackupPlanRule.ScheduleExpression': asOften,
      'BackupPlan.BackupPlanRule.EnableContinuousBackup': onlyTrue,
      'BackupPlan.BackupPlanRule.CopyActions': added,
      ...each('BackupPlan.BackupPlanRule[] BackupPlan.BackupPlanRule.CopyActions[]', oneMore),
    },
  },
  'AWS::Backup::BackupSelection': { invariant: 'DAT1', may: { 'BackupSelection.Resources[]': oneMore } },
  'AWS::Backup::BackupVault': {
    invariant: 'DAT1',
    name: 'BackupVaultName',
    may: {
      ...each('LockConfiguration.MinRetentionDays LockConfiguration.MaxRetentionDays', more),
      Notifications: addedOfOurs,
    },
  },
  'AWS::Backup::RestoreTestingPlan': {
    invariant: 'DAT1',
    name: 'RestoreTestingPlanName',
    may: {
      'RecoveryPointSelection.SelectionWindowDays': fewer,
      'RecoveryPointSelection.IncludeVaults[]': oneMore,
      'RecoveryPointSelection.RecoveryPointTypes[]': oneMore,
      ScheduleExpression: asOften,
      StartWindowHours: more,
    },
  },
  'AWS::Backup::RestoreTestingSelection': {
    invariant: 'DAT1',
    name: 'RestoreTestingSelectionName',
    may: { ValidationWindowHours: more },
  },
  'AWS::EFS::AccessPoint': {
    invariant: 'DAT1',
    partOf: ['FileSystemId'],
    may: { 'RootDirectory.CreationInfo.Permissions': fewerBits },
  },
  'AWS::EFS::FileSystem': {
    invariant: 'DAT1',
    may: each('LifecyclePolicies ThroughputMode ProvisionedThroughputInMibps PerformanceMode', free),
  },
  'AWS::EFS::MountTarget': { invariant: 'NET4', partOf: ['FileSystemId'] },
  'AWS::RDS::DBCluster': {
    invariant: 'DAT1',
    name: 'DBClusterIdentifier',
    may: {
      ...each('BackupRetentionPeriod BacktrackWindow', more),
      ...each('PreferredBackupWindow PreferredMaintenanceWindow', free),
      'ServerlessV2ScalingConfiguration.MaxCapacity': size,
      'ServerlessV2ScalingConfiguration.MinCapacity': free,
      EngineVersion: newer,
      'EnableCloudwatchLogsExports[]': oneMore,
    },
  },
  'AWS::RDS::DBClusterParameterGroup': {
    invariant: 'NET4',
    may: parameters,
    besides: tuning,
  },
  'AWS::RDS::DBInstance': {
    invariant: 'DAT1',
    name: 'DBInstanceIdentifier',
    may: {
      ...each('DBInstanceClass PromotionTier', free),
      PerformanceInsightsRetentionPeriod: more,
      MonitoringInterval: fewer,
      BackupRetentionPeriod: more,
      ...each('PreferredBackupWindow PreferredMaintenanceWindow StorageType', free),
      ...each('AllocatedStorage MaxAllocatedStorage', size),
      EngineVersion: newer,
      MultiAZ: onlyTrue,
      CACertificateIdentifier: currentAuthority,
      'EnableCloudwatchLogsExports[]': oneMore,
    },
  },
  'AWS::RDS::DBParameterGroup': {
    invariant: 'NET4',
    may: parameters,
    besides: tuning,
  },
  'AWS::RDS::DBSubnetGroup': { invariant: 'NET4' },
  'AWS::RDS::OptionGroup': {
    invariant: 'LOG1',
    may: { 'OptionConfigurations.OptionSettings.SERVER_AUDIT_EVENTS': names },
  },
  'AWS::S3::Bucket': {
    invariant: 'DAT1',
    name: 'BucketName',
    // How long an export is kept at most is judged by what its bucket declares.
    of: (bucket) => exportsOf(bucket) && { ...each(expirations, fewer), [newerKept]: () => false },
    may: {
      ...each(expirations, longer),
      [newerKept]: added,
      'LifecycleConfiguration.Rules.AbortIncompleteMultipartUpload.DaysAfterInitiation': size,
      'LifecycleConfiguration.Rules.Transitions': severalZones,
      'LifecycleConfiguration.Rules.Id': free,
      'LifecycleConfiguration.Rules[]': staysWhere,
      // Fewer calls of the key, or more.
      'BucketEncryption.ServerSideEncryptionConfiguration.BucketKeyEnabled': free,
      'ObjectLockConfiguration.Rule.DefaultRetention.Days': more,
      ...each(
        'NotificationConfiguration NotificationConfiguration.LambdaConfigurations NotificationConfiguration.QueueConfigurations NotificationConfiguration.TopicConfigurations NotificationConfiguration.EventBridgeConfiguration',
        added,
      ),
      ...each(
        'NotificationConfiguration.LambdaConfigurations[] NotificationConfiguration.QueueConfigurations[] NotificationConfiguration.TopicConfigurations[]',
        oneMore,
      ),
      IntelligentTieringConfigurations: free,
      MetricsConfigurations: free,
    },
  },
  'AWS::S3::BucketPolicy': { invariant: 'DAT1' },
};
