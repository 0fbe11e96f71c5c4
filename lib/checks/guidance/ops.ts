import type { Guidance } from './guidance.ts';

/** What the rules of the invariant on whoever operates are for. */
export const ops: Readonly<Record<string, Guidance>> = {
  'OPS1[ContractorTrust]': {
    weight: 'critical',
    risk: {
      en: 'A stolen key of the contractor, another customer of the contractor, or a contract that has ended opens the shop.',
      ja: '盗まれた委託先の鍵、委託先の他の顧客、終わった契約からショップに入れてしまいます。',
    },
    remedy: {
      en: 'Name the contractor in the config; its construct asks for account, external id, MFA, name, region and end.',
      ja: '委託先は設定の `contractor` に書いてください。アカウント、外部 ID、MFA、氏名、リージョン、期限が求められます。',
    },
  },
  'OPS1[ContractorBoundary]': {
    weight: 'high',
    risk: {
      en: 'One more policy, attached in a hurry, lets the contractor read customers or delete backups.',
      ja: '急いで付けたポリシー一つで、委託先が顧客を読んだりバックアップを消したりできます。',
    },
    remedy: {
      en: 'Let the boundary allow what the contract says and refuse the rest.',
      ja: '権限境界は契約にある操作だけを許し、残りを拒否してください。',
    },
  },
  'OPS1[ContractorHeard]': {
    weight: 'high',
    risk: {
      en: 'Nobody notices that the role is used when nobody was asked to.',
      ja: '頼んでいないときにロールが使われても、誰も気づきません。',
    },
    remedy: {
      en: 'Hand the sign-ins (AssumeRole) on to the alarm topic.',
      ja: 'サインイン (AssumeRole) を通知トピックへ送ってください。',
    },
  },
  'OPS1[ContractorRevocable]': {
    weight: 'high',
    risk: {
      en: 'An open session works on for an hour after the contractor is dismissed.',
      ja: '解約した後も、開いているセッションは 1 時間使えます。',
    },
    remedy: {
      en: 'Keep the policy that "secure-shop contractor revoke" rewrites on the role.',
      ja: '`secure-shop contractor revoke` が書き換えるポリシーをロールに付けたままにしてください。',
    },
  },
  'OPS1[OperatorReads]': {
    weight: 'critical',
    risk: {
      en: 'Whoever restarts the shop can take its customers along.',
      ja: 'ショップを再起動できる人が、顧客データを持ち出せます。',
    },
    remedy: {
      en: 'Take the permission away; what needs the data gets a role of its own.',
      ja: '権限を外し、データが必要な処理には専用のロールを用意してください。',
    },
  },
};
