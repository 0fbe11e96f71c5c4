import type { Translation } from '../pattern.ts';

/** What commands tell of their work, and what their tables say around the answers. */
export const workInJapanese: readonly Translation[] = [
  ['Reading what the deploy needs ...', 'デプロイに要るものを読んでいます …'],
  ['Reading what was reviewed ...', 'レビューされたものを読んでいます …'],
  ['Reading what is to be reviewed ...', 'レビューするものを読んでいます …'],
  ['Reading the config ...', '設定を読んでいます …'],
  ['Running {} on {} stacks ...', '{2} 個のスタックに {1} を適用しています …'],
  ['NOTICE {}', '注意 {1}'],
  ['To do: {}', '対応：{1}'],
  ['... and {} more in the report', '… ほか {1} 件はレポートにあります'],
  [
    'Against {}: {} new, {} newly accepted, {} remaining, {} resolved.',
    '{1} との比較：新規 {2}、新たに承認 {3}、残り {4}、解決 {5}。',
  ],
  [
    'Against {}: {} new, {} newly accepted, {} remaining, {} resolved, {} of packs that did not run.',
    '{1} との比較：新規 {2}、新たに承認 {3}、残り {4}、解決 {5}、実行していないパックのもの {6}。',
  ],
  [
    'Not decidable from the templates alone: {}. See the report.',
    'テンプレートだけでは判定できないもの：{1} 件。レポートを見てください。',
  ],
  ['{} does not hold, accepted: {}', '{1} は成り立っていません（承認済み：{2}）'],
  ['{} holds, but for {} undecided.', '{1} は成り立っています。ただし未判定が {2} 件あります。'],
  [
    'Nothing was checked: no rule applies to any of these resources.',
    '何も検査していません。これらのリソースに当てはまるルールがありません。',
  ],
  [
    '{} But for {} undecided ways to read or to connect.',
    '{1}ただし、読み取りや接続の経路が {2} 件、未判定です。',
  ],
  ['{} But AWS would refuse the next deploy.', '{1}ただし、次のデプロイは AWS に拒まれます。'],
  ['Report: {}', 'レポート：{1}'],
  ['Evidence: {}', '証跡：{1}'],
  ['Writing the export of {} for {} ...', '{2} さんのために {1} を書き出しています …'],
  [
    'Written: {} rows, deleted after {} days. {} opens it with the role {}:',
    '書き出しました：{1} 行、{2} 日後に削除されます。{3} さんがロール {4} で開きます：',
  ],
  [
    '{}: {} scripts, {} of them without a reason yet.',
    '{1}：スクリプト {2} 個、うち {3} 個にはまだ理由がありません。',
  ],
  [
    'Look at each, write why the page needs it, and put the file into `payment` of the config.',
    '一つずつ確かめ、ページに必要な理由を書き、そのファイルを設定の payment に指定してください。',
  ],
  [
    'No secret of {} in {}: the Credentials stack is not deployed there, or these AWS credentials are of another account ({} shows whose).',
    '{2} に {1} のシークレットがありません。Credentials スタックがデプロイされていないか、この AWS 認証情報が別のアカウントのものです（{3} で分かります）。',
  ],
  ['Nothing stands in the way of a deploy.', 'デプロイの妨げはありません。'],
  ['All is as it should be.', 'すべて異常ありません。'],
  ['No open finding to act on.', '対応が要る指摘はありません。'],
  ['{} open finding.', '未解決の指摘：{1} 件'],
  ['{} open findings.', '未解決の指摘：{1} 件'],
  ['created {}', '作成 {1}'],
  ['WAITS  for {} {}, {} to {} minutes: {}', '待ち  {1} 個の {2}、{3}〜{4} 分：{5}'],
  ['{}. {} ({}): created, about {} minute', '{1}. {2}（{3}）：作成、約 {4} 分'],
  ['{}. {} ({}): created, about {} minutes', '{1}. {2}（{3}）：作成、約 {4} 分'],
  ['{}. {} ({}): changed, about {} minute', '{1}. {2}（{3}）：変更、約 {4} 分'],
  ['{}. {} ({}): changed, about {} minutes', '{1}. {2}（{3}）：変更、約 {4} 分'],
  ['{}. {} ({}): unchanged', '{1}. {2}（{3}）：変更なし'],
  ['{} ({}): about {} USD a month, without tax', '{1}（{2}）：月額約 {3} ドル、税別'],
  ['fixed: paid whether anybody comes or not: {}', '固定：誰も来なくてもかかる費用：{1}'],
  ['by use: follows what is assumed below: {}', '従量：下の前提による費用：{1}'],
  ['what it is for:', '何のための費用か：'],
  ['assumed; each has its flag:', '前提（それぞれオプションで変えられます）：'],
  ['not in the sum: nobody has read the price:', '合計に含まれないもの（価格が不明）：'],
  ['Done. How it fares: {}', '終わりました。状態の確認：{1}'],
  [
    'Run the same command again afterwards: it goes on from here.',
    'その後で同じコマンドをもう一度実行すると、ここから続きます。',
  ],
  [
    'Stopped. What was begun goes on in AWS, or stands; the same command goes on from here.',
    '止めました。始めたことは AWS で続くか、残っています。同じコマンドでここから続きます。',
  ],
  ['no passphrase was given, and nothing was issued', 'パスフレーズがないため、何も発行していません'],
];
