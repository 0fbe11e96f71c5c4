import { symlinkSync } from 'node:fs';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { runPacks } from '../../../lib/checks/packs/index.ts';
import type { Row } from '../../../lib/checks/recorder/row.ts';
import { subjectFromAssembly } from '../../../lib/review/report/subject.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { temporaryFolder, write } from '../report/files.ts';

const packs = ['AwsSolutions', 'HIPAA.Security'];

function synthesized(): { app: App; folder: string } {
  const folder = temporaryFolder();
  Error.stackTraceLimit = 20; // The subnets of a VPC are made deep inside the CDK.
  const app = new App({
    outdir: folder,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: { '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': true },
  });
  const stage = new Stage(app, 'production', { env: { account: '111122223333', region: 'ap-northeast-1' } });
  const stack = new Stack(stage, 'Vault');
  const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
  new s3.Bucket(new NestedStack(stack, 'Nested'), 'Inner');
  new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['ap-northeast-1a'] });
  Validations.of(bucket).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-S1', reason: 'receives the access logs of the other buckets' },
    { id: 'AwsSolutions::AwsSolutions-S10', reason: 'a finding that is not there any more' },
  );
  app.synth();
  return { app, folder };
}

describe('a cloud assembly on disk', () => {
  it('gives the rows of the app it was made from: names, paths, source lines and acknowledgements', () => {
    const { app, folder } = synthesized();
    const { tree, recorder } = subjectFromAssembly(folder);
    const told = (rows: readonly Row[]) =>
      rows
        .map(({ finding, outcome, reason = '', resource, acknowledgement }) =>
          JSON.stringify([finding, outcome, reason, resource, acknowledgement?.source]),
        )
        .sort();

    const live = told(runPacks(app, { packs }).rows);
    expect(live.some((row) => row.includes('"acknowledged"'))).toBe(true);
    expect(live.some((row) => row.includes('production-Vault/Nested'))).toBe(true);
    expect(told(runPacks(tree, { packs, ...recorder }).rows)).toEqual(live);
  });

  it('says which environment, account and region each stack is for', () => {
    const [stack] = readAssembly(synthesized().folder).stacks;
    expect(stack).toMatchObject({
      environment: 'production',
      name: 'production-Vault',
      account: '111122223333',
      region: 'ap-northeast-1',
    });
  });

  it.each([
    ['is not there', undefined, /no such folder/],
    ['holds no manifest', {}, /holds no manifest.json, so it is no cloud assembly; run "cdk synth" first/],
    ['has a broken manifest', { 'manifest.json': '{' }, /is no valid JSON/],
    ['has a manifest without artifacts', { 'manifest.json': '[]' }, /lists no artifacts/],
    ['holds no stack', { 'manifest.json': '{"artifacts":{}}' }, /holds no stack/],
    [
      'points out of itself',
      {
        'manifest.json':
          '{"artifacts":{"A":{"type":"aws:cloudformation:stack","properties":{"templateFile":"../../etc/passwd"}}}}',
      },
      /names "..\/..\/etc\/passwd", which is no file of the assembly/,
    ],
    [
      'names no template',
      { 'manifest.json': '{"artifacts":{"A":{"type":"aws:cloudformation:stack"}}}' },
      /names undefined, which is no file of the assembly/,
    ],
  ])('is refused when it %s', (_, files, message) => {
    const folder = temporaryFolder();
    for (const [name, content] of Object.entries(files ?? {})) write(folder, name, content);
    expect(() => readAssembly(files ? folder : `${folder}/none`)).toThrow(message);
  });

  const stackArtifact = (templateFile: string) => ({
    type: 'aws:cloudformation:stack',
    properties: { templateFile },
  });

  it('is told about every stack that cannot be read, and is read once however its folders point at each other', () => {
    const folder = temporaryFolder();
    symlinkSync('/etc/hostname', `${folder}/linked.json`);
    const inner = { type: 'cdk:cloud-assembly', properties: { directoryName: 'inner' } };
    const outer = { type: 'cdk:cloud-assembly', properties: { directoryName: '../' } };
    write(folder, 'inner/manifest.json', {
      artifacts: { Outer: outer, Inner: { ...inner, properties: { directoryName: '../inner/../inner' } } },
    });
    const artifacts = {
      Inner: inner,
      A: stackArtifact('none.json'),
      B: stackArtifact('bad.json'),
      C: stackArtifact('linked.json'),
    };
    write(folder, 'manifest.json', { artifacts });
    write(folder, 'bad.json', '[]');
    expect(() => readAssembly(folder)).toThrow(
      /names "\.\.\/inner\/\.\.\/inner"[\s\S]*none\.json: no such file\n[\s\S]*bad\.json: holds no template[\s\S]*\n[\s\S]*names "linked\.json", which is no file of the assembly/,
    );
  });

  it('takes the acknowledgements that cdk-nag 2 left in its templates', () => {
    const folder = temporaryFolder();
    const cdk_nag = {
      rules_to_suppress: [{ id: 'AwsSolutions-S1', reason: 'receives the access logs itself' }],
    };
    write(folder, 'manifest.json', { artifacts: { Shop: stackArtifact('shop.json') } });
    write(folder, 'shop.json', { Resources: { Logs: { Type: 'AWS::S3::Bucket', Metadata: { cdk_nag } } } });
    const { tree, recorder } = subjectFromAssembly(folder);
    const { rows } = runPacks(tree, { packs, ...recorder });
    expect(rows.filter(({ outcome }) => outcome === 'acknowledged').map(({ finding }) => finding)).toEqual([
      'AwsSolutions-S1',
    ]);
    expect(rows.filter(({ rule }) => rule.pack === 'Acknowledgements')).toEqual([]);
  });
});
