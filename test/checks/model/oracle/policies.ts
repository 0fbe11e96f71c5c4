import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';

export const account = '111122223333';
export const bucketArn = 'arn:aws:s3:::shop-data';
export const roleArn = `arn:aws:iam::${account}:role/reader`;
export const userArn = `arn:aws:iam::${account}:user/reader`;

/** A value that a deploy decides: one of two, by a condition of the template or by a parameter without default. */
export class Open {
  readonly either: unknown;
  readonly or: unknown;
  readonly spelled: 'Fn::If' | 'parameter';

  constructor(either: unknown, or: unknown, spelled: 'Fn::If' | 'parameter') {
    this.either = either;
    this.or = or;
    this.spelled = spelled;
  }
}

/** A policy statement as a template writes it; each value, or list of values, may be an {@link Open} one. */
export interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export type Statements = readonly (WrittenStatement | Open)[];

/** One of two boundaries, or one or none, as a deploy decides. */
export class Chosen {
  readonly either: Statements;
  readonly or: Statements | undefined;

  constructor(either: Statements, or: Statements | undefined) {
    this.either = either;
    this.or = or;
  }
}
export type Boundary = Statements | Chosen;

const absent = { Ref: 'AWS::NoValue' };

function mapOpen(written: unknown, choose: (open: Open) => unknown): unknown {
  if (written instanceof Open) return mapOpen(choose(written), choose);
  if (Array.isArray(written))
    return written.map((each) => mapOpen(each, choose)).filter((each) => each !== undefined);
  if (written === null || typeof written !== 'object') return written;
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, mapOpen(value, choose)]));
}

/** Statements in the template's words, with the parameters that these need beside the condition `Maybe`. */
export function spelledOut(statements: Statements, parameters: Record<string, object>): unknown {
  return mapOpen(statements, ({ either, or, spelled }) => {
    if (spelled === 'Fn::If') return { 'Fn::If': ['Maybe', either, or ?? absent] };
    const name = `Open${Object.keys(parameters).length}`;
    parameters[name] = { Type: 'String' };
    return { Ref: name };
  });
}

/** The statements of the two deploys that the oracle tries. */
function deploysOf(statements: Statements): WrittenStatement[][] {
  return [true, false].map(
    (maybe) => mapOpen(statements, ({ either, or }) => (maybe ? either : or)) as WrittenStatement[],
  );
}

const seldom = (n: number) => fc.integer({ max: n }).map((drawn) => drawn === 0);
/** One time in twelve what a deploy decides stands in place of a value. */
const openAtTimes = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | Open> =>
  fc
    .record({ isOpen: seldom(11), either: values, or: values, isIf: fc.boolean() })
    .map(({ isOpen, either, or, isIf }) =>
      isOpen ? new Open(either, or, isIf ? 'Fn::If' : 'parameter') : either,
    );

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
  's3:GetObject*',
  's3:**',
  's3:PutObject*',
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
  'arn:*:s3:::shop-data/*',
  'arn:aws:s3:*:*:shop-data/*',
  `${bucketArn}*`,
  `${bucketArn}/\${aws:username}/*`,
  `${bucketArn}/\${aws:PrincipalType, 'customers'}/*`,
);
/** One or two, and one of them as a list or alone. */
const some = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(openAtTimes(values), { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: openAtTimes(values) },
  );

