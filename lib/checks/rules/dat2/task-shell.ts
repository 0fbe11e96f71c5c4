import { isTrue, list } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';

/** No shell can be opened inside a running task, where the data is already decrypted. */
export const taskShell = defineRule({
  invariant: 'DAT2',
  finding: 'TaskShell',
  en: 'No shell can be opened in a running task',
  ja: '実行中のタスクでシェルを開けない',
  appliesTo: ['AWS::ECS::Service'],
  judge({ properties }) {
    return isTrue(properties.EnableExecuteCommand)
      ? fail('EnableExecuteCommand is true')
      : pass('ECS Exec is off');
  },
});

/** The same for queries over HTTP and for remote access to instances. */
export const databaseShell = defineRule({
  invariant: 'DAT2',
  finding: 'DatabaseShell',
  en: 'The database answers no queries outside the network',
  ja: 'ネットワーク外からデータベースへ問い合わせできない',
  appliesTo: ['AWS::RDS::DBCluster'],
  judge({ properties }, { declared }) {
    if (declared && list(properties.AssociatedRoles).length > 0)
      return fail('reads from or writes to other services by SQL (AssociatedRoles)');
    return isTrue(properties.EnableHttpEndpoint) && declared
      ? fail('EnableHttpEndpoint is true: queries pass the Data API, beside every security group')
      : pass('answers inside the VPC only');
  },
});
