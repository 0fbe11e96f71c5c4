import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Access } from '../../../../lib/checks/model/access/access.ts';
import { EnvironmentGraph } from '../../../../lib/checks/model/templates.ts';
import {
  account,
  guardStatement,
  roleArn,
  simulatorAllows,
  statement,
  userArn,
  type WrittenStatement,
} from './policies.ts';

/** `ORACLE_RUNS=20000 npx vitest run test/checks/model/oracle` looks further than every build does. */
const numRuns = Number(process.env.ORACLE_RUNS ?? 60);

function modelAnswers(
  identity: readonly WrittenStatement[],
  guard: readonly WrittenStatement[],
  boundary?: readonly WrittenStatement[],
  caller = roleArn,
): 'can' | 'cannot decide' | 'cannot' {
  const Resources = {
    Reader: {
      Type: caller === userArn ? 'AWS::IAM::User' : 'AWS::IAM::Role',
      Properties: {
        [caller === userArn ? 'UserName' : 'RoleName']: 'reader',
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
          ],
        },
        Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: identity } }],
        ...(boundary && { PermissionsBoundary: { Ref: 'Boundary' } }),
      },
    },
    ...(boundary && {
      Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: boundary } } },
    }),
    Store: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-data' } },
    ...(guard.length > 0 && {
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Store' }, PolicyDocument: { Statement: guard } },
      },
    }),
  };
  const graph = new EnvironmentGraph([
    { name: 'S', account, region: 'ap-northeast-1', template: { Resources } },
  ]);
  const store = graph.get('S', 'Store');
  if (!store) throw new Error('the template lost its bucket');
  const grant = new Access(graph).readersOf(store).find(({ principal }) => principal.name === 'S/Reader');
  return grant === undefined ? 'cannot' : grant.decided ? 'can' : 'cannot decide';
}

it('the model never says that a role or a user cannot read while an independent evaluator lets it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(statement, { maxLength: 3 }),
      fc.array(guardStatement, { maxLength: 3 }),
      fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 4 }),
      fc.constantFrom(roleArn, userArn),
      async (identity, guard, boundary, caller) => {
        if (modelAnswers(identity, guard, boundary, caller) !== 'cannot') return;
        expect(await simulatorAllows(identity, guard, boundary, caller)).toBe(false);
      },
    ),
    { numRuns },
  );
}, 1_800_000);

const read: WrittenStatement = {
  Effect: 'Allow',
  Action: ['s3:GetObject'],
  Resource: ['arn:aws:s3:::shop-data/*'],
};

it('and says so where nothing is allowed, or everything is refused', async () => {
  const refusal: WrittenStatement = { Effect: 'Deny', Action: ['s3:*'], Resource: ['*'] };
  expect(modelAnswers([read], [])).toBe('can');
  expect(modelAnswers([], [])).toBe('cannot');
  expect(modelAnswers([read, refusal], [])).toBe('cannot');
  expect(await simulatorAllows([read], [])).toBe(true);
  expect(await simulatorAllows([read, refusal], [])).toBe(false);
});
