// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders this way
import { describe, expect, it } from 'vitest';
import {
  account,
  allow,
  attribute,
  deny,
  document,
  inline,
  type Resources,
  ref,
  resource,
  role,
  trust,
  type Word,
  wordOf,
} from './policies.ts';

/** Cases written without sight of the model, of kinds that the other tables do not have. */
const get = 'secretsmanager:GetSecretValue';
const secretArn = `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:shop/db-??????`;
const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
const template = (Resources: Resources, more: object = {}) => ({
  Parameters: {
    Anything: { Type: 'String' },
    Env: { Type: 'String', Default: 'prod' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/arn' },
  },
  Mappings: { Arns: { prod: { Secret: secretArn }, test: { Secret: 'arn:aws:s3:::x' } } },
  Conditions: {
    Prod: { 'Fn::Equals': [ref('Env'), 'prod'] },
    Maybe: { 'Fn::Equals': [ref('Anything'), 'yes'] },
  },
  Resources: { Store, ...Resources },
  ...more,
});
const asks = (Resources: Resources, more: readonly object[] = [], principal = 'Reader'): Word =>
  wordOf({ template: template(Resources), principal, target: 'Store', more });
const reading = (Resource: unknown) => ({ Reader: role(inline(allow(get, Resource))) });

describe('resources that are written in other ways', () => {
  it.each<readonly [string, unknown, Word]>([
    ['looked up by CloudFormation', '{{resolve:ssm:/shop/secret-arn}}', 'cannot decide'],
    [
      'looked up within an ARN',
      'arn:aws:secretsmanager:*:*:secret:{{resolve:ssm:/shop/prefix:3}}/*',
      'cannot decide',
    ],
    ['by a stored parameter', ref('Stored'), 'cannot decide'],
    ['by a map that a parameter picks', { 'Fn::FindInMap': ['Arns', ref('Env'), 'Secret'] }, 'can'],
    [
      'by a map that a deploy picks',
      { 'Fn::FindInMap': ['Arns', ref('Anything'), 'Secret'] },
      'cannot decide',
    ],
    ['by a map without the key', { 'Fn::FindInMap': ['Arns', 'dev', 'Secret'] }, 'cannot decide'],
    ['by a part of a list', { 'Fn::Select': [1, ['arn:aws:s3:::x', secretArn]] }, 'can'],
    ['by a part of a text', { 'Fn::Select': ['0', { 'Fn::Split': ['|', `${secretArn}|x`] }] }, 'can'],
    ['by a condition that holds', { 'Fn::If': ['Prod', secretArn, 'arn:aws:s3:::x'] }, 'can'],
    ['by a condition that does not', { 'Fn::If': ['Prod', 'arn:aws:s3:::x', secretArn] }, 'cannot'],
    ['by what a nested stack returns', attribute('Nested', 'Outputs.SecretArn'), 'cannot decide'],
    ['by what a custom resource returns', attribute('Looked', 'Arn'), 'cannot decide'],
    ['by a macro', { 'Fn::Transform': { Name: 'Pick', Parameters: {} } }, 'cannot decide'],
    [
      'by text with a variable of its own',
      { 'Fn::Sub': ['arn:aws:secretsmanager:*:*:secret:${Name}-*', { Name: 'shop/db' }] },
      'can',
    ],
    [
      'by text that escapes',
      { 'Fn::Sub': 'arn:aws:secretsmanager:*:*:secret:${!Anything}' },
      'cannot decide',
    ],
    ['in another partition', 'arn:aws-cn:secretsmanager:*:*:secret:shop/*', 'cannot'],
    ['by nothing but question marks', 'arn:aws:secretsmanager:??-?????????-?:*:secret:shop/db-??????', 'can'],
  ])('%s', (_, Resource, expected) => {
    const Nested = resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://example.com/x' });
    const Looked = resource('Custom::Lookup', { ServiceToken: 'x' });
    expect(asks({ ...reading(Resource), Nested, Looked })).toBe(expected);
  });
});

describe('policies that are written in other ways', () => {
  it.each<readonly [string, Resources, Word]>([
    [
      'a statement of a macro',
      {
        Reader: role(
          inline({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x' } } }),
        ),
      },
      'cannot decide',
    ],
    [
      'lists in lists',
      { Reader: role(inline(allow({ 'Fn::If': ['Maybe', [get, 's3:*'], ['ec2:*']] }))) },
      'cannot decide',
    ],
    [
      'a document as text',
      {
        Reader: resource('AWS::SSO::PermissionSet', {
          Name: 'x',
          InlinePolicy: { 'Fn::Sub': JSON.stringify({ Statement: [allow(get, '${Store}')] }) },
        }),
      },
      'can',
    ],
    [
      'a document that a deploy gives',
      { Reader: role([{ PolicyName: 'p', PolicyDocument: ref('Anything') }]) },
      'cannot decide',
    ],
    [
      'a policy of another stack',
      { Reader: role([], { ManagedPolicyArns: [{ 'Fn::ImportValue': 'policy' }] }) },
      'can',
    ],
    [
      'a policy that a nested stack makes',
      {
        Reader: role([], { ManagedPolicyArns: [attribute('Nested', 'Outputs.Policy')] }),
        Nested: resource('AWS::CloudFormation::Stack'),
      },
      'cannot decide',
    ],
    [
      'a policy for whom a nested stack names',
      {
        Reader: role([]),
        Nested: resource('AWS::CloudFormation::Stack'),
        P: resource('AWS::IAM::Policy', {
          PolicyDocument: document(allow(get)),
          Roles: [attribute('Nested', 'Outputs.Role')],
        }),
      },
      'cannot decide',
    ],
    [
      'a refusal for whom a nested stack names',
      {
        ...reading('*'),
        Nested: resource('AWS::CloudFormation::Stack'),
        P: resource('AWS::IAM::Policy', {
          PolicyDocument: document(deny(get)),
          Roles: [attribute('Nested', 'Outputs.Role')],
        }),
      },
      'cannot decide',
    ],
    [
      'a guard that is spelled out',
      {
        Reader: role([]),
        P: resource('AWS::SecretsManager::ResourcePolicy', {
          SecretId: 'shop/db',
          ResourcePolicy: document({ ...allow(get), Principal: { AWS: attribute('Reader') } }),
        }),
      },
      'can',
    ],
    [
      'a guard of an ARN that may be its',
      {
        Reader: role([]),
        P: resource('AWS::SecretsManager::ResourcePolicy', {
          SecretId: secretArn.replace('??????', 'AbCdEf'),
          ResourcePolicy: document({ ...allow(get), Principal: { AWS: attribute('Reader') } }),
        }),
      },
      'cannot decide',
    ],
    [
      'a role that may be there',
      { Reader: { ...role(inline(allow(get))), Condition: 'Maybe' } },
      'cannot decide',
    ],
    [
      'a role under a condition that nobody wrote',
      { Reader: { ...role(inline(allow(get))), Condition: 'Never' } },
      'cannot decide',
    ],
  ])('%s', (_, resources, expected) => {
    const other = {
      Resources: { P: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(allow(get)) }) },
      Outputs: { P: { Value: ref('P'), Export: { Name: 'policy' } } },
    };
    expect(asks(resources, [other])).toBe(expected);
  });
});

describe('roads to a role', () => {
  const victim = (more: object = {}): Resources => ({ Victim: role(inline(allow(get)), more) });
  it.each<readonly [string, Resources, Word]>([
    [
      'by two steps',
      {
        Victim: role(inline(allow(get)), {}, { AWS: attribute('Middle') }),
        Middle: role([], {}, { AWS: attribute('Reader') }),
        Reader: role([]),
      },
      'can',
    ],
    [
      'by two steps, one of them open',
      {
        Victim: role(inline(allow(get)), {}, { AWS: attribute('Middle') }),
        Middle: role([], {}, { AWS: ref('Anything') }),
        Reader: role([]),
      },
      'cannot decide',
    ],
    [
      'by a circle that ends nowhere',
      { A: role([], {}, { AWS: attribute('Reader') }), Reader: role([], {}, { AWS: attribute('A') }) },
      'cannot',
    ],
    [
      'by a pass of roles with a path',
      {
        ...victim({ Path: '/service/' }),
        Reader: role(
          inline(allow('iam:PassRole', 'arn:aws:iam::*:role/service/*'), allow('lambda:CreateFunction')),
        ),
      },
      'can',
    ],
    [
      'by a pass of other paths',
      {
        ...victim({ Path: '/admin/' }),
        Reader: role(
          inline(allow('iam:PassRole', 'arn:aws:iam::*:role/service/*'), allow('lambda:CreateFunction')),
        ),
      },
      'cannot',
    ],
    [
      'by a pass to another service',
      {
        ...victim(),
        Reader: role(
          inline(
            allow('iam:PassRole', '*', {
              Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
            }),
            allow('lambda:CreateFunction'),
          ),
        ),
      },
      'cannot',
    ],
    [
      'by a pass to a pattern of services',
      {
        ...victim(),
        Reader: role(
          inline(
            allow('iam:PassRole', '*', { Condition: { StringLike: { 'iam:PassedToService': 'lambda.*' } } }),
            allow('lambda:CreateFunction'),
          ),
        ),
      },
      'can',
    ],
    [
      'by an edit of its policy under a condition',
      {
        ...victim(),
        Reader: role(
          inline(
            allow('iam:AttachRolePolicy', '*', {
              Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
            }),
          ),
        ),
      },
      'can',
    ],
    [
      'by a trust with a tag',
      {
        Victim: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: trust({ AWS: attribute('Reader') }, 'sts:AssumeRole', {
            Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } },
          }),
          Policies: inline(allow(get)),
        }),
        Reader: role([]),
      },
      'cannot decide',
    ],
    [
      'by a trust that another factor is asked for',
      {
        Victim: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: trust({ AWS: attribute('Reader') }, 'sts:AssumeRole', {
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } },
          }),
          Policies: inline(allow(get)),
        }),
        Reader: role([]),
      },
      'can',
    ],
    [
      'by a trust that refuses',
      {
        Victim: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: document(
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } },
            { Effect: 'Deny', Action: '*', Principal: { AWS: attribute('Reader') } },
          ),
          Policies: inline(allow(get)),
        }),
        Reader: role(inline(allow('sts:AssumeRole'))),
      },
      'cannot',
    ],
    [
      'by an image that a deploy names',
      {
        ...victim(),
        Images: resource('AWS::ECR::Repository'),
        T: resource('AWS::ECS::TaskDefinition', {
          TaskRoleArn: attribute('Victim'),
          ContainerDefinitions: [{ Image: ref('Anything') }],
        }),
        Reader: role(inline(allow('ecr:PutImage'))),
      },
      'cannot decide',
    ],
    [
      'by an image that a digest pins',
      {
        ...victim(),
        Images: resource('AWS::ECR::Repository', { RepositoryName: 'shop' }),
        T: resource('AWS::ECS::TaskDefinition', {
          TaskRoleArn: attribute('Victim'),
          ContainerDefinitions: [{ Image: 'x.dkr.ecr.ap-northeast-1.amazonaws.com/shop@sha256:00' }],
        }),
        Reader: role(inline(allow('ecr:PutImage'))),
      },
      'cannot',
    ],
  ])('%s', (_, resources, expected) => {
    expect(asks(resources)).toBe(expected);
  });
});
