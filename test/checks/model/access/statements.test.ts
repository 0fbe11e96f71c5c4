// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders this way
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

const secretArn = `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:shop/db-??????`;
const Parameters = { Anything: { Type: 'String' }, Names: { Type: 'CommaDelimitedList' } };
const Conditions = {
  ...maybeCondition,
  Always: { 'Fn::Equals': ['a', 'a'] },
};

const base = {
  Secret: resource('AWS::SecretsManager::Secret', { Name: 'shop/db' }),
  Unnamed: resource('AWS::SecretsManager::Secret'),
  Bucket: resource('AWS::S3::Bucket', { BucketName: 'shop-data' }),
  UnnamedBucket: resource('AWS::S3::Bucket'),
};

function word(resources: Resources, target = 'Secret', principal = 'Reader'): Word {
  return wordOf({
    template: { Parameters, Conditions, Resources: { ...base, ...resources } },
    principal,
    target,
  });
}
const reader = (statements: readonly unknown[], properties: object = {}): Resources => ({
  Reader: role(inline(...statements), { RoleName: 'reader', ...properties }),
});
const get = 'secretsmanager:GetSecretValue';

describe('actions', () => {
  it.each<readonly [string, object, Word]>([
    ['as it is called', allow(get), 'can'],
    ['in a list', allow(['ec2:RunInstances', get]), 'can'],
    ['in other letters', allow('SecretsManager:getsecretvalue'), 'can'],
    ['by a star', allow('secretsmanager:Get*'), 'can'],
    ['by a star in the middle', allow('secretsmanager:*Value'), 'can'],
    ['by a question mark', allow('secretsmanager:GetSecretValu?'), 'can'],
    ['by a question mark too many', allow('secretsmanager:GetSecretValue?'), 'cannot'],
    ['of a service', allow('secretsmanager:*'), 'can'],
    ['of everything', allow('*'), 'can'],
    ['of another service', allow('ssm:*'), 'cannot'],
    ['that describe', allow('secretsmanager:DescribeSecret'), 'cannot'],
    ['of a prefix only', allow('secretsmanager:GetSecret'), 'cannot'],
    ['that a deploy gives', allow(ref('Anything')), 'cannot decide'],
    ['in a list that a deploy gives', allow(ref('Names')), 'cannot decide'],
    [
      'built by text that a deploy gives',
      allow({ 'Fn::Sub': 'secretsmanager:${Anything}' }),
      'cannot decide',
    ],
    ['all but another', { Effect: 'Allow', NotAction: 's3:*', Resource: secretArn }, 'can'],
    [
      'all but this',
      { Effect: 'Allow', NotAction: [get, 'secretsmanager:PutResourcePolicy'], Resource: secretArn },
      'cannot',
    ],
    [
      'all but what a deploy gives',
      { Effect: 'Allow', NotAction: [ref('Anything')], Resource: secretArn },
      'cannot decide',
    ],
  ])('%s', (_, statement, expected) => {
    expect(word(reader([statement]))).toBe(expected);
  });
});

