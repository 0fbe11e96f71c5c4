import { defineRule, fail, pass } from '../rule.ts';

/** People sign in through a session; a user with keys that never change is a password nobody changes. */
export const noUsers = defineRule({
  invariant: 'DAT2',
  finding: 'NoUsers',
  en: 'There are no IAM users or long-lived access keys',
  ja: 'IAMユーザーや長期アクセスキーが存在しない',
  appliesTo: ['AWS::IAM::User', 'AWS::IAM::AccessKey'],
  judge({ type }, { declared }) {
    return declared || type === 'AWS::IAM::AccessKey'
      ? fail(`${type} is a credential that does not rotate`)
      : pass('holds no access key');
  },
});
