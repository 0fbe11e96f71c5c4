import type { Answer } from '../answers.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, map, text, type Value, type ValueMap } from '../values.ts';
import { policyProperties } from './access-tables.ts';
import { mayMeet } from './patterns.ts';
import { type Statement, statementsOf } from './policies.ts';
import { accountReference, arnOf, piecesOf } from './resource-arns.ts';

/** Statements of the policy that is, or stands inside, a resource. */
export function resourcePolicyStatements(policy: Resource, graph: EnvironmentGraph): Statement[] {
  if (policy.type === 'AWS::Lambda::Permission')
    return statementsOf(policy, { Statement: permissionOf(policy.properties) }, graph);
  const path = policyProperties[policy.type];
  if (!path) return [];
  const document = at(policy.properties, ...path);
  return statementsOf(
    policy,
    policy.type === 'AWS::Events::EventBusPolicy' ? { Statement: document ?? inShort(policy) } : document,
    graph,
  );
}

/** The statement of an event bus that is written as properties. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html */
function inShort({ properties: { Action, Principal, Condition } }: Resource): Value {
  const { Type, Key, Value: value } = map(Condition);
  return {
    Effect: 'Allow',
    Action: Action ?? null,
    Principal: Principal === '*' ? Principal : { AWS: Principal ?? null },
    Resource: '*',
    ...(Key !== undefined && { Condition: { [String(Type)]: { [String(Key)]: value ?? null } } }),
  };
}

/** The statement that a permission adds to the policy of a function. */
function permissionOf({ Action, Principal, SourceArn, SourceAccount, PrincipalOrgID }: ValueMap): ValueMap {
  const who = text(Principal) ?? '';
  const isService = /^[a-z0-9.-]+\.amazonaws\.com/.test(who);
  return {
    Effect: 'Allow',
    Action,
    Principal: isService ? { Service: who } : { AWS: who },
    Condition: {
      ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...((SourceAccount ?? PrincipalOrgID) !== undefined && {
        StringEquals: { 'aws:SourceAccount': SourceAccount, 'aws:PrincipalOrgID': PrincipalOrgID },
      }),
    },
  };
}

/** Types whose policy stands apart, and the property there that names what it guards. */
const policiesBeside: Readonly<Record<string, readonly (readonly [type: string, property: string])[]>> = {
  'AWS::S3::Bucket': [
    ['AWS::S3::BucketPolicy', 'Bucket'],
    ['AWS::S3::AccessPoint', 'Bucket'],
  ],
  'AWS::SecretsManager::Secret': [['AWS::SecretsManager::ResourcePolicy', 'SecretId']],
  'AWS::SQS::Queue': [
    ['AWS::SQS::QueuePolicy', 'Queues'],
    ['AWS::SQS::QueueInlinePolicy', 'Queue'],
  ],
  'AWS::SNS::Topic': [
    ['AWS::SNS::TopicPolicy', 'Topics'],
    ['AWS::SNS::TopicInlinePolicy', 'TopicArn'],
  ],
  'AWS::Lambda::Function': [['AWS::Lambda::Permission', 'FunctionName']],
  'AWS::Kinesis::Stream': [['AWS::Kinesis::ResourcePolicy', 'ResourceArn']],
  'AWS::MSK::Cluster': [['AWS::MSK::ClusterPolicy', 'ClusterArn']],
  'AWS::S3Express::DirectoryBucket': [['AWS::S3Express::BucketPolicy', 'Bucket']],
  'AWS::S3Tables::TableBucket': [['AWS::S3Tables::TableBucketPolicy', 'TableBucketARN']],
};

/** Every statement that guards a target, in itself and beside it. */
export function guardingStatements(target: Resource, graph: EnvironmentGraph): readonly Statement[] {
  const beside = (policiesBeside[target.type] ?? []).flatMap(([type, property]) =>
    graph.ofType(type).flatMap((policy) => {
      const guards = mayGuard(policy.properties[property], target, graph);
      if (guards === 'no') return [];
      const written = resourcePolicyStatements(policy, graph);
      const isPoint = policy.type === 'AWS::S3::AccessPoint';
      const statements = isPoint ? written.map((each) => confined(each, arnOf(policy, graph))) : written;
      return guards === 'yes' ? statements : statements.map((each) => ({ ...each, certain: false }));
    }),
  );
  const replicas = target.type === 'AWS::DynamoDB::GlobalTable' ? list(target.properties.Replicas) : [];
  return [
    ...resourcePolicyStatements(target, graph),
    ...defaultKeyPolicy(target),
    ...beside,
    ...replicas.flatMap((replica) => {
      const statements = statementsOf(target, at(replica, 'ResourcePolicy', 'PolicyDocument'), graph);
      const region = text(at(replica, 'Region'));
      const isOne = replicas.length === 1 || region === undefined;
      return isOne ? statements : statements.map((each) => confined(each, inRegion(target, region, graph)));
    }),
  ];
}

/** What a policy of one name, or one copy, of a store says of it: nothing of the other names and copies. */
function confined(statement: Statement, arn: string): Statement {
  const resources = statement.resources.flatMap((each) => (each === '*' ? [arn, `${arn}/*`] : each));
  const isConfined = statement.notResources === undefined && resources.length > 0;
  const narrows = isConfined && resources.every((each) => each.startsWith(arn));
  return { ...statement, resources, certain: statement.certain && narrows };
}

function inRegion(table: Resource, region: string, graph: EnvironmentGraph): string {
  return arnOf(table, graph).replace(/^(arn:[^:]*:[^:]*):[^:]*/, `$1:${region}`);
}

/** Whether a policy names what it guards: by reference, or as written out in an ARN or the address of a queue. */
function mayGuard(value: Value | undefined, target: Resource, graph: EnvironmentGraph): Answer {
  const refers = mayRefer(value, target, graph);
  if (refers !== 'no') return refers;
  const isSpelled = graph.possible(value).some(({ value: each }) => {
    if (typeof each !== 'string' || graph.target(each, target.type)) return false;
    const [, queue] = /^https:\/\/[^/]*\/[^/]*\/(.+)$/.exec(each) ?? [];
    if (queue !== undefined) return queue === target.properties.QueueName;
    return (
      each.startsWith('arn:') &&
      mayMeet(piecesOf(each, graph, 'text'), piecesOf(arnOf(target, graph), graph, 'text'))
    );
  });
  return isSpelled ? 'unknown' : 'no';
}

/** A key without a policy obeys the account: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy(key: Resource): readonly Statement[] {
  if (key.type !== 'AWS::KMS::Key' || key.properties.KeyPolicy !== undefined) return [];
  return [
    {
      source: key,
      effect: 'Allow',
      actions: ['kms:*'],
      notActions: undefined,
      resources: ['*'],
      notResources: undefined,
      principals: { AWS: [accountReference] },
      notPrincipals: undefined,
      conditions: {},
      certain: true,
    },
  ];
}

/** The keys a store names, wherever its type puts them. */
export function encryptionKeys(store: Resource): readonly Value[] {
  const { properties } = store;
  const s3 = list(at(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration')).map((rule) =>
    at(rule, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'),
  );
  return [
    properties.KmsKeyId,
    properties.KmsMasterKeyId,
    properties.EncryptionKeyArn,
    properties.KMSKeyId,
    at(properties, 'SSESpecification', 'KMSMasterKeyId'),
    at(properties, 'EncryptionConfiguration', 'KmsKey'),
    ...s3,
  ].flatMap((value) => value ?? []);
}
