import { dataClassOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, display, list, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** A copy in another region or bucket is as much worth as what it was made of, and is guarded as that is. */
export const copies = defineRule({
  invariant: 'DAT1',
  finding: 'Copies',
  en: 'Copies of stores and secrets are encrypted with a key of these templates, or not made',
  ja: 'ストアやシークレットの複製はテンプレート内のキーで暗号化されるか、作成されない',
  appliesTo: [
    'AWS::SecretsManager::Secret',
    'AWS::EFS::FileSystem',
    'AWS::S3::Bucket',
    'AWS::DynamoDB::GlobalTable',
    'AWS::RDS::GlobalCluster',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
  ],
  judge(store, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const { type, properties } = store;
    switch (type) {
      case 'AWS::RDS::GlobalCluster':
        return fail('spreads a database over regions that these templates do not make');
      case 'AWS::RDS::DBCluster':
        return properties.GlobalClusterIdentifier === undefined &&
          properties.ReplicationSourceIdentifier === undefined
          ? pass('is copied nowhere by itself')
          : fail('is part of a database in other regions');
      case 'AWS::RDS::DBInstance':
        return properties.AutomaticBackupReplicationRegion === undefined ||
          graph.target(properties.AutomaticBackupReplicationKmsKeyId, 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey')
          ? pass('is copied nowhere by itself, or under a key of these templates')
          : fail('its backups are replicated under a key that these templates do not make');
      case 'AWS::S3::Bucket':
        return judgeReplication(store, graph);
      case 'AWS::EFS::FileSystem':
        return judgeKeys(
          list(at(properties, 'ReplicationConfiguration', 'Destinations')).map((each) =>
            at(each, 'KmsKeyId'),
          ),
          graph,
        );
      case 'AWS::DynamoDB::GlobalTable':
        return judgeKeys(
          list(properties.Replicas).map((each) => at(each, 'SSESpecification', 'KMSMasterKeyId')),
          graph,
        );
      default:
        return judgeKeys(
          list(properties.ReplicaRegions).map((each) => at(each, 'KmsKeyId')),
          graph,
        );
    }
  },
});

function judgeKeys(keys: readonly (Value | undefined)[], graph: EnvironmentGraph): Verdict[] {
  if (keys.length === 0) return [pass('is copied nowhere')];
  return keys.map((key) =>
    graph.target(key, 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey')
      ? pass('its copy has a key of these templates')
      : fail(`its copy is encrypted with ${key === undefined ? 'a key of AWS' : display(key)}`),
  );
}

function judgeReplication(bucket: Resource, graph: EnvironmentGraph): Verdict[] {
  const rules = list(at(bucket.properties, 'ReplicationConfiguration', 'Rules'));
  if (rules.length === 0) return [pass('is copied nowhere')];
  return rules.map((rule) => {
    const target = graph.target(at(rule, 'Destination', 'Bucket'), 'AWS::S3::Bucket');
    return target && dataClassOf(target) === dataClassOf(bucket)
      ? pass(`is copied to ${target.logicalId}`)
      : fail(
          `is copied to ${display(at(rule, 'Destination', 'Bucket') ?? 'nowhere')}, no bucket of its data class here`,
        );
  });
}
