import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Finding } from '../../../lib/review/deploys/finding.ts';
import { planDeploy, planFailure, planRemoval } from '../../../lib/review/deploys/plan.ts';
import { deployment, type Resources, stack } from './stacks.ts';

/** Answers with the id that AWS gave, and writes down what it was asked. */
const awsStandIn = `#!/usr/bin/env bash
printf '%s|' "$AWS_REGION" "$@" >> "$ASKED"; echo >> "$ASKED"
case "$1 $2" in
  'cloudformation list-stacks') echo 'arn:aws:cloudformation:old';;
  'cloudformation describe-stack-resources') echo 'shop-bucket-1x2y';;
  's3api list-object-versions') echo '{"Objects":[]}';;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  writeFileSync(join(folder, 'aws'), awsStandIn);
  chmodSync(join(folder, 'aws'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What AWS is asked when the commands of a finding are copied into a shell, line by line. */
function typed(finding: Finding | undefined): string[] {
  const file = join(folder, 'asked');
  execFileSync('bash', ['-eu'], {
    input: (finding?.commands ?? []).join('\n'),
    env: { PATH: `${folder}:${process.env.PATH}`, ASKED: file },
  });
  return readFileSync(file, 'utf8').trim().split('\n');
}

const findingsOf = (plan: ReturnType<typeof planDeploy>) => plan.stacks.flatMap(({ findings }) => findings);
const pipeline: Resources = {
  Artifacts: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: { ArtifactStore: { Location: { Ref: 'Artifacts' } } },
  },
  Image: { Type: 'AWS::CloudFormation::WaitCondition', DependsOn: 'Pipeline' },
};

it('a bucket that a failed first image has filled is emptied and deleted by its id', () => {
  const target = deployment(stack('patching', pipeline));
  const [patching] = target.stacks;
  const findings = patching
    ? findingsOf(planFailure(undefined, target, { stack: patching, resource: 'Image' }))
    : [];
  expect(findings.map(({ effect }) => effect)).toEqual(['left']);
  expect(findings[0]?.way).toContain("in nobody's way");
  const asked = typed(findings[0]);
  expect(asked.map((line) => line.split('|').slice(0, 3).join(' '))).toEqual([
    expect.stringContaining('cloudformation describe-stack-resources'),
    'ap-northeast-1 s3api list-object-versions',
    'ap-northeast-1 s3api delete-objects',
    'ap-northeast-1 cloudcontrol delete-resource',
  ]);
  expect(asked[0]).toContain('--stack-name|patching|--logical-resource-id|Artifacts|');
  expect(asked.at(-1)).toContain('--type-name|AWS::S3::Bucket|--identifier|shop-bucket-1x2y|');
});

it('what stays when its stack is deleted is found by the id of the deleted stack', () => {
  const kept: Resources = { Key: { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain' } };
  const [finding] = findingsOf(planRemoval(deployment(stack('vault', kept))));
  const asked = typed(finding);
  expect(asked[1]).toContain('--stack-name|arn:aws:cloudformation:old|');
  expect(asked.at(-1)).toContain('--identifier|shop-bucket-1x2y|');
});

it('what a replacement leaves is asked for before the deploy, when the stack still answers with the old one', () => {
  const named = (name: string) =>
    deployment(
      stack('shop', {
        Key: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: { Name: name },
          UpdateReplacePolicy: 'Retain',
          DeletionPolicy: 'Retain',
        },
      }),
    );
  const left = findingsOf(planDeploy(named('a'), named('b'))).find(({ effect }) => effect === 'left');
  expect(left?.way).toContain('before the deploy (the first command)');
  expect(typed(left).at(-1)).toContain('--identifier|shop-bucket-1x2y|');
});
