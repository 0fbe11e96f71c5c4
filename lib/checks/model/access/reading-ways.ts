import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, isTrue, list, text, type Value } from '../values.ts';
import { accountReference, arnOf, chosen, managedSecretArn, regionReference } from './resource-arns.ts';

/** Calls that read a store, or let the caller grant itself the rest, and what they are asked for. */
interface Way {
  readonly actions: readonly string[];
  /** ARNs the call may be made for; what the caller picks in them is `chosen`. */
  readonly on: (own: string, store: Resource, graph: EnvironmentGraph) => readonly string[];
  /** A call on the store that makes the way. */
  readonly after?: string;
}

const self: Way['on'] = (own) => [own];
const below =
  (...suffixes: readonly string[]): Way['on'] =>
  (own) =>
    suffixes.map((suffix) => own + suffix + chosen);
const beside =
  (service: string, kind: string): Way['on'] =>
  (_, { region }, { account }) => [
    `arn:aws:${service}:${region ?? regionReference}:${account ?? accountReference}:${kind}${chosen}`,
  ];
/** Whether a property is set, or may be when a deploy has decided. */
const mayBeTrue = (value: Value | undefined): boolean => isTrue(value) || hasUnknown(value);
const replicas =
  (property: string): Way['on'] =>
  (own, { properties }) =>
    list(properties[property]).flatMap((replica) => {
      const region = text(at(replica, 'Region'));
      return region === undefined ? [] : [own.replace(/^(arn:[^:]*:[^:]*):[^:]*/, `$1:${region}`)];
    });
const where =
  (holds: (store: Resource) => boolean, on: Way['on']): Way['on'] =>
  (own, store, graph) =>
    holds(store) ? on(own, store, graph) : [];

/** What AWS Backup keeps of a store can be restored beside it, or copied to another account. */
const recoveryPoints: Way = {
  actions: ['backup:StartRestoreJob', 'backup:StartCopyJob'],
  on: beside('backup', 'recovery-point:'),
};

/** The login that RDS keeps of a database in a secret of its own. */
const managedLogin: Way = {
  actions: ['secretsmanager:GetSecretValue'],
  on: where(
    ({ properties }) => mayBeTrue(properties.ManageMasterUserPassword),
    (_, store, graph) => [managedSecretArn(store, graph)],
  ),
};

const table: readonly Way[] = [
  {
    actions: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:PartiQLSelect',
    ],
    on: (own, store, graph) => [own, ...below('/index/')(own, store, graph)],
  },
  { actions: ['dynamodb:GetRecords'], on: below('/stream/') },
  {
    actions: [
      'dynamodb:ExportTableToPointInTime',
      'dynamodb:RestoreTableToPointInTime',
      'dynamodb:EnableKinesisStreamingDestination',
      'dynamodb:PutResourcePolicy',
      'dynamodb:CreateTableReplica',
    ],
    on: self,
  },
  { actions: ['dynamodb:RestoreTableFromBackup'], on: below('/backup/') },
  recoveryPoints,
];

const cluster = (prefix: string): readonly Way[] => [
  {
    actions: [
      'rds-data:ExecuteStatement',
      'rds-data:BatchExecuteStatement',
      'rds-data:ExecuteSql',
      'rds:ModifyDBCluster',
      'rds:RestoreDBClusterToPointInTime',
      'rds:StartExportTask',
      'rds:CreateDBInstanceReadReplica',
      'rds:CreateBlueGreenDeployment',
      'rds:AddRoleToDBCluster',
    ],
    on: self,
  },
  managedLogin,
  {
    actions: [
      'rds:CopyDBClusterSnapshot',
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:RestoreDBClusterFromSnapshot',
      'rds:StartExportTask',
      'backup:StartRestoreJob',
      'backup:StartCopyJob',
    ],
    on: beside('rds', 'cluster-snapshot:'),
  },
  {
    actions: [`${prefix}:connect`],
    on: where(
      ({ properties }) =>
        mayBeTrue(properties.EnableIAMDatabaseAuthentication) || mayBeTrue(properties.IamAuthEnabled),
      beside(prefix, prefix === 'rds-db' ? 'dbuser:' : ''),
    ),
  },
];

