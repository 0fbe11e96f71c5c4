import { at, hasToken, isMap, list, text, type Value, type ValueMap } from '../../../checks/model/values.ts';
import { type Demand, eachResource, type Found } from './demand.ts';
import { docs } from './pages.ts';

const grammar = `${docs}/IAM/latest/UserGuide/reference_policies_grammar.html`;

/** To whom a policy speaks: it hangs on somebody, says who may become a role, or hangs on a resource. */
type Kind = 'identity' | 'trust' | 'resource';

interface DocumentRow {
  readonly type: string;
  /** From the properties to the document; `Policies` holds several. */
  readonly property: string;
  readonly kind: Kind;
}

const documents: readonly DocumentRow[] = [
  { type: 'AWS::IAM::Role', property: 'AssumeRolePolicyDocument', kind: 'trust' },
  { type: 'AWS::IAM::Role', property: 'Policies', kind: 'identity' },
  ...['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map(
    (type): DocumentRow => ({ type: `AWS::IAM::${type}`, property: 'PolicyDocument', kind: 'identity' }),
  ),
  { type: 'AWS::S3::BucketPolicy', property: 'PolicyDocument', kind: 'resource' },
  { type: 'AWS::KMS::Key', property: 'KeyPolicy', kind: 'resource' },
  { type: 'AWS::SNS::TopicPolicy', property: 'PolicyDocument', kind: 'resource' },
  { type: 'AWS::SQS::QueuePolicy', property: 'PolicyDocument', kind: 'resource' },
  { type: 'AWS::SecretsManager::ResourcePolicy', property: 'ResourcePolicy', kind: 'resource' },
];

const wellFormed: readonly Demand[] = documents.map(({ type, property, kind }) =>
  eachResource('policy-documents', [type], ({ properties }) => {
    const written = properties[property];
    const all = property === 'Policies' ? list(written).map((each) => at(each, 'PolicyDocument')) : [written];
    return all.filter(isMap).flatMap((document) => problemsOf(document, kind));
  }),
);

function problemsOf(document: ValueMap, kind: Kind): Found[] {
  const statements = list(document.Statement).filter(isMap);
  const sids = statements.flatMap(({ Sid }) => text(Sid) ?? []);
  const version = text(document.Version);
  return [
    ...(version && !['2012-10-17', '2008-10-17'].includes(version) && !hasToken(version)
      ? [`has a policy of version ${version}`]
      : []),
    ...(document.Statement !== undefined && statements.length === 0
      ? ['has a policy without a statement']
      : []),
    ...sids
      .filter((sid, index) => sid !== '' && sids.indexOf(sid) !== index)
      .map((sid) => `calls two statements ${sid}`),
    ...statements.flatMap((statement) => statementProblems(statement, kind)),
  ].map((says) => ({
    says: `${says} (MalformedPolicyDocument)`,
    way: 'Write the policy as its grammar wants it.',
    source: grammar,
  }));
}

function statementProblems(statement: ValueMap, kind: Kind): string[] {
  const { Effect, Sid } = statement;
  const has = (...names: readonly string[]) => names.some((name) => statement[name] !== undefined);
  const name = text(Sid) ? `the statement ${text(Sid)}` : 'a statement';
  const actions = [...list(statement.Action), ...list(statement.NotAction)].flatMap(
    (action) => text(action) ?? [],
  );
  return [
    ...(Effect === 'Allow' || Effect === 'Deny' || hasToken(String(Effect))
      ? []
      : [`has ${name} whose Effect is ${JSON.stringify(Effect) ?? 'missing'}`]),
    ...(has('Action', 'NotAction') ? [] : [`has ${name} without an Action`]),
    ...actions
      .filter((action) => !hasToken(action) && !/^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(action))
      .map((action) => `has ${name} with the Action "${action}", which is none`),
    ...(kind === 'identity' && !has('Resource', 'NotResource') ? [`has ${name} without a Resource`] : []),
    ...(kind === 'identity' && has('Principal', 'NotPrincipal') ? [`has ${name} with a Principal`] : []),
    ...(kind === 'trust' && has('Resource', 'NotResource') ? [`has ${name} with a Resource`] : []),
    ...(kind !== 'identity' && !has('Principal', 'NotPrincipal') ? [`has ${name} without a Principal`] : []),
    ...(kind !== 'resource' &&
    text(Sid) &&
    !/^[A-Za-z0-9]*$/.test(text(Sid) ?? '') &&
    !hasToken(text(Sid) ?? '')
      ? [`has ${name}, whose Sid takes letters and digits`]
      : []),
    ...(statement.Condition !== undefined && !isMap(statement.Condition)
      ? [`has ${name} whose Condition is no object`]
      : []),
  ];
}

/** KMS refuses a policy after which nobody could change it. */
const keysStayOpen = eachResource('policy-documents', ['AWS::KMS::Key'], ({ properties }) => {
  const statements = list(at(properties.KeyPolicy, 'Statement'));
  if (properties.BypassPolicyLockoutSafetyCheck === true || statements.length === 0) return [];
  const open = statements.some(
    (statement) =>
      at(statement, 'Effect') === 'Allow' &&
      [...list(at(statement, 'Action')), ...list(at(statement, 'NotAction'))].some(mayPutPolicy),
  );
  if (open) return [];
  return [
    {
      says: 'has a policy that lets nobody change it ("The new key policy will not allow you to update the key policy in the future")',
      way: 'Allow kms:PutKeyPolicy to the root of the account, or to whoever deploys.',
      source: `${docs}/kms/latest/developerguide/key-policy-default.html`,
    },
  ];
});

function mayPutPolicy(action: Value): boolean {
  const written = text(action) ?? '*';
  const pattern = written.split('*').map((part) => part.replace(/[^a-z:]/gi, '.'));
  return new RegExp(`^${pattern.join('.*')}$`, 'i').test('kms:PutKeyPolicy');
}

/** Policies as IAM and their services read them. */
export const policyDocuments: readonly Demand[] = [...wellFormed, keysStayOpen];
