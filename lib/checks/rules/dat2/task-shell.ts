import { isTrue } from '../../model/values.ts';
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
