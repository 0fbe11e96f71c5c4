import type { Translation } from '../../../cli/language/pattern.ts';

/** What the questions of `preflight` and `status` have in common, in Japanese. */
export const commonAnswers: readonly Translation[] = [
  ['{} ({} of {}) ...', '{1}（{3} 件中 {2} 件目）…'],
  ['{} days', '{1} 日'],
  ['{} days old', '{1} 日前'],
  ['at an unknown time', '時刻不明'],

  // The conclusion.
  ['{} in the way of a deploy', 'デプロイの妨げ {1} 件'],
  ['{} overdue or wrong', '遅れや異常 {1} 件'],
  ['{} for a person to look at', '人が確かめるもの {1} 件'],
  ['{} that these credentials could not see', 'この認証情報では見えないもの {1} 件'],

  // What stands in the way of an answer.
  ['Mend that, and ask again.', 'それを直してから、もう一度実行してください。'],
  ['this account may not use the service yet ({})', 'このアカウントはまだこのサービスを使えません（{1}）'],
  [
    'End the registration of the account in the console: way of payment, confirmation of the phone, support plan. It takes up to a day. Was it in use before, AWS has suspended it: see its mails.',
    'コンソールでアカウントの登録（支払い方法、電話の確認、サポートプラン）を終えてください。最大一日かかります。以前使えていたのなら、AWS が停止しています。AWS からのメールを見てください。',
  ],
  [
    'a region that it asks does not know these credentials ({})',
    '尋ねたリージョンがこの認証情報を知りません（{1}）',
  ],
  [
    'Enable the regions of the config in this account, in the console under "Account", "AWS Regions". It takes minutes, at most hours.',
    '設定のリージョンをこのアカウントで有効にしてください（コンソールの "Account"、"AWS Regions"）。数分、長くて数時間かかります。',
  ],
  ['these credentials are not allowed to see it ({})', 'この認証情報では見ることを許されていません（{1}）'],
  ['these credentials are not allowed to see it', 'この認証情報では見ることを許されていません'],
  ['Allow {}, or let an administrator run this.', '{1} を許可するか、管理者に実行してもらってください。'],
  ['Let an administrator run this.', '管理者に実行してもらってください。'],
  ['the public resolvers gave no answer ({})', '公開リゾルバーが答えません（{1}）'],
  [
    'Run it again from a network that may ask 1.1.1.1, 8.8.8.8 or 9.9.9.9 on port 53.',
    '1.1.1.1、8.8.8.8、9.9.9.9 のポート 53 に尋ねられるネットワークから、もう一度実行してください。',
  ],
  ['AWS refused: {}: {}', 'AWS が拒否しました：{1}: {2}'],
  [
    'Ask again; when it stays so, let an administrator run this.',
    'もう一度実行し、それでも同じなら、管理者に実行してもらってください。',
  ],

  // The account.
  ['Account', 'アカウント'],
  ['account {}', 'アカウント {1}'],
  ['the credentials are of account {}', '認証情報はアカウント {1} のものです'],
  [
    'Sign in to {}, or set AWS_PROFILE; or correct "account" in the config.',
    '{1} にサインインするか、AWS_PROFILE を設定するか、設定の account を直してください。',
  ],
  ['these are the credentials of the root user', 'ルートユーザーの認証情報です'],
  [
    'Work as an administrator with single sign-on; the root user needs no access key.',
    'シングルサインオンの管理者として作業してください。ルートユーザーにアクセスキーは要りません。',
  ],
  ['signed in as {}', '{1} としてサインインしています'],
];
