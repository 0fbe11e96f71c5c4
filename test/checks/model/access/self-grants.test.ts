import { describe, expect, it } from 'vitest';
import { maybe, maybeCondition } from '../maybe.ts';
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
  user,
  type Word,
  wordOf,
} from './policies.ts';

const get = 'secretsmanager:GetSecretValue';
const root = { AWS: `arn:aws:iam::${account}:root` };
const refusal = { PolicyName: 'refusal', PolicyDocument: document(deny(get)) };
const managed = (...statements: readonly object[]) =>
  resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(...statements) });
const named = (policies: readonly unknown[], more: object = {}) =>
  role(policies, { RoleName: 'reader', ...more });

function word(Resources: Resources): Word {
  const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const template = {
    Parameters: { Anything: { Type: 'String' } },
    Conditions: maybeCondition,
    Resources: { Store, ...Resources },
  };
  return wordOf({ template, principal: 'Reader', target: 'Store' });
}

describe('whoever makes itself somebody', () => {
  const fresh = 'arn:aws:iam::*:role/app-*';
  it.each<readonly [string, Resources, Word]>([
    [
      'by a new role with a policy',
      { Reader: named(inline(allow(['iam:CreateRole', 'iam:PutRolePolicy'], fresh))) },
      'can',
    ],
    [
      'by a new role with a managed policy',
      { Reader: named(inline(allow(['iam:CreateRole', 'iam:AttachRolePolicy'], fresh))) },
      'can',
    ],
    [
      'by a new role of some boundary',
      {
        Reader: named(
          inline(
            allow(['iam:CreateRole', 'iam:PutRolePolicy'], fresh, {
              Condition: { StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/b` } },
            }),
          ),
        ),
      },
      'cannot decide',
    ],
    ['by a new role without policies', { Reader: named(inline(allow('iam:CreateRole'))) }, 'cannot'],
    [
      'by a new user',
      {
        Reader: named(
          inline(
            allow(
              ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
              'arn:aws:iam::*:user/a*',
            ),
          ),
        ),
      },
      'can',
    ],
    [
      'by a new user without keys',
      { Reader: named(inline(allow(['iam:CreateUser', 'iam:AttachUserPolicy']))) },
      'cannot',
    ],
    [
      'by a role that it edits and assumes',
      {
        Reader: user(inline(allow(['iam:PutRolePolicy', 'sts:AssumeRole']))),
        Empty: role([], {}, root),
      },
      'can',
    ],
    [
      'by one role that it edits and assumes',
      {
        Reader: role(inline(allow(['iam:AttachRolePolicy', 'sts:AssumeRole'], attribute('Empty')))),
        Empty: role([], {}, root),
      },
      'can',
    ],
    [
      'by a policy of a role that it assumes',
      {
        Reader: role(inline(allow('iam:CreatePolicyVersion', ref('Held')), allow('sts:AssumeRole'))),
        Empty: role([], { ManagedPolicyArns: [ref('Held')] }, root),
        Held: managed(allow('ec2:DescribeVpcs')),
      },
      'can',
    ],
    [
      'by a user that it edits and whose keys it makes',
      { Reader: role(inline(allow(['iam:PutUserPolicy', 'iam:CreateAccessKey']))), Empty: user() },
      'can',
    ],
    [
      'by a group that it edits and nobody lets it join',
      { Reader: role(inline(allow('iam:PutGroupPolicy'))), Empty: resource('AWS::IAM::Group') },
      'cannot',
    ],
    [
      'by its own permission set',
      {
        Reader: resource('AWS::SSO::PermissionSet', {
          Name: 'Ops',
          InlinePolicy: document(allow('sso:PutInlinePolicyToPermissionSet')),
        }),
      },
      'can',
    ],
    [
      'by a permission set of others',
      {
        Reader: role(inline(allow('sso:AttachManagedPolicyToPermissionSet'))),
        Set: resource('AWS::SSO::PermissionSet', { Name: 'Ops', InlinePolicy: document(allow('ec2:*')) }),
      },
      'cannot decide',
    ],
  ])('%s', (_, resources, expected) => {
    expect(word(resources)).toBe(expected);
  });
});

describe('refusals that their bearer takes off', () => {
  it.each<readonly [string, Resources, Word]>([
    ['whatever it may do', { Reader: role([...inline(allow('*')), refusal]) }, 'can'],
    [
      'by deleting or detaching',
      { Reader: role([...inline(allow([get, 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy'])), refusal]) },
      'can',
    ],
    [
      'by deleting only',
      { Reader: role([...inline(allow([get, 'iam:DeleteRolePolicy'])), refusal]) },
      'cannot decide',
    ],
    [
      'by detaching only',
      {
        Reader: role(inline(allow([get, 'iam:DetachRolePolicy'])), { ManagedPolicyArns: [ref('Refusal')] }),
        Refusal: managed(deny(get)),
      },
      'cannot decide',
    ],
    [
      'by leaving the group that has them',
      {
        Reader: user(inline(allow([get, 'iam:RemoveUserFromGroup'])), { Groups: [ref('Group')] }),
        Group: resource('AWS::IAM::Group', { Policies: [refusal] }),
      },
      'cannot decide',
    ],
    [
      'by an edit that a deploy may allow',
      { Reader: role([...inline(maybe(allow('iam:PutRolePolicy')), allow(get)), refusal]) },
      'cannot decide',
    ],
    ['by nothing', { Reader: role([...inline(allow([get, 'iam:DeleteRole'])), refusal]) }, 'cannot'],
  ])('%s', (_, resources, expected) => {
    expect(word(resources)).toBe(expected);
  });
});

it('attaching a policy that allows nothing gives nothing, and attaching another one may', () => {
  const attaching = (policy: object) => ({
    Closed: managed(deny('*')),
    Open: managed(allow('*')),
    Reader: named(
      inline(allow('iam:AttachRolePolicy', '*', { Condition: { ArnEquals: { 'iam:PolicyARN': policy } } })),
    ),
  });
  expect(word(attaching(ref('Closed')))).toBe('cannot');
  expect(word(attaching(ref('Open')))).not.toBe('cannot');
  expect(word(attaching([ref('Closed'), ref('Open')] as object))).not.toBe('cannot');
  expect(word(attaching([ref('Closed'), 'arn:aws:iam::aws:policy/AdministratorAccess']))).not.toBe('cannot');
});

it('taking off a policy that only refuses takes its refusals off', () => {
  const taking = (detach: boolean) => ({
    Closed: managed(deny(get)),
    Reader: named(
      inline(
        allow(get),
        ...(detach
          ? [
              allow('iam:DetachRolePolicy', '*', {
                Condition: { ArnEquals: { 'iam:PolicyARN': ref('Closed') } },
              }),
            ]
          : []),
      ),
      { ManagedPolicyArns: [ref('Closed')] },
    ),
  });
  expect(word(taking(true))).not.toBe('cannot');
  expect(word(taking(false))).toBe('cannot');
});

it('a boundary holds nobody who rewrites it, or who makes a role without one', () => {
  const bounded = (...actions: readonly string[]) => ({
    B: managed(allow(actions)),
    Reader: named(inline(allow('*')), { PermissionsBoundary: ref('B') }),
  });
  expect(word(bounded('iam:CreatePolicyVersion'))).toBe('can');
  expect(word(bounded('iam:CreateRole', 'iam:PutRolePolicy'))).toBe('can');
  expect(word(bounded('iam:CreateRole', 'iam:ListPolicies'))).toBe('cannot');
});

describe('a policy that refuses', () => {
  const everybody = (Action: string) => document({ ...deny(Action), Principal: '*' });
  it.each<readonly [string, Resources, readonly string[]]>([
    [
      's3:DeleteBucketPolicy',
      {
        Store: resource('AWS::S3::Bucket'),
        Guard: resource('AWS::S3::BucketPolicy', {
          Bucket: ref('Store'),
          PolicyDocument: everybody('s3:GetObject*'),
        }),
      },
      ['s3:GetObject'],
    ],
    [
      'secretsmanager:DeleteResourcePolicy',
      {
        Guard: resource('AWS::SecretsManager::ResourcePolicy', {
          SecretId: ref('Store'),
          ResourcePolicy: everybody(get),
        }),
      },
      [get],
    ],
    [
      'sqs:RemovePermission',
      {
        Store: resource('AWS::SQS::Queue'),
        Guard: resource('AWS::SQS::QueuePolicy', {
          Queues: [ref('Store')],
          PolicyDocument: everybody('sqs:ReceiveMessage'),
        }),
      },
      ['sqs:ReceiveMessage'],
    ],
    [
      'dynamodb:DeleteResourcePolicy',
      {
        Store: resource('AWS::DynamoDB::Table', {
          ResourcePolicy: { PolicyDocument: everybody('dynamodb:GetItem') },
        }),
      },
      ['dynamodb:GetItem'],
    ],
  ])('holds nobody who has %s', (removal, resources, reading) => {
    expect(word({ ...resources, Reader: role(inline(allow([...reading, removal]))) })).toBe('can');
    expect(word({ ...resources, Reader: role(inline(allow(reading))) })).toBe('cannot');
    expect(word({ ...resources, Reader: role(inline(allow(removal))) })).toBe('cannot');
  });
});
