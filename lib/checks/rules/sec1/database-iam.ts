import { isTrue, text } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip } from '../rule.ts';

/** People sign in to the database as themselves, for a quarter of an hour, instead of with a password they share. */
export const databaseIam = defineRule({
  invariant: 'SEC1',
  finding: 'DatabaseIam',
  en: 'Databases accept short-lived sign-ins through IAM',
  ja: 'データベースはIAMによる短時間のサインインを受け付ける',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  judge(database, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (isClusterMember(database)) return skip('follows its cluster');
    if (!/mysql|postgres|mariadb/.test(text(database.properties.Engine) ?? ''))
      return skip('knows no such sign-in');
    return isTrue(database.properties.EnableIAMDatabaseAuthentication)
      ? pass('accepts sign-ins through IAM')
      : fail('EnableIAMDatabaseAuthentication is not true: people would share a password');
  },
});
