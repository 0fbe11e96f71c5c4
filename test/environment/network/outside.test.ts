import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { describe, expect, it } from 'vitest';
import { outsideNeeds } from '../../../lib/environment/network/outside/outside-needs.ts';
import {
  allExampleFiles,
  type ExampleFile,
  everyOfType,
  exampleAssembly,
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
} from '../../support/synthesize.ts';

const region = 'ap-northeast-1';

function allowed(environment: SynthesizedEnvironment): string[] {
  const lists = everyOfType(environment, 'AWS::Route53Resolver::FirewallDomainList');
  return lists.flatMap(({ Properties }) => Properties.Domains as string[]).filter((name) => name !== '*');
}

function answers(domains: readonly string[], name: string): boolean {
  return domains.some((domain) =>
    domain.startsWith('*.') ? name.endsWith(domain.slice(1)) : domain === name,
  );
}

/** What passes the S3 endpoint besides buckets of the account. */
function bucketsThatPass(environment: SynthesizedEnvironment): string {
  const gateway = everyOfType(environment, 'AWS::EC2::VPCEndpoint').find(
    ({ Properties }) => Properties.VpcEndpointType === 'Gateway',
  );
  return JSON.stringify(gateway?.Properties.PolicyDocument);
}

/** The SDK signs in with them elsewhere; a function in AWS is given its credentials. */
const signIn = ['oidc', 'portal.sso', 'signin', 'sts'];