const keyUses = [
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:PutKeyPolicy',
  'kms:CreateGrant',
  'kms:DeriveSharedSecret',
];

/** Access points are other names of a bucket, with policies of their own. */
const accessPoints: Way['on'] = (_own, bucket, graph) =>
  graph
    .ofType('AWS::S3::AccessPoint')
    .filter(({ properties }) => mayRefer(properties.Bucket, bucket, graph) !== 'no')
    .map((point) => `${arnOf(point, graph)}/object/${chosen}`);
const regionalPoints: Way['on'] = (_own, bucket, graph) =>
  graph
    .ofType('AWS::S3::MultiRegionAccessPoint')
    .filter(({ properties }) =>
      list(properties.Regions).some((each) => mayRefer(at(each, 'Bucket'), bucket, graph) !== 'no'),
    )
    .map(() => `arn:aws:s3::${graph.account ?? chosen}:accesspoint/${chosen}`);

const cache = (kind: string, modify: string): readonly Way[] => [
  {
    actions: [
      'elasticache:Connect',
      `elasticache:${modify}`,
      'elasticache:CreateSnapshot',
      'elasticache:CreateServerlessCacheSnapshot',
    ],
    on: beside('elasticache', kind),
  },
  { actions: ['elasticache:CopySnapshot'], on: beside('elasticache', 'snapshot:') },
  {
    actions: ['elasticache:CopyServerlessCacheSnapshot', 'elasticache:ExportServerlessCacheSnapshot'],
    on: beside('elasticache', 'serverlesscachesnapshot:'),
  },
];

const vault: readonly Way[] = [
  { actions: ['backup:PutBackupVaultAccessPolicy', 'backup:DeleteBackupVaultAccessPolicy'], on: self },
  recoveryPoints,
  {
    actions: [
      'rds:RestoreDBClusterFromSnapshot',
      'rds:CopyDBClusterSnapshot',
      'rds:ModifyDBClusterSnapshotAttribute',
    ],
    on: beside('rds', 'cluster-snapshot:awsbackup:'),
  },
  {
    actions: ['rds:RestoreDBInstanceFromDBSnapshot', 'rds:CopyDBSnapshot', 'rds:ModifyDBSnapshotAttribute'],
    on: beside('rds', 'snapshot:awsbackup:'),
  },
];

const searchDomain: readonly Way[] = [
  { actions: ['es:ESHttpGet', 'es:ESHttpPost'], on: below('/') },
  { actions: ['es:UpdateDomainConfig', 'es:UpdateElasticsearchDomainConfig'], on: self },
];