const keys: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalArn': [roleArn, userArn, `arn:aws:iam::${account}:role/*`, 'arn:aws:iam::*:role/other', '*'],
  'aws:PrincipalType': ['AssumedRole', 'User', 'assumedrole'],
  'aws:SourceArn': ['arn:aws:s3:::other', '*'],
  'aws:PrincipalAccount': [account, '999988887777', '1111*'],
  'aws:SourceVpce': ['vpce-1', 'vpce-2'],
  'aws:username': ['reader', '*'],
  'aws:ResourceAccount': [account, '999988887777'],
  's3:prefix': ['a', 'b*'],
  'aws:PrincipalTag/team': ['shop', 's*', `\${aws:username}`],
  'aws:userid': ['*:session', 'AROA*', 'AIDA*'],
  'aws:RequestedRegion': ['ap-northeast-1', 'us-*'],
  'AWS:principalARN': [roleArn, userArn],
  's3:ExistingObjectTag/kind': ['public', 'p*'],
  'aws:SourceVpc': ['vpc-1'],
  'aws:PrincipalOrgID': ['o-1'],
  'aws:ViaAWSService': ['true', 'false'],
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
  { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
  { DateLessThanEquals: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
  { DateGreaterThanEquals: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' } },
  { DateLessThan: { 'aws:CurrentTime': ['2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z'] } },
  { DateNotEquals: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' } },
  { Null: { 'aws:SourceArn': true } },
  { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  { StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalAccount': account } },
  { StringEquals: { 'aws:PrincipalAccount': account }, StringNotLike: { 's3:prefix': ['a', 'b*'] } },
  { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
  { 'ForAllValues:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
  { NumericEquals: { 'aws:MultiFactorAuthAge': ['10', '20'] } },
  { NumericNotEquals: { 'aws:MultiFactorAuthAge': 10 } },
  { DateLessThanIfExists: { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' } },
  { Null: { 'aws:PrincipalTag/team': ['true', 'false'] } },
  { Null: { 'aws:TokenIssueTime': 'false' } },
  { Bool: { 'aws:ViaAWSService': true } },
  { 'ForAllValues:StringLike': { 'aws:PrincipalTag/team': [] } },
  { StringEquals: { 'aws:PrincipalArn': [] } },
  { IpAddressIfExists: { 'aws:VpcSourceIp': '10.0.0.0/8' } },
  { NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } },
  { 'ForAnyValue:StringNotEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
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
  { AWS: `arn:aws:sts::${account}:assumed-role/reader/*` },
  { AWS: [account, '999988887777'] },
  { Service: 'lambda.amazonaws.com', AWS: roleArn },
  { Federated: 'cognito-identity.amazonaws.com' },
);
export const guardStatement: fc.Arbitrary<WrittenStatement> = fc
  .record({ statement, Principal: principals, spared: fc.integer({ max: 7 }).map((n) => n === 0) })
  .map(({ statement: written, Principal, spared }) => {
    // AWS takes `NotPrincipal` in refusals only.
    const isSpared = spared && written.Effect === 'Deny' && Principal !== '*';
    return { ...written, ...(isSpared ? { NotPrincipal: Principal } : { Principal }) };
  });

/** Statements of a policy: now and then one that is only there, or another one, when a deploy decides so. */
export const statementsOf = (
  one: fc.Arbitrary<WrittenStatement>,
  bounds: { readonly minLength?: number; readonly maxLength: number },
): fc.Arbitrary<Statements> =>
  fc.array(
    fc
      .record({ either: one, or: fc.option(one), isOpen: seldom(9) })
      .map(({ either, or, isOpen }) => (isOpen ? new Open(either, or ?? undefined, 'Fn::If') : either)),
    bounds,
  );

/** A boundary; one time in three a deploy chooses between it and another one, or none. */
export const boundaryOf = (one: fc.Arbitrary<WrittenStatement>): fc.Arbitrary<Boundary> => {
  const statements = statementsOf(one, { minLength: 1, maxLength: 2 });
  return fc
    .record({ either: statements, or: fc.option(statements, { nil: undefined }), isOpen: seldom(2) })
    .map(({ either, or, isOpen }) => (isOpen ? new Chosen(either, or) : either));
};

/** Objects and request contexts that tell every statement above from every other. */
const objects = ['customers/1', 'customers/2', 'other', 'xustomers/1', 'reader/1'];
const choices: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  'aws:SourceVpce': [undefined, 'vpce-1', 'vpce-2', 'vpce-3'],
  's3:prefix': [undefined, 'a', 'bc', 'z'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:MultiFactorAuthPresent': [undefined, 'true', 'false'],
  'aws:MultiFactorAuthAge': [undefined, '10', '4000'],
  // Nobody calls in the past.
  'aws:CurrentTime': ['2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z'],
  'aws:SourceIp': ['10.1.2.3', '203.0.113.9', '8.8.8.8'],
  'aws:PrincipalTag/team': [undefined, 'shop', 'reader', 'x'],
  'aws:userid': ['AROA1:session', 'AIDA1', 'AROA1:other'],
  's3:ExistingObjectTag/kind': [undefined, 'public', 'x'],
  'aws:SourceVpc': [undefined, 'vpc-1', 'vpc-2'],
  'aws:PrincipalOrgID': [undefined, 'o-1', 'o-2'],
  'aws:ViaAWSService': ['true', 'false'],
  'aws:TokenIssueTime': [undefined, '2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z'],
  'aws:VpcSourceIp': [undefined, '10.1.2.3', '192.0.2.1'],
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
      // A bucket answers in its own region only.
      'aws:RequestedRegion': 'ap-northeast-1',
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

/** Whether an independent evaluator lets a role or user read some object of the bucket, in some deploy and request. */
export async function simulatorAllows(
  identity: Statements,
  guard: Statements,
  boundary?: Boundary,
  caller = roleArn,
): Promise<boolean> {
  const used = JSON.stringify([identity, guard, boundary]);
  const [identities, guards] = [identity, guard].map(deploysOf);
  const isOpen = used.includes('"spelled"') || boundary instanceof Chosen;
  for (const deploy of isOpen ? [0, 1] : [0]) {
    const inForce = boundary instanceof Chosen ? (deploy === 0 ? boundary.either : boundary.or) : boundary;
    const policies = {
      identity: identities?.[deploy] ?? [],
      guard: guards?.[deploy] ?? [],
      boundary: inForce && deploysOf(inForce)[deploy],
    };
    if (await someRequestIsAllowed(policies, contexts(used, caller), caller)) return true;
  }
  return false;
}

const allowsNothingHere: WrittenStatement = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };

interface Policies {
  readonly identity: readonly WrittenStatement[];
  readonly guard: readonly WrittenStatement[];
  readonly boundary: readonly WrittenStatement[] | undefined;
}

async function someRequestIsAllowed(
  { identity, guard, boundary }: Policies,
  inContexts: readonly Context[],
  caller: string,
): Promise<boolean> {
  const policy = (Statement: readonly WrittenStatement[]) => ({ Version: '2012-10-17', Statement });
  for (const contextVariables of inContexts) {
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
          ...(boundary && {
            // A boundary of which a deploy leaves nothing allows nothing; a policy without statements is none.
            permissionBoundaryPolicies: [
              { name: 'boundary', policy: policy([...boundary, allowsNothingHere]) },
            ],
          }),
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
