import type { Translation } from '../pattern.ts';

/** How a command is called: what its own library says, and what stands below the help. */
export const usageInJapanese: readonly Translation[] = [
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
];