/** The APIs whose client a function's bundle contains: each client holds the pattern of its own name. */
function apisIn(bundle: string): string[] {
  const names = [...bundle.matchAll(/https:\/\/([a-z0-9.]+)\.\{Region\}\.\{PartitionResult#dnsSuffix\}/g)];
  return [...new Set(names.map(([, name = '']) => name))].filter((name) => !signIn.includes(name));
}

/** What the digest asks only of an environment that has it. */
const onRequest = ['backup', 'config', 'macie2'];

function digestMayCall(service: string, environment: SynthesizedEnvironment): boolean {
  const roles = Object.entries(resourcesOfType(environment, 'AWS::IAM::Role'));
  const ofDigest = roles.filter(([id]) => id.startsWith('Digest/'));
  expect(ofDigest.length).toBeGreaterThan(0);
  return JSON.stringify(ofDigest).includes(`"${service}:`);
}

/** What a function of the environment runs, as CloudFormation is given it; one without a VPC is let out by nobody. */
function functionCode(file: ExampleFile, environment: SynthesizedEnvironment): string[] {
  const folder = join(exampleAssembly(file), 'asset.');
  const assets = everyOfType(environment, 'AWS::Lambda::Function')
    .filter(({ Properties }) => Properties.VpcConfig !== undefined)
    .map(({ Properties }) => basename((Properties.Code as { S3Key: string }).S3Key, '.zip'));
  return [...new Set(assets)].map((asset) => readFileSync(join(`${folder}${asset}`, 'index.mjs'), 'utf8'));
}

describe.each(allExampleFiles)('what %s lets out of its VPC', (file) => {
  it('is every API that the code of a function calls', async () => {
    const environment = await exampleEnvironment(file);
    const domains = allowed(environment);
    const apis = functionCode(file, environment).flatMap(apisIn);
    expect(new Set(apis)).toEqual(new Set([...apis, 'secretsmanager', 'ssm', 'ec2', 'ecs']));
    for (const api of new Set(apis)) {
      if (onRequest.includes(api) && !digestMayCall(api, environment)) continue;
      expect([api, answers(domains, `${api}.${region}.amazonaws.com`)]).toEqual([api, true]);
    }
  });

  it('is where hosts are patched from, by name and through the S3 endpoint', async () => {
    const environment = await exampleEnvironment(file);
    expect(everyOfType(environment, 'AWS::SSM::Association')).toHaveLength(1);
    for (const bucket of [
      `aws-ssm-${region}`,
      `aws-patch-manager-${region}-4849fa78f`,
      `patch-baseline-snapshot-${region}`,
      `al2023-repos-${region}-de612dc2`,
    ]) {
      const names = [
        `${bucket}.s3.${region}.amazonaws.com`,
        `${bucket}.s3.dualstack.${region}.amazonaws.com`,
      ];
      for (const name of names) expect(allowed(environment)).toContain(name);
      expect(bucketsThatPass(environment)).toContain(`arn:aws:s3:::${bucket}/*`);
    }
  });

  it('is the bucket of its media, if it keeps them in one', async () => {
    const environment = await exampleEnvironment(file);
    const names = Object.entries(resourcesOfType(environment, 'AWS::S3::Bucket'))
      .filter(([id]) => id.startsWith('Data/MediaBucket'))
      .map(([, { Properties }]) => `${Properties.BucketName}.s3.${region}.amazonaws.com`);
    expect(names).toHaveLength(/custom|staging/.test(file) ? 1 : 0);
    for (const name of names) expect(allowed(environment)).toContain(name);
  });
});

describe('what is let out', () => {
  function needsOf(build: (stack: Stack) => void): ReturnType<typeof outsideNeeds> {
    const stack = new Stack(new App(), 'Network', { env: { account: '111122223333', region } });
    build(stack);
    return outsideNeeds(stack);
  }
  const role = (stack: Stack, service: string, statement: iam.PolicyStatementProps): void =>
    void new iam.Role(stack, service, { assumedBy: new iam.ServicePrincipal(service) }).addToPolicy(
      new iam.PolicyStatement({ resources: ['*'], ...statement }),
    );

  it('follows what a function, a task or a host may do', () => {
    const { names, buckets } = needsOf((stack) => {
      role(stack, 'lambda.amazonaws.com', { actions: ['states:StartExecution', 'cloudwatch:PutMetricData'] });
      role(stack, 'ecs-tasks.amazonaws.com', {
        actions: ['s3:GetObject'],
        resources: ['arn:aws:s3:::photos-of-the-shop/*'],
      });
    });
    expect(names).toContain(`states.${region}.amazonaws.com`);
    expect(names).toContain(`monitoring.${region}.amazonaws.com`);
    expect(names).toContain(`photos-of-the-shop.s3.${region}.amazonaws.com`);
    expect(buckets).toEqual([]);
  });

  it('does not grow with what works outside of the VPC, or what another service calls', () => {
    const { names } = needsOf((stack) => {
      role(stack, 'codebuild.amazonaws.com', { actions: ['codebuild:StartBuild'] });
      role(stack, 'lambda.amazonaws.com', {
        actions: ['kms:Decrypt'],
        conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
      });
      role(stack, 'ec2.amazonaws.com', { effect: iam.Effect.DENY, actions: ['sqs:SendMessage'] });
    });
    expect(names).toEqual([]);
  });

  it('is no bucket that nobody can name', () => {
    expect(() => needsOf((stack) => role(stack, 'ec2.amazonaws.com', { actions: ['s3:GetObject'] }))).toThrow(
      'a role in the VPC may use "*"',
    );
  });

  it('is S3 of the region alone for buckets of which the beginning of the name is known', () => {
    const { names, buckets } = needsOf((stack) =>
      role(stack, 'lambda.amazonaws.com', {
        actions: ['s3:GetObject', 's3:ListBucket'],
        resources: ['arn:aws:s3:::copies-of-the-shop-*', 'arn:aws:s3:::copies-of-the-shop-*/*'],
      }),
    );
    expect(names.filter((name) => name.includes('s3'))).toEqual([`s3.${region}.amazonaws.com`]);
    expect(buckets).toEqual([]);
  });

  it('is nothing of patching where nothing is patched', () => {
    expect(needsOf(() => {}).names).toEqual([]);
    const { buckets } = needsOf(
      (stack) => void new ssm.CfnAssociation(stack, 'Scan', { name: 'AWS-RunPatchBaseline' }),
    );
    expect(buckets.map(({ name }) => name)).toContain(`patch-baseline-snapshot-${region}`);
  });
});
