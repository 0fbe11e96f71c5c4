import { runSimulation } from '@cloud-copilot/iam-simulate';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
} from '../../support/synthesize.ts';

const account = '333344445555';
const bucket = `arn:aws:s3:::midori-tea-production-exports-${account}`;
const own = `${bucket}/midori/2026-12-01-orders.csv.age`;
const passphrase = `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:midori-tea/production/export-passphrase-of-midori-AbCdEf`;
const midori = `arn:aws:iam::${account}:role/midori-tea-production-exports-of-midori`;
const exporter = `arn:aws:iam::${account}:role/midori-tea-production-export`;
const vpc = 'vpc-0123456789abcdef0';

type Policy = { Version: string; Statement: Record<string, unknown>[] };
const everything: Policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** References stand for the one bucket, the one secret and the one VPC of these documents. */
function filled(value: unknown): unknown {
  const written = JSON.stringify(value, (_, each) => {
    if (typeof each !== 'object' || each === null) return each;
    if ('Fn::Join' in each) return (each['Fn::Join'][1] as unknown[]).map(filled).join('');
    if ('Fn::GetAtt' in each) return bucket;
    if ('Ref' in each) return String(each.Ref) === 'AWS::Partition' ? 'aws' : bucket;
    if ('Fn::GetStackOutput' in each) return passphrase;
    if ('Fn::ImportValue' in each) return /Vpc/.test(JSON.stringify(each)) ? vpc : passphrase;
    return each;
  });
  return JSON.parse(written);
}

describe('the customer-data desk', () => {
  let bucketPolicy: Policy;
  let personPolicy: Policy;

  beforeAll(async () => {
    const environment: SynthesizedEnvironment = await exampleEnvironment('examples/eccube-standard.ts');
    const one = (type: string, like: RegExp) => {
      const found = Object.entries(resourcesOfType(environment, type)).find(([id]) => like.test(id));
      if (!found) throw new Error(`no ${type} like ${like}`);
      return filled(found[1].Properties.PolicyDocument) as Policy;
    };
    bucketPolicy = one('AWS::S3::BucketPolicy', /CustomerData\/ExportsPolicy/);
    personPolicy = one('AWS::IAM::ManagedPolicy', /CustomerData\/Personmidori/);
  });

  async function may(
    principal: string,
    action: string,
    resource: string,
    { from = '203.0.113.7', inside = false, policies = [everything] }: Partial<Circumstances> = {},
  ): Promise<boolean> {
    const simulated = await runSimulation(
      {
        request: {
          principal: principal.replace(/:iam::(\d+):role\/(.*)$/, ':sts::$1:assumed-role/$2/session'),
          action,
          resource: { resource, accountId: account },
          contextVariables: {
            'aws:PrincipalArn': principal,
            'aws:PrincipalAccount': account,
            'aws:PrincipalIsAWSService': 'false',
            'aws:SecureTransport': 'true',
            's3:TlsVersion': '1.3',
            'aws:SourceIp': from,
            ...(inside && { 'aws:SourceVpc': vpc }),
          },
        },
        identityPolicies: policies.map((policy, index) => ({ name: String(index), policy })),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        ...(resource.startsWith(bucket) && { resourcePolicy: bucketPolicy }),
        additionalSettings: { s3: { blockPublicAccess: true } },
      },
      {},
    );
    if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
    const results = simulated.resultType === 'single' ? [simulated.result] : simulated.results;
    return results.some(({ analysis }) => analysis.result === 'Allowed');
  }

  it('lets a named person open their own exports at the office, and the desk write them', async () => {
    expect(await may(midori, 's3:GetObject', own, { policies: [personPolicy] })).toBe(true);
    expect(await may(exporter, 's3:PutObject', own, { inside: true })).toBe(true);
  });

  const others = [
    'Administrator',
    'Contractor',
    'midori-tea-production-task',
    'midori-tea-production-execution',
    'midori-tea-production-rotation',
    'midori-tea-production-build',
    'midori-tea-production-release',
    'midori-tea-production-exports-of-haruto',
    'midori-tea-production-exports-of-midori-too',
    'midori-tea-production-export',
  ].map((name) => `arn:aws:iam::${account}:role/${name}`);

  it.each(others)('refuses %s every export, whatever its policies allow', async (principal) => {
    for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectVersionForReplication'])
      for (const inside of [true, false])
        expect([action, await may(principal, action, own, { inside })]).toEqual([action, false]);
    if (principal !== exporter)
      expect(await may(principal, 's3:PutObject', own, { inside: true })).toBe(false);
  });

  it('refuses a named person what is not theirs, and theirs elsewhere', async () => {
    const theirs = { policies: [personPolicy] };
    for (const key of ['haruto/one.csv.age', 'midori-too/one.csv.age', 'one.csv.age', 'Midori/one.csv.age'])
      expect([key, await may(midori, 's3:GetObject', `${bucket}/${key}`, theirs)]).toEqual([key, false]);
    for (const action of ['s3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion', 's3:PutObjectAcl'])
      expect([action, await may(midori, action, own, theirs)]).toEqual([action, false]);
    for (const from of ['198.51.100.4', '203.0.113.8', '2001:db8::1', '10.20.0.5'])
      expect([from, await may(midori, 's3:GetObject', own, { ...theirs, from })]).toEqual([from, false]);
    expect(await may(midori, 'secretsmanager:GetSecretValue', passphrase, theirs)).toBe(true);
    for (const other of ['database', 'export-passphrase', 'export-passphrase-of-haruto']) {
      const secret = passphrase.replace('export-passphrase-of-midori', other);
      expect([other, await may(midori, 'secretsmanager:GetSecretValue', secret, theirs)]).toEqual([
        other,
        false,
      ]);
    }
  });

  it('refuses even the desk to write from the Internet', async () => {
    expect(await may(exporter, 's3:PutObject', own)).toBe(false);
  });
});

interface Circumstances {
  readonly from: string;
  readonly inside: boolean;
  readonly policies: readonly Policy[];
}
