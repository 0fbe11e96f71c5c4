import { encryptionKeys } from '../../model/access/resource-policies.ts';
import { dataClassOf } from '../../model/declarations.ts';
import type { Resource } from '../../model/templates.ts';
import { asWritten, at, display, hasUnknown, isTrue, list, text, type Value } from '../../model/values.ts';
import { takesOnlySse } from '../log-targets.ts';
import {
  type Context,
  defineRule,
  fail,
  holdsCustomerData,
  isClusterMember,
  pass,
  skip,
  unsure,
  type Verdict,
} from '../rule.ts';

/** Stores and what has to be true of each for its data to be encrypted at all. */
const switches: Readonly<Record<string, readonly (string | number)[] | undefined>> = {
  'AWS::RDS::DBCluster': ['StorageEncrypted'],
  'AWS::RDS::DBInstance': ['StorageEncrypted'],
  'AWS::DocDB::DBCluster': ['StorageEncrypted'],
  'AWS::Neptune::DBCluster': ['StorageEncrypted'],
  'AWS::EFS::FileSystem': ['Encrypted'],
  'AWS::EC2::Volume': ['Encrypted'],
  'AWS::ElastiCache::ReplicationGroup': ['AtRestEncryptionEnabled'],
  'AWS::DynamoDB::Table': ['SSESpecification', 'SSEEnabled'],
  'AWS::S3::Bucket': undefined,
  'AWS::Backup::BackupVault': undefined,
  'AWS::SQS::Queue': undefined,
  'AWS::ECR::Repository': undefined,
};

/** Data at rest is encrypted, with the key made for its class and no other. */
export const encrypted = defineRule({
  invariant: 'DAT1',
  finding: 'Encrypted',
  en: 'Every store is encrypted with the key of its data class',
  ja: '各ストアはデータ分類ごとのキーで暗号化される',
  appliesTo: Object.keys(switches),
  judge(store, context) {
    if (isClusterMember(store)) return skip('is encrypted as its cluster is');
    const off = switchVerdict(store, context);
    if (off) return off;
    return keyVerdict(store, encryptionKeys(store)[0], context);
  },
});

function switchVerdict(store: Resource, { declared }: Context): Verdict | undefined {
  const path = switches[store.type];
  if (!path || isTrue(at(store.properties, ...path))) return undefined;
  if (hasUnknown(at(store.properties, ...path)))
    return unsure(`${path.join('.')} is known only after deployment; expected true`);
  // DynamoDB encrypts in any case, but with a key that is not the shop's.
  if (store.type === 'AWS::DynamoDB::Table' && !declared) return pass('is encrypted with a key of AWS');
  return fail(`${path.join('.')} is not true`);
}

function keyVerdict(store: Resource, value: Value | undefined, { graph, declared }: Context): Verdict {
  const own = dataClassOf(store) ?? (holdsCustomerData(store) ? 'customer-data' : undefined);
  if (
    store.type === 'AWS::SQS::Queue' &&
    (isTrue(store.properties.SqsManagedSseEnabled) || (value === undefined && own === undefined))
  ) {
    return asWritten(store.properties.SqsManagedSseEnabled) === 'false'
      ? fail('SqsManagedSseEnabled is false')
      : pass('is encrypted by SQS');
  }
  if (value === undefined) {
    if (store.type === 'AWS::S3::Bucket' && (takesOnlySse(store, graph) || own === 'public')) {
      return isEncryptedByS3(store)
        ? pass('is encrypted by S3; what AWS delivers here takes no other key')
        : fail('BucketEncryption is not set');
    }
    if (!declared && own !== 'customer-data') return pass('is encrypted with a key of AWS');
    if (!declared) return pass('is encrypted; with the default key of AWS');
    return fail('names no customer-managed key');
  }
  const key = graph.target(value, 'AWS::KMS::Key');
  if (!key) {
    if (/alias\/aws\//.test(asWritten(value)))
      return declared
        ? fail(`uses ${display(value)}, a key that every service of the account shares`)
        : pass('is encrypted with a key of AWS');
    return declared
      ? unsure(`key ${display(value)} is not in these templates`)
      : pass(`is encrypted with ${display(value)}`);
  }
  const keyClass = dataClassOf(key);
  return own === undefined || keyClass === undefined || keyClass === own
    ? pass(`is encrypted with ${key.logicalId}`)
    : fail(`holds ${own} but is encrypted with ${key.logicalId}, the key for ${keyClass}`);
}

function isEncryptedByS3(bucket: Resource): boolean {
  const rules = list(at(bucket.properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'));
  return rules.some((rule) => text(at(rule, 'ServerSideEncryptionByDefault', 'SSEAlgorithm')) === 'AES256');
}
