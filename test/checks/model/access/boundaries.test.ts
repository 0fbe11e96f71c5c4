import { describe, expect, it } from 'vitest';
import {
  allow,
  attribute,
  deny,
  document,
  inline,
  ref,
  resource,
  role,
  user,
  type Word,
  wordOf,
} from './policies.ts';

const get = 'secretsmanager:GetSecretValue';
const secret = (Name: string) => resource('AWS::SecretsManager::Secret', { Name });
const policy = (...statements: readonly unknown[]) =>
  resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(...statements) });
const maybe = (a: unknown, b: unknown = ref('AWS::NoValue')) => ({ 'Fn::If': ['Maybe', a, b] });

/** A reader whose boundary is as given, and the policies that it may name. */
const within = (PermissionsBoundary: unknown, policies: object = {}) => ({
  Reader: role(inline(allow(get)), { PermissionsBoundary }),
  ...policies,
});
const bounded = (...statements: readonly unknown[]) => within(ref('B'), { B: policy(...statements) });
const named = (Reader: object) => ({
  Reader,
  B: policy(allow('s3:*')),
  Names: resource('AWS::SecretsManager::ResourcePolicy', {
    SecretId: ref('Secret'),
    ResourcePolicy: document({
      Effect: 'Allow',
      Action: get,
      Resource: '*',
      Principal: { AWS: attribute('Reader') },
    }),
  }),
});
const member = (statements: readonly unknown[], Groups: unknown = [ref('G')]) => ({
  Reader: user(inline(allow(get)), { Groups }),
  G: resource('AWS::IAM::Group', { Policies: inline(...statements) }),
});

const cases: readonly (readonly [name: string, resources: object, truth: Word])[] = [
  ['allows another action', bounded(allow('s3:*')), 'cannot'],
  ['leaves the action out', bounded(allow(undefined, '*', { NotAction: 'secretsmanager:*' })), 'cannot'],
  ['leaves another action out', bounded(allow(undefined, '*', { NotAction: 'iam:*' })), 'can'],
  ['allows this secret', bounded(allow(get, ref('Secret'))), 'can'],
  ['allows another secret', bounded(allow(get, ref('Other'))), 'cannot'],
  [
    'allows all but this secret',
    bounded({ Effect: 'Allow', Action: get, NotResource: ref('Secret') }),
    'cannot',
  ],
  [
    'allows all but another secret',
    bounded({ Effect: 'Allow', Action: get, NotResource: ref('Other') }),
    'can',
  ],
  ['allows, and denies', bounded(allow('*'), deny('secretsmanager:*')), 'cannot'],
  [
    'allows in another region',
    bounded(allow('*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } })),
    'cannot',
  ],
  ['is a parameter', within(ref('Anything')), 'cannot decide'],
  ['is ReadOnlyAccess of AWS', within('arn:aws:iam::aws:policy/ReadOnlyAccess'), 'cannot'],
  ['is AdministratorAccess of AWS', within('arn:aws:iam::aws:policy/AdministratorAccess'), 'can'],
  [
    'is one of two, of which one allows',
    within(maybe(ref('A'), ref('B')), { A: policy(allow('*')), B: policy(allow('s3:*')) }),
    'cannot decide',
  ],
  [
    'is one of two, of which none allows',
    within(maybe(ref('A'), ref('B')), { A: policy(allow('sqs:*')), B: policy(allow('s3:*')) }),
    'cannot',
  ],
  [
    'is one of two, of which both allow',
    within(maybe(ref('A'), ref('B')), { A: policy(allow('*')), B: policy(allow(get)) }),
    'can',
  ],
  [
    'is one of two, of which one denies',
    within(maybe(ref('A'), ref('B')), { A: policy(allow('*')), B: policy(allow('*'), deny(get)) }),
    'cannot decide',
  ],
  ['may be missing', within(maybe(ref('B')), { B: policy(allow('s3:*')) }), 'cannot decide'],
  ['may be missing, and denies', within(maybe(ref('B')), { B: policy(deny('*')) }), 'cannot decide'],
  ['is not that of a user whom the secret names', named(user([], { PermissionsBoundary: ref('B') })), 'can'],
  ['is that of a role that the secret names', named(role([], { PermissionsBoundary: ref('B') })), 'cannot'],
];

const groups: typeof cases = [
  ['denies', member([deny(get)]), 'cannot'],
  ['denies another thing', member([deny('s3:*')]), 'can'],
  [
    'denies everything but a few calls',
    member([deny(undefined, '*', { NotAction: ['iam:*', 'sts:*'] })]),
    'cannot',
  ],
  ['denies, and may be left', member([deny(get)], [maybe(ref('G'))]), 'cannot decide'],
  ['is outside the templates', member([], ['admins']), 'can'],
];

describe('a permissions boundary', () => {
  for (const [name, resources, truth] of cases)
    it(`${name}: ${truth}`, () => expect(word(resources)).toBe(truth));
});

describe("a user's group", () => {
  for (const [name, resources, truth] of groups)
    it(`${name}: ${truth}`, () => expect(word(resources)).toBe(truth));
});

function word(resources: object): Word {
  const template = {
    Parameters: { Anything: { Type: 'String' } },
    Conditions: { Maybe: { 'Fn::Equals': [ref('Anything'), 'yes'] } },
    Resources: { Secret: secret('shop/db'), Other: secret('other'), ...resources },
  };
  return wordOf({ template, principal: 'Reader', target: 'Secret' });
}
