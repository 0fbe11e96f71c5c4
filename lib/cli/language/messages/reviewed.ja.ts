import type { Translation } from '../pattern.ts';

/** What cannot be reviewed, planned, priced, tried or rehearsed as it stands. */
export const reviewedInJapanese: readonly Translation[] = [
  // Files of any kind.
  ['{}: no such file', '{1}：そのファイルはありません'],
  ['{}: is a folder, not a file', '{1}：ファイルではなくフォルダーです'],
  ['{}: may not be read', '{1}：読む権限がありません'],
  ['{}: cannot be read', '{1}：読めません'],
  ['{}: cannot be read ({})', '{1}：読めません（{2}）'],
  ['{}: is empty', '{1}：空です'],
  [
    '{}: is a named pipe, not a file; save what comes through it first',
    '{1}：ファイルではなく名前付きパイプです。先に中身をファイルに保存してください',
  ],
  ['{}: is a device, not a file', '{1}：ファイルではなくデバイスです'],
  ['{}: is compressed (gzip); unpack it first', '{1}：gzip で圧縮されています。先に展開してください'],
  ['{}: is no text in UTF-8; save it as UTF-8', '{1}：UTF-8 の文書ではありません。UTF-8 で保存してください'],
  ['{}: is no valid JSON: {}', '{1}：JSON として読めません：{2}'],
  ['{}: is no valid YAML: is nested too deeply', '{1}：YAML として読めません：入れ子が深すぎます'],
  ['{}: is no valid YAML: {}', '{1}：YAML として読めません：{2}'],
  [
    '{}: line {}: {} stands twice in the same object, and only one of the two would be reviewed',
    '{1}：{2} 行目：{3} が一つのオブジェクトに 2 回あり、片方しか検査されません',
  ],
  // Templates.
  [
    '{}: {} MB is no CloudFormation template; CloudFormation takes at most 1 MB',
    '{1}：{2} MB は CloudFormation テンプレートではありません。CloudFormation の上限は 1 MB です',
  ],
  [
    '{}: {} MB once white space is taken out; CloudFormation takes at most 1 MB',
    '{1}：空白を除いて {2} MB です。CloudFormation の上限は 1 MB です',
  ],
  ['{}: holds no template but nothing', '{1}：何も書かれておらず、テンプレートではありません'],
  ['{}: holds no template but {}', '{1}：テンプレートではなく、{2}です'],
  ['a list', 'リスト'],
  ['an object', 'オブジェクト'],
  ['a string', '文字列'],
  ['a number', '数値'],
  ['a boolean', '真偽値'],
  ['{}: is nested more than {} levels deep', '{1}：入れ子が {2} 段より深いです'],
  [
    '{}: has no "Resources" section (found nothing), so it is no CloudFormation template',
    '{1}：Resources がなく、CloudFormation テンプレートではありません',
  ],
  [
    '{}: has no "Resources" section (found {}), so it is no CloudFormation template',
    '{1}：Resources が{2}で、CloudFormation テンプレートではありません',
  ],
  ['{}: its "Resources" section is empty', '{1}：Resources が空です'],
  [
    '{}: has {} resources; CloudFormation takes at most {} in a template',
    '{1}：リソースが {2} 個あります。CloudFormation の上限は 1 テンプレートに {3} 個です',
  ],
  [
    '{}: {} runs over what only a deploy knows: review the processed template ("aws cloudformation get-template --template-stage Processed")',
    '{1}：{2} はデプロイ時にしか決まりません。処理後のテンプレートを検査してください（"aws cloudformation get-template --template-stage Processed"）',
  ],
  [
    '{}: {} is no logical id: CloudFormation takes letters and digits',
    '{1}：{2} は論理 ID になりません。CloudFormation で使えるのは英数字です',
  ],
  [
    '{}: {} cannot be reviewed as a logical id: rename the resource',
    '{1}：論理 ID が {2} では検査できません。リソースの名前を変えてください',
  ],
  [
    '{}: resource {} is nothing where an object belongs',
    '{1}：リソース {2} が空です。オブジェクトを書いてください',
  ],
  ['{}: resource {} is {} where an object belongs', '{1}：リソース {2} は、オブジェクトのはずの所が{3}です'],
  ['{}: resource {} has no "Type"', '{1}：リソース {2} に Type がありません'],
  [
    '{}: resource {} has the type {}; write one such as {}',
    '{1}：リソース {2} のタイプは {3} です。{4} のように書いてください',
  ],
  [
    '{}: {} of resource {} is {} where an object belongs',
    '{1}：リソース {3} の {2} は、オブジェクトのはずの所が{4}です',
  ],
  ['{}: {} more problems like these', '{1}：同じような問題がほかに {2} 件あります'],
  // Cloud assemblies.
  ['{}: no such folder', '{1}：そのフォルダーはありません'],
  [
    '{}: is no folder; name the one that "cdk synth" wrote, such as "cdk.out"',
    '{1}：フォルダーではありません。cdk synth が書いたもの（cdk.out など）を指定してください',
  ],
  [
    '{}: holds no manifest.json, so it is no cloud assembly; run "cdk synth" first',
    '{1}：manifest.json がなく、クラウドアセンブリではありません。先に cdk synth を実行してください',
  ],
  ['{}: the cloud assembly holds no stack', '{1}：クラウドアセンブリにスタックがありません'],
  [
    '{}: lists no artifacts, so it is no manifest of a cloud assembly',
    '{1}：artifacts がなく、クラウドアセンブリのマニフェストではありません',
  ],
  [
    '{}: is of version {} of cloud assemblies; the newest that is known here is {}: update secure-shop, or synthesize with an older CDK',
    '{1}：クラウドアセンブリのバージョンは {2} ですが、対応しているのは {3} までです。secure-shop を更新するか、古い CDK で合成してください',
  ],
  [
    '{}: names {}, which is no file of the assembly',
    '{1}：{2} を指していますが、アセンブリのファイルではありません',
  ],
  // Reports and evidence.
  [
    '{}: is nothing that "secure-shop status --evidence" wrote',
    '{1}："secure-shop status --evidence" が書いたものではありません',
  ],
  [
    '{}: was changed after it was written: its SHA-256 does not fit',
    '{1}：書かれた後で変更されています。SHA-256 が合いません',
  ],
  [
    '{}: holds no rows; name the rows.json of an earlier review, or what "review --json" printed',
    '{1}：rows がありません。以前のレビューの rows.json か、"review --json" の出力を指定してください',
  ],
  [
    '{}: row {} has no rule and resource, so it is no row of a review',
    '{1}：{2} 番目の行にルールとリソースがなく、レビューの行ではありません',
  ],
  [
    '--packs: no pack is called {}; write one of {}',
    '--packs：{1} というパックはありません。次のどれかを書いてください：{2}',
  ],
  // Plans and prices.
  [
    'the AWS credentials are of account {}, the shop is of {}: sign in there, or set AWS_PROFILE',
    'AWS の認証情報はアカウント {1} のもので、店は {2} にあります。そちらにサインインするか、AWS_PROFILE を設定してください',
  ],
  ['--remove: {}', '--remove：{1}'],
  ['with --from {} there is nothing to remove', '--from {1} では削除するものがありません'],
  ['nothing of the shop is deployed', '店のものは何もデプロイされていません'],
  [
    '--from: write the folder of an earlier cloud assembly, or "nothing"',
    '--from：以前のクラウドアセンブリのフォルダーか nothing を書いてください',
  ],
  ['--from {}', '--from {1}'],
  [
    '--fail-at: no stack is called {}; write one of {}',
    '--fail-at：{1} というスタックはありません。次のどれかを書いてください：{2}',
  ],
  [
    '--fail-at: {} may be {}; write the whole name',
    '--fail-at：{1} は {2} のどれか分かりません。名前を全部書いてください',
  ],
  [
    '--fail-at: {} has no resource {}; write a logical id, such as {}',
    '--fail-at：{1} にリソース {2} はありません。論理 ID を書いてください。例：{3}',
  ],
  [
    '--fail-at: {} may be {}; write the logical id',
    '--fail-at：{1} は {2} のどれか分かりません。論理 ID を書いてください',
  ],
  [
    '{}: prices in {} are not known; the price table has {}. {} adds a region, where there is network and an AWS login',
    '{1}：{2} の価格が不明です。価格表にあるのは {3} です。ネットワークと AWS へのログインがあれば {4} でリージョンを加えられます',
  ],
  ['an unnamed region', '名前のないリージョン'],
  // Requests that are tried.
  [
    'Write either one URL to try, or --file with many.',
    '試す URL を一つ書くか、--file でまとめて指定してください。',
  ],
  [
    '{} is not a URL to try: write scheme, host and path, such as {}',
    '{1} は試せる URL ではありません。スキーム、ホスト、パスを書いてください。例：{2}',
  ],
  [
    '--header {}: write "Name: value", such as {}',
    '--header {1}："Name: value" の形で書いてください。例：{2}',
  ],
  ['{}: not UTF-8, which JSON must be', '{1}：JSON は UTF-8 でなければなりませんが、違います'],
  [
    '{}: not JSON: write one object such as {"url": "https://shop.example.jp/cart"}',
    '{1}：JSON ではありません。{"url": "https://shop.example.jp/cart"} のようなオブジェクトを一つ書いてください',
  ],
  [
    '{}: write one object such as {"url": "https://shop.example.jp/cart"}',
    '{1}：{"url": "https://shop.example.jp/cart"} のようなオブジェクトを一つ書いてください',
  ],
  [
    '{}: found {}; a request has url, method, headers, body and from',
    '{1}：{2} があります。リクエストに書けるのは url、method、headers、body、from です',
  ],
  ['{}: write the URL as text', '{1}：URL を文字列で書いてください'],
  ['{}: write an HTTP method, such as "POST"', '{1}："POST" のような HTTP メソッドを書いてください'],
  [
    '{}: write a header name, such as "X-Original-URL"',
    '{1}："X-Original-URL" のようなヘッダー名を書いてください',
  ],
  [
    '{}: write one text; several values of a header are joined by commas',
    '{1}：文字列を一つ書いてください。ヘッダーの値が複数ならコンマでつなぎます',
  ],
  [
    '{}: write names and values, such as {"X-Original-URL": "/cart"}',
    '{1}：{"X-Original-URL": "/cart"} のように名前と値を書いてください',
  ],
  ['{}: write the body as one text', '{1}：本文を一つの文字列で書いてください'],
  [
    '{}: write "internet", "vpn", "browser" or "check"',
    '{1}："internet"、"vpn"、"browser"、"check" のどれかを書いてください',
  ],
  [
    'listener {}: found an action of type {}; only forward, redirect and fixed-response can be answered for',
    'リスナー {1}：アクション {2} には答えられません。答えられるのは forward、redirect、fixed-response だけです',
  ],
  [
    'found a listener condition on {}, which a request alone does not tell',
    'リスナーの条件 {1} は、リクエストだけでは決まりません',
  ],
  [
    'found the listener condition {}, which is no regular expression',
    'リスナーの条件 {1} は正規表現ではありません',
  ],
  // The rehearsal.
  ['no environment {} to rehearse', 'リハーサルする環境 {1} がありません'],
  [
    '{}: is nothing that "secure-shop rehearse" wrote; move it away',
    '{1}："secure-shop rehearse" が書いたものではありません。移してください',
  ],
  [
    '{}: belongs to the rehearsal of {}, not of {}; write another number with --number',
    '{1}：{3} ではなく {2} のリハーサルのものです。--number で別の番号を書いてください',
  ],
];
