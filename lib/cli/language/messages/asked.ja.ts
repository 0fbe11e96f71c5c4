import type { Translation } from '../pattern.ts';

/** What is wrong with options, files, the config, credentials and the network. */
export const askedInJapanese: readonly Translation[] = [
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
    'found no AWS credentials for the profile "{}" that AWS_PROFILE names: "aws configure list-profiles" shows those there are. If it is among them, "aws sso login --profile {}" signs in',
    'AWS_PROFILE のプロファイル「{1}」の認証情報がありません。"aws configure list-profiles" で一覧を確かめ、その中にあれば "aws sso login --profile {2}" でサインインしてください',
  ],
  [
    'the AWS credentials have expired: sign in again',
    'AWS の認証情報の期限が切れました。もう一度サインインしてください',
  ],
  [
    'the session of single sign-on has ended: "{}" begins a new one',
    'シングルサインオンのセッションが切れました。"{1}" でもう一度サインインしてください',
  ],
  [
    'the clock of this computer is wrong, and AWS takes no request that is dated so: let the network set it (in the settings of the system, on Linux "sudo timedatectl set-ntp true", in WSL "wsl --shutdown")',
    'このコンピューターの時計が狂っており、AWS がリクエストを受け付けません。システムの設定で時刻をネットワークに合わせてください（Linux なら "sudo timedatectl set-ntp true"、WSL なら "wsl --shutdown"）',
  ],
  [
    'AWS has suspended this account: its mail to the address of the root user says why, most often an open bill: pay it in the console under "Billing", or ask https://aws.amazon.com/contact-us/',
    'AWS がこのアカウントを停止しています。理由はルートユーザーのアドレスへのメールにあり、多くは未払いの請求です。コンソールの "Billing" で支払うか、https://aws.amazon.com/contact-us/ に問い合わせてください',
  ],
  [
    'AWS does not know these credentials: sign in again. If that does not help, the region is not enabled in this account (in the console: "Account", "AWS Regions")',
    'AWS がこの認証情報を知りません。もう一度サインインしてください。それでもだめなら、このアカウントでリージョンが有効になっていません（コンソールの "Account"、"AWS Regions"）',
  ],
  [
    'the secret access key does not belong to its access key ID: sign in again, or copy both anew',
    'シークレットアクセスキーがアクセスキー ID と合いません。もう一度サインインするか、両方をコピーし直してください',
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
