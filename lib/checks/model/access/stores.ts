import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, isTrue, list, text } from '../values.ts';
import { arnOf, chosen } from './resource-arns.ts';

/** Calls that read a store, or let the caller grant itself the rest, and what they are asked for. */
interface Way {
  readonly actions: readonly string[];
  /** ARNs the call may be made for; what the caller picks in them is `chosen`. */
  readonly on: (own: string, store: Resource, graph: EnvironmentGraph) => readonly string[];
}

const self: Way['on'] = (own) => [own];
const below =
  (...suffixes: readonly string[]): Way['on'] =>
  (own) =>
    suffixes.map((suffix) => own + suffix + chosen);
const beside =
  (service: string, kind: string): Way['on'] =>
  (_, { region }, { account }) => [
    `arn:aws:${service}:${region ?? '$'.concat('{AWS::Region}')}:${account ?? '$'.concat('{AWS::AccountId}')}:${kind}${chosen}`,
  ];
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
    ],
    on: self,
  },
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
        isTrue(properties.EnableIAMDatabaseAuthentication) || isTrue(properties.IamAuthEnabled),
      beside(prefix, prefix === 'rds-db' ? 'dbuser:' : ''),
    ),
  },
];

/** By type, in the order in which a reader of the report wants to know them. */
const ways: Readonly<Record<string, readonly Way[]>> = {
  'AWS::SecretsManager::Secret': [
    { actions: ['secretsmanager:GetSecretValue'], on: self },
    { actions: ['secretsmanager:GetSecretValue'], on: replicas('ReplicaRegions') },
    { actions: ['secretsmanager:PutResourcePolicy'], on: self },
  ],
  'AWS::KMS::Key': [
    { actions: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:PutKeyPolicy', 'kms:CreateGrant'], on: self },
    { actions: ['kms:ReplicateKey'], on: where(({ properties }) => isTrue(properties.MultiRegion), self) },
  ],
  'AWS::KMS::ReplicaKey': [
    { actions: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:PutKeyPolicy', 'kms:CreateGrant'], on: self },
  ],
  'AWS::S3::Bucket': [
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: below('/') },
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
      ],
      on: self,
    },
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
        ({ properties }) => isTrue(properties.EnableIAMDatabaseAuthentication),
        beside('rds-db', 'dbuser:'),
      ),
    },
  ],
};

export const storeTypes: readonly string[] = Object.keys(ways);

/** Each call that reads the store, with an ARN it may be asked for. */
export function readingCalls(
  store: Resource,
  graph: EnvironmentGraph,
): readonly { readonly action: string; readonly arn: string }[] {
  const own = arnOf(store, graph);
  return (ways[store.type] ?? []).flatMap(({ actions, on }) =>
    on(own, store, graph).flatMap((arn) => actions.map((action) => ({ action, arn }))),
  );
}

/** Calls that read what is there, for asking what a policy gives rather than what it could be turned into. */
export function plainReading(action: string): boolean {
  return !/:(Put|Set|Add|Create|Enable|Delete|Replicate)|ModifyDB\w*SnapshotAttribute/.test(action);
}
