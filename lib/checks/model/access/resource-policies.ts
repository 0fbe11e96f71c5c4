import { type Answer, either } from '../answers.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, map, text, type Value, type ValueMap } from '../values.ts';
import { policyProperties } from './access-tables.ts';
import { mayMeet } from './patterns.ts';
import { type Statement, statementsOf } from './policies.ts';
import { accountReference, arnOf, piecesOf, spelled } from './resource-arns.ts';

/** Statements of the policies that are, or stand inside, a resource, as they are written. */
export function resourcePolicyStatements(policy: Resource, graph: EnvironmentGraph): Statement[] {
  if (policy.type === 'AWS::Lambda::Permission')
    return statementsOf(policy, { Statement: permissionOf(policy.properties) }, graph);
  return policiesIn(policy, graph).flatMap(({ document }) => statementsOf(policy, document, graph));
}

/** A policy inside a resource, and the part of the resource that it is about when it is not all of it. */
interface PolicyInside {
  readonly document: Value | undefined;
  readonly of?: string | undefined;
}

function policiesIn(holder: Resource, graph: EnvironmentGraph): readonly PolicyInside[] {
  const { type, properties } = holder;
  if (type === 'AWS::DynamoDB::GlobalTable') return policiesOfCopies(holder, graph);
  const path = policyProperties[type];
  if (!path) return [];
  const document = at(properties, ...path);
  if (type === 'AWS::Events::EventBusPolicy')
    return [{ document: { Statement: document ?? inShort(holder) } }];
  if (type !== 'AWS::DynamoDB::Table') return [{ document }];
  return [{ document }, policyOfStream(properties.StreamSpecification, arnOf(holder, graph))];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-streamspecification.html */
function policyOfStream(stream: Value | undefined, table: string): PolicyInside {
  return { document: at(stream, 'ResourcePolicy', 'PolicyDocument'), of: `${table}/stream` };
}

function policiesOfCopies(table: Resource, graph: EnvironmentGraph): readonly PolicyInside[] {
  const replicas = list(table.properties.Replicas);
  return replicas.flatMap((replica) => {
    const document = at(replica, 'ResourcePolicy', 'PolicyDocument');
    const region = text(at(replica, 'Region'));
    const isOne = replicas.length === 1 || region === undefined;
    const copy = isOne ? arnOf(table, graph) : inRegion(table, region, graph);
    return [
      { document, ...(!isOne && { of: copy }) },
      policyOfStream(at(replica, 'ReplicaStreamSpecification'), copy),
    ];
  });
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
    ['AWS::S3::MultiRegionAccessPointPolicy', 'MrapName'],
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
  'AWS::S3Express::DirectoryBucket': [
    ['AWS::S3Express::BucketPolicy', 'Bucket'],
    ['AWS::S3Express::AccessPoint', 'Bucket'],
  ],
  'AWS::S3Tables::TableBucket': [
    ['AWS::S3Tables::TableBucketPolicy', 'TableBucketARN'],
    ['AWS::S3Tables::TablePolicy', 'TableARN'],
  ],
};

/** What is a part, or another name, of a store, and the properties there that name the store. */
const partsOfStores: Readonly<Record<string, (part: ValueMap) => readonly (Value | undefined)[]>> = {
  'AWS::Kinesis::StreamConsumer': ({ StreamARN }) => [StreamARN],
  'AWS::S3::MultiRegionAccessPoint': ({ Regions }) => list(Regions).map((each) => at(each, 'Bucket')),
  'AWS::S3Tables::Table': ({ TableBucketARN }) => [TableBucketARN],
};

/** Every statement that guards a target, in itself and beside it. */
export function guardingStatements(target: Resource, graph: EnvironmentGraph): readonly Statement[] {
  const beside = (policiesBeside[target.type] ?? []).flatMap(([type, property]) =>
    graph.ofType(type).flatMap((policy) => {
      const guards = mayGuard(policy.properties[property], target, graph);
      if (guards === 'no') return [];
      const written = resourcePolicyStatements(policy, graph);
      const isPoint = policy.type === 'AWS::S3::AccessPoint';
      const statements = isPoint
        ? written.map((each) => confined(each, arnOf(policy, graph), graph))
        : written;
      return guards === 'yes' ? statements : statements.map((each) => ({ ...each, certain: false }));
    }),
  );
  return [
    ...policiesIn(target, graph).flatMap(({ document, of }) => {
      const statements = statementsOf(target, document, graph);
      return of === undefined ? statements : statements.map((each) => confined(each, of, graph));
    }),
    ...defaultKeyPolicy(target),
    ...beside,
  ];
}

/** What a policy of one name, or one copy, of a store says of it: nothing of the other names and copies. */
function confined(statement: Statement, arn: string, graph: EnvironmentGraph): Statement {
  const resources = statement.resources.flatMap((each) =>
    each === '*' ? [arn, `${arn}/*`] : spelled(each, graph),
  );
  const isConfined = statement.notResources === undefined && resources.length > 0;
  const narrows = isConfined && resources.every((each) => each.startsWith(arn));
  return { ...statement, resources, certain: statement.certain && narrows };
}

function inRegion(table: Resource, region: string, graph: EnvironmentGraph): string {
  return arnOf(table, graph).replace(/^(arn:[^:]*:[^:]*):[^:]*/, `$1:${region}`);
}

/** Whether a policy names what it guards: by reference, or as written out in an ARN or the address of a queue. */
function mayGuard(value: Value | undefined, target: Resource, graph: EnvironmentGraph): Answer {
  const refers = [value, ...storesBehind(value, graph)]
    .map((each) => mayRefer(each, target, graph))
    .reduce<Answer>(either, 'no');
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

function storesBehind(value: Value | undefined, graph: EnvironmentGraph): readonly (Value | undefined)[] {
  return graph.possible(value).flatMap(({ value: each }) => {
    const part = graph.target(each, ...Object.keys(partsOfStores));
    return part === undefined ? [] : (partsOfStores[part.type]?.(part.properties) ?? []);
  });
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
