import { describe, expect, it } from 'vitest';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { planRemoval } from '../../../lib/review/deploys/plan.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import {
  exampleAssembly,
  exampleFiles,
  resourcesOfType,
  type SynthesizedEnvironment,
  synthesizedExample,
} from '../../support/synthesize.ts';

const staging = 'examples/disposable-staging.ts';
const [disposable] = synthesizedExample(staging) as [SynthesizedEnvironment];

/** What AWS deletes only when it is empty, or when what services made in it is gone. */
const stores = ['AWS::S3::Bucket', 'AWS::Backup::BackupVault', 'AWS::EC2::VPC'];

/** Rights to delete a store, what is in it, or what is kept of it. */
const deleting =
  /^(s3:(DeleteBucket|BypassGovernanceRetention)|backup:DeleteRecoveryPoint|rds:Delete\w+|secretsmanager:DeleteSecret|logs:DeleteLogGroup|ec2:Delete(Vpc|SecurityGroup)\w*|(\w+:)?\*)$/;

/** Days for which a deleted key still stands in the account; AWS takes 30 where a template names none. */
function daysOfKeys(environment: SynthesizedEnvironment): number[] {
  return Object.values(environment.resources)
    .filter(({ Type }) => /^AWS::KMS::(Replica)?Key$/.test(Type))
    .map(({ Properties }) => Number(Properties.PendingWindowInDays ?? 30));
}

/** What a restore test brought up is no store of the shop: whoever opens it takes it away again. */
const ofCopies = /:(cluster|db):awsbackup-restore-test-\*/;

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
}

function speaksOfCopies({ Resource }: Statement): boolean {
  return [Resource].flat().every((resource) => ofCopies.test(JSON.stringify(resource)));
}

function rightsToDelete(environment: SynthesizedEnvironment): string[] {
  return Object.entries(environment.resources)
    .filter(([, { Type }]) => /^AWS::IAM::(ManagedPolicy|Policy)$/.test(Type))
    .filter(([, { Properties }]) => {
      const { Statement: statements } = Properties.PolicyDocument as { Statement: Statement[] };
      const allowed = statements.filter(
        (statement) => statement.Effect === 'Allow' && !speaksOfCopies(statement),
      );
      return allowed.flatMap(({ Action = [] }) => Action).some((action) => deleting.test(action));
    })
    .map(([id]) => id);
}

describe('a disposable environment', () => {
  const removals = Object.entries(resourcesOfType(disposable, 'Custom::Removal'));
  const removes = (stack: string, id: string) =>
    removals.some(
      ([key, { Properties }]) =>
        key.startsWith(`${stack}/`) && JSON.stringify(Properties.Leftover).includes(`{"Ref":"${id}"}`),
    );

  it('empties each bucket, backup vault and VPC when its stack goes', () => {
    const found = Object.entries(disposable.resources).filter(([, { Type }]) => stores.includes(Type));
    expect(new Set(found.map(([, { Type }]) => Type))).toEqual(new Set(stores));
    const kept = found.map(([key]) => key).filter((key) => !removes(...(key.split('/') as [string, string])));
    expect(kept).toEqual([]);
  });

  it('takes from services the right to write logs before it empties the bucket', () => {
    for (const { templates } of [disposable]) {
      for (const template of Object.values(templates)) {
        for (const policy of Object.values(template.findResources('AWS::S3::BucketPolicy'))) {
          expect(policy.DependsOn).toEqual(expect.arrayContaining([expect.stringContaining('Removal')]));
        }
      }
    }
  });

  it('keeps the rights of the function until it is done', () => {
    for (const template of Object.values(disposable.templates)) {
      for (const removal of Object.values(template.findResources('Custom::Removal'))) {
        expect(removal.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^TeardownRole/)]));
      }
    }
  });

  it('leaves no key for longer than AWS makes it stay', () => {
    const days = daysOfKeys(disposable);
    expect(days.length).toBeGreaterThan(1);
    expect(new Set(days)).toEqual(new Set([7]));
  });

  it('can be deleted whole by cdk destroy, and leaves nothing', () => {
    const { stacks } = readAssembly(exampleAssembly(staging));
    const findings = planRemoval(new Deployment(stacks)).stacks.flatMap((stack) => stack.findings);
    expect(findings).toEqual([]);
  });
});

describe.each(exampleFiles)('what lasts, such as %s,', (file) => {
  it('holds no right to delete what it keeps', () => {
    for (const environment of synthesizedExample(file)) {
      expect(resourcesOfType(environment, 'Custom::Removal')).toEqual({});
      expect(rightsToDelete(environment)).toEqual([]);
    }
  });

  it('has a month to take back the deletion of a key', () => {
    for (const environment of synthesizedExample(file))
      expect(new Set(daysOfKeys(environment))).toEqual(new Set([30]));
  });
});

it('the search for rights to delete finds those of the disposable environment', () => {
  expect(rightsToDelete(disposable).length).toBeGreaterThan(3);
});
