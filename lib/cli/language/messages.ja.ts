import type { Translation } from './pattern.ts';

/** What the command line itself says, in Japanese: usage, files, credentials and the network. */
export const messagesInJapanese: readonly Translation[] = [
  // The command line's own library.
  ["error: unknown option '{}'", 'エラー：知らないオプション「{1}」'],
  ["error: unknown command '{}'", 'エラー：知らないコマンド「{1}」'],
  ['(Did you mean {}?)', '（もしかして {1}）'],
  ['(Did you mean one of {}?)', '（もしかして次のどれか：{1}）'],
  ["error: missing required argument '{}'", 'エラー：引数「{1}」が必要です'],
  ["error: option '{}' argument missing", 'エラー：オプション「{1}」に値が必要です'],
  [
    "error: option '{}' argument '{}' is invalid. Allowed choices are {}.",
    'エラー：オプション「{1}」の値「{2}」は使えません。使える値：{3}',
  ],
  [
    "error: option '{}' argument '{}' is invalid. {}",
    'エラー：オプション「{1}」の値「{2}」は使えません。{3}',
  ],
  [
    "error: command-argument value '{}' is invalid for argument '{}'. Allowed choices are {}.",
    'エラー：引数「{2}」の値「{1}」は使えません。使える値：{3}',
  ],
  ["error: required option '{}' not specified", 'エラー：オプション「{1}」が必要です'],
  [
    "error: option '{}' cannot be used with option '{}'",
    'エラー：オプション「{1}」と「{2}」は一緒に使えません',
  ],
  [
    'error: too many arguments{}. Expected {} argument{} but got {}.',
    'エラー：引数が多すぎます（{2} 個まで、{4} 個あります）',
  ],
  ['Usage: {}', '使い方: {1}'],
  ['Examples:', '例：'],
  // What stands below the help.
  [
    'Exit code: 0 when the secret was rotated, 1 when not, 2 when the input or the command line is wrong.',
    '終了コード：シークレットがローテーションされれば 0、されなければ 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when nothing needs a person, 1 when something does, 2 when the input or the command line is wrong.',
    '終了コード：人の対応が要らなければ 0、要れば 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when the run succeeded, 1 when not, 2 when the input or the command line is wrong.',
    '終了コード：実行が成功すれば 0、しなければ 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when the page is as the config says, 1 when not, 2 when the input or the command line is wrong.',
    '終了コード：ページが設定どおりなら 0、違えば 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when it is done, 2 when the input or the command line is wrong.',
    '終了コード：終われば 0、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0, 2 when an answer is wrong or missing and nobody can be asked, 130 after Ctrl-C. Then nothing is written.',
    '終了コード：0。答えが誤っているか足りず、誰にも尋ねられないときは 2、Ctrl-C の後は 130。そのときは何も書きません。',
  ],
  [
    'Exit code: 0 when nothing is open, 1 when something is, 2 when the input or the command line is wrong.',
    '終了コード：未解決がなければ 0、あれば 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when nothing stands in the way that could be seen, 1 when something does, 2 when the input or the command line is wrong.',
    '終了コード：見えた範囲で妨げがなければ 0、あれば 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when nothing is overdue or wrong that could be seen, 1 when something is, 2 when the input or the command line is wrong.',
    '終了コード：見えた範囲で遅れや異常がなければ 0、あれば 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Exit code: 0 when the deploy works, 1 when AWS would refuse it or data would be lost, 2 when the input or the command line is wrong.',
    '終了コード：デプロイできれば 0、AWS が拒むかデータが失われるなら 1、入力やコマンドラインの誤りは 2。',
  ],
  [
    'Ctrl-C ends it at the next wait and takes everything away; pressed twice it leaves at once: then --clean.',
    'Ctrl-C で次の待ち時間に終わり、すべて片付けます。2 回押すとすぐに終わります。そのときは --clean を実行します。',
  ],
  [
    'Exit code: 0 when every step went well and nothing is left, 1 when not, 2 when the input or the command line is wrong, 130 after Ctrl-C.',
    '終了コード：すべてうまくいき何も残っていなければ 0、そうでなければ 1、入力やコマンドラインの誤りは 2、Ctrl-C の後は 130。',
  ],
  [
    '"cdk deploy" alone does the deploy as well; this adds what stands around it.',
    'デプロイだけなら cdk deploy でもできます。このコマンドは前後の作業を加えます。',
  ],
  [
    'Exit code: 0 when it went through or waits for you, 1 when something is in the way, 2 when the input or the command line is wrong, 130 after Ctrl-C.',
    '終了コード：終わるか、あなたを待つときは 0、妨げがあれば 1、入力やコマンドラインの誤りは 2、Ctrl-C の後は 130。',
  ],
  [
    'Exit code: 0, or 2 when the input or the command line is wrong, or prices of the region are not known.',
    '終了コード：0。入力やコマンドラインの誤り、リージョンの価格が不明なときは 2。',
  ],
  // What commands tell of their work, and what their tables say around the answers.
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
  [
    '--output: {} is no file; write one, such as shop.config.ts',
    '--output：{1} はファイルではありません。shop.config.ts のように書いてください',
  ],
  [
    '{}: {} exists and is not overwritten; name another file',
    '{1}：{2} は既にあり、上書きしません。別のファイルを指定してください',
  ],
  [
    '{}: {} cannot be written ({}); name another file',
    '{1}：{2} に書き込めません（{3}）。別のファイルを指定してください',
  ],
  [
    '{}: nothing can be written into {} ({}); name another folder',
    '{1}：{2} に書き込めません（{3}）。別のフォルダーを指定してください',
  ],
  ['{}: in {}, {} would be written and is a folder', '{1}：{2} の {3} に書き込むはずですが、フォルダーです'],
  ['the output cannot be written ({})', '出力を書き込めません（{1}）'],
  [
    '{}: found {}; write a number of at least {}, such as {}',
    '{1}：{2} があります。{3} 以上の数を書いてください。例：{4}',
  ],
  ['--all goes with --json only', '--all は --json とだけ使えます'],
  [
    '--output: {} cannot be a config; name a file that ends in .ts',
    '--output：{1} は設定になりません。.ts で終わるファイルを指定してください',
  ],
  ['{}: found {}; write a number, such as {}', '{1}：{2} があります。{3} のような数字を書いてください'],
  ['{}: found {}; write one of {}', '{1}：{2} があります。次のどれかを書いてください：{3}'],
  [
    '{}: the file system refuses it ({}, {}); name another place, or mend its rights',
    '{1}: ファイルシステムが拒みました（{2}、{3}）。別の場所を指定するか、権限を直してください',
  ],
  // The rehearsal.
  ['--clean goes with neither --keep nor --dry-run', '--clean は --keep とも --dry-run とも一緒に使えません'],
  [
    'nobody can be asked here: run it in a terminal, or pass --yes, or look with --dry-run',
    'ここでは質問できません。端末で実行するか、--yes を付けるか、--dry-run で見てください',
  ],
  [
    '{}: cannot be written ({}); the rehearsal remembers there what it made: run it in a folder that you may write to',
    '{1}: 書き込めません（{2}）。リハーサルは作ったものをそこに記録します。書き込めるフォルダーで実行してください',
  ],
  [
    'it would cost about {} USD, more than the limit of {}: pass --max-cost {}, or take away what stands with --clean',
    '約 {1} ドルかかり、上限の {2} ドルを超えます。--max-cost {3} を付けるか、--clean で片付けてください',
  ],
  [
    'it would cost about {} USD, more than the limit of {}: pass --max-cost {}',
    '約 {1} ドルかかり、上限の {2} ドルを超えます。--max-cost {3} を付けてください',
  ],
  [
    'Ends at the next wait, and takes everything away. Ctrl-C again: leaves at once.',
    '次の待ち時間に終わり、すべて片付けます。もう一度 Ctrl-C を押すとすぐに終わります。',
  ],
  [
    'Left. What stands costs: secure-shop rehearse --clean takes it away.',
    '終わりました。残っているものには料金がかかります。secure-shop rehearse --clean で片付きます。',
  ],
  // The shop file.
  [
    '{}: there is no such file; write its path relative to {}',
    '{1}: そのファイルはありません。{2} からの相対パスを書いてください',
  ],
  ['{}: found a folder; write the path of a file', '{1}: フォルダーです。ファイルのパスを書いてください'],
  [
    '{}: found a device or a pipe; write the path of a file',
    '{1}: デバイスかパイプです。ファイルのパスを書いてください',
  ],
  [
    '{}: found a file without an ending; write a file ending in {}',
    '{1}: 拡張子のないファイルです。次の拡張子のファイルにしてください：{2}',
  ],
  [
    '{}: found a {} file; write a file ending in {}',
    '{1}: {2} のファイルです。次の拡張子のファイルにしてください：{3}',
  ],
  ['{}: cannot be read: {}', '{1}: 読めません：{2}'],
  ['{}: does not parse: {}', '{1}: 構文が読めません：{2}'],
  [
    '{}: {} is written twice in one object; remove one',
    '{1}: {2} が一つのオブジェクトに 2 回あります。どちらかを削除してください',
  ],
  [
    '{}: {} is nothing the library offers to a config file; import defineShop',
    '{1}: {2} は設定ファイルでは使えません。defineShop をインポートしてください',
  ],
  ['{}: exports nothing; {}', '{1}: 何もエクスポートしていません。{2}'],
  [
    '{}: exports {}, but has no default export; {}',
    '{1}: {2} をエクスポートしていますが、default がありません。{3}',
  ],
  ['write `export default defineShop({ ... })`', '`export default defineShop({ ... })` と書いてください'],
  [
    '{}: the file stopped with an error: it did not end within a minute',
    '{1}: ファイルが 1 分以内に終わりませんでした',
  ],
  [
    '{}: the file stopped with an error: it ended, or waits for what never comes, before it exported a shop',
    '{1}: ショップをエクスポートする前に終わったか、来ないものを待っています',
  ],
  ['{}: the file stopped with an error: {}', '{1}: ファイルがエラーで止まりました：{2}'],
  ['{}: Could not resolve {}', '{1}: {2} が見つかりません'],
  [
    'name one of the environments {} with --environment, such as {}',
    '--environment で環境（{1}）を一つ選んでください。例：{2}',
  ],
  ['no environment {} in {}; it has {}', '環境 {1} は{2}にありません。あるのは {3} です'],
  ['the config', '設定'],
  [
    `Each environment is a stage: name its stacks, as in: cdk diff '{}'. A bare "cdk diff" compares none of them`,
    `環境ごとにステージがあります。cdk diff '{1}' のようにスタックを指定してください。指定のない cdk diff は何も比べません`,
  ],
  // AWS.
  [
    '{}. Nothing is lost: run the command again afterwards',
    '{1}。何も失われていません。その後でもう一度実行してください',
  ],
  [
    'found no AWS credentials: sign in, or set AWS_PROFILE',
    'AWS の認証情報がありません。サインインするか、AWS_PROFILE を設定してください',
  ],
  [
    'found no AWS credentials for the profile "{}" that AWS_PROFILE names: "aws configure list-profiles" shows those there are; if it is among them, "aws sso login --profile {}" signs in',
    'AWS_PROFILE のプロファイル「{1}」の認証情報がありません。"aws configure list-profiles" で一覧を確かめ、その中にあれば "aws sso login --profile {2}" でサインインしてください',
  ],
  [
    'the AWS credentials have expired or are unknown: sign in again',
    'AWS の認証情報が期限切れか無効です。もう一度サインインしてください',
  ],
  [
    'what answered is not AWS but a web page, as of a proxy or a hotel network that asks to sign in: sign in there with a browser, or work from a network without a proxy, such as AWS CloudShell',
    '答えたのは AWS ではなくウェブページです。プロキシか、サインインを求めるホテルなどのネットワークでしょう。ブラウザーでサインインするか、AWS CloudShell のようなプロキシのないネットワークで実行してください',
  ],
  ['cannot reach AWS ({})', 'AWS に接続できません（{1}）'],
  [
    'the credentials are of account {}, and the config says {}: sign in to {}, or set AWS_PROFILE; or correct "account" in the config',
    '認証情報はアカウント {1} のもので、設定では {2} です。{3} にサインインするか、AWS_PROFILE を設定するか、設定の account を直してください',
  ],
  ['AWS refused: {}', 'AWS が拒否しました：{1}'],
  [
    'nobody can be asked here: run it in a terminal, or pass --yes',
    'ここでは質問できません。端末で実行するか、--yes を付けてください',
  ],
  [
    '--accept: write the reason, such as "--accept \'staging only\'"',
    "--accept：理由を書いてください。例：--accept 'staging only'",
  ],
  [
    '--person: {} is not in admin.people; write one of {}',
    '--person：{1} は admin.people にいません。次のどれかを書いてください：{2}',
  ],
  ['--json goes with --status only', '--json は --status とだけ使えます'],
  [
    'name the secret to rotate, or pass --status',
    'ローテーションするシークレットの名前を書くか、--status を付けてください',
  ],
  ['--status lists every secret: leave "{}" out', '--status は全部の一覧です。「{1}」を取ってください'],
  [
    '--status and "now" are two commands: call one of them',
    '--status と now は別のコマンドです。どちらか一方にしてください',
  ],
];
