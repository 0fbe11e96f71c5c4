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
  trust,
  type Word,
  wordOf,
} from './policies.ts';

/** Who is meant by a policy whose principals, names or parts only a deploy knows. */
const get = 'secretsmanager:GetSecretValue';
const root = { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', ref('Account'), ':root']] } };

function word(Resources: Resources, principal = 'Reader'): Word {
  const template = {
    Parameters: { Account: { Type: 'String' }, Anything: { Type: 'String' } },
    Conditions: maybeCondition,
    Resources: { Store: resource('AWS::SecretsManager::Secret', { Name: 'shop/db' }), ...Resources },
  };
  return wordOf({ template, principal, target: 'Store' });
}
const guard = (...statements: readonly object[]) =>
  resource('AWS::SecretsManager::ResourcePolicy', {
    SecretId: ref('Store'),
    ResourcePolicy: document(...statements),
  });

describe('an account that a deploy gives may be the own one', () => {
  const reads = (action: string) => role(inline(allow(action)));
  it('to which a key hands the decision', () => {
    const key = (Principal: unknown) =>
      resource('AWS::KMS::Key', { KeyPolicy: document({ ...allow('kms:*'), Principal }) });
    expect(word({ Store: key(root), Reader: reads('kms:Decrypt') })).toBe('cannot decide');
    expect(word({ Store: key({ AWS: ref('Account') }), Reader: reads('kms:Decrypt') })).toBe('cannot decide');
    expect(word({ Store: key(root), Reader: role([]) })).toBe('cannot');
  });
  it('which a role trusts', () => {
    const Victim = resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust(root),
      Policies: inline(allow(get)),
    });
    expect(word({ Victim, Reader: reads('sts:AssumeRole') })).toBe('cannot decide');
    expect(word({ Victim, Reader: role([]) })).toBe('cannot');
  });
  it('which a policy refuses', () => {
    expect(word({ Reader: reads(get), Guard: guard({ ...deny(get), Principal: root }) })).toBe(
      'cannot decide',
    );
  });
});

it('a file system without its policy is open to whoever reaches it', () => {
  const open = 'anyone who reaches its mount targets';
  const policy = document({
    ...allow('elasticfilesystem:ClientMount'),
    Principal: { AWS: attribute('Reader') },
  });
  const store = (FileSystemPolicy: unknown) => ({
    Store: resource('AWS::EFS::FileSystem', { FileSystemPolicy }),
    Reader: role([]),
  });
  expect(word(store(ref('AWS::NoValue')), open)).toBe('can');
  expect(word(store(maybe(policy)), open)).toBe('cannot decide');
  expect(word(store(policy), open)).toBe('cannot');
});

it('what one name or one copy of a store refuses, another may let through', () => {
  const nobody = document({ ...deny('*'), Principal: '*' });
  const Bucket = resource('AWS::S3::Bucket', { BucketName: 'shop-data' });
  const Point = resource('AWS::S3::AccessPoint', { Bucket: ref('Store'), Name: 'guests', Policy: nobody });
  const through = (arn: string) => role(inline(allow('s3:GetObject', arn)));
  expect(word({ Store: Bucket, Point, Reader: through('arn:aws:s3:::shop-data/*') })).toBe('can');
  const guests = `arn:aws:s3:ap-northeast-1:${account}:accesspoint/guests/object/*`;
  expect(word({ Store: Bucket, Point, Reader: through(guests) })).toBe('cannot');
  const table = (...regions: readonly string[]) =>
    resource('AWS::DynamoDB::GlobalTable', {
      TableName: 'orders',
      Replicas: [
        { Region: 'ap-northeast-1', ResourcePolicy: { PolicyDocument: nobody } },
        ...regions.map((Region) => ({ Region })),
      ],
    });
  const Reader = role(inline(allow('dynamodb:GetItem')));
  expect(word({ Store: table('us-east-1'), Reader })).toBe('can');
  expect(word({ Store: table(), Reader })).toBe('cannot');
});

it('a secret is read where its reader copies it to', () => {
  const there = allow(get, 'arn:aws:secretsmanager:us-east-1:*:*');
  const copies = allow('secretsmanager:ReplicateSecretToRegions');
  expect(word({ Reader: role(inline(there, copies)) })).toBe('can');
  expect(word({ Reader: role(inline(there)) })).toBe('cannot');
  expect(word({ Reader: role(inline(copies)) })).toBe('cannot');
});
