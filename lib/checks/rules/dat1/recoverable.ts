import { dataClassOf, exportsOf } from '../../model/declarations.ts';
import { at, isTrue, list, numeric, text } from '../../model/values.ts';
import {
  defineRule,
  expectProperty,
  expectValue,
  fail,
  holdsCustomerData,
  isClusterMember,
  pass,
  skip,
} from '../rule.ts';

const shortestDays = 7;

/** What was overwritten or deleted can be had again, from the store itself. */
export const recoverable = defineRule({
  invariant: 'DAT1',
  finding: 'Recoverable',
  en: 'Every store is versioned or recoverable to a point in time',
  ja: '各ストアはバージョン管理または特定時点への復旧ができる',
  appliesTo: [
    'AWS::S3::Bucket',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
    'AWS::EFS::FileSystem',
    'AWS::DocDB::DBCluster',
  ],
  judge(store, { declared }) {
    switch (store.type) {
      case 'AWS::S3::Bucket': {
        const needed =
          holdsCustomerData(store) ||
          (declared && dataClassOf(store) !== undefined && dataClassOf(store) !== 'public');
        const versioned = text(at(store.properties, 'VersioningConfiguration', 'Status')) === 'Enabled';
        if (versioned) return pass('is versioned');
        return needed ? fail('is not versioned') : skip('holds nothing that must be recovered');
      }
      case 'AWS::DynamoDB::Table':
        return expectProperty(
          store,
          ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'],
          isTrue,
          'true',
        );
      case 'AWS::DynamoDB::GlobalTable':
        return list(store.properties.Replicas).map((replica) =>
          expectValue(
            at(replica, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'),
            `PointInTimeRecoveryEnabled in ${text(at(replica, 'Region')) ?? 'a region'}`,
            isTrue,
            'true',
          ),
        );
      case 'AWS::EFS::FileSystem': {
        const selected = text(at(store.properties, 'BackupPolicy', 'Status')) === 'ENABLED';
        if (selected || declared)
          return pass(selected ? 'has automatic backups' : 'is recovered from the backup vault');
        return skip('its backups are judged by DAT1[BackedUp]');
      }
      default:
        if (isClusterMember(store)) return skip('is recovered with its cluster');
        return expectValue(
          store.properties.BackupRetentionPeriod,
          'BackupRetentionPeriod',
          (value) => (numeric(value) ?? 0) >= (declared ? shortestDays : 1),
          `${shortestDays} days or more`,
        );
    }
  },
});

/** Versions that expire at once recover nothing. */
export const versionsKept = defineRule({
  invariant: 'DAT1',
  finding: 'VersionsKept',
  en: 'Old versions of customer data are kept for a week or more',
  ja: '顧客データの旧バージョンは1週間以上保持される',
  appliesTo: ['AWS::S3::Bucket'],
  judge(bucket, { declared }) {
    if (!holdsCustomerData(bucket)) return skip('holds no customer data');
    if (exportsOf(bucket)) return skip('holds copies that are deleted within days');
    const days = list(at(bucket.properties, 'LifecycleConfiguration', 'Rules'))
      .filter((rule) => at(rule, 'Status') !== 'Disabled')
      .flatMap(
        (rule) =>
          numeric(
            at(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays') ??
              at(rule, 'NoncurrentVersionExpirationInDays'),
          ) ?? [],
      );
    const whole = list(at(bucket.properties, 'LifecycleConfiguration', 'Rules')).filter(
      (rule) =>
        at(rule, 'Status') !== 'Disabled' &&
        (at(rule, 'ExpirationInDays') !== undefined || at(rule, 'ExpirationDate') !== undefined) &&
        [undefined, ''].includes(text(at(rule, 'Prefix'))) &&
        list(at(rule, 'TagFilters')).length === 0,
    );
    if (declared && whole.length > 0)
      return fail('deletes everything it holds after some days (ExpirationInDays)');
    const short = days.filter((each) => each < shortestDays);
    return short.length > 0
      ? fail(`old versions go after ${Math.min(...short)} days`)
      : pass('old versions are kept');
  },
});
