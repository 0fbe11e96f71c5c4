import { describe, expect, it } from 'vitest';
import { Access } from '../../../lib/checks/model/access/access.ts';
import { EnvironmentGraph } from '../../../lib/checks/model/templates.ts';

const account = '111122223333';
const role = (trusted: object, policies: object[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trusted }],
    },
    Policies: policies.map((statement) => ({ PolicyName: 'p', PolicyDocument: { Statement: statement } })),
  },
});
const secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'shop/db' } };
const lambdaService = { Service: 'lambda.amazonaws.com' };
const read = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Secret' } };

function readersOf(resources: Record<string, object>, target = 'Secret') {
  const graph = new EnvironmentGraph([
    { name: 'S', account, template: { Resources: { Secret: secret, ...resources } } },
  ]);
  const resource = graph.get('S', target);
  if (!resource) throw new Error(`no ${target}`);
  return new Access(graph)
    .readersOf(resource)
    .map((grant) => [grant.principal.name, grant.via.length, grant.decided]);
}

describe('who can read', () => {
  it.each([
    ['by reference', { Ref: 'Secret' }],
    ['by name', `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:shop/db-??????`],
    ['by a wildcard', 'arn:aws:secretsmanager:*:*:secret:shop/*'],
    ['everything', '*'],
  ])('a role that is allowed the secret %s', (_, Resource) => {
    expect(readersOf({ R: role(lambdaService, [{ ...read, Resource }]) })).toEqual([['S/R', 0, true]]);
  });

  it.each([
    ['another secret', { ...read, Resource: 'arn:aws:secretsmanager:*:*:secret:other/*' }],
    ['another action', { ...read, Action: 'secretsmanager:DescribeSecret' }],
    ['all but this action', { Effect: 'Allow', NotAction: ['secretsmanager:*', 'iam:*'], Resource: '*' }],
    [
      'all but this resource',
      { Effect: 'Allow', Action: 'secretsmanager:*', NotResource: { Ref: 'Secret' } },
    ],
  ])('but not one that is allowed %s', (_, statement) => {
    expect(readersOf({ R: role(lambdaService, [statement]) })).toEqual([]);
  });

  it('a denial wins, unless its condition leaves the role out', () => {
    const denied = (arns: unknown[]) => ({
      R: role(lambdaService, [read]),
      P: {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: {
          SecretId: { Ref: 'Secret' },
          ResourcePolicy: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: '*',
                Resource: '*',
                Condition: { ArnNotEquals: { 'aws:PrincipalArn': arns } },
              },
            ],
          },
        },
      },
    });
    expect(readersOf(denied([]))).toEqual([]);
    expect(readersOf(denied([{ 'Fn::GetAtt': ['R', 'Arn'] }]))).toEqual([['S/R', 0, true]]);
  });

  it.each([
    [
      'assume it',
      { Assumer: role(lambdaService) },
      { AWS: { 'Fn::GetAtt': ['Assumer', 'Arn'] } },
      'S/Assumer',
    ],
    [
      'pass it to a function of its own',
      {
        Passer: role({ Service: 'ec2.amazonaws.com' }, [
          { Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction'], Resource: '*' },
        ]),
      },
      lambdaService,
      'S/Passer',
    ],
    [
      'rewrite its policies',
      {
        Admin: role({ Service: 'ec2.amazonaws.com' }, [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }]),
      },
      lambdaService,
      'S/Admin',
    ],
    [
      'replace the code of its function',
      {
        Coder: role({ Service: 'ec2.amazonaws.com' }, [
          { Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: '*' },
        ]),
        F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] } } },
      },
      lambdaService,
      'S/Coder',
    ],
  ])('whoever can %s reads what the role reads', (_, others, trusted, expected) => {
    expect(readersOf({ R: role(trusted, [read]), ...others }).map(([name]) => name)).toContain(expected);
  });

  it('a key obeys identity policies only where its own policy hands the decision to the account', () => {
    const key = (principal: object) => ({
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: principal }],
          },
        },
      },
      R: role(lambdaService, [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }]),
      Admin: role({ Service: 'ec2.amazonaws.com' }),
    });
    const root = { AWS: `arn:aws:iam::${account}:root` };
    expect(readersOf(key(root), 'Key').map(([name]) => name)).toEqual(['S/R']);
    expect(readersOf(key({ AWS: { 'Fn::GetAtt': ['Admin', 'Arn'] } }), 'Key').map(([name]) => name)).toEqual([
      'S/Admin',
    ]);
  });

  it('an AWS managed policy nobody has described leaves the question open', () => {
    const R = role(lambdaService) as { Properties: Record<string, unknown> };
    R.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/SomethingNew'];
    expect(readersOf({ R })).toEqual([['S/R', 0, false]]);
  });

  it('another account, or anyone, that a resource policy names', () => {
    const policy = (Principal: unknown) => ({
      P: {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: {
          SecretId: { Ref: 'Secret' },
          ResourcePolicy: { Statement: [{ ...read, Principal, Resource: '*' }] },
        },
      },
    });
    expect(readersOf(policy('*'))).toEqual([['anyone', 0, true]]);
    expect(readersOf(policy({ AWS: 'arn:aws:iam::999988887777:root' }))[0]?.[0]).toMatch(/999988887777/);
    expect(readersOf(policy({ AWS: `arn:aws:iam::${account}:root` }))).toEqual([]);
  });
});
