import type { Translation } from '../pattern.ts';

/** What `plan`, `deploy` and `rehearse` tell and ask on their way. */
export const deployingInJapanese: readonly Translation[] = [
  ['Listing the stacks of {} ...', '{1} のスタックを調べています …'],
  [
    'Asking who imports {} exports of the shop ...',
    '店のエクスポート {1} 件を誰が使っているか調べています …',
  ],
  [
    'No change set for {}: what it imports is not deployed yet',
    '{1} の変更セットは作れません。取り込むものがまだデプロイされていません',
  ],
  ['Asking AWS about {} ...', '{1} について AWS に尋ねています …'],
  // The steps of a deploy.
  ['{}/{}  {}', '{1}/{2}  {3}'],
  ['Whatever is under way ends', '進行中の操作が終わるのを待つ'],
  ['The account is ready', 'アカウントの準備'],
  ['The regions are prepared', 'リージョンの準備'],
  ['What the deploy does', 'デプロイの内容'],
  ['Alarms reach their people', 'アラームが担当者に届く'],
  ['The VPN has its certificate', 'VPN の証明書'],
  ['Somebody can open the admin door', '管理画面に入れる人'],
  ['People come in by the secure browser', 'セキュアブラウザーから入る'],
  [
    'Run the same command again: it goes on from here.',
    '同じコマンドをもう一度実行すると、ここから続きます。',
  ],
  ['Waiting for {} ...', '{1} を待っています …'],
  [
    'That takes longer than two hours: docs/runbooks/failed-deploy.md',
    '2 時間を超えました：docs/runbooks/failed-deploy.ja.md',
  ],
  [
    'Missing: {}. "cdk bootstrap" makes a bucket and a few roles in each; two minutes each.',
    'まだのもの：{1}。"cdk bootstrap" がそれぞれにバケット一つとロールをいくつか作ります。それぞれ 2 分です。',
  ],
  ['They are already.', 'すでに済んでいます。'],
  ['Nothing is to be deployed.', 'デプロイするものはありません。'],
  ['FAILED  {}', '失敗  {1}'],
  ['complete: {}', '完了：{1}'],
  [
    '{}. Read the first FAILED above; the others follow from it.',
    '{1}。上の最初の「失敗」を読んでください。ほかはその結果です。',
  ],
  ['{} of {}: {}, about {} minute ...', '{2} 件中 {1} 件目：{3}、約 {4} 分 …'],
  ['{} of {}: {}, about {} minutes ...', '{2} 件中 {1} 件目：{3}、約 {4} 分 …'],
  ['{} of {}: {} ...', '{2} 件中 {1} 件目：{3} …'],
  [
    'What it says, and what to do: docs/first-deploy.md, step 5, and docs/runbooks/failed-deploy.md',
    'その意味と対処：docs/first-deploy.ja.md の手順 5 と docs/runbooks/failed-deploy.ja.md',
  ],
  ['They are confirmed.', '確認済みです。'],
  ['Still: {}', 'まだです：{1}'],
  ['The config names it.', '設定に書かれています。'],
  ['These can: {}', '入れる人：{1}'],
  ['Written: {}', '書き込みました：{1}'],
  [
    'The VPN lets people in for some hours at a time: npx --no-install secure-shop vpn open',
    'VPN は一度に数時間だけ開きます：npx --no-install secure-shop vpn open',
  ],
  ['It opens at https://{}', 'https://{1} で開きます'],
  [
    'Where it opens is in the outputs of the admin stack (SecureBrowserAddress): these credentials may not see {}.',
    '開く場所は管理スタックの出力（SecureBrowserAddress）にあります。この認証情報では {1} を見られません。',
  ],
  [
    'Assign {} to it, in the console of WorkSpaces Secure Browser: the portal, "Users and groups". Then sign in once, and look for the record of the session: docs/secure-browser.md',
    'WorkSpaces Secure Browser のコンソールで、ポータルの "Users and groups" に {1} を割り当ててください。その後一度サインインし、セッションの記録があることを確かめてください：docs/secure-browser.ja.md',
  ],
  [
    'Whoever comes by VPN instead can save what the screens show.',
    'VPN から入る人は、画面の内容を保存できます。',
  ],
  [
    'No VPN is needed. Who wants one beside it makes its certificate: npx --no-install secure-shop vpn init',
    'VPN は要りません。併用するなら証明書を作ってください：npx --no-install secure-shop vpn init',
  ],
  // Questions.
  ['Prepare {} region?', 'リージョン {1} 個を準備しますか？'],
  ['Prepare {} regions?', 'リージョン {1} 個を準備しますか？'],
  ['Prepare {} {}?', 'リージョン {1} 個を準備しますか？'],
  [
    'Deploy? From here on it costs money: npx --no-install secure-shop cost',
    'デプロイしますか？ここから費用がかかります：npx --no-install secure-shop cost',
  ],
  [
    'Clicked? (no: later; until then no alarm reaches them)',
    'クリックしましたか？（「いいえ」なら後で。それまでアラームは届きません）',
  ],
  ['Is it in the config now? (no: write it later)', '設定に書きましたか？（「いいえ」なら後で）'],
  ['Write the certificate of {} into a file here?', '{1} の証明書をここのファイルに書き込みますか？'],
  ['yes', 'はい'],
  ['no', 'いいえ'],
  // A rehearsal.
  [
    '{} still there, such as {}; looking again ...',
    'まだ {1} 個残っています（{2} など）。もう一度調べます …',
  ],
  ['the backup is {} ...', 'バックアップ：{1} …'],
  ['the restore is {} ...', '復元：{1} …'],
  ['the restore has not begun ...', '復元はまだ始まっていません …'],
];
