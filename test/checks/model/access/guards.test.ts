// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders this way
import { describe, expect, it } from 'vitest';
import { maybeCondition as Conditions, maybe } from '../maybe.ts';
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
  user,
  type Word,
  wordOf,
} from './policies.ts';

const Parameters = { Anything: { Type: 'String' } };
const word = (Resources: Resources, target: string, principal = 'Reader'): Word =>
  wordOf({ template: { Parameters, Conditions, Resources }, principal, target });

const readerArn = `arn:aws:iam::${account}:role/reader`;
const root = { AWS: `arn:aws:iam::${account}:root` };
const Reader = role([], { RoleName: 'reader' });

/** Stores whose policy stands in them or beside them, with a call that reads them. */
const guarded: readonly (readonly [
  type: string,
  action: string,
  guard: (statements: readonly object[]) => Resources,
])[] = [
  [
    'S3',
    's3:GetObject',
    (statements) => ({
      Store: resource('AWS::S3::Bucket', { BucketName: 'shop-data' }),
      Guard: resource('AWS::S3::BucketPolicy', {
        Bucket: ref('Store'),
        PolicyDocument: document(...statements),
      }),
    }),
  ],
  [
    'Secrets Manager',
    'secretsmanager:GetSecretValue',
    (statements) => ({
      Store: resource('AWS::SecretsManager::Secret', {}),
      Guard: resource('AWS::SecretsManager::ResourcePolicy', {
        SecretId: ref('Store'),
        ResourcePolicy: document(...statements),
      }),
    }),
  ],
  [
    'KMS',
    'kms:Decrypt',
    (statements) => ({ Store: resource('AWS::KMS::Key', { KeyPolicy: document(...statements) }) }),
  ],
  [
    'SQS',
    'sqs:ReceiveMessage',
    (statements) => ({
      Store: resource('AWS::SQS::Queue', {}),
      Guard: resource('AWS::SQS::QueuePolicy', {
        Queues: [ref('Store')],
        PolicyDocument: document(...statements),
      }),
    }),
  ],
  [
    'SQS inline',
    'sqs:ReceiveMessage',
    (statements) => ({
      Store: resource('AWS::SQS::Queue', { QueueName: 'orders' }),
      Guard: resource('AWS::SQS::QueueInlinePolicy', {
        Queue: ref('Store'),
        PolicyDocument: document(...statements),
      }),
    }),
  ],
  [
    'SNS',
    'sns:Subscribe',
    (statements) => ({
      Store: resource('AWS::SNS::Topic'),
      Guard: resource('AWS::SNS::TopicPolicy', {
        Topics: [ref('Store')],
        PolicyDocument: document(...statements),
      }),
    }),
  ],
  [
    'DynamoDB',
    'dynamodb:GetItem',
    (statements) => ({
      Store: resource('AWS::DynamoDB::Table', {
        ResourcePolicy: { PolicyDocument: document(...statements) },
      }),
    }),
  ],
  [
    'DynamoDB in two regions',
    'dynamodb:Query',
    (statements) => ({
      Store: resource('AWS::DynamoDB::GlobalTable', {
        Replicas: [{ Region: 'ap-northeast-1', ResourcePolicy: { PolicyDocument: document(...statements) } }],
      }),
    }),
  ],
  [
    'Kinesis',
    'kinesis:GetRecords',
    (statements) => ({
      Store: resource('AWS::Kinesis::Stream'),
      Guard: resource('AWS::Kinesis::ResourcePolicy', {
        ResourceArn: attribute('Store'),
        ResourcePolicy: document(...statements),
      }),
    }),
  ],
  [
    'Kafka',
    'kafka-cluster:ReadData',
    (statements) => ({
      Store: resource('AWS::MSK::Cluster'),
      Guard: resource('AWS::MSK::ClusterPolicy', {
        ClusterArn: ref('Store'),
        Policy: document(...statements),
      }),
    }),
  ],
  [
    'OpenSearch',
    'es:ESHttpGet',
    (statements) => ({
      Store: resource('AWS::OpenSearchService::Domain', { AccessPolicies: document(...statements) }),
    }),
  ],
  [
    'EFS',
    'elasticfilesystem:ClientMount',
    (statements) => ({
      Store: resource('AWS::EFS::FileSystem', { FileSystemPolicy: document(...statements) }),
    }),
  ],
];

