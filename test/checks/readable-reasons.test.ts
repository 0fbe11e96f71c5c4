import { expect, it } from 'vitest';
import { checkTemplates } from '../../lib/checks/check-templates.ts';
import { EnvironmentGraph } from '../../lib/checks/model/templates.ts';
import { readableReasons } from '../../lib/checks/readable-reasons.ts';

const bucket = (path?: string) => ({
  Type: 'AWS::S3::Bucket',
  ...(path !== undefined && { Metadata: { 'aws:cdk:path': path } }),
});

const graph = new EnvironmentGraph([
  {
    name: 'shop-data',
    template: {
      Resources: {
        Media8F1C2D3E: bucket('production/Data/Media/Resource'),
        Same0A1B2C3D: bucket('production/Data/Same/Resource'),
        Unknown0A1B2C3D: bucket(),
      },
    },
  },
  { name: 'shop-vault', template: { Resources: { Same0A1B2C3D: bucket('production/Vault/Same/Resource') } } },
]);

it.each([
  ['names a construct by its path', 'is read by Media8F1C2D3E', 'is read by production/Data/Media'],
  ['looks into the stack of the row first', 'leads to Same0A1B2C3D', 'leads to production/Vault/Same'],
  ['keeps what has no path', 'leads to Unknown0A1B2C3D', 'leads to Unknown0A1B2C3D'],
  ['keeps what only looks like a logical id', 'in account 111122223333', 'in account 111122223333'],
])('%s', (_, reason, expected) => {
  expect(readableReasons(graph)(reason, { stack: 'shop-vault' })).toBe(expected);
});

it('reaches what the rules say', () => {
  const holds = { 'secure-shop:data-class': 'logs' };
  const kms = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key8F1C2D3E', 'Arn'] } };
  const { rows } = checkTemplates([
    {
      name: 'shop-vault',
      template: {
        Resources: {
          Logs: {
            Type: 'AWS::S3::Bucket',
            Metadata: holds,
            Properties: {
              BucketEncryption: {
                ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: kms }],
              },
            },
          },
          Key8F1C2D3E: {
            Type: 'AWS::KMS::Key',
            Metadata: { ...holds, 'aws:cdk:path': 'production/Vault/LogsKey/Resource' },
          },
        },
      },
    },
  ]);
  const said = rows.map(({ reason }) => reason).join('\n');
  expect(said).toContain('is encrypted with production/Vault/LogsKey');
  expect(said).not.toContain('Key8F1C2D3E');
});
