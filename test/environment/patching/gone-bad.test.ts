import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { patchingTemplate } from './support/patching-environment.ts';

const template = patchingTemplate();
const role = 'PipelineBuildRole';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
}

/** Whatever allows the role of the build anything: its own policies, and those of bucket, registries and keys. */
function allowances(): Statement[] {
  const own = Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles ?? []).includes(`"${role}`))
    .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement);
  const others = Object.entries(
    template.toJSON().Resources as Record<string, { Properties: object }>,
  ).flatMap(([id, { Properties }]): Statement[] => {
    const document = ['PolicyDocument', 'RepositoryPolicyText', 'KeyPolicy']
      .map((key) => (Properties as Record<string, { Statement: Statement[] } | undefined> | undefined)?.[key])
      .find((each) => each !== undefined);
    return (document?.Statement ?? [])
      .filter(({ Principal }) => JSON.stringify(Principal ?? '').includes(`"${role}`))
      .map((each) => ({ ...each, Resource: each.Resource ?? { Ref: id } }));
  });
  return [...own, ...others].filter(({ Effect }) => Effect === 'Allow');
}

const reading = /:(Get|Describe|List|BatchGet|BatchCheck|Decrypt)/;

/** Action by action, and the resources by their logical ids without the hash. */
function writes(): [action: string, on: string][] {
  const found = allowances().flatMap(({ Action, Resource }) => {
    const ids = JSON.stringify(Resource).match(/[A-Za-z]\w+(?=[0-9A-F]{8}")/g) ?? [String(Resource)];
    const path = JSON.stringify(Resource).match(/\/evidence\/\*/)?.[0] ?? '';
    return [Action]
      .flat()
      .filter((action) => !reading.test(action))
      .map((action): [string, string] => [action, `${[...new Set(ids)].join(' ')}${path}`]);
  });
  return [...new Map(found.map((each) => [each.join(), each])).values()].sort();
}

describe('a build gone bad', () => {
  it('may write what the threat model lists: a candidate, evidence, its log', () => {
    expect(writes()).toEqual([
      ['ecr:CompleteLayerUpload', 'ImagesCandidates'],
      ['ecr:InitiateLayerUpload', 'ImagesCandidates'],
      ['ecr:PutImage', 'ImagesCandidates'],
      ['ecr:UploadLayerPart', 'ImagesCandidates'],
      // To read and write the two others of the key's class.
      ['kms:Encrypt', expect.stringContaining('Images')],
      ['kms:GenerateDataKey', expect.stringContaining('Images')],
      ['logs:CreateLogStream', 'PipelineLogs'],
      ['logs:PutLogEvents', 'PipelineLogs'],
      ['s3:PutObject', 'PipelineArtifacts/evidence/*'],
    ]);
  });

  it('writes into a log of its own, which gate and release do not use', () => {
    const logOf = (id: string) => {
      const projects = Object.entries(template.findResources('AWS::CodeBuild::Project'));
      const found = projects.find(([key]) => key.startsWith(`Pipeline${id}`))?.[1];
      return found?.Properties.LogsConfig.CloudWatchLogs.GroupName;
    };
    expect(logOf('Release')).toEqual({ Ref: expect.stringMatching(/^PipelineReleaseLogs/) });
    expect(logOf('Build')).toEqual({ Ref: expect.stringMatching(/^PipelineLogs/) });
  });

  it('deceives no step by what it keeps: no step reads what the build keeps', () => {
    const steps = Object.entries(template.toJSON().Resources as Record<string, { Type: string }>)
      .filter(([, { Type }]) => ['AWS::CodeBuild::Project', 'AWS::Lambda::Function'].includes(Type))
      .filter(([, resource]) => JSON.stringify(resource).includes('evidence/'))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(steps).toEqual(['PipelineBuild']);
  });

  it('is told line by line in the threat model, each with a test that there is', () => {
    const document = readFileSync(join(packageRoot, 'docs', 'threat-model.md'), 'utf8');
    const [, section = ''] = /### A build gone bad\n([\s\S]*?)\n## /.exec(document) ?? [];
    const rows = section.split('\n').filter((line) => /^\| (?!what it tries)/.test(line));
    expect(rows.length).toBeGreaterThan(12);
    const untested = rows.filter((row) => {
      const named = [...row.matchAll(/`([\w-]+\.test\.ts)`(?:, "([^"]+)")?/g)];
      return named.length === 0 || !named.every(([, file = '', title = '']) => says(file, title));
    });
    expect(untested).toEqual([]);
  });
});

/** Whether a file of tests has one whose title says so. */
function says(file: string, title: string): boolean {
  const path = ['test/environment/patching', 'test/platforms']
    .map((folder) => join(packageRoot, folder, file))
    .find((each) => existsSync(each));
  return path !== undefined && readFileSync(path, 'utf8').includes(title);
}
