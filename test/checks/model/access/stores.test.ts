import { describe, expect, it } from 'vitest';
import {
  account,
  allow,
  attribute,
  document,
  inline,
  ref,
  resource,
  role,
  type Word,
  wordOf,
} from './policies.ts';

/** Each store with calls that read it, directly or by way of a copy, and calls that do not. */
const stores: readonly (readonly [
  type: string,
  properties: object,
  reading: readonly string[],
  other: readonly string[],
])[] = [
  [
    'AWS::SecretsManager::Secret',
    {},
    ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'],
    ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'],
  ],
  [
    'AWS::KMS::Key',
    {},
    ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:PutKeyPolicy', 'kms:CreateGrant'],
    ['kms:Encrypt', 'kms:DescribeKey', 'kms:ReplicateKey'],
  ],
  ['AWS::KMS::Key', { MultiRegion: true }, ['kms:ReplicateKey'], ['kms:GenerateMac']],
  [
    'AWS::S3::Bucket',
    {},
    [
      's3:GetObject',
      's3:GetObjectVersion',
      's3:PutBucketPolicy',
      's3:PutReplicationConfiguration',
      's3:PutBucketAcl',
      's3:PutObjectAcl',
      'backup:StartRestoreJob',
    ],
    ['s3:PutObject', 's3:ListBucket', 's3:GetObjectTagging', 's3:GetBucketPolicy'],
  ],
  [
    'AWS::Backup::BackupVault',
    {},
    [
      'backup:StartRestoreJob',
      'backup:StartCopyJob',
      'backup:PutBackupVaultAccessPolicy',
      'rds:RestoreDBClusterFromSnapshot',
    ],
    ['backup:StartBackupJob', 'backup:ListRecoveryPointsByBackupVault', 'backup:DescribeBackupVault'],
  ],
  [
    'AWS::DynamoDB::Table',
    {},
    [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:PartiQLSelect',
      'dynamodb:ExportTableToPointInTime',
      'dynamodb:RestoreTableToPointInTime',
      'dynamodb:RestoreTableFromBackup',
      'dynamodb:GetRecords',
      'dynamodb:PutResourcePolicy',
      'backup:StartCopyJob',
    ],
    ['dynamodb:PutItem', 'dynamodb:DescribeTable', 'dynamodb:ListTables'],
  ],
  [
    'AWS::DynamoDB::GlobalTable',
    { Replicas: [{ Region: 'us-east-1' }] },
    ['dynamodb:GetItem', 'dynamodb:Scan'],
    ['dynamodb:PutItem'],
  ],
  [
    'AWS::SQS::Queue',
    {},
    ['sqs:ReceiveMessage', 'sqs:AddPermission', 'sqs:SetQueueAttributes', 'sqs:StartMessageMoveTask'],
    ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:PurgeQueue'],
  ],
  [
    'AWS::RDS::DBCluster',
    {},
    [
      'rds-data:ExecuteStatement',
      'rds-data:BatchExecuteStatement',
      'rds:ModifyDBCluster',
      'rds:RestoreDBClusterToPointInTime',
      'rds:RestoreDBClusterFromSnapshot',
      'rds:CopyDBClusterSnapshot',
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:StartExportTask',
      'backup:StartRestoreJob',
      'backup:StartCopyJob',
    ],
    ['rds:DescribeDBClusters', 'rds:StopDBCluster', 'rds-db:connect', 'secretsmanager:GetSecretValue'],
  ],
  [
    'AWS::RDS::DBCluster',
    { EnableIAMDatabaseAuthentication: true },
    ['rds-db:connect'],
    ['rds:ListTagsForResource'],
  ],
  ['AWS::RDS::DBCluster', { EnableIAMDatabaseAuthentication: ref('Anything') }, ['rds-db:connect'], []],
  ['AWS::RDS::DBCluster', { ManageMasterUserPassword: true }, ['secretsmanager:GetSecretValue'], []],
  [
    'AWS::RDS::DBInstance',
    {},
    [
      'rds:ModifyDBInstance',
      'rds:RestoreDBInstanceToPointInTime',
      'rds:RestoreDBInstanceFromDBSnapshot',
      'rds:CopyDBSnapshot',
      'rds:ModifyDBSnapshotAttribute',
      'rds:CreateDBInstanceReadReplica',
      'rds:StartExportTask',
    ],
    ['rds:DescribeDBInstances', 'rds:RebootDBInstance'],
  ],
  [
    'AWS::DocDB::DBCluster',
    {},
    ['rds:ModifyDBCluster', 'rds:RestoreDBClusterFromSnapshot'],
    ['rds:DescribeDBClusters'],
  ],
  [
    'AWS::Neptune::DBCluster',
    { IamAuthEnabled: true },
    ['neptune-db:connect', 'rds:RestoreDBClusterToPointInTime'],
    ['rds:DescribeDBClusters'],
  ],
  [
    'AWS::EFS::FileSystem',
    { FileSystemPolicy: { Statement: [] } },
    [
      'elasticfilesystem:ClientMount',
      'elasticfilesystem:PutFileSystemPolicy',
      'elasticfilesystem:DeleteFileSystemPolicy',
      'elasticfilesystem:CreateReplicationConfiguration',
      'backup:StartRestoreJob',
    ],
    ['elasticfilesystem:DescribeFileSystems'],
  ],
  [
    'AWS::EC2::Volume',
    {},
    ['ec2:AttachVolume', 'ec2:CreateSnapshot', 'ebs:GetSnapshotBlock', 'ec2:ModifySnapshotAttribute'],
    ['ec2:DescribeVolumes', 'ec2:DetachVolume'],
  ],
  [
    'AWS::Redshift::Cluster',
    {},
    [
      'redshift:GetClusterCredentials',
      'redshift-data:ExecuteStatement',
      'redshift:RestoreFromClusterSnapshot',
      'redshift:AuthorizeSnapshotAccess',
      'redshift:ModifyCluster',
    ],
    ['redshift:DescribeClusters', 'redshift:PauseCluster'],
  ],
  [
    'AWS::RedshiftServerless::Workgroup',
    {},
    ['redshift-serverless:GetCredentials', 'redshift-data:ExecuteStatement'],
    ['redshift-serverless:ListWorkgroups'],
  ],
  [
    'AWS::Kinesis::Stream',
    {},
    ['kinesis:GetRecords', 'kinesis:SubscribeToShard', 'kinesis:PutResourcePolicy'],
    ['kinesis:PutRecord', 'kinesis:DescribeStream', 'kinesis:GetShardIterator'],
  ],
  ['AWS::KinesisFirehose::DeliveryStream', {}, ['firehose:UpdateDestination'], ['firehose:PutRecord']],
  [
    'AWS::MSK::Cluster',
    {},
    ['kafka-cluster:ReadData', 'kafka:PutClusterPolicy'],
    ['kafka-cluster:WriteData', 'kafka:DescribeCluster'],
  ],
  [
    'AWS::OpenSearchService::Domain',
    {},
    ['es:ESHttpGet', 'es:ESHttpPost', 'es:UpdateDomainConfig'],
    ['es:DescribeDomain', 'es:ESHttpDelete'],
  ],
  [
    'AWS::ElastiCache::ReplicationGroup',
    {},
    ['elasticache:Connect', 'elasticache:ModifyReplicationGroup', 'elasticache:CopySnapshot'],
    ['elasticache:DescribeReplicationGroups'],
  ],
  [
    'AWS::MemoryDB::Cluster',
    {},
    ['memorydb:Connect', 'memorydb:CopySnapshot'],
    ['memorydb:DescribeClusters'],
  ],
  [
    'AWS::FSx::FileSystem',
    {},
    ['fsx:CreateBackup', 'fsx:CreateFileSystemFromBackup'],
    ['fsx:DescribeFileSystems'],
  ],
  ['AWS::SNS::Topic', {}, ['sns:Subscribe', 'sns:AddPermission'], ['sns:Publish']],
  [
    'AWS::Logs::LogGroup',
    {},
    [
      'logs:GetLogEvents',
      'logs:FilterLogEvents',
      'logs:StartQuery',
      'logs:PutSubscriptionFilter',
      'logs:CreateExportTask',
    ],
    ['logs:PutLogEvents', 'logs:DescribeLogStreams'],
  ],
];

