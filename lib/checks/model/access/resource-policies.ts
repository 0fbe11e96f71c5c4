import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, type Value } from '../values.ts';
import { policyProperties } from './access-tables.ts';
import { type Statement, statementsOf } from './policies.ts';

/** Statements of the policy that is, or stands inside, a resource. */
export function resourcePolicyStatements(policy: Resource, graph: EnvironmentGraph): Statement[] {
  const path = policyProperties[policy.type];
  if (!path) return [];
  const document = at(policy.properties, ...path);
  return statementsOf(
    policy,
    policy.type === 'AWS::Events::EventBusPolicy' ? { Statement: document } : document,
    graph,
  );
}

/** Types whose policy stands apart, and the property there that names what it guards. */
const policiesBeside: Readonly<Record<string, readonly (readonly [type: string, property: string])[]>> = {
  'AWS::S3::Bucket': [['AWS::S3::BucketPolicy', 'Bucket']],
  'AWS::SecretsManager::Secret': [['AWS::SecretsManager::ResourcePolicy', 'SecretId']],
  'AWS::SQS::Queue': [
    ['AWS::SQS::QueuePolicy', 'Queues'],
    ['AWS::SQS::QueueInlinePolicy', 'Queue'],
  ],
};

/** Every statement that guards a target, in itself and beside it. */
export function guardingStatements(target: Resource, graph: EnvironmentGraph): readonly Statement[] {
  const beside = (policiesBeside[target.type] ?? []).flatMap(([type, property]) =>
    graph.referring(target, type, property).flatMap((policy) => resourcePolicyStatements(policy, graph)),
  );
  const replicas = target.type === 'AWS::DynamoDB::GlobalTable' ? list(target.properties.Replicas) : [];
  return [
    ...resourcePolicyStatements(target, graph),
    ...beside,
    ...replicas.flatMap((replica) =>
      statementsOf(target, at(replica, 'ResourcePolicy', 'PolicyDocument'), graph),
    ),
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
