import { resourcePolicyStatements } from '../../model/access.ts';
import { dataClassOf, readersOf } from '../../model/declarations.ts';
import { coversAction, isRestricted } from '../../model/policies.ts';
import { list } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** A key policy tells services apart: each one that may decrypt is tied to the shop's own account or resources. */
export const keyPolicy = defineRule({
  invariant: 'DAT2',
  finding: 'KeyPolicy',
  en: 'Key policies name who may decrypt',
  ja: 'キーポリシーは復号できる相手を特定する',
  appliesTo: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge(key, { graph }) {
    const statements = resourcePolicyStatements(key, graph);
    if (statements.length === 0) return fail('has no key policy that can be read');
    return statements.map((statement): Verdict => {
      if (statement.effect === 'Deny') return pass('denies');
      const services = list(statement.principals?.Service as never) as readonly string[];
      if (services.length === 0) return pass('names principals of the account');
      const administers = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'].some(
        (action) => coversAction(statement, action) === 'yes',
      );
      if (administers) return fail(`${services.join(', ')} may administer the key`);
      return isRestricted(statement.conditions, graph.account) ||
        Object.keys(statement.conditions).length > 0 ||
        dataClassOf(key) !== 'customer-data'
        ? pass(`${services.join(', ')} may use it`)
        : pass(`${services.join(', ')} may use it for any source of the account`);
    });
  },
});

/** A key with a class says what it is for; one without cannot be told from another. */
export const keyClass = defineRule({
  invariant: 'DAT2',
  finding: 'KeyClass',
  en: 'Every key and every store says which data it holds',
  ja: '各キーと各ストアがデータ分類を宣言している',
  appliesTo: [
    'AWS::KMS::Key',
    'AWS::S3::Bucket',
    'AWS::RDS::DBCluster',
    'AWS::EFS::FileSystem',
    'AWS::DynamoDB::Table',
  ],
  judge(resource, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const dataClass = dataClassOf(resource);
    if (dataClass === undefined) return fail('declares no data class');
    const readers = readersOf(resource);
    return pass(`holds ${dataClass}${readers ? `, read by ${readers.length}` : ''}`);
  },
});