describe('resources', () => {
  it.each<readonly [string, unknown, Word]>([
    ['by reference', ref('Secret'), 'can'],
    ['by attribute', attribute('Secret', 'Id'), 'can'],
    ['in a list', ['arn:aws:s3:::x', ref('Secret')], 'can'],
    ['by ARN', secretArn, 'can'],
    ['by a star at the end', `arn:aws:secretsmanager:*:${account}:secret:shop/*`, 'can'],
    ['by a star over all parts', 'arn:aws:secretsmanager:*', 'can'],
    [
      'by the name without its suffix',
      `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:shop/db`,
      'cannot',
    ],
    [
      'by the name and one suffix',
      `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:shop/db-AbCdEf`,
      'cannot decide',
    ],
    ['by another name', `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:shop/mail-*`, 'cannot'],
    ['in another region', `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-*`, 'cannot'],
    ['in another account', 'arn:aws:secretsmanager:ap-northeast-1:999988887777:secret:shop/db-*', 'cannot'],
    [
      'by pseudo parameters',
      { 'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:shop/db-*' },
      'can',
    ],
    ['by a joined ARN', { 'Fn::Join': ['', ['arn:aws:secretsmanager:*:*:secret:', 'shop/', '*']] }, 'can'],
    ['that a deploy gives', ref('Anything'), 'cannot decide'],
    [
      'with a part that a deploy gives',
      { 'Fn::Sub': 'arn:aws:secretsmanager:*:*:secret:${Anything}/*' },
      'cannot decide',
    ],
    ['that another stack exports', { 'Fn::ImportValue': 'elsewhere' }, 'cannot decide'],
    ['by a policy variable', 'arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*', 'cannot decide'],
    [
      'by a policy variable elsewhere',
      'arn:aws:secretsmanager:*:*:secret:mail/${aws:PrincipalTag/team}',
      'cannot',
    ],
    ['by an escaped star', 'arn:aws:secretsmanager:*:*:secret:shop/${*}', 'cannot'],
    ['by another store', attribute('Bucket'), 'cannot'],
  ])('%s', (_, Resource, expected) => {
    expect(word(reader([allow(get, Resource)]))).toBe(expected);
  });

  it.each<readonly [string, unknown, Word]>([
    ['all but it', ref('Secret'), 'cannot'],
    ['all but a pattern that covers it', `arn:aws:secretsmanager:*:*:secret:shop/*`, 'cannot'],
    ['all but another', `arn:aws:secretsmanager:*:*:secret:mail/*`, 'can'],
    ['all but what a deploy gives', ref('Anything'), 'cannot decide'],
  ])('%s', (_, NotResource, expected) => {
    expect(word(reader([{ Effect: 'Allow', Action: get, NotResource }]))).toBe(expected);
  });

  it.each<readonly [string, string, unknown, Word]>([
    [
      'a generated name, by its stack',
      'Unnamed',
      'arn:aws:secretsmanager:*:*:secret:Unnamed*',
      'cannot decide',
    ],
    ['a generated name, by anything', 'Unnamed', 'arn:aws:secretsmanager:*:*:secret:*', 'can'],
    ['a generated name of a bucket', 'UnnamedBucket', 'arn:aws:s3:::s-unnamedbucket-*/*', 'cannot decide'],
    ['a generated name of another', 'UnnamedBucket', 'arn:aws:s3:::Upper*/*', 'cannot'],
    ['objects of a bucket', 'Bucket', 'arn:aws:s3:::shop-data/*', 'can'],
    ['some objects of a bucket', 'Bucket', 'arn:aws:s3:::shop-data/customers/*', 'can'],
    ['one object of a bucket', 'Bucket', 'arn:aws:s3:::shop-data/customers/1.json', 'can'],
    ['objects of a bucket by reference', 'Bucket', { 'Fn::Sub': '${Bucket.Arn}/*' }, 'can'],
    [
      'objects of a bucket by its name',
      'Bucket',
      { 'Fn::Join': ['', ['arn:aws:s3:::', ref('Bucket'), '/*']] },
      'can',
    ],
    ['the bucket without its objects', 'Bucket', 'arn:aws:s3:::shop-data', 'cannot'],
    ['objects of a bucket whose name begins alike', 'Bucket', 'arn:aws:s3:::shop-data-old/*', 'cannot'],
    ['objects of buckets by a pattern', 'Bucket', 'arn:aws:s3:::shop-*', 'can'],
    ['objects by a variable', 'Bucket', 'arn:aws:s3:::shop-data/${aws:userid}/*', 'can'],
  ])('%s', (_, target, Resource, expected) => {
    expect(word(reader([allow([get, 's3:GetObject'], Resource)]), target)).toBe(expected);
  });
});

