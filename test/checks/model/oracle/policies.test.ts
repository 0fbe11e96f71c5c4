import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Access } from '../../../../lib/checks/model/access/access.ts';
import { EnvironmentGraph } from '../../../../lib/checks/model/templates.ts';
import {
  account,
  type Boundary,
  boundaryOf,
  Chosen,
  guardStatement,
  roleArn,
  type Statements,
  simulatorAllows,
  spelledOut,
  statement,
  statementsOf,
  userArn,
  type WrittenStatement,
} from './policies.ts';

/** `ORACLE_RUNS=20000 npx vitest run test/checks/model/oracle` looks further than every build does. */
const numRuns = Number(process.env.ORACLE_RUNS ?? 30);

function modelAnswers(
  identity: Statements,
  guard: Statements,
  boundary?: Boundary,
  caller = roleArn,
): 'can' | 'cannot decide' | 'cannot' {
  const Parameters: Record<string, object> = { Anything: { Type: 'String' } };
  const policy = (statements: Statements) => ({
    Version: '2012-10-17',
    Statement: spelledOut(statements, Parameters),
  });
  const managed = (id: string, statements: Statements | undefined) =>
    statements && {
      [id]: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statements) } },
    };
  const other = boundary instanceof Chosen && boundary.or ? 'Other' : 'AWS::NoValue';
  const named =
    boundary instanceof Chosen
      ? { 'Fn::If': ['Maybe', { Ref: 'Boundary' }, { Ref: other }] }
      : { Ref: 'Boundary' };
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
        Policies: [{ PolicyName: 'p', PolicyDocument: policy(identity) }],
        ...(boundary && { PermissionsBoundary: named }),
      },
    },
    ...managed('Boundary', boundary instanceof Chosen ? boundary.either : boundary),
    ...managed('Other', boundary instanceof Chosen ? boundary.or : undefined),
    Store: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-data' } },
    ...(guard.length > 0 && {
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Store' }, PolicyDocument: policy(guard) },
      },
    }),
  };
  const Conditions = { Maybe: { 'Fn::Equals': [{ Ref: 'Anything' }, 'yes'] } };
  const graph = new EnvironmentGraph([
    { name: 'S', account, region: 'ap-northeast-1', template: { Parameters, Conditions, Resources } },
  ]);
  const store = graph.get('S', 'Store');
  if (!store) throw new Error('the template lost its bucket');
  const grant = new Access(graph).readersOf(store).find(({ principal }) => principal.name === 'S/Reader');
  return grant === undefined ? 'cannot' : grant.decided ? 'can' : 'cannot decide';
}

it('the model never says that a role or a user cannot read while an independent evaluator lets it', async () => {
  await fc.assert(
    fc.asyncProperty(
      statementsOf(statement, { maxLength: 3 }),
      statementsOf(guardStatement, { maxLength: 3 }),
      fc.option(boundaryOf(statement), { nil: undefined, freq: 4 }),
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
