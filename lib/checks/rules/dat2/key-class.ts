import { dataClassOf, readersOf } from '../../model/declarations.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

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
