import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';

export const account = '111122223333';
export const bucketArn = 'arn:aws:s3:::shop-data';
export const roleArn = `arn:aws:iam::${account}:role/reader`;
export const userArn = `arn:aws:iam::${account}:user/reader`;

/** A policy statement as a template writes it. */
export interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const actions = fc.constantFrom(
  's3:GetObject',
  's3:Get*',
  's3:*',
  '*',
  's3:PutObject',
  's3:GetObject?',
  's3:getobject',
  's3:*Object',
  'S3:Get?bject',
  'sqs:*',
);
const resources = fc.constantFrom(
  `${bucketArn}/*`,
  `${bucketArn}/customers/*`,
  `${bucketArn}/customers/1`,
  `${bucketArn}/?ustomers/*`,
  'arn:aws:s3:::shop-*/*',
  'arn:aws:s3:::other/*',
  'arn:aws:s3:::*/customers/*',
  `${bucketArn}/*1`,
  `${bucketArn}/*/1`,
  `${bucketArn}`,
  `${bucketArn}/\${*}`,
  '*',
);
const some = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: 1, maxLength: 2 });

const keys: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalArn': [roleArn, userArn, `arn:aws:iam::${account}:role/*`, 'arn:aws:iam::*:role/other', '*'],
  'aws:PrincipalType': ['AssumedRole', 'User', 'assumedrole'],
  'aws:SourceArn': ['arn:aws:s3:::other', '*'],
  'aws:PrincipalAccount': [account, '999988887777', '1111*'],
  'aws:SourceVpce': ['vpce-1', 'vpce-2'],
  'aws:username': ['reader', '*'],
  'aws:ResourceAccount': [account, '999988887777'],
  's3:prefix': ['a', 'b*'],
};
const operators = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike'].flatMap(
  (name) => [name, name.replace(/^(String|Arn)/, '$1Not')],
);

const clause = fc
  .constantFrom(...Object.keys(keys))
  .chain((key) =>
    fc.record({
      key: fc.constant(key),
      operator: fc.constantFrom(...operators).filter((name) => !name.startsWith('Arn') || /Arn$/.test(key)),
      ifExists: fc.boolean(),
      set: fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
      values: some(fc.constantFrom(...(keys[key] ?? []))),
    }),
  )
  .map(({ key, operator, ifExists, set, values }) => ({
    [set + operator + (ifExists ? 'IfExists' : '')]: { [key]: values },
  }));
