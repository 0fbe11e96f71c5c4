import { describe, expect, it } from 'vitest';
import { account, attribute, document, ref, resource, type Word, wordOf } from './policies.ts';

const other = '999988887777';
const stranger = `account ${other}`;
const cluster = resource('AWS::RDS::DBCluster', { Engine: 'aurora-mysql' });
const vault = (AccessPolicy?: object) =>
  resource('AWS::Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'v',
    ...(AccessPolicy && { AccessPolicy }),
  });
const share = (Principals: unknown, ResourceArns: unknown = [attribute('Store', 'DBClusterArn')]) =>
  resource('AWS::RAM::ResourceShare', { Name: 's', Principals, ResourceArns });
const lets = (AWS: unknown, Action: unknown) =>
  document({ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' });

const cases: readonly (readonly [name: string, resources: object, reader: string, truth: Word])[] = [
  ['a database with an account', { Store: cluster, S: share([other]) }, stranger, 'can'],
  [
    'a database with an organization',
    { Store: cluster, S: share([`arn:aws:organizations::${account}:organization/o-1`]) },
    `any principal of organization arn:aws:organizations::${account}:organization/o-1`,
    'can',
  ],
  [
    'a database with the own account',
    { Store: cluster, S: share([account]) },
    `account ${account}`,
    'cannot',
  ],
  [
    'a database with whom a deploy names',
    { Store: cluster, S: share(ref('Anything')) },
    'a principal known only after deployment',
    'cannot decide',
  ],
  [
    'what a deploy names with an account',
    { Store: cluster, S: share([other], [ref('Anything')]) },
    stranger,
    'cannot decide',
  ],
  [
    'something else with an account',
    { Store: cluster, S: share([other], [attribute('Net', 'Arn')]) },
    stranger,
    'cannot',
  ],
  [
    'an air-gapped vault with an account',
    { Store: vault(), S: share([other], [attribute('Store', 'BackupVaultArn')]) },
    stranger,
    'can',
  ],
  ['an air-gapped vault by its own policy', { Store: vault(lets(other, 'backup:*')) }, stranger, 'can'],
  [
    'a vault by its own policy',
    {
      Store: resource('AWS::Backup::BackupVault', {
        BackupVaultName: 'v',
        AccessPolicy: lets(other, 'backup:StartCopyJob'),
      }),
    },
    stranger,
    'can',
  ],
  [
    'a vault that an account may only copy into',
    {
      Store: resource('AWS::Backup::BackupVault', {
        BackupVaultName: 'v',
        AccessPolicy: lets(other, 'backup:CopyIntoBackupVault'),
      }),
    },
    stranger,
    'cannot',
  ],
];

describe('a share', () => {
  for (const [name, resources, reader, truth] of cases) {
    it(`of ${name}: ${truth}`, () => {
      const template = {
        Parameters: { Anything: { Type: 'String' } },
        Resources: { Net: resource('AWS::EC2::TransitGateway'), ...resources },
      };
      expect(wordOf({ template, principal: reader, target: 'Store' })).toBe(truth);
    });
  }
});
