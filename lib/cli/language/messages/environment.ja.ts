import type { Translation } from '../pattern.ts';

/** What keeps a command from what it does with an environment: secrets, exports, copies, the payment page, the WAF. */
export const environmentInJapanese: readonly Translation[] = [
  // Secrets.
  ['--timeout: write a number of seconds above 0', '--timeout：0 より大きい秒数を書いてください'],
  [
    '{} is a secret of {}, and --environment says {}: leave one of them out',
    '{1} は {2} のシークレットですが、--environment は {3} です。どちらかを取ってください',
  ],
  [
    'secret {} has no rotation schedule; deploy the stack that holds it first',
    'シークレット {1} にはローテーションの予定がありません。先にそのスタックをデプロイしてください',
  ],
  ['secret {} cannot be rotated now: {}', 'シークレット {1} は今ローテーションできません：{2}'],
  [
    'there is no secret {}; `secure-shop rotate --status` lists them',
    'シークレット {1} はありません。`secure-shop rotate --status` で一覧を見られます',
  ],
  // Exports and the contractor.
  [
    '{} has no desk: name who may open exports in `exports` of the config, and deploy',
    '{1} には書き出しの窓口がありません。書き出しを開ける人を設定の `exports` に書き、デプロイしてください',
  ],
  ['--for: found nothing; write one of {}', '--for：次のどれかを書いてください：{1}'],
  [
    '--reason: write some words, at most 200 characters, that still say something in a year',
    '--reason：1 年後にも分かる理由を 200 文字以内で書いてください',
  ],
  ['the export was not written: {}', '書き出せませんでした：{1}'],
  [
    'found no contractor in this environment ({} does not exist): write `contractor` into the config and deploy, or choose another environment or AWS account',
    'この環境には委託先がありません（{1} がない）。設定に `contractor` を書いてデプロイするか、別の環境か AWS アカウントを選んでください',
  ],
  // Images and functions.
  [
    '{}: the functions cannot be bundled there ({}); somebody who may write there runs "npm run bundle"',
    '{1}：そこに関数をまとめられません（{2}）。書き込める人が "npm run bundle" を実行してください',
  ],
  [
    'there is no pipeline {} in this account and region: deploy the environment first, or sign in to its account',
    'このアカウントとリージョンにパイプライン {1} がありません。先に環境をデプロイするか、そのアカウントにサインインしてください',
  ],
  // The payment page.
  [
    '--browser: found no file {}; write where Chromium or Chrome is installed',
    '--browser：ファイル {1} がありません。Chromium か Chrome のある場所を書いてください',
  ],
  [
    'found no Chromium or Chrome here; install one, or write --browser FILE',
    'Chromium も Chrome もありません。インストールするか、--browser FILE を書いてください',
  ],
  ['cannot read {}: {}', '{1} を読めません：{2}'],
  [
    '--url: found {}; write an address such as {}',
    '--url：{1} があります。{2} のようなアドレスを書いてください',
  ],
  [
    'payment.scripts and payment.page: found nothing; run `secure-shop scripts learn` first, and put what it writes into the config',
    'payment.scripts と payment.page がありません。先に `secure-shop scripts learn` を実行し、書き出されたものを設定に入れてください',
  ],
  // The WAF.
  [
    'waf.accountTakeoverPrevention: the rule group watches one login path, and platform.loginPaths names none',
    'waf.accountTakeoverPrevention：このルールグループはログインのパスを一つ見張りますが、platform.loginPaths にありません',
  ],
  [
    '{}: the rules need {} capacity units, and AWS WAF takes {}: drop rule groups ({})',
    '{1}：ルールの容量は {2} 必要ですが、AWS WAF の上限は {3} です。ルールグループを減らしてください（{4}）',
  ],
  [
    '{}: the rules need {} capacity units, and above {} AWS charges more: drop a rule group, or accept the price with acceptExtraCapacity: true ({})',
    '{1}：ルールの容量は {2} 必要ですが、{3} を超えると AWS の料金が増えます。ルールグループを減らすか、acceptExtraCapacity: true で料金を承認してください（{4}）',
  ],
  [
    '{}: {} is too long for AWS WAF: name a folder above it',
    '{1}：{2} は AWS WAF には長すぎます。上のフォルダーを書いてください',
  ],
  [
    '{}: {} paths need {} patterns, and AWS WAF takes {}: name folders that hold several of them',
    '{1}：パス {2} 個にパターンが {3} 個必要ですが、AWS WAF の上限は {4} です。いくつかをまとめて含むフォルダーを書いてください',
  ],
  // Copies from backups.
  [
    'found no vault {} in {}: choose another --environment or --region, or sign in to the account of the shop',
    '{2} にボールト {1} がありません。別の --environment か --region を選ぶか、店のアカウントにサインインしてください',
  ],
  [
    '--region: a disposable environment has no copies in another region',
    '--region：使い捨ての環境には、別のリージョンのコピーがありません',
  ],
  [
    '--region: found {}; backups are in {} and {}',
    '--region：{1} があります。バックアップは {2} と {3} にあります',
  ],
  [
    '--at: found {}; write the moment with its time zone, such as {}',
    '--at：{1} があります。時刻をタイムゾーン付きで書いてください。例："2026-11-29T03:00+09:00"、"2026-11-28T18:00Z"',
  ],
  [
    '--at: {} has not come yet (it is {}); write an earlier moment',
    '--at：{1} はまだ来ていません（今は {2}）。もっと前の時刻を書いてください',
  ],
  [
    'there is no good backup of {} of {} or before in {} ({}): choose a later --at, or another --region',
    '{3}（{4}）に、{2} 以前の使えるバックアップ（{1}）がありません。もっと後の --at か、別の --region を選んでください',
  ],
  ['the database', 'データベース'],
  ['the files', 'ファイル'],
  [
    'the database {} is gone, and with it the place to restore to: {} makes it anew, empty; then ask again',
    'データベース {1} がなくなり、復元先もありません。{2} で空のまま作り直してから、もう一度実行してください',
  ],
  [
    'nothing of the shop stands in {}: write an environment with that region into the config and deploy it (docs/runbooks/restore.md), then ask again',
    '{1} には店のものがありません。そのリージョンの環境を設定に書いてデプロイし（docs/runbooks/restore.ja.md）、もう一度実行してください',
  ],
  ['{} ({}) holds no backup of files', '{1}（{2}）にファイルのバックアップがありません'],
  [
    'the copy {} {}: do not switch to it; delete it in RDS',
    'コピー {1} は、{2}。切り替えずに、RDS で削除してください',
  ],
  ['is encrypted with {} instead of {}', '鍵が {2} ではなく {1} です'],
  ['has the security groups {} instead of {}', 'セキュリティグループが {2} ではなく {1} です'],
  ['has a public address', '公開アドレスを持っています'],
  ['no key', '鍵なし'],
  [
    '{} is {}: RDS, "Events", names the cause. "inaccessible-encryption-credentials" means that its key is not ours to use',
    '{1} の状態は {2} です。原因は RDS のイベントにあります。"inaccessible-encryption-credentials" なら、その鍵を使う権限がありません',
  ],
  [
    '{} is still {} after 12 hours: see RDS, "Events"',
    '{1} は 12 時間たっても {2} のままです。RDS のイベントを見てください',
  ],
  ['AWS Backup did not restore the files ({}): {}', 'AWS Backup はファイルを復元しませんでした（{1}）：{2}'],
  ['it names no cause', '理由は示されていません'],
  [
    'AWS Backup is still restoring files after 12 hours: job {}',
    'AWS Backup は 12 時間たってもファイルを復元中です：ジョブ {1}',
  ],
];