describe.each(guarded)('the policy of %s', (type, Action, guard) => {
  const lets = (Principal: unknown, more: object = {}) => ({
    Effect: 'Allow',
    Action,
    Resource: '*',
    Principal,
    ...more,
  });
  const withPolicy = inline(allow(Action));
  const asks = (resources: Resources, principal?: string) => word(resources, 'Store', principal);
  const obeysIdentities = type !== 'KMS';

  it('lets in whom it names', () => {
    for (const Principal of [
      { AWS: attribute('Reader') },
      { AWS: readerArn },
      { AWS: ['arn:aws:iam::999988887777:root', readerArn] },
      '*',
      { AWS: '*' },
      { AWS: `arn:aws:sts::${account}:assumed-role/reader/session` },
    ])
      expect([Principal, asks({ Reader, ...guard([lets(Principal)]) })]).toEqual([Principal, 'can']);
  });

  it('lets nobody else in', () => {
    for (const Principal of [
      root,
      { AWS: account },
      { AWS: '999988887777' },
      { AWS: `arn:aws:iam::${account}:role/other` },
      { Service: 'lambda.amazonaws.com' },
    ])
      expect([Principal, asks({ Reader, ...guard([lets(Principal)]) })]).toEqual([Principal, 'cannot']);
  });

  it('leaves open whom a deploy names', () => {
    for (const Principal of [
      { AWS: ref('Anything') },
      { AWS: maybe(readerArn, `arn:aws:iam::${account}:role/other`) },
    ])
      expect(asks({ Reader, ...guard([lets(Principal)]) })).toBe('cannot decide');
  });

  it('hands the decision to the account, whose policies then count', () => {
    const Allowed = role(withPolicy, { RoleName: 'reader' });
    expect(asks({ Reader: Allowed, ...guard([lets(root)]) })).toBe('can');
    expect(asks({ Reader: Allowed, ...guard([lets({ AWS: readerArn.replace('reader', 'other') })]) })).toBe(
      obeysIdentities ? 'can' : 'cannot',
    );
  });

  it('refuses whoever else may', () => {
    const Allowed = role(withPolicy, { RoleName: 'reader' });
    const refused = (statement: object) =>
      asks({
        Reader: Allowed,
        ...guard([lets(root), { Effect: 'Deny', Action: '*', Resource: '*', ...statement }]),
      });
    expect(refused({ Principal: '*' })).toBe('cannot');
    expect(refused({ Principal: { AWS: readerArn } })).toBe('cannot');
    expect(refused({ Principal: root })).toBe('cannot');
    expect(refused({ Principal: { AWS: `arn:aws:sts::${account}:assumed-role/reader/one` } })).toBe('can');
    expect(refused({ Principal: { AWS: readerArn.replace('reader', 'other') } })).toBe('can');
    expect(refused({ NotPrincipal: { AWS: [readerArn, root.AWS] } })).toBe('can');
    expect(refused({ NotPrincipal: { AWS: '999988887777' } })).toBe('cannot');
    expect(
      refused({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalArn': readerArn } } }),
    ).toBe('can');
    expect(
      refused({
        Principal: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/other*' } },
      }),
    ).toBe('cannot');
    expect(refused({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } })).toBe(
      'cannot decide',
    );
    expect(refused({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': false } } })).toBe('can');
    expect(refused({ Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })).toBe(
      'can',
    );
    expect(refused({ Principal: { AWS: ref('Anything') } })).toBe('cannot decide');
  });

  it('shows callers outside the templates', () => {
    const outsiders: readonly (readonly [unknown, string, Word, object?])[] = [
      ['*', 'anyone', 'can'],
      [{ AWS: '999988887777' }, 'account 999988887777', 'can'],
      [{ AWS: 'arn:aws:iam::999988887777:role/x' }, 'account arn:aws:iam::999988887777:role/x', 'can'],
      [{ AWS: `arn:aws:iam::${account}:user/ops` }, `arn:aws:iam::${account}:user/ops`, 'can'],
      [{ AWS: ref('Anything') }, 'a principal known only after deployment', 'cannot decide'],
      ['*', 'any principal of organization o-1', 'can', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }],
      ['*', 'anyone through vpce-1', 'can', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }],
      [
        '*',
        `arn:aws:iam::${account}:role/shop-*`,
        'can',
        { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/shop-*` } },
      ],
      ['*', 'anyone', 'can', { StringNotEquals: { 'aws:PrincipalAccount': account } }],
      ['*', 'anyone', 'cannot', { StringEquals: { 'aws:SourceAccount': account } }],
    ];
    for (const [Principal, name, expected, Condition] of outsiders)
      expect([name, asks({ ...guard([lets(Principal, Condition && { Condition })]) }, name)]).toEqual([
        name,
        expected,
      ]);
  });
});

describe('keys', () => {
  it('without a policy obey the account', () => {
    const Reader = role(inline(allow('kms:Decrypt')));
    expect(word({ Store: resource('AWS::KMS::Key'), Reader }, 'Store')).toBe('can');
  });
  it.each<readonly [string, readonly object[], Word]>([
    [
      'used through a service',
      [
        allow('kms:Decrypt', '*', {
          Condition: { StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com' } },
        }),
      ],
      'can',
    ],
    ['granted to others', [allow('kms:CreateGrant')], 'can'],
    [
      'granted to services only',
      [allow('kms:CreateGrant', '*', { Condition: { Bool: { 'kms:GrantIsForAWSResource': true } } })],
      'cannot',
    ],
    ['whose policy can be written', [allow('kms:PutKeyPolicy')], 'can'],
    ['that are described', [allow(['kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'])], 'cannot'],
    [
      'by another key',
      [allow('kms:Decrypt', 'arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1')],
      'cannot decide',
    ],
    [
      'by alias',
      [
        allow('kms:Decrypt', '*', {
          Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/x' } },
        }),
      ],
      'can',
    ],
  ])('%s', (_, statements, expected) => {
    const Store = resource('AWS::KMS::Key', {
      KeyPolicy: document({ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: root }),
    });
    expect(word({ Store, Reader: role(inline(...statements)) }, 'Store')).toBe(expected);
  });
});

describe('where policies are attached', () => {
  const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const reading = document(allow('secretsmanager:GetSecretValue', ref('Store')));
  const policy = (type: string, properties: object) =>
    resource(type, { PolicyName: 'p', PolicyDocument: reading, ...properties });
  const Group = resource('AWS::IAM::Group');
  it.each<readonly [string, Resources, Word]>([
    ['inline', { Reader: role([{ PolicyName: 'p', PolicyDocument: reading }]) }, 'can'],
    [
      'inline as one, not a list',
      {
        Reader: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: trust('*'),
          Policies: { PolicyName: 'p', PolicyDocument: reading },
        }),
      },
      'can',
    ],
    [
      'a document with one statement, not a list',
      { Reader: role([{ PolicyName: 'p', PolicyDocument: { Statement: reading.Statement[0] } }]) },
      'can',
    ],
    ['apart', { Reader: role([]), P: policy('AWS::IAM::Policy', { Roles: [ref('Reader')] }) }, 'can'],
    [
      'apart, by name',
      { Reader: role([], { RoleName: 'reader' }), P: policy('AWS::IAM::Policy', { Roles: ['reader'] }) },
      'can',
    ],
    [
      'apart, to another',
      { Reader: role([], { RoleName: 'reader' }), P: policy('AWS::IAM::Policy', { Roles: ['writer'] }) },
      'cannot',
    ],
    [
      'apart, by a name that may be made',
      { Reader: role([]), P: policy('AWS::IAM::Policy', { Roles: ['S-Reader-1AB2C3'] }) },
      'cannot decide',
    ],
    [
      'for one role',
      { Reader: role([]), P: policy('AWS::IAM::RolePolicy', { RoleName: ref('Reader') }) },
      'can',
    ],
    [
      'for one user',
      { Reader: user(), P: policy('AWS::IAM::UserPolicy', { UserName: ref('Reader') }) },
      'can',
    ],
    [
      'for a group',
      {
        Group,
        Reader: user([], { Groups: [ref('Group')] }),
        P: policy('AWS::IAM::GroupPolicy', { GroupName: ref('Group') }),
      },
      'can',
    ],
    [
      'for a group that is joined elsewhere',
      {
        Group,
        Reader: user(),
        P: policy('AWS::IAM::GroupPolicy', { GroupName: ref('Group') }),
        Joins: resource('AWS::IAM::UserToGroupAddition', { GroupName: ref('Group'), Users: [ref('Reader')] }),
      },
      'can',
    ],
    [
      'for a group that another joins',
      {
        Group,
        Other: user(),
        Reader: user(),
        P: policy('AWS::IAM::GroupPolicy', { GroupName: ref('Group') }),
        Joins: resource('AWS::IAM::UserToGroupAddition', { GroupName: ref('Group'), Users: [ref('Other')] }),
      },
      'cannot',
    ],
    ['for a group that a deploy names', { Reader: user([], { Groups: [ref('Anything')] }) }, 'cannot decide'],
    ['for a group from elsewhere', { Reader: user([], { Groups: ['Admins'] }) }, 'cannot decide'],
    [
      'for a group whose users a deploy names',
      {
        Group,
        Reader: user(),
        P: policy('AWS::IAM::GroupPolicy', { GroupName: ref('Group') }),
        Joins: resource('AWS::IAM::UserToGroupAddition', {
          GroupName: ref('Group'),
          Users: [ref('Anything')],
        }),
      },
      'cannot decide',
    ],
    [
      'managed, by the role',
      { Reader: role([], { ManagedPolicyArns: [ref('P')] }), P: policy('AWS::IAM::ManagedPolicy', {}) },
      'can',
    ],
    [
      'managed, by the policy',
      { Reader: role([]), P: policy('AWS::IAM::ManagedPolicy', { Roles: [ref('Reader')] }) },
      'can',
    ],
    [
      'managed, by groups of the policy',
      {
        Group,
        Reader: user([], { Groups: [ref('Group')] }),
        P: policy('AWS::IAM::ManagedPolicy', { Groups: [ref('Group')] }),
      },
      'can',
    ],
    [
      'managed by AWS',
      { Reader: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
      'can',
    ],
    [
      'managed by AWS for something else',
      { Reader: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }) },
      'cannot',
    ],
    [
      'managed by AWS since yesterday',
      { Reader: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingNew'] }) },
      'cannot decide',
    ],
    [
      'managed in the account',
      { Reader: role([], { ManagedPolicyArns: [`arn:aws:iam::${account}:policy/ops`] }) },
      'cannot decide',
    ],
    [
      'a permission set',
      { Reader: resource('AWS::SSO::PermissionSet', { Name: 'Ops', InlinePolicy: reading }) },
      'can',
    ],
    [
      'a permission set, as text',
      {
        Reader: resource('AWS::SSO::PermissionSet', {
          Name: 'Ops',
          InlinePolicy: JSON.stringify({ Statement: [allow('secretsmanager:*')] }),
        }),
      },
      'can',
    ],
    [
      'a permission set with a policy of AWS',
      {
        Reader: resource('AWS::SSO::PermissionSet', {
          Name: 'Ops',
          ManagedPolicies: ['arn:aws:iam::aws:policy/SecretsManagerReadWrite'],
        }),
      },
      'can',
    ],
    [
      'a permission set with a policy by its name',
      {
        Reader: resource('AWS::SSO::PermissionSet', {
          Name: 'Ops',
          CustomerManagedPolicyReferences: [{ Name: 'read' }],
        }),
        P: policy('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'read' }),
      },
      'can',
    ],
    [
      'a permission set with a policy from elsewhere',
      {
        Reader: resource('AWS::SSO::PermissionSet', {
          Name: 'Ops',
          CustomerManagedPolicyReferences: [{ Name: 'elsewhere' }],
        }),
      },
      'cannot decide',
    ],
  ])('%s', (_, resources, expected) => {
    expect(word({ Store, ...resources }, 'Store')).toBe(expected);
  });

  it.each<readonly [string, Record<string, unknown>, Word]>([
    ['cannot be told of members of a group', { StringEquals: { 'aws:username': 'ops' } }, 'cannot decide'],
    ['of ARNs neither', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } }, 'cannot decide'],
    ['of kinds they can', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, 'cannot'],
  ])('conditions %s', (_, Condition, expected) => {
    const Reader = resource('AWS::IAM::Group', {
      Policies: inline(allow('secretsmanager:*', '*', { Condition })),
    });
    expect(word({ Store, Reader }, 'Store')).toBe(expected);
  });
});

describe('boundaries', () => {
  const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const get = 'secretsmanager:GetSecretValue';
  const Boundary = (...statements: readonly object[]) =>
    resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(...statements) });
  const bounded = (
    PermissionsBoundary: unknown,
    more: Resources = {},
    statements: readonly object[] = [allow(get)],
  ) =>
    word(
      { Store, Reader: role(inline(...statements), { RoleName: 'reader', PermissionsBoundary }), ...more },
      'Store',
    );
  it('take away what they do not allow', () => {
    expect(bounded(ref('B'), { B: Boundary(allow('s3:*')) })).toBe('cannot');
    expect(bounded(ref('B'), { B: Boundary(allow('secretsmanager:*')) })).toBe('can');
    expect(bounded(ref('B'), { B: Boundary(allow('*'), deny(get)) })).toBe('cannot');
    expect(bounded(ref('B'), { B: Boundary(allow(get, 'arn:aws:secretsmanager:*:*:secret:mail/*')) })).toBe(
      'cannot',
    );
    expect(bounded(ref('B'), { B: Boundary({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) })).toBe(
      'can',
    );
    expect(bounded('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess')).toBe('cannot');
    expect(bounded('arn:aws:iam::aws:policy/PowerUserAccess')).toBe('can');
  });
  it('leave open what nobody knows of them', () => {
    expect(bounded(ref('Anything'))).toBe('cannot decide');
    expect(bounded(`arn:aws:iam::${account}:policy/boundary`)).toBe('cannot decide');
    expect(bounded(maybe(ref('B')), { B: Boundary(allow('s3:*')) })).toBe('cannot decide');
    expect(bounded(ref('B'), { B: Boundary(maybe(allow(get))) })).toBe('cannot decide');
  });
  it('do not limit the session of a role that a resource policy names, but the role', () => {
    const named = (AWS: string) => ({
      B: Boundary(allow('s3:*')),
      P: resource('AWS::SecretsManager::ResourcePolicy', {
        SecretId: ref('Store'),
        ResourcePolicy: document({ ...allow(get), Principal: { AWS } }),
      }),
    });
    expect(bounded(ref('B'), named(readerArn), [])).toBe('cannot');
    expect(bounded(ref('B'), named(`arn:aws:sts::${account}:assumed-role/reader/x`), [])).toBe('can');
  });
  it('hold nobody who takes them off', () => {
    expect(
      bounded(ref('B'), { B: Boundary(allow('iam:*')) }, [
        allow(get),
        allow('iam:DeleteRolePermissionsBoundary'),
      ]),
    ).toBe('can');
  });
});

describe('trust', () => {
  const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const reading = inline(allow('secretsmanager:GetSecretValue'));
  const trusted = (
    Principal: unknown,
    { Action = 'sts:AssumeRole', Condition }: { Action?: unknown; Condition?: object } = {},
  ): Resources => ({
    Store,
    Victim: resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust(Principal, Action, Condition && { Condition }),
      Policies: reading,
    }),
    Reader: role(inline(allow('sts:AssumeRole')), { RoleName: 'reader' }),
    Stranger: role([]),
  });
  it.each<readonly [string, Resources, string, Word]>([
    ['a role that is named', trusted({ AWS: attribute('Stranger') }), 'Stranger', 'can'],
    ['a role that is not', trusted({ AWS: attribute('Reader') }), 'Stranger', 'cannot'],
    ['a role that may, through the account', trusted(root), 'Reader', 'can'],
    ['a role that may not, through the account', trusted(root), 'Stranger', 'cannot'],
    ['others of the account', trusted(root), 'others of the account', 'cannot decide'],
    ['another account', trusted({ AWS: '999988887777' }), 'account 999988887777', 'can'],
    [
      'another account with an id that it is told',
      trusted({ AWS: '999988887777' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
      'account 999988887777',
      'can',
    ],
    ['anyone', trusted({ AWS: '*' }), 'anyone', 'can'],
    [
      'an organization',
      trusted({ AWS: '*' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
      'any principal of organization o-1',
      'can',
    ],
    [
      'nobody else of the account under a condition',
      trusted(root, {
        Condition: { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/reader' } },
      }),
      'Stranger',
      'cannot',
    ],
    [
      'workflows of a repository',
      trusted(
        { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:shop/*' } },
        },
      ),
      'anyone signed in through arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      'can',
    ],
    [
      'customers of an identity pool',
      trusted({ Federated: 'cognito-identity.amazonaws.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' }),
      'anyone signed in through cognito-identity.amazonaws.com',
      'can',
    ],
    [
      'staff by SAML',
      trusted(
        { Federated: 'arn:aws:iam::111122223333:saml-provider/x' },
        { Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] },
      ),
      'anyone signed in through arn:aws:iam::111122223333:saml-provider/x',
      'can',
    ],
    [
      'a principal that a deploy names',
      trusted({ AWS: ref('Anything') }),
      'a principal known only after deployment',
      'cannot decide',
    ],
    [
      'a role, where a deploy names the principal',
      trusted({ AWS: ref('Anything') }),
      'Reader',
      'cannot decide',
    ],
  ])('in %s', (_, resources, principal, expected) => {
    expect(word(resources, 'Store', principal)).toBe(expected);
  });
});

describe('templates that are deployed wherever', () => {
  const asks = (Resources: Resources, principal = 'Reader') =>
    wordOf({ template: { Resources }, principal, target: 'Store', account: undefined });
  const Allowed = role(inline(allow('kms:Decrypt')));
  const key = (AWS: unknown) =>
    resource('AWS::KMS::Key', { KeyPolicy: document({ ...allow('kms:*'), Principal: { AWS } }) });
  it('hand keys to their own account, as they write it', () => {
    expect(
      asks({
        Store: key({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }),
        Reader: Allowed,
      }),
    ).toBe('can');
    expect(asks({ Store: key(ref('AWS::AccountId')), Reader: Allowed })).toBe('can');
  });
  it('name roles by their own account', () => {
    const Resource = {
      'Fn::Sub': 'arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:shop/db-*',
    };
    const Store = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
    expect(asks({ Store, Reader: role(inline(allow('secretsmanager:*', Resource))) })).toBe('can');
    const other = 'arn:aws:secretsmanager:ap-northeast-1:999988887777:secret:shop/db-*';
    expect(asks({ Store, Reader: role(inline(allow('secretsmanager:*', other))) })).not.toBe('cannot');
  });
});
