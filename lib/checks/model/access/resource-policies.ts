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