function word(type: string, properties: object, action: string): Word {
  const template = {
    Parameters: { Anything: { Type: 'String' } },
    Resources: { Store: resource(type, properties), Reader: role(inline(allow(action))) },
  };
  return wordOf({ template, principal: 'Reader', target: 'Store' });
}

describe.each(stores)('%s %o', (type, properties, reading, other) => {
  it.each(reading.map((action) => [action]))('is read by %s', (action) => {
    expect(word(type, properties, action)).toBe('can');
  });
  it.each([...other, 'sts:GetCallerIdentity'].map((action) => [action]))('is not read by %s', (action) => {
    expect(word(type, properties, action)).toBe('cannot');
  });
});

describe('other names of a store', () => {
  const Store = resource('AWS::S3::Bucket', { BucketName: 'shop-data' });
  const region = (name: string) => `arn:aws:secretsmanager:${name}:111122223333:secret:shop/db-*`;
  const ask = (Resources: Record<string, object>) =>
    wordOf({ template: { Resources }, principal: 'Reader', target: 'Store' });
  it('are its access points', () => {
    const Point = resource('AWS::S3::AccessPoint', { Name: 'guests', Bucket: ref('Store') });
    const through = (name: string) =>
      role(
        inline(allow('s3:GetObject', `arn:aws:s3:ap-northeast-1:111122223333:accesspoint/${name}/object/*`)),
      );
    expect(ask({ Store, Point, Reader: through('guests') })).toBe('can');
    expect(ask({ Store, Point, Reader: through('others') })).toBe('cannot');
    expect(ask({ Store, Reader: through('guests') })).toBe('cannot');
  });
  it('and those of several regions', () => {
    const Point = resource('AWS::S3::MultiRegionAccessPoint', { Regions: [{ Bucket: ref('Store') }] });
    const Reader = role(
      inline(allow('s3:GetObject', 'arn:aws:s3::111122223333:accesspoint/abc.mrap/object/*')),
    );
    expect(ask({ Store, Point, Reader })).not.toBe('cannot');
  });
  it('are its replicas', () => {
    const Secret = resource('AWS::SecretsManager::Secret', {
      Name: 'shop/db',
      ReplicaRegions: [{ Region: 'us-east-1' }],
    });
    const inRegion = (name: string, Condition?: object) =>
      role(inline(allow('secretsmanager:GetSecretValue', region(name), Condition && { Condition })));
    expect(ask({ Store: Secret, Reader: inRegion('us-east-1') })).toBe('can');
    expect(
      ask({ Store: Secret, Reader: inRegion('*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }) }),
    ).toBe('can');
    expect(ask({ Store: Secret, Reader: inRegion('eu-west-1') })).toBe('cannot');
  });
  it('and a bucket may be open by its ACL', () => {
    const acl = (AccessControl: unknown) =>
      wordOf({
        template: {
          Parameters: { Anything: { Type: 'String' } },
          Resources: { Store: resource('AWS::S3::Bucket', { AccessControl }) },
        },
        principal: 'anyone',
        target: 'Store',
      });
    expect(acl('PublicRead')).toBe('can');
    expect(acl('AuthenticatedRead')).toBe('can');
    expect(acl('Private')).toBe('cannot');
    expect(acl(ref('Anything'))).toBe('cannot decide');
  });
  it('and what stands under an ARN of its own: streams, and the logins that RDS keeps', () => {
    const reading = (action: string, id: string, name: string) =>
      role(inline(allow(action, { 'Fn::GetAtt': [id, name] })));
    const Table = resource('AWS::DynamoDB::Table', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });
    const records = (id: string) => reading('dynamodb:GetRecords', id, 'StreamArn');
    expect(ask({ Store: Table, Reader: records('Store') })).toBe('can');
    expect(ask({ Store: Table, Other: Table, Reader: records('Other') })).toBe('cannot');
    expect(ask({ Store: Table, Reader: reading('dynamodb:GetItem', 'Store', 'StreamArn') })).toBe('cannot');
    const Db = resource('AWS::RDS::DBCluster', { ManageMasterUserPassword: true });
    const login = (id: string) => reading('secretsmanager:GetSecretValue', id, 'MasterUserSecret.SecretArn');
    expect(ask({ Store: Db, Reader: login('Store') })).toBe('can');
    expect(ask({ Store: Db, Other: Db, Reader: login('Other') })).toBe('cannot decide');
  });
  it('and the logins of a database, which are named by its id', () => {
    const Store = resource('AWS::RDS::DBInstance', { EnableIAMDatabaseAuthentication: true });
    const login = { 'Fn::Sub': `arn:aws:rds-db:*:*:dbuser:\${Store.DbiResourceId}/app` };
    expect(ask({ Store, Reader: role(inline(allow('rds-db:connect', login))) })).not.toBe('cannot');
  });
  it('and what a policy of a part, a copy or another name of it gives', () => {
    const opens = (action: string, Resource: unknown = '*') =>
      document({ ...allow(action, Resource), Principal: '*' });
    const read = (Store: object, more: Record<string, object> = {}) =>
      wordOf({
        template: { Resources: { Store, ...more } },
        principal: 'anyone',
        target: 'Store',
      });
    const stream = (PolicyDocument: unknown) => ({ ResourcePolicy: { PolicyDocument } });
    const table = (policy: unknown) =>
      resource('AWS::DynamoDB::Table', { StreamSpecification: stream(policy) });
    expect(read(table(opens('dynamodb:GetRecords')))).toBe('can');
    expect(read(table(opens('dynamodb:GetItem')))).toBe('cannot');
    const copies = (policy: unknown) =>
      resource('AWS::DynamoDB::GlobalTable', {
        Replicas: [{ Region: 'ap-northeast-1', ReplicaStreamSpecification: stream(policy) }],
      });
    expect(read(copies(opens('dynamodb:GetRecords')))).toBe('can');
    expect(read(copies(opens('dynamodb:Scan')))).toBe('cannot');
    expect(
      read(resource('AWS::Kinesis::Stream'), {
        Consumer: resource('AWS::Kinesis::StreamConsumer', { StreamARN: attribute('Store') }),
        Guard: resource('AWS::Kinesis::ResourcePolicy', {
          ResourceArn: attribute('Consumer', 'ConsumerARN'),
          ResourcePolicy: opens('kinesis:SubscribeToShard', attribute('Consumer', 'ConsumerARN')),
        }),
      }),
    ).not.toBe('cannot');
    expect(
      read(resource('AWS::S3::Bucket'), {
        Point: resource('AWS::S3::MultiRegionAccessPoint', { Regions: [{ Bucket: ref('Store') }] }),
        Guard: resource('AWS::S3::MultiRegionAccessPointPolicy', {
          MrapName: ref('Point'),
          Policy: opens('s3:GetObject', `arn:aws:s3::${account}:accesspoint/abc.mrap/object/*`),
        }),
      }),
    ).not.toBe('cannot');
    expect(
      read(resource('AWS::S3Tables::TableBucket'), {
        Rows: resource('AWS::S3Tables::Table', { TableBucketARN: attribute('Store', 'TableBucketARN') }),
        Guard: resource('AWS::S3Tables::TablePolicy', {
          TableARN: attribute('Rows', 'TableARN'),
          ResourcePolicy: opens('s3tables:GetTableData'),
        }),
      }),
    ).not.toBe('cannot');
    expect(
      read(resource('AWS::DSQL::Cluster', { PolicyDocument: JSON.stringify(opens('dsql:DbConnect')) })),
    ).not.toBe('cannot');
  });
});
