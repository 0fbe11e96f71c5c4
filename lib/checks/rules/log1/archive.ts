import { coversAction } from '../../model/access/policies.ts';
import { dataClassOf } from '../../model/declarations.ts';
import { at, isTrue, list, numeric, text, type Value } from '../../model/values.ts';
import { takesOnlySse } from '../log-targets.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

const aYear = 365;

/** The bucket that a trail writes to lets nobody delete, for a year. */
export const archiveLocked = defineRule({
  invariant: 'LOG1',
  finding: 'ArchiveLocked',
  en: 'The log archive is locked for 365 days or more',
  ja: 'ログ保管庫は365日以上ロックされる',
  appliesTo: ['AWS::S3::Bucket'],
  judge(bucket, { graph, declared, disposable }) {
    const isBucket = (value: Value | undefined) => graph.target(value, bucket.type) === bucket;
    const archives = graph
      .ofType('AWS::CloudTrail::Trail')
      .some((each) => isBucket(each.properties.S3BucketName));
    const lockable = archives || (dataClassOf(bucket) === 'logs' && !takesOnlySse(bucket, graph));
    if (!declared || !lockable) return skip('holds no trail');
    if (disposable) return skip('the environment is disposable');
    const rule = at(bucket.properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention');
    const days = numeric(at(rule, 'Days')) ?? (numeric(at(rule, 'Years')) ?? 0) * aYear;
    return [
      isTrue(bucket.properties.ObjectLockEnabled)
        ? pass('Object Lock is on')
        : fail('ObjectLockEnabled is not true'),
      text(at(rule, 'Mode')) === 'COMPLIANCE'
        ? pass('nobody can shorten it')
        : fail(`Object Lock mode is ${text(at(rule, 'Mode')) ?? 'not set'}; expected COMPLIANCE`),
      days >= aYear
        ? pass(`objects are kept ${days} days`)
        : fail(`objects are locked ${days} days; expected ${aYear} or more`),
    ];
  },
});

/** Where Object Lock cannot be, the bucket's policy refuses; beside it, it refuses the moment before the lock. */
export const archiveRefuses = defineRule({
  invariant: 'LOG1',
  finding: 'ArchiveRefusesDeletion',
  en: 'Buckets of logs refuse to delete what they hold',
  ja: 'ログのバケットは削除を拒否する',
  appliesTo: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  judge(resource, { graph, access, declared, disposable }) {
    const bucket =
      resource.type === 'AWS::S3::Bucket'
        ? resource
        : graph.target(resource.properties.Bucket, 'AWS::S3::Bucket');
    if (!bucket || !declared || dataClassOf(bucket) !== 'logs') return skip('holds no logs');
    if (disposable) return skip('the environment is disposable');
    const refuses = ['s3:DeleteObject', 's3:DeleteObjectVersion'].every((action) =>
      access.policyOf(bucket).some(
        (statement) =>
          statement.effect === 'Deny' &&
          coversAction(statement, action) === 'yes' &&
          statement.resources.some((each) => each.endsWith('*')) &&
          Object.keys(statement.conditions).length === 0 &&
          Object.values(statement.principals ?? {})
            .flat()
            .includes('*'),
      ),
    );
    return refuses ? pass('refuses to delete logs') : fail('no policy refuses s3:DeleteObject to everyone');
  },
});

/** No lifecycle rule takes logs away before the year is over. */
export const archiveKept = defineRule({
  invariant: 'LOG1',
  finding: 'ArchiveKept',
  en: 'Buckets of logs keep them 365 days or more',
  ja: 'ログのバケットは365日以上保持する',
  appliesTo: ['AWS::S3::Bucket'],
  judge(bucket, { graph, declared }) {
    if (!declared || (dataClassOf(bucket) !== 'logs' && !takesOnlySse(bucket, graph)))
      return skip('holds no logs');
    const short = list(at(bucket.properties, 'LifecycleConfiguration', 'Rules'))
      .filter((rule) => at(rule, 'Status') !== 'Disabled')
      .flatMap((rule): number[] => {
        const days = numeric(at(rule, 'ExpirationInDays'));
        return days === undefined ? [] : [days];
      })
      .filter((days) => days < aYear);
    const verdicts: Verdict[] = [
      short.length > 0
        ? fail(`objects expire after ${Math.min(...short)} days`)
        : pass('objects are kept a year or more'),
    ];
    return verdicts;
  },
});