const others = fc.constantFrom<Record<string, Record<string, unknown>>>(
  { Bool: { 'aws:SecureTransport': true } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
  { Null: { 'aws:SourceVpce': 'true' } },
  { Null: { 'aws:PrincipalArn': false } },
  { 'ForAllValues:StringEquals': { 'aws:SourceVpce': ['vpce-1'] } },
  { 'ForAnyValue:StringLike': { 'aws:PrincipalArn': [`arn:aws:iam::${account}:role/r*`] } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
  { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } },
  { NumericGreaterThanEqualsIfExists: { 'aws:MultiFactorAuthAge': '3600' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
  { DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
  { Null: { 'aws:SourceArn': true } },
  { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  { StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalAccount': account } },
  { StringEquals: { 'aws:PrincipalAccount': account }, StringNotLike: { 's3:prefix': ['a', 'b*'] } },
  { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
  { 'ForAllValues:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
);
const condition = fc.option(fc.oneof({ weight: 3, arbitrary: clause }, { weight: 1, arbitrary: others }), {
  nil: undefined,
});

const body = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  actions: some(actions),
  notAction: fc.integer({ max: 9 }).map((n) => n === 0),
  resources: some(resources),
  notResource: fc.integer({ max: 5 }).map((n) => n === 0),
  Condition: condition,
});

export const statement: fc.Arbitrary<WrittenStatement> = body.map(
  ({ Effect, actions, notAction, resources, notResource, Condition }) => ({
    Effect,
    ...(notAction ? { NotAction: actions } : { Action: actions }),
    ...(notResource ? { NotResource: resources } : { Resource: resources }),
    ...(Condition && { Condition }),
  }),
);

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: roleArn },
  { AWS: account },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: `arn:aws:iam::${account}:role/other` },
  { AWS: userArn },
  { AWS: [roleArn, userArn] },
  { AWS: `arn:aws:sts::${account}:assumed-role/reader/session` },
  { Service: 'lambda.amazonaws.com' },
  { AWS: '999988887777' },
);
export const guardStatement: fc.Arbitrary<WrittenStatement> = fc
  .record({ statement, Principal: principals, spared: fc.integer({ max: 7 }).map((n) => n === 0) })
  .map(({ statement: written, Principal, spared }) => {
    // AWS takes `NotPrincipal` in refusals only.
    const isSpared = spared && written.Effect === 'Deny' && Principal !== '*';
    return { ...written, ...(isSpared ? { NotPrincipal: Principal } : { Principal }) };
  });

/** Objects and request contexts that tell every statement above from every other. */
const objects = ['customers/1', 'customers/2', 'other', 'xustomers/1'];
const choices: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  'aws:SourceVpce': [undefined, 'vpce-1', 'vpce-2', 'vpce-3'],
  's3:prefix': [undefined, 'a', 'bc', 'z'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:MultiFactorAuthPresent': [undefined, 'true', 'false'],
  'aws:MultiFactorAuthAge': [undefined, '10', '4000'],
  'aws:CurrentTime': ['2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z'],
  'aws:SourceIp': ['10.1.2.3', '203.0.113.9', '8.8.8.8'],
  'aws:CalledVia': [undefined, ['athena.amazonaws.com'], ['athena.amazonaws.com', 'dynamodb.amazonaws.com']],
};

type Context = Record<string, string | string[]>;

function contexts(used: string, caller: string): readonly Context[] {
  const isUser = caller === userArn;
  let found: Context[] = [
    {
      'aws:PrincipalArn': caller,
      'aws:PrincipalAccount': account,
      'aws:ResourceAccount': account,
      'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
      'aws:PrincipalIsAWSService': 'false',
      'aws:SecureTransport': 'true',
      'aws:SourceIp': '203.0.113.9',
      'aws:CurrentTime': '2026-06-01T00:00:00Z',
      ...(isUser && { 'aws:username': 'reader' }),
    },
  ];
  for (const [key, values] of Object.entries(choices)) {
    if (!used.includes(key)) continue;
    found = found.flatMap((context) =>
      values.map((value): Context => {
        const { [key]: _, ...rest } = context;
        return value === undefined
          ? rest
          : { ...rest, [key]: typeof value === 'string' ? value : [...value] };
      }),
    );
  }
  return found;
}

/** Whether an independent evaluator lets a role or user read some object of the bucket in some request. */
export async function simulatorAllows(
  identity: readonly WrittenStatement[],
  guard: readonly WrittenStatement[],
  boundary?: readonly WrittenStatement[],
  caller = roleArn,
): Promise<boolean> {
  const policy = (Statement: readonly WrittenStatement[]) => ({ Version: '2012-10-17', Statement });
  const used = JSON.stringify([identity, guard, boundary]);
  for (const contextVariables of contexts(used, caller)) {
    for (const object of objects) {
      const simulated = await runSimulation(
        {
          request: {
            principal: caller,
            action: 's3:GetObject',
            resource: { resource: `${bucketArn}/${object}`, accountId: account },
            contextVariables,
          },
          identityPolicies: identity.length > 0 ? [{ name: 'identity', policy: policy(identity) }] : [],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          ...(guard.length > 0 && { resourcePolicy: policy(guard) }),
          ...(boundary && { permissionBoundaryPolicies: [{ name: 'boundary', policy: policy(boundary) }] }),
          additionalSettings: { s3: { blockPublicAccess: false } },
        },
        {},
      );
      if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
      if (simulated.resultType === 'single' && simulated.result.analysis.result === 'Allowed') return true;
    }
  }
  return false;
}