describe('refusals', () => {
  const all = allow('s3:GetObject*', 'arn:aws:s3:::shop-data/*');
  const customers = allow('s3:GetObject*', 'arn:aws:s3:::shop-data/customers/*');
  it.each<readonly [string, readonly object[], Word]>([
    ['of everything', [all, deny('*')], 'cannot'],
    ['of the store', [all, deny('s3:*', 'arn:aws:s3:::shop-data/*')], 'cannot'],
    ['of a part', [all, deny('s3:*', 'arn:aws:s3:::shop-data/customers/*')], 'can'],
    [
      'of the part that is allowed',
      [customers, deny('s3:*', 'arn:aws:s3:::shop-data/customers/*')],
      'cannot',
    ],
    ['of another part', [customers, deny('s3:*', 'arn:aws:s3:::shop-data/orders/*')], 'can'],
    ['of a part of the part', [customers, deny('s3:*', 'arn:aws:s3:::shop-data/customers/1/*')], 'can'],
    ['of writing', [all, deny('s3:Put*')], 'can'],
    ['of all but this action', [all, { Effect: 'Deny', NotAction: 's3:GetObject*', Resource: '*' }], 'can'],
    ['of all but other actions', [all, { Effect: 'Deny', NotAction: 's3:Put*', Resource: '*' }], 'cannot'],
    [
      'of all but this store',
      [all, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::shop-data/*' }],
      'can',
    ],
    [
      'of all but another store',
      [all, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::other/*' }],
      'cannot',
    ],
    [
      'of all but a part',
      [all, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::shop-data/customers/*' }],
      'can',
    ],
    ['of what a deploy gives', [all, deny('s3:*', ref('Anything'))], 'cannot decide'],
    ['by an action that a deploy gives', [all, deny(ref('Anything'))], 'cannot decide'],
    ['that may be left out', [all, maybe(deny('*'))], 'cannot decide'],
    [
      'with an effect that a deploy gives',
      [all, { ...deny('*'), Effect: maybe('Deny', 'Allow') }],
      'cannot decide',
    ],
    ['by text that is neither', [{ ...all, Effect: 'Deny' }], 'cannot'],
  ])('%s', (_, statements, expected) => {
    expect(word(reader(statements), 'Bucket')).toBe(expected);
  });
});

/**
 * Each operator, on keys of each kind: what an Allow and a Deny under it come to.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
describe('conditions', () => {
  const reading = allow(get, secretArn);
  const under = (operator: string, key: string, value: unknown) => ({
    Condition: { [operator]: { [key]: value } },
  });
  const ask = (operator: string, key: string, value: unknown): readonly [Word, Word] => [
    word(reader([{ ...reading, ...under(operator, key, value) }])),
    word(reader([reading, { ...deny('*'), ...under(operator, key, value) }])),
  ];
  const arn = `arn:aws:iam::${account}:role/reader`;
  const known: readonly (readonly [operator: string, key: string, matching: unknown, other: unknown])[] = [
    ['StringEquals', 'aws:PrincipalArn', arn, `${arn}x`],
    ['StringEquals', 'AWS:principalarn', [arn, 'other'], ['other', 'others']],
    ['StringEquals', 'aws:PrincipalAccount', account, '999988887777'],
    ['StringEquals', 'aws:PrincipalAccount', Number(account), 999988887777],
    ['StringEqualsIgnoreCase', 'aws:PrincipalArn', arn.toUpperCase(), 'OTHER'],
    ['StringLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/rea*', 'arn:aws:iam::*:role/write*'],
    ['StringLike', 'aws:PrincipalAccount', '1111????3333', '1111'],
    ['ArnEquals', 'aws:PrincipalArn', arn, 'arn:aws:iam::*:user/reader'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', 'arn:aws:iam::999988887777:role/*'],
    ['Bool', 'aws:PrincipalIsAWSService', false, true],
    ['Bool', 'aws:PrincipalIsAWSService', 'False', 'True'],
    ['StringEquals', 'aws:PrincipalType', 'AssumedRole', 'User'],
    ['StringEquals', 'aws:ResourceAccount', account, '999988887777'],
    ['StringEquals', 'aws:RequestedRegion', 'ap-northeast-1', 'us-east-1'],
  ];
  const negated = (operator: string) =>
    operator.startsWith('Bool') ? undefined : operator.replace(/^(String|Arn)/, '$1Not');

  it.each(known)('%s on %s, which the template tells', (operator, key, matching, other) => {
    const spellings = [
      operator,
      `${operator}IfExists`,
      `ForAnyValue:${operator}`,
      `ForAllValues:${operator}`,
    ];
    for (const spelling of spellings) {
      expect([spelling, ...ask(spelling, key, matching)]).toEqual([spelling, 'can', 'cannot']);
      expect([spelling, ...ask(spelling, key, other)]).toEqual([spelling, 'cannot', 'can']);
      expect([spelling, ...ask(spelling, key, ref('Anything'))]).toEqual([
        spelling,
        'cannot decide',
        'cannot decide',
      ]);
    }
    const not = negated(operator);
    if (not === undefined) return;
    expect(ask(not, key, matching)).toEqual(['cannot', 'can']);
    expect(ask(not, key, other)).toEqual(['can', 'cannot']);
    expect(ask(`${not}IfExists`, key, other)).toEqual(['can', 'cannot']);
  });

  it.each(['StringEquals', 'StringLike', 'ArnLike', 'ArnEquals'])(
    '%s on a key that only calls of services have',
    (operator) => {
      const key = 'aws:SourceArn';
      const value = 'arn:aws:s3:::shop-data';
      expect(ask(operator, key, value)).toEqual(['cannot', 'can']);
      expect(ask(`ForAnyValue:${operator}`, key, value)).toEqual(['cannot', 'can']);
      expect(ask(`ForAllValues:${operator}`, key, value)).toEqual(['can', 'cannot']);
      expect(ask(`${operator}IfExists`, key, value)).toEqual(['can', 'cannot']);
      expect(ask(operator.replace(/^(String|Arn)/, '$1Not'), key, value)).toEqual(['can', 'cannot']);
      expect(ask('Null', key, true)).toEqual(['can', 'cannot']);
      expect(ask('Null', key, 'false')).toEqual(['cannot', 'can']);
    },
  );

  it.each<readonly [operator: string, key: string, value: unknown]>([
    ['StringEquals', 'aws:SourceVpce', 'vpce-1'],
    ['StringNotEquals', 'aws:SourceVpce', 'vpce-1'],
    ['StringLike', 'aws:UserAgent', 'x*'],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8'],
    ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8', '::/0']],
    ['Bool', 'aws:SecureTransport', true],
    ['Bool', 'aws:SecureTransport', 'false'],
    ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'],
    ['Null', 'aws:TokenIssueTime', 'true'],
    ['DateGreaterThan', 'aws:CurrentTime', '2035-01-01T00:00:00Z'],
    ['DateLessThanEquals', 'aws:EpochTime', 1893456000],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', 3600],
    ['NumericLessThanEqualsIfExists', 'aws:MultiFactorAuthAge', '3600'],
    ['StringEquals', 'secretsmanager:VersionStage', 'AWSCURRENT'],
    ['StringEquals', 'aws:PrincipalServiceName', []],
    ['ForAllValues:StringEquals', 'aws:TagKeys', ['a']],
    ['ForAnyValue:StringEquals', 'aws:CalledVia', ['athena.amazonaws.com']],
  ])('%s on %s, which the caller chooses', (operator, key, value) => {
    if (Array.isArray(value) && value.length === 0) return;
    expect(ask(operator, key, value)).toEqual(['can', 'can']);
  });

  it.each<readonly [operator: string, key: string, value: unknown]>([
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1'],
    ['StringNotEquals', 'aws:PrincipalOrgID', 'o-1'],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/*'],
    ['StringLike', 'aws:userid', 'AROA*:x'],
    ['StringEquals', 'aws:PrincipalTag/team', 'shop'],
    ['StringNotEqualsIfExists', 'aws:ResourceTag/team', 'shop'],
    ['NumericEquals', 'aws:PrincipalAccount', '0111122223333'],
    ['StringUnheardOf', 'aws:PrincipalArn', 'x'],
  ])('%s on %s, which nobody can tell from templates', (operator, key, value) => {
    expect(ask(operator, key, value)).toEqual(['cannot decide', 'cannot decide']);
  });

  it('of several kinds hold together', () => {
    const both = (operators: object) => word(reader([{ ...reading, Condition: operators }]));
    expect(both({ StringEquals: { 'aws:PrincipalArn': arn, 'aws:SourceVpce': 'vpce-1' } })).toBe('can');
    expect(
      both({ StringEquals: { 'aws:PrincipalArn': arn }, Bool: { 'aws:PrincipalIsAWSService': true } }),
    ).toBe('cannot');
    expect(both({ StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:PrincipalArn': 'x' } })).toBe('cannot');
  });

  it('of an Allow and a Deny on one key are compared', () => {
    const through = (condition: object) =>
      word(
        reader([
          { ...reading, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } },
          { ...deny('*'), Condition: condition },
        ]),
      );
    expect(through({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })).toBe('can');
    expect(through({ StringNotEquals: { 'aws:SourceVpce': 'vpce-2' } })).toBe('cannot');
    expect(through({ StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } })).toBe('cannot');
    expect(through({ StringLike: { 'aws:SourceVpce': 'vpce-*' } })).toBe('cannot');
  });

  it.each<readonly [string, unknown, Word]>([
    ['that may be left out', maybe({ StringEquals: { 'aws:PrincipalArn': 'x' } }), 'cannot decide'],
    [
      'with a value that may be another',
      { StringEquals: { 'aws:PrincipalArn': maybe(arn, 'x') } },
      'cannot decide',
    ],
    [
      'with a value that is wrong either way',
      { StringEquals: { 'aws:PrincipalArn': maybe('y', 'x') } },
      'cannot',
    ],
    [
      'with a value that a list of a deploy gives',
      { StringEquals: { 'aws:PrincipalArn': ref('Names') } },
      'cannot decide',
    ],
    ['with the ARN by reference', { ArnEquals: { 'aws:PrincipalArn': attribute('Reader') } }, 'can'],
    [
      'with a policy variable',
      { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } },
      'cannot decide',
    ],
  ])('%s', (_, Condition, expected) => {
    expect(word(reader([{ ...reading, Condition }]))).toBe(expected);
  });
});

describe('what a deploy decides', () => {
  const reading = allow(get, secretArn);
  it.each<readonly [string, Resources, Word]>([
    ['a statement', reader([maybe(reading)]), 'cannot decide'],
    [
      'one of two statements',
      reader([maybe(reading, allow(get, 'arn:aws:secretsmanager:*:*:secret:x*'))]),
      'cannot decide',
    ],
    [
      'one of two statements that both allow',
      reader([maybe(reading, allow('secretsmanager:*', secretArn))]),
      'cannot decide',
    ],
    ['an action', reader([allow(maybe(get, 's3:*'), secretArn)]), 'cannot decide'],
    ['a resource', reader([allow(get, maybe(secretArn, 'arn:aws:s3:::x'))]), 'cannot decide'],
    ['one of several resources', reader([allow(get, [secretArn, maybe('arn:aws:s3:::x')])]), 'cannot decide'],
    [
      'a policy',
      { Reader: role([maybe({ PolicyName: 'p', PolicyDocument: document(reading) })]) },
      'cannot decide',
    ],
    [
      'a document',
      {
        Reader: role([
          { PolicyName: 'p', PolicyDocument: maybe(document(reading), document(allow('s3:*'))) },
        ]),
      },
      'cannot decide',
    ],
    [
      'all statements',
      { Reader: role([{ PolicyName: 'p', PolicyDocument: { Statement: maybe([reading], []) } }]) },
      'cannot decide',
    ],
    [
      'all policies',
      {
        Reader: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }),
          Policies: maybe(inline(reading)),
        }),
      },
      'cannot decide',
    ],
    [
      'whether a policy exists',
      {
        Reader: role([]),
        P: resource(
          'AWS::IAM::Policy',
          { PolicyDocument: document(reading), Roles: [ref('Reader')] },
          { Condition: 'Maybe' },
        ),
      },
      'cannot decide',
    ],
    [
      'to whom a policy is attached',
      {
        Reader: role([]),
        P: resource('AWS::IAM::Policy', { PolicyDocument: document(reading), Roles: [ref('Anything')] }),
      },
      'cannot decide',
    ],
    [
      'to whom a policy is attached, by a list',
      {
        Reader: role([]),
        P: resource('AWS::IAM::ManagedPolicy', {
          PolicyDocument: document(reading),
          Roles: maybe([ref('Reader')], []),
        }),
      },
      'cannot decide',
    ],
    [
      'which managed policy is attached',
      { Reader: role([], { ManagedPolicyArns: [ref('Anything')] }) },
      'cannot decide',
    ],
    ['what nothing decides', reader([{ 'Fn::If': ['Always', reading, ref('AWS::NoValue')] }]), 'can'],
    ['nothing', reader([ref('AWS::NoValue'), reading]), 'can'],
  ])('%s', (_, resources, expected) => {
    expect(word(resources)).toBe(expected);
  });
});

describe('what two templates call by one name', () => {
  const Parameters = { Stage: { Type: 'String' } };
  const named = (name: string) =>
    resource('AWS::S3::Bucket', { BucketName: { 'Fn::Sub': `shop-\${${name}}` } });
  const objects = (name: string) => ({ 'Fn::Sub': `arn:aws:s3:::shop-\${${name}}/*` });
  const asks = (Store: object, Reader: object, together = false) =>
    wordOf({
      template: { Parameters, Resources: together ? { Store, Reader } : { Store } },
      ...(!together && { more: [{ Parameters, Resources: { Reader } }] }),
      principal: 'Reader',
      target: 'Store',
    });
  const refused = (name: string) =>
    role(inline(allow('s3:*'), deny('s3:*', ['arn:aws:s3:::other', objects(name)])));

  it.each(['AWS::StackName', 'Stage'])('may be two things: %s', (name) => {
    expect(asks(named(name), role(inline(allow('s3:GetObject', 'arn:aws:s3:::shop-S/*'))))).toBe(
      'cannot decide',
    );
    expect(asks(named(name), role(inline(allow('s3:GetObject', objects(name)))))).toBe('cannot decide');
    expect(asks(named(name), refused(name))).toBe('cannot decide');
  });
  it.each(['AWS::StackName', 'Stage'])('is one thing in one of them: %s', (name) => {
    const reading = role(inline(allow('s3:GetObject', objects(name))));
    expect(asks(named(name), reading, true)).toBe('can');
    const fewer = role(inline(allow('s3:GetObject'), deny('s3:GetObject', objects(name))));
    expect(asks(named(name), fewer, true)).toBe('cannot');
  });
});
