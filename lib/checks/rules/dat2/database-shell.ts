import { isTrue, list } from '../../model/values.ts';
import { defineRule, fail, isClusterMember, pass, skip } from '../rule.ts';

/** No query passes beside the security groups of the database, and none leads from it into other services. */
export const databaseShell = defineRule({
  invariant: 'DAT2',
  finding: 'DatabaseShell',
  en: 'The database answers no queries outside the network',
  ja: 'ネットワーク外からデータベースへ問い合わせできない',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  judge(database, { declared }) {
    if (isClusterMember(database)) return skip('answers as its cluster does');
    const { properties } = database;
    if (declared && list(properties.AssociatedRoles).length > 0)
      return fail('reads from or writes to other services by SQL (AssociatedRoles)');
    return isTrue(properties.EnableHttpEndpoint) && declared
      ? fail('EnableHttpEndpoint is true: queries pass the Data API, beside every security group')
      : pass('answers inside the VPC only');
  },
});
