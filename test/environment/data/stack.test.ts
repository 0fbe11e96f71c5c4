import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parseShop } from '../../../lib/config/index.ts';
import { smallShop } from '../../support/shops.ts';
import {
  type ExampleFile,
  everyOfType,
  exampleEnvironment,
  exampleFiles,
  resourcesOfType,
  type SynthesizedEnvironment,
  synthesizeShop,
  templateOf,
} from '../../support/synthesize.ts';

/** Of whichever kind the database is. */
function storeType(environment: SynthesizedEnvironment): string {
  const clusters = Object.keys(resourcesOfType(environment, 'AWS::RDS::DBCluster'));
  return clusters.length > 0 ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance';
}

describe.each(exampleFiles)('the stores of %s', (file) => {
  it('keep customer data encrypted, recoverable and protected from deletion (DAT1)', async () => {
    const environment = await exampleEnvironment(file, 'production');
    templateOf(environment, 'Data').hasResource(storeType(environment), {
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
    const stores = [storeType(environment), 'AWS::EFS::FileSystem', 'AWS::S3::Bucket'].flatMap((type) =>
      Object.keys(templateOf(environment, 'Data').findResources(type)),
    );
    expect(stores.length).toBeGreaterThan(0);
    for (const id of stores) expect(selected).toContain(`"${id}"`);
  });

  it('listen on a port of their own, never publicly, patched by AWS in the window (PAT2)', async () => {
    const environment = await exampleEnvironment(file);
    for (const { Properties } of everyOfType(environment, storeType(environment))) {
      expect([Properties.Port, Number(Properties.Port)]).toContain(15432);
      expect(Properties.PreferredMaintenanceWindow).toMatch(/^[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d$/);
    }
    for (const { Properties } of everyOfType(environment, 'AWS::RDS::DBInstance')) {
      expect(Properties.PubliclyAccessible).toBe(false);
      expect(Properties.AutoMinorVersionUpgrade).toBe(true);
      expect(Properties.PerformanceInsightsKMSKeyId !== undefined).toBe(
        Properties.EnablePerformanceInsights === true,
      );
    }
  });

  it('have encrypted log groups before RDS can make open ones', async () => {
    const environment = await exampleEnvironment(file);
    const encrypted = everyOfType(environment, 'AWS::Logs::LogGroup')
      .filter(({ Properties }) => Properties.KmsKeyId !== undefined)
      .map(({ Properties }) => Properties.LogGroupName);
    for (const { Properties } of everyOfType(environment, storeType(environment))) {
      const { DBClusterIdentifier: cluster, DBInstanceIdentifier: instance } = Properties;
      const folder = cluster ? `/aws/rds/cluster/${cluster}` : `/aws/rds/instance/${instance}`;
      for (const type of Properties.EnableCloudwatchLogsExports as string[]) {
        expect(encrypted).toContain(`${folder}/${type}`);
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
  const data = templateOf(environment, 'Data');
  data.hasResourceProperties('AWS::RDS::DBParameterGroup', {
    Parameters: { require_secure_transport: '1', tls_version: 'TLSv1.2,TLSv1.3', general_log: '0' },
  });
  data.hasResourceProperties('AWS::RDS::OptionGroup', {
    OptionConfigurations: [
      {
        OptionName: 'MARIADB_AUDIT_PLUGIN',
        OptionSettings: [{ Name: 'SERVER_AUDIT_EVENTS', Value: 'CONNECT,QUERY_DCL,QUERY_DDL' }],
      },
    ],
  });
});

describe.each([
  ['woocommerce', 'mysql'],
  ['ec-cube', 'postgresql'],
] as const)('the two kinds of database of %s', (preset, engine) => {
  const dataOf = (environment: Record<string, unknown>) => {
    const shop = smallShop();
    const production = { ...shop.environments.production, ...environment };
    const parsed = parseShop({ ...shop, platform: { preset }, environments: { production } });
    const [found] = synthesizeShop(parsed);
    if (!found) throw new Error('the shop has an environment');
    return found;
  };
  const sameInBoth = [
    'StorageEncrypted',
    'BackupRetentionPeriod',
    'EnableIAMDatabaseAuthentication',
    'CopyTagsToSnapshot',
    'PreferredMaintenanceWindow',
    'PreferredBackupWindow',
  ];

  it('have the same key, recovery, windows, port, logins and protection, and differ in size', () => {
    const [aurora, instance] = (['aurora', 'instance'] as const).map((kind) =>
      dataOf({ tier: 'starter', database: { kind } }),
    );
    if (!aurora || !instance) throw new Error('two environments');
    const [cluster] = everyOfType(aurora, 'AWS::RDS::DBCluster');
    const [single] = everyOfType(instance, 'AWS::RDS::DBInstance');
    for (const name of sameInBoth) expect(single?.Properties[name], name).toEqual(cluster?.Properties[name]);
    expect(String(single?.Properties.Port)).toBe(String(cluster?.Properties.Port));
    expect(JSON.stringify(single?.Properties.KmsKeyId)).toBe(JSON.stringify(cluster?.Properties.KmsKeyId));
    expect(single?.DeletionPolicy).toBe(cluster?.DeletionPolicy);
    const switches = (environment: SynthesizedEnvironment) =>
      JSON.stringify(everyOfType(environment, 'AWS::Scheduler::Schedule'));
    expect(switches(aurora)).toContain('aws-sdk:rds:modifyDBCluster');
    expect(switches(instance)).toContain('aws-sdk:rds:modifyDBInstance');
    const alarms = (environment: SynthesizedEnvironment) =>
      everyOfType(environment, 'AWS::CloudWatch::Alarm').length;
    // What GuardDuty does not see of MySQL, its audit log tells.
    expect(alarms(instance) - alarms(aurora)).toBe(engine === 'mysql' ? 1 : 0);
    expect(single?.Properties.DBInstanceClass).toBe('db.t4g.micro');
    expect(single?.Properties.StorageType).toBe('gp3');
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