/** By type, in the order in which a reader of the report wants to know them. */
export const ways: Readonly<Record<string, readonly Way[]>> = {
  'AWS::SecretsManager::Secret': [
    { actions: ['secretsmanager:GetSecretValue'], on: self },
    { actions: ['secretsmanager:GetSecretValue'], on: replicas('ReplicaRegions') },
    { actions: ['secretsmanager:PutResourcePolicy'], on: self },
    {
      actions: ['secretsmanager:GetSecretValue'],
      on: (own) => [own.replace(/^(arn:[^:]*:[^:]*):[^:]*/, `$1:${chosen}`)],
      after: 'secretsmanager:ReplicateSecretToRegions',
    },
  ],
  'AWS::KMS::Key': [
    { actions: keyUses, on: self },
    { actions: ['kms:ReplicateKey'], on: where(({ properties }) => mayBeTrue(properties.MultiRegion), self) },
  ],
  'AWS::KMS::ReplicaKey': [{ actions: keyUses, on: self }],
  'AWS::S3::Bucket': [
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: below('/') },
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: accessPoints },
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: regionalPoints },
    { actions: ['s3:PutBucketPolicy', 's3:PutReplicationConfiguration', 's3:PutBucketAcl'], on: self },
    { actions: ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'], on: below('/') },
    recoveryPoints,
  ],
  'AWS::EFS::FileSystem': [
    {
      actions: [
        'elasticfilesystem:ClientMount',
        'elasticfilesystem:PutFileSystemPolicy',
        'elasticfilesystem:DeleteFileSystemPolicy',
        'elasticfilesystem:CreateReplicationConfiguration',
      ],
      on: self,
    },
    recoveryPoints,
  ],
  'AWS::Backup::BackupVault': vault,
  'AWS::Backup::LogicallyAirGappedBackupVault': vault,
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': [
    ...table,
    { actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], on: replicas('Replicas') },
  ],
  'AWS::SQS::Queue': [
    {
      actions: [
        'sqs:ReceiveMessage',
        'sqs:StartMessageMoveTask',
        'sqs:AddPermission',
        'sqs:SetQueueAttributes',
      ],
      on: self,
    },
  ],
  'AWS::RDS::DBCluster': cluster('rds-db'),
  'AWS::DocDB::DBCluster': cluster('docdb'),
  'AWS::Neptune::DBCluster': cluster('neptune-db'),
  'AWS::RDS::DBInstance': [
    {
      actions: [
        'rds:ModifyDBInstance',
        'rds:RestoreDBInstanceToPointInTime',
        'rds:CreateDBInstanceReadReplica',
        'rds:StartExportTask',
        'rds:CreateBlueGreenDeployment',
        'rds:AddRoleToDBInstance',
      ],
      on: self,
    },
    managedLogin,
    {
      actions: [
        'rds:CopyDBSnapshot',
        'rds:ModifyDBSnapshotAttribute',
        'rds:RestoreDBInstanceFromDBSnapshot',
        'rds:StartExportTask',
        'backup:StartRestoreJob',
        'backup:StartCopyJob',
      ],
      on: beside('rds', 'snapshot:'),
    },
    {
      actions: ['rds-db:connect'],
      on: where(
        ({ properties }) => mayBeTrue(properties.EnableIAMDatabaseAuthentication),
        beside('rds-db', 'dbuser:'),
      ),
    },
  ],
  'AWS::EC2::Volume': [
    { actions: ['ec2:AttachVolume', 'ec2:CreateSnapshot'], on: self },
    { actions: ['ec2:CreateImage', 'ec2:CreateSnapshots'], on: beside('ec2', 'instance/') },
    {
      actions: [
        'ebs:GetSnapshotBlock',
        'ec2:ModifySnapshotAttribute',
        'ec2:CreateVolume',
        'ec2:CopySnapshot',
      ],
      on: beside('ec2', 'snapshot/'),
    },
    recoveryPoints,
  ],
  'AWS::Redshift::Cluster': [
    {
      actions: [
        'redshift:ModifyCluster',
        'redshift-data:ExecuteStatement',
        'redshift-data:BatchExecuteStatement',
        'redshift:GetClusterCredentialsWithIAM',
      ],
      on: self,
    },
    {
      actions: ['redshift:GetClusterCredentials', 'redshift:GetClusterCredentialsWithIAM'],
      on: beside('redshift', 'dbuser:'),
    },
    {
      actions: [
        'redshift:RestoreFromClusterSnapshot',
        'redshift:AuthorizeSnapshotAccess',
        'redshift:RestoreTableFromClusterSnapshot',
      ],
      on: beside('redshift', 'snapshot:'),
    },
  ],
  'AWS::RedshiftServerless::Workgroup': [
    {
      actions: [
        'redshift-serverless:GetCredentials',
        'redshift-data:ExecuteStatement',
        'redshift-data:BatchExecuteStatement',
      ],
      on: beside('redshift-serverless', 'workgroup/'),
    },
    {
      actions: [
        'redshift-serverless:UpdateNamespace',
        'redshift-serverless:RestoreFromSnapshot',
        'redshift-serverless:PutResourcePolicy',
      ],
      on: beside('redshift-serverless', ''),
    },
  ],
  'AWS::Kinesis::Stream': [
    { actions: ['kinesis:GetRecords', 'kinesis:SubscribeToShard', 'kinesis:PutResourcePolicy'], on: self },
    { actions: ['kinesis:SubscribeToShard'], on: below('/consumer/') },
  ],
  'AWS::KinesisFirehose::DeliveryStream': [{ actions: ['firehose:UpdateDestination'], on: self }],
  'AWS::MSK::Cluster': [
    {
      actions: ['kafka:PutClusterPolicy', 'kafka:UpdateSecurity', 'kafka:BatchAssociateScramSecret'],
      on: beside('kafka', 'cluster/'),
    },
    { actions: ['kafka-cluster:ReadData'], on: beside('kafka', 'topic/') },
  ],
  'AWS::MSK::ServerlessCluster': [{ actions: ['kafka-cluster:ReadData'], on: beside('kafka', 'topic/') }],
  'AWS::OpenSearchService::Domain': searchDomain,
  'AWS::Elasticsearch::Domain': searchDomain,
  'AWS::OpenSearchServerless::Collection': [
    { actions: ['aoss:APIAccessAll'], on: beside('aoss', 'collection/') },
  ],
  'AWS::ElastiCache::ReplicationGroup': cache('replicationgroup:', 'ModifyReplicationGroup'),
  'AWS::ElastiCache::ServerlessCache': cache('serverlesscache:', 'ModifyServerlessCache'),
  'AWS::MemoryDB::Cluster': [
    {
      actions: ['memorydb:Connect', 'memorydb:UpdateCluster', 'memorydb:CreateSnapshot'],
      on: beside('memorydb', 'cluster/'),
    },
    { actions: ['memorydb:CopySnapshot', 'memorydb:CreateCluster'], on: beside('memorydb', 'snapshot/') },
  ],
  'AWS::Cassandra::Table': [
    { actions: ['cassandra:Select', 'cassandra:Restore'], on: beside('cassandra', '/keyspace/') },
  ],
  'AWS::Timestream::Table': [
    { actions: ['timestream:Select', 'timestream:Unload'], on: beside('timestream', 'database/') },
  ],
  'AWS::FSx::FileSystem': [
    { actions: ['fsx:CreateBackup', 'fsx:UpdateFileSystem'], on: beside('fsx', 'file-system/') },
    { actions: ['fsx:CreateFileSystemFromBackup', 'fsx:CopyBackup'], on: beside('fsx', 'backup/') },
    recoveryPoints,
  ],
  'AWS::S3Express::DirectoryBucket': [
    { actions: ['s3express:CreateSession', 's3express:PutBucketPolicy'], on: beside('s3express', 'bucket/') },
    { actions: ['s3express:CreateSession'], on: beside('s3express', 'accesspoint/') },
  ],
  'AWS::S3Tables::TableBucket': [
    {
      actions: ['s3tables:GetTableData', 's3tables:PutTableBucketPolicy', 's3tables:PutTablePolicy'],
      on: beside('s3tables', 'bucket/'),
    },
  ],
  'AWS::DSQL::Cluster': [
    { actions: ['dsql:DbConnect', 'dsql:DbConnectAdmin'], on: beside('dsql', 'cluster/') },
    recoveryPoints,
  ],
  'AWS::DocDBElastic::Cluster': [
    { actions: ['docdb-elastic:UpdateCluster'], on: beside('docdb-elastic', 'cluster/') },
    {
      actions: ['docdb-elastic:CopyClusterSnapshot', 'docdb-elastic:RestoreClusterFromSnapshot'],
      on: beside('docdb-elastic', 'cluster-snapshot/'),
    },
  ],
  'AWS::DAX::Cluster': [
    {
      actions: ['dax:GetItem', 'dax:BatchGetItem', 'dax:Query', 'dax:Scan'],
      on: beside('dax', 'cache/'),
    },
  ],
  'AWS::Cognito::UserPool': [
    {
      actions: ['cognito-idp:ListUsers', 'cognito-idp:AdminGetUser', 'cognito-idp:ListUsersInGroup'],
      on: beside('cognito-idp', 'userpool/'),
    },
  ],
  'AWS::SSM::Parameter': [
    {
      actions: [
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:GetParametersByPath',
        'ssm:GetParameterHistory',
      ],
      on: beside('ssm', 'parameter'),
    },
  ],
  'AWS::SNS::Topic': [
    {
      actions: [
        'sns:Subscribe',
        'sns:AddPermission',
        'sns:SetTopicAttributes',
        'sns:PutDataProtectionPolicy',
      ],
      on: self,
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      actions: [
        'logs:GetLogEvents',
        'logs:FilterLogEvents',
        'logs:StartQuery',
        'logs:StartLiveTail',
        'logs:GetLogRecord',
        'logs:CreateExportTask',
        'logs:PutSubscriptionFilter',
      ],
      on: (own, store, graph) => [own, ...below(':')(own, store, graph)],
    },
  ],
};
