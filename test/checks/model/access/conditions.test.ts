import { describe, expect, it } from 'vitest';
import { maybeCondition as Conditions, maybe } from '../maybe.ts';
import {
  account,
  allow,
  attribute,
  deny,
  inline,
  type Resources,
  ref,
  resource,
  role,
  type Word,
  wordOf,
} from './policies.ts';

/** Conditions written without sight of the model: what a role may read whose permission, or refusal, has each. */
const get = 'secretsmanager:GetSecretValue';
const Parameters = { Anything: { Type: 'String' }, Account: { Type: 'String' } };

function word(statements: readonly object[], more: Resources = {}): Word {
  const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const template = {
    Parameters,
    Conditions,
    Resources: { Store, Reader: role(inline(...statements)), ...more },
  };
  return wordOf({ template, principal: 'Reader', target: 'Store' });
}

const roles = `arn:aws:iam::${account}:role/*`;
const cases: readonly (readonly [condition: unknown, allowed: Word, refused: Word])[] = [
  // What the caller chooses lets it meet an Allow and evade a Deny.
  [{ Bool: { 'aws:SecureTransport': true } }, 'can', 'can'],
  [{ Bool: { 'aws:SecureTransport': false } }, 'can', 'can'],
  [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': false } }, 'can', 'can'],
  [{ Bool: { 'aws:ViaAWSService': 'true' } }, 'can', 'can'],
  [{ Null: { 'aws:MultiFactorAuthAge': true } }, 'can', 'can'],
  [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } }, 'can', 'can'],
  [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'can', 'can'],
  [{ NumericLessThan: { 'aws:MultiFactorAuthAge': 300 } }, 'can', 'can'],
  [{ NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '300' } }, 'can', 'can'],
  [{ BinaryEquals: { 'some:key': 'QUJD' } }, 'can', 'can'],
  [{ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }, 'can', 'can'],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, 'can', 'can'],
  [{ StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, 'can', 'can'],
  [{ StringNotLike: { 'aws:SourceVpc': '*' } }, 'can', 'can'],
  [{ StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } }, 'can', 'can'],
  [{ StringEquals: { 'aws:ResourceAccount': account, 'aws:SourceVpce': 'vpce-1' } }, 'can', 'can'],
  // What began before anybody calls holds, and what ended then does not.
  [{ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, 'can', 'cannot'],
  [{ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, 'cannot', 'can'],
  [{ NumericLessThanEquals: { 'aws:EpochTime': 1577836800 } }, 'cannot', 'can'],
  [{ DateLessThan: { 'aws:CurrentTime': '2035-01-01T00:00:00Z' } }, 'can', 'can'],
  [{ DateGreaterThan: { 'aws:CurrentTime': ['2020-01-01T00:00:00Z', '2035-01-01'] } }, 'can', 'cannot'],
  [{ DateLessThan: { 'aws:CurrentTime': ref('Anything') } }, 'can', 'can'],
  // What AWS says of a role is the same for every call.
  [{ Null: { 'aws:PrincipalArn': true } }, 'cannot', 'can'],
  [{ Null: { 'aws:PrincipalArn': 'false' } }, 'can', 'cannot'],
  [{ ArnLike: { 'aws:PrincipalArn': roles } }, 'can', 'cannot'],
  [{ ArnNotLike: { 'aws:PrincipalArn': roles } }, 'cannot', 'can'],
  [{ StringLike: { 'aws:PrincipalArn': 'arn:aws:sts::*' } }, 'cannot', 'can'],
  [{ ArnEquals: { 'aws:PrincipalArn': attribute('Reader') } }, 'can', 'cannot'],
  [{ StringNotEquals: { 'aws:PrincipalArn': attribute('Reader') } }, 'cannot', 'can'],
  [{ StringEquals: { 'aws:PrincipalAccount': account } }, 'can', 'cannot'],
  [{ StringNotEquals: { 'aws:PrincipalAccount': account } }, 'cannot', 'can'],
  [{ StringNotEquals: { 'aws:PrincipalAccount': [account, '999988887777'] } }, 'cannot', 'can'],
  [{ StringEquals: { 'aws:PrincipalAccount': ref('AWS::AccountId') } }, 'can', 'cannot'],
  [{ stringequals: { 'AWS:PRINCIPALACCOUNT': account } }, 'can', 'cannot'],
  [{ StringEquals: { 'aws:PrincipalAccount': [] } }, 'cannot', 'can'],
  [{ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, 'can', 'cannot'],
  [{ StringEquals: { 'aws:PrincipalType': 'User' } }, 'cannot', 'can'],
  [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'cannot', 'can'],
  [{ StringEquals: { 'aws:RequestedRegion': ref('AWS::Region') } }, 'can', 'cannot'],
  [{ StringNotEquals: { 'aws:RequestedRegion': 'ap-northeast-1' } }, 'cannot', 'can'],
  // Keys that a role, or whoever is no service, never has.
  [{ StringEquals: { 'aws:username': 'x' } }, 'cannot', 'can'],
  [{ StringNotEquals: { 'aws:username': 'x' } }, 'can', 'cannot'],
  [{ Null: { 'aws:SourceArn': false } }, 'cannot', 'can'],
  [{ Null: { 'aws:SourceArn': true } }, 'can', 'cannot'],
  [{ StringEquals: { 'aws:SourceAccount': account } }, 'cannot', 'can'],
  [{ ArnLike: { 'aws:SourceArn': '*' } }, 'cannot', 'can'],
  [{ 'ForAnyValue:StringEquals': { 'aws:PrincipalServiceNamesList': ['x.amazonaws.com'] } }, 'cannot', 'can'],
  // What only a deploy, or the organization, knows.
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Shop*' } }, 'cannot decide', 'cannot decide'],
  [{ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Shop*' } }, 'cannot decide', 'cannot decide'],
  [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } }, 'cannot decide', 'cannot decide'],
  [{ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-1' } }, 'cannot decide', 'cannot decide'],
  [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'cannot decide', 'cannot decide'],
  [{ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'cannot decide', 'cannot decide'],
  [{ StringEquals: { 'aws:PrincipalAccount': ref('Account') } }, 'cannot decide', 'cannot decide'],
  [{ StringNotEquals: { 'aws:PrincipalAccount': ref('Account') } }, 'cannot decide', 'cannot decide'],
  [{ StringEquals: { 'aws:PrincipalTag/team': 'shop' } }, 'cannot decide', 'cannot decide'],
  [{ StringNotEquals: { 'aws:PrincipalTag/team': 'shop' } }, 'cannot decide', 'cannot decide'],
  [{ StringEquals: { 'aws:ResourceTag/team': 'shop' } }, 'cannot decide', 'cannot decide'],
  [{ StringEquals: { 'secretsmanager:ResourceTag/team': ['shop'] } }, 'cannot decide', 'cannot decide'],
  [{ StringLike: { 'aws:userid': ['*:session'] } }, 'cannot decide', 'cannot decide'],
  [
    { StringEquals: maybe({ 'aws:PrincipalAccount': '999988887777' }, { 'aws:PrincipalAccount': account }) },
    'cannot decide',
    'cannot decide',
  ],
  [maybe({ StringEquals: { 'aws:PrincipalAccount': '999988887777' } }), 'cannot decide', 'cannot decide'],
];

it.each(cases)('%j', (Condition, allowed, refused) => {
  expect(word([allow(get, '*', { Condition })])).toBe(allowed);
  expect(word([allow(get), deny(get, '*', { Condition })])).toBe(refused);
});

it('a macro in the place of keys may refuse or not', () => {
  const Condition = { StringEquals: { 'Fn::Transform': { Name: 'Keys' } } };
  expect(word([allow(get, '*', { Condition })])).toBe('cannot decide');
  expect(word([allow(get), deny(get, '*', { Condition })])).toBe('cannot decide');
});

describe('tags of what is read', () => {
  const tagged = {
    Store: resource('AWS::SecretsManager::Secret', { Tags: [{ Key: 'Team', Value: 'ops' }] }),
  };
  const of = (team: string) => ({ Condition: { StringEquals: { 'aws:ResourceTag/team': team } } });
  it('decide as they are written', () => {
    expect(word([allow(get, '*', of('ops'))], tagged)).toBe('can');
    expect(word([allow(get, '*', of('shop'))], tagged)).toBe('cannot');
  });
  it('decide nothing for whoever may change them', () => {
    const retag = allow('secretsmanager:TagResource');
    expect(word([allow(get, '*', of('shop')), retag], tagged)).toBe('cannot decide');
    expect(word([allow(get), deny(get, '*', of('ops')), allow('secretsmanager:*')], tagged)).not.toBe(
      'cannot',
    );
  });
});

it('a copy is asked for in the region that gets it', () => {
  const Store = resource('AWS::RDS::DBInstance', { Engine: 'mysql' });
  const Condition = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
  expect(word([allow('rds:CopyDBSnapshot', '*', { Condition })], { Store })).toBe('can');
  expect(word([allow('rds:CreateDBInstanceReadReplica', '*', { Condition })], { Store })).toBe('can');
  expect(word([allow('rds:ModifyDBSnapshotAttribute', '*', { Condition })], { Store })).toBe('cannot');
});
