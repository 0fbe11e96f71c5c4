import { describe, expect, it } from 'vitest';
import {
  everyOfType,
  exampleEnvironment,
  exampleFiles,
  resourcesOfType,
  templateOf,
} from '../../support/synthesize.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const statementsOf = (policy: unknown) => (policy as { Statement: Statement[] }).Statement;
const actionsOf = ({ Action }: Statement) => (Array.isArray(Action) ? Action : [Action]);

describe.each(exampleFiles)('the vault of %s', (file) => {
  it('rotates every key, and lets nobody decrypt with one directly (DAT2)', async () => {
    const environment = await exampleEnvironment(file);
    const keys = Object.values(resourcesOfType(environment, 'AWS::KMS::Key'));
    expect(keys.length).toBeGreaterThanOrEqual(6);
    for (const { Properties } of keys) {
      expect(Properties.EnableKeyRotation).toBe(true);
      const statements = statementsOf(Properties.KeyPolicy);
      for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
        const opens = actionsOf(statement).some((action) =>
          /Decrypt|CreateGrant|kms:\*|Create\*/.test(action),
        );
        if (!opens || JSON.stringify(statement.Principal).includes('Service')) continue;
        expect(statement.Condition?.StringEquals).toHaveProperty('kms:ViaService');
      }
    }
  });

  it('lets services alone make grants on a key, which outlive its policy (DAT2)', async () => {
    const environment = await exampleEnvironment(file);
    for (const { Properties } of everyOfType(environment, 'AWS::KMS::Key')) {
      expect(statementsOf(Properties.KeyPolicy)).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'kms:CreateGrant',
          Principal: { AWS: '*' },
          Condition: {
            BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      );
    }
  });

  it('gives each class of data a key of its own', async () => {
    const environment = await exampleEnvironment(file);
    const keyOf = (stack: string, type: string, property: string) =>
      Object.entries(resourcesOfType(environment, type))
        .filter(([id]) => id.startsWith(`${stack}/`))
        .flatMap(([, { Properties }]) =>
          property in Properties ? [JSON.stringify(Properties[property])] : [],
        );
    const classes = [
      ...new Set([
        ...keyOf('Data', 'AWS::RDS::DBCluster', 'KmsKeyId'),
        ...keyOf('Data', 'AWS::RDS::DBInstance', 'KmsKeyId'),
      ]),
      ...new Set(keyOf('Credentials', 'AWS::SecretsManager::Secret', 'KmsKeyId')),
      ...new Set(keyOf('Network', 'AWS::Logs::LogGroup', 'KmsKeyId')),
    ];
    expect(classes).toHaveLength(3);
    expect(new Set(classes).size).toBe(3);
  });

  it('says of each key what it is for, so that nobody takes one for another', async () => {
    const environment = await exampleEnvironment(file);
    const keys = Object.values(templateOf(environment, 'Vault').findResources('AWS::KMS::Key'));
    const descriptions = keys.map(({ Properties }) => Properties.Description);
    expect(descriptions).toHaveLength(5);
    expect(new Set(descriptions).size).toBe(5);
  });

  it('locks the archive and lets nobody delete a log (LOG1)', async () => {
    const environment = await exampleEnvironment(file, 'production');
    templateOf(environment, 'Vault').hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE' } } },
    });
    const policies = Object.values(templateOf(environment, 'Vault').findResources('AWS::S3::BucketPolicy'));
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(statementsOf(Properties.PolicyDocument)).toContainEqual({
        Sid: 'NobodyDeletesLogs',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: { 'Fn::Join': ['', [expect.anything(), '/*']] },
      });
    }
  });
});

it('never locks for good what is disposable', async () => {
  const staging = await exampleEnvironment('examples/disposable-staging.ts');
  const text = JSON.stringify(staging.resources);
  expect(text).toContain('"Mode":"GOVERNANCE"');
  expect(text).not.toContain('"Mode":"COMPLIANCE"');
  expect(text).not.toContain('ChangeableForDays');
});

it('lets EventBridge publish alarms without a condition, which would drop them silently (ALM1)', async () => {
  const environment = await exampleEnvironment('examples/woocommerce-starter.ts');
  const keys = Object.values(templateOf(environment, 'Vault').findResources('AWS::KMS::Key'));
  const events = keys
    .flatMap(({ Properties }) => statementsOf(Properties.KeyPolicy))
    .filter(({ Principal }) => JSON.stringify(Principal).includes('events.amazonaws.com'));
  expect(events.length).toBeGreaterThan(0);
  for (const { Condition } of events) expect(Condition).toBeUndefined();
});
