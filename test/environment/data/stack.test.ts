import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  type ExampleFile,
  everyOfType,
  exampleEnvironment,
  exampleFiles,
  resourcesOfType,
  templateOf,
} from '../../support/synthesize.ts';

describe.each(exampleFiles)('the stores of %s', (file) => {
  it('keep customer data encrypted, recoverable and protected from deletion (DAT1)', async () => {
    const environment = await exampleEnvironment(file, 'production');
    templateOf(environment, 'Data').hasResource('AWS::RDS::DBCluster', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        StorageEncrypted: true,
        KmsKeyId: Match.anyValue(),
        // Switched on by a schedule, once the stack is complete: it would stand in the way of a rollback.
        DeletionProtection: Match.absent(),
        BackupRetentionPeriod: 35,
        EnableIAMDatabaseAuthentication: true,
        CopyTagsToSnapshot: true,
        EnableCloudwatchLogsExports: Match.anyValue(),
      },
    });
  });

  it('select themselves into the backup plan', async () => {
    const environment = await exampleEnvironment(file, 'production');
    const selected = JSON.stringify(everyOfType(environment, 'AWS::Backup::BackupSelection'));
    const stores = ['AWS::RDS::DBCluster', 'AWS::EFS::FileSystem', 'AWS::S3::Bucket'].flatMap((type) =>
      Object.keys(templateOf(environment, 'Data').findResources(type)),
    );
    expect(stores.length).toBeGreaterThan(0);
    for (const id of stores) expect(selected).toContain(`"${id}"`);
  });

  it('listen on a port of their own, never publicly, patched by AWS in the window (PAT2)', async () => {
    const environment = await exampleEnvironment(file);
    for (const { Properties } of everyOfType(environment, 'AWS::RDS::DBCluster')) {
      expect(Properties.Port).toBe(15432);
      expect(Properties.PreferredMaintenanceWindow).toMatch(/^[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d$/);
    }
    for (const { Properties } of everyOfType(environment, 'AWS::RDS::DBInstance')) {
      expect(Properties.PubliclyAccessible).toBe(false);
      expect(Properties.AutoMinorVersionUpgrade).toBe(true);
      expect(Properties.PerformanceInsightsKMSKeyId).toBeDefined();
    }
  });

  it('have encrypted log groups before RDS can make open ones', async () => {
    const environment = await exampleEnvironment(file);
    const encrypted = everyOfType(environment, 'AWS::Logs::LogGroup')
      .filter(({ Properties }) => Properties.KmsKeyId !== undefined)
      .map(({ Properties }) => Properties.LogGroupName);
    for (const { Properties } of everyOfType(environment, 'AWS::RDS::DBCluster')) {
      for (const type of Properties.EnableCloudwatchLogsExports as string[]) {
        expect(encrypted).toContain(`/aws/rds/cluster/${Properties.DBClusterIdentifier}/${type}`);
      }
    }
  });
});

it('PostgreSQL takes no connection without TLS (NET4)', async () => {
  const environment = await exampleEnvironment('examples/eccube-standard.ts');
  templateOf(environment, 'Data').hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
    Parameters: { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' },
  });
});

it('MySQL takes no connection without TLS, and logs no statement that holds customer data', async () => {
  const environment = await exampleEnvironment('examples/woocommerce-starter.ts');
  templateOf(environment, 'Data').hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
    Parameters: {
      require_secure_transport: 'ON',
      tls_version: 'TLSv1.2,TLSv1.3',
      general_log: '0',
      server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
    },
  });
});

it('mounts media over TLS and through the access point only', async () => {
  const environment = await exampleEnvironment('examples/woocommerce-starter.ts');
  const [fileSystem] = everyOfType(environment, 'AWS::EFS::FileSystem');
  // Who may mount and write is said by roles alone: an allowance here would reach every client.
  expect(fileSystem?.Properties.FileSystemPolicy).toMatchObject({
    Statement: [
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'elasticfilesystem:ClientMount',
          'elasticfilesystem:ClientRootAccess',
          'elasticfilesystem:ClientWrite',
        ],
        Condition: { Null: { 'elasticfilesystem:AccessPointArn': 'true' } },
      },
    ],
  });
});

it('gives upper tiers a standby in another zone', async () => {
  const instances = async (file: ExampleFile) =>
    Object.keys(resourcesOfType(await exampleEnvironment(file), 'AWS::RDS::DBInstance')).length;
  expect(await instances('examples/woocommerce-starter.ts')).toBe(1);
  expect(await instances('examples/eccube-standard.ts')).toBe(2);
  expect(await instances('examples/custom-high-availability.ts')).toBe(3);
});
