import { type Translate, type Translation, translator } from '../cli/language/pattern.ts';
import { translate as translateMeaning } from './reference.ja.ts';

/** What is said of mistakes in the shop file, in Japanese: by the English text, as it is composed. */
export const problemsInJapanese: readonly Translation[] = [
  // What was found.
  ['missing', '設定がありません'],
  ['unknown setting', '知らない設定です'],
  ['found nothing', '値がありません'],
  ['found none', '一つもありません'],
  ['found one entry', '1 件あります'],
  ['found {} entries', '{1} 件あります'],
  ['found an empty text', '空のテキストがあります'],
  ['found an empty list', '空のリストがあります'],
  ['found a list', 'リストがあります'],
  ['found an object', 'オブジェクトがあります'],
  ['found a symbol', 'シンボルがあります'],
  ['found a function', '関数があります'],
  ['found a promise', 'Promise があります'],
  ['found a value that contains itself', '自分自身を含む値があります'],
  ['found a value nested more than {} levels deep', '{1} 段より深い入れ子の値があります'],
  ['found a value that cannot be read', '読めない値があります'],
  ['found a value that throws when it is read', '読むと例外を投げる値があります'],
  ['found more than a shop can need', 'ショップに要るより多い値があります'],
  ['found an object with a prototype of its own', '独自のプロトタイプを持つオブジェクトがあります'],
  ['found a text of {} characters', '{1} 文字のテキストがあります'],
  [
    'found a text of {} characters (not shown: it looks like a secret)',
    '{1} 文字のテキストがあります（シークレットのようなので表示しません）',
  ],
  ['found a list of {} entries', '{1} 件のリストがあります'],
  ['found an object of {} settings', '{1} 個の設定のオブジェクトがあります'],
  ['found {}n, a BigInt', '{1}n（BigInt）があります'],
  ['found {} without quotes', '引用符なしの {1} があります'],
  ['found {} in quotes', '引用符付きの {1} があります'],
  ['found the name {}', '名前 {1} があります'],
  ['found {}, which entry [{}] of the list says already', '{1} は、リストの [{2}] に既にあります'],
  ['found the same as entry [{}] of the list', 'リストの [{1}] と同じものがあります'],
  ['found an ARN of {}; {} must be of {}', '{1} の ARN があります。{2}は {3} のものでなければなりません'],
  ['found {}, which is {} already', '{1} は、既に {2} で使われています'],
  [
    'missing, and its default would be "{}", which is {} already',
    '設定がなく、既定の "{1}" は既に {2} で使われています',
  ],
  [
    'missing, and its default would be "{}", which shows "{}" while dns is "later"',
    '設定がなく、既定の "{1}" は、dns が "later" の間 "{2}" を見せる名前です',
  ],
  ['region {} and account {}', 'リージョン {1} とアカウント {2}'],
  ['region {}', 'リージョン {1}'],
  ['account {}', 'アカウント {1}'],
  ['account {}, region {}', 'アカウント {1}、リージョン {2}'],
  ["CloudFront's certificate", 'CloudFront の証明書'],
  ["the load balancer's certificate", 'ロードバランサーの証明書'],
  ["the admin host's certificate", '管理用ホストの証明書'],
  ["the VPN server's certificate", 'VPN サーバーの証明書'],
  ['the SAML provider', 'SAML プロバイダー'],
  ['the connection', '接続'],
  ['the shop itself', 'ショップ直下'],
  ['the VPN', 'VPN'],
  ['the role', 'ロール'],
  ['a window from {}', '{1} からの時間枠'],
  ['with rotation.every ({}), the window from {}', 'rotation.every（{1}）での {2} からの時間枠'],
  // Comparisons of several settings.
  ['found the certificate of {}', '{1} の証明書があります'],
  [
    'write one of its own, as `secure-shop vpn init --environment {}` prints it',
    '`secure-shop vpn init --environment {1}` が表示する、専用のものを書いてください',
  ],
  [
    'found {}, but {} says that "{}" is {}, and the Internet asks one of them',
    '{1} がありますが、{2} では "{3}" は {4} です。インターネットが尋ねるのは片方だけです',
  ],
  [
    'write the same id, or the zone of a name below, such as "{}"',
    '同じ ID か、"{1}" のような下位の名前のゾーンを書いてください',
  ],
  ['found {}, but {} says that {} is "{}"', '{1} がありますが、{2} では {3} は "{4}" です'],
  ['write the same name or another id', '同じ名前か、別の ID を書いてください'],
  [
    'found {}, which {} uses from account {}; a hosted zone belongs to one account: write one of account {}, such as a delegated zone for "{}"',
    '{1} は、{2} がアカウント {3} から使っています。ホストゾーンは一つのアカウントのものです。アカウント {4} のもの、たとえば "{5}" 用に委任したゾーンを書いてください',
  ],
  [
    'found "create", but {} creates them in {} already; write "existing" or remove it',
    '"create" がありますが、{2} では {1} が既に作ります。"existing" と書くか、削除してください',
  ],
  [
    "found a service that {} would have to make for {}; write it there, or accountServices: 'existing' here when the account has it already",
    "{2} でこのサービスを作るのは {1} です。そこに書くか、アカウントで既に有効ならここに accountServices: 'existing' と書いてください",
  ],
  [
    "found {}, which is the shop's own; write the account of the contractor, or name its people in admin.people",
    '{1} はショップ自身のアカウントです。委託先のアカウントを書くか、担当者を admin.people に書いてください',
  ],
  [
    'found a secure browser in {}, where Amazon WorkSpaces Secure Browser does not exist; remove it, or choose one of {}',
    '{1} にはセキュアブラウザーのサービスがありません。削除するか、次のリージョンから選んでください: {2}',
  ],
  [
    'found true in {}; a production environment keeps its data: remove it, or name the environment "staging"',
    '{1} に true があります。本番環境のデータは残します。削除するか、環境の名前を "staging" にしてください',
  ],
  [
    'found {}, which {} sets already; write another name',
    '{1} は、{2} が既に設定しています。別の名前を書いてください',
  ],
  [
    'found {}, which AWS sets or which must not be set by hand; remove it',
    '{1} は AWS が設定するか、手で設定してはいけないものです。削除してください',
  ],
  [
    'found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
    'シークレットらしいものがあります（表示しません）。削除し、変更してください。ショップが自分で決めてよいものは secretEnvironment に、ほかのサービスから受け取ったものはショップの設定画面に書きます',
  ],
  [
    'found {}, which is writable already through {}; remove it',
    '{1} は {2} により既に書き込めます。削除してください',
  ],
  [
    'found {}, which holds the media folder {}; write a narrower folder',
    '{1} はメディアのフォルダー {2} を含みます。もっと狭いフォルダーを書いてください',
  ],
  [
    'found {}, which lies in the media folder {} and is writable already; remove it',
    '{1} はメディアのフォルダー {2} の中にあり、既に書き込めます。削除してください',
  ],
  [
    'found {}, but there is no such folder beside the config file',
    '{1} がありますが、設定ファイルの隣にそのフォルダーはありません',
  ],
  [
    'found {}, which holds no {}; write the folder that does, as examples/custom-shop',
    '{1} には {2} がありません。examples/custom-shop のように、それを持つフォルダーを書いてください',
  ],
  ['{} and no {}', '{1} と {2}'],
  ['found {}, whose versions.json {}', '{1} があり、その versions.json {2}'],
  [
    'cannot be read as JSON; write it as examples/custom-shop/versions.json',
    'は JSON として読めません。examples/custom-shop/versions.json のように書いてください',
  ],
  ['is wrong at its beginning: {}', 'は先頭が誤っています：{1}'],
  ['is wrong at {}: {}', 'は {1} が誤っています：{2}'],
  [
    'found {}; write a name in the hosted zone "{}", such as "{}"',
    '{1} があります。ホストゾーン "{2}" の中の名前、たとえば "{3}" を書いてください',
  ],
  ['remove it or write another name', '削除するか、別の名前を書いてください'],
  ['write another private name', '別の非公開の名前を書いてください'],
  ['write another name', '別の名前を書いてください'],
  ['AWS keeps names that begin like this for itself', 'このように始まる名前は AWS 自身のものです'],
  ['write another name, such as {}', '{1} のような別の名前を書いてください'],
  ['the CDK cannot take this one', 'CDK はこの名前を受け付けません'],
  [
    'found {}, the www form of {}, where customers expect the same shop; write another name, such as "{}"',
    '{1} は {2} の www 付きの形で、お客様は同じショップを期待します。"{3}" のような別の名前を書いてください',
  ],
  ['found {}, which shows "{}" while dns is "later"', '{1} は、dns が "later" の間 "{2}" を見せる名前です'],
  [
    'found {}, which would hide "{}" from the shop; write a name of its own, such as "{}"',
    '{1} では "{2}" がショップから見えなくなります。"{3}" のような専用の名前を書いてください',
  ],
  [
    'found {}, which would hide "{}" from the shop; write a name of its own',
    '{1} では "{2}" がショップから見えなくなります。専用の名前を書いてください',
  ],
  [
    'missing, so no customer would hear of an order; {}',
    '設定がないので、注文の知らせがお客様に届きません。{1}',
  ],
  [
    'found {}, for which SES signs only with a name of the shop; write an address at its domain, such as "{}"',
    '{1} がありますが、SES が署名できるのはショップの名前だけです。そのドメインのアドレス、たとえば "{2}" を書いてください',
  ],
  [
    'found a secret of account {} in {}; write one of account {} in {}, where the tasks of the shop read it',
    'アカウント {1}、{2} のシークレットがあります。ショップのタスクが読めるように、アカウント {3}、{4} のものを書いてください',
  ],
  [
    'found {}, which overlaps 172.17.0.0/16, a range that AWS services use themselves; write "{}"',
    '{1} は、AWS のサービス自身が使う 172.17.0.0/16 と重なります。"{2}" と書いてください',
  ],
  [
    'found {}, which overlaps {} in {}; write a block apart from it',
    '{1} は、{3} の {2} と重なります。重ならないブロックを書いてください',
  ],
  ['found {}; write a zone of {}: {}', '{1} があります。{2} のゾーンを書いてください：{3}'],
  [
    'found {} zones; tier "high-availability" needs three: write three or remove the list',
    'ゾーンが {1} 個あります。tier "high-availability" には三つ必要です。三つ書くか、リストを削除してください',
  ],
  [
    'found {}, which holds addresses that are not private; write a block inside {}',
    '{1} には、プライベートでないアドレスが含まれます。{2} の中のブロックを書いてください',
  ],
  ['{,} or {,}', '{1} または {2}'],
  ['10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16', '10.0.0.0/8、172.16.0.0/12、192.168.0.0/16'],
  ['an object: { {} } or { {} }', 'オブジェクト：{ {1} } または { {2} }'],
  ['the environment name', '環境の名前'],
  ['the shop name', 'ショップの名前'],
  ['the name', '名前'],
  [
    'found {}, which is {}; write a block from /{} to /{}, such as "{}"',
    '{1} は{2}。/{3} から /{4} のブロック、たとえば "{5}" を書いてください',
  ],
  ['too large', '大きすぎます'],
  ['too small', '小さすぎます'],
  [
    'found {}, longer than rotation.every ({}); write at most {}',
    '{1} は rotation.every（{2}）より長い時間です。{3} 以下を書いてください',
  ],
  [
    'found {}, and {} would cross midnight UTC; write at most {} or an earlier windowStart',
    '{1} では、{2}が UTC の真夜中をまたぎます。{3} 以下にするか、windowStart を早めてください',
  ],
  [
    'found {}, as {} is named already; write another name, so that each certificate belongs to one person',
    '{1} は、{2} の名前と同じです。証明書が一人ずつのものになるように、別の名前を書いてください',
  ],
  [
    'found {} people whose names, addresses and closed days take {} bytes, and the function that lets them in holds {}; name fewer, with shorter names',
    '{1} 人の名前とアドレス、休業日が {2} バイトになり、接続を許可する関数には {3} バイトしか入りません。人数を減らし、名前を短くしてください',
  ],
  [
    'found {}, not after `from` ({}); write a later time of the same day, or remove the hours to keep {} open',
    '{1} は `from`（{2}）より後ではありません。同じ日の後の時刻を書くか、{3} を開けておくなら hours を削除してください',
  ],
  [
    'found true, but no login path to watch; write platform.loginPaths, or remove it',
    'true がありますが、見張るログインのパスがありません。platform.loginPaths を書くか、削除してください',
  ],
  [
    'found {}, above rateLimits.all ({}), which blocks first; write at most {}',
    '{1} は rateLimits.all（{2}）より大きく、先にそちらがブロックします。{3} 以下を書いてください',
  ],
  [
    'found {}, which the preset closes already through {}; remove it',
    '{1} は、プリセットが {2} により既に閉じています。削除してください',
  ],
  [
    'found {}, which is an admin path too; remove it here or in adminPaths',
    '{1} は管理画面のパスでもあります。ここか adminPaths から削除してください',
  ],
  [
    'found {}, which lies below no admin path and is open anyway; remove it',
    '{1} は管理画面のパスの下になく、もともと開いています。削除してください',
  ],
  [
    'found {}, which the preset closes to the Internet through its admin path {}; {}',
    '{1} は、プリセットが管理画面のパス {2} によりインターネットから閉じています。{3}',
  ],
  [
    "found {}, which is the shop's own; write the id of a second account, or remove it",
    '{1} はショップ自身のアカウントです。二つ目のアカウントの ID を書くか、消してください',
  ],
  [
    'found {}, the account of the contractor, who would hold a copy of every customer; write the id of an account that nobody works in',
    '{1} は委託先のアカウントです。委託先が全顧客のコピーを持つことになります。誰も作業しないアカウントの ID を書いてください',
  ],
  [
    "found {}, as which {} signs in: each could open what is the other's; write an identity that one person alone has",
    '{1} は {2} のサインインにも使われ、互いの書き出しを開けます。一人だけが使う ID を書いてください',
  ],
  [
    'write public addresses of the firm, in blocks no wider than {} or {}',
    '会社のグローバルアドレスを、{1} または {2} より狭いブロックで書いてください',
  ],
  [
    'found {}, and backups of a disposable environment are copied nowhere; remove it',
    '{1} がありますが、破棄できる環境のバックアップはどこにもコピーされません。消してください',
  ],
  [
    'found "closed", and nobody knows the export screens of a custom platform; name them in exportPaths',
    '"closed" ですが、カスタムのプラットフォームの書き出し画面は分かりません。exportPaths に書いてください',
  ],
  [
    'found paths to close, and screens is "open"; remove one of the two',
    '閉じるパスがあるのに、screens が "open" です。どちらかを消してください',
  ],
  [
    'found {}, which would close {} to everybody; write the path of the export screen alone',
    '{1} は {2} まで誰にも開けなくします。書き出し画面のパスだけを書いてください',
  ],
  [
    'found {}, which platform.adminPaths[{}] {} closes to the Internet; {}',
    '{1} は、platform.adminPaths[{2}] の {3} がインターネットから閉じています。{4}',
  ],
  ['customers could not reach it', 'お客様が開けません'],
  ['write one outside', 'その外のパスを書いてください'],
  [
    "found {}, which would close the preset's health path {}; write a narrower path",
    '{1} は、プリセットのヘルスチェックのパス {2} を閉じてしまいます。もっと狭いパスを書いてください',
  ],
  [
    "found {}, which would close the preset's {} to customers; write a narrower path",
    '{1} は、プリセットの {2} をお客様に閉じてしまいます。もっと狭いパスを書いてください',
  ],
  [
    'found {}, which mediaPaths holds already through {}; remove one',
    '{1} は、mediaPaths の {2} に既に含まれます。どちらかを削除してください',
  ],
  [
    'found {}, below which {} names {}; write folders that hold files only',
    '{1} の下に {2} の {3} があります。ファイルだけのフォルダーを書いてください',
  ],
  [
    'found {}, which this shop does not ask; remove the exception',
    '{1} は、このショップでは使いません。例外を削除してください',
  ],
  ['it is a rule of the group {}: write group: {}', 'グループ {1} のルールです。group: {2} と書いてください'],
  // What to write instead.
  ['remove one', 'どちらかを削除してください'],
  ['remove it', '削除してください'],
  [
    'did you mean {}? It is there already, so remove this one',
    'もしかして {1} ですか。既にあるので、こちらを削除してください',
  ],
  ['did you mean {}?', 'もしかして {1} ですか'],
  ['{} belongs in {}', '{1} は {2} に書きます'],
  ['the only setting here is {}', 'ここで使える設定は {1} だけです'],
  ['the settings here are {}', 'ここで使える設定：{1}'],
  ['write an object: {}', 'オブジェクトを書いてください：{1}'],
  ['an object: {}', 'オブジェクト：{1}'],
  ['write a list: {}', 'リストを書いてください：{1}'],
  ['write true or false, without quotes', 'true か false を引用符なしで書いてください'],
  ['write a whole number from {} to {}', '{1} から {2} の整数を書いてください'],
  ['write a text in quotes', 'テキストを引用符で囲んで書いてください'],
  [
    'write at most 8 aliases; a certificate holds ten names',
    '別名は 8 個までです。証明書に入る名前は 10 個です',
  ],
  [
    'name at least one address, or no alarm reaches a person',
    'アドレスを一つ以上書いてください。ないとアラームが誰にも届きません',
  ],
  [
    'name at least one standard, or Security Hub checks nothing',
    '基準を一つ以上書いてください。ないと Security Hub は何も検査しません',
  ],
  ['write at most 60 days, and take those out that have passed', '60 日までです。過ぎた日は削除してください'],
  [
    'name at least one person, or nobody can reach the admin screens',
    '一人以上書いてください。ないと誰も管理画面を開けません',
  ],
  [
    'name at most 50 people: the settings of the function that decides hold no more',
    '50 人までです。判断する関数の設定にそれ以上入りません',
  ],
  [
    'name at least one admin path, so that it can be closed to the Internet',
    '管理画面のパスを一つ以上書いてください。インターネットから閉じるためです',
  ],
  ['name at least two zones', 'ゾーンを二つ以上書いてください'],
  ['name at most three zones', 'ゾーンは三つまでです'],
  [
    'define at least one environment, such as "production"',
    '"production" のような環境を一つ以上書いてください',
  ],
  ['define at least one environment', '環境を一つ以上書いてください'],
  [
    'write at most 40: more open holes than that want another base image, and a function holds no more',
    '40 件までです。それより多いなら別のベースイメージが要ります。関数にもそれ以上入りません',
  ],
  ['write at most 50 countries, or none for all', '50 か国までです。すべてなら書きません'],
  ['write at most 1,000 addresses or blocks', 'アドレスまたはブロックは 1,000 件までです'],
  [
    'write at most 10 folders; one covers everything below it',
    'フォルダーは 10 個までです。一つでその下のすべてを含みます',
  ],
  [
    'write the paths of a customer on the way to pay, such as {}',
    '支払いまでにお客様が開くパスを書いてください。例：{1}',
  ],
  ['write at most {}', '{1} 以下を書いてください'],
  ['write a date as {}', '日付を {1} の形で書いてください'],
  [
    'write a date within the next 90 days: an exception is a delay, not a decision to keep a hole',
    '90 日以内の日付を書いてください。例外は延期であって、穴を残す決定ではありません',
  ],
  [
    'write a date within the next 90 days: an exception is for finding a better answer',
    '90 日以内の日付を書いてください。例外は、よりよい答えを見つけるまでのものです',
  ],
  [
    'write a date that has not passed, or remove the exception: its rule blocks again',
    '過ぎていない日付を書くか、例外を削除してください。ルールはまたブロックします',
  ],
  ['write the last day of the contract as {}', '契約の最終日を {1} の形で書いてください'],
  [
    'say in a sentence why the shop is safe meanwhile',
    'その間ショップが安全である理由を一文で書いてください',
  ],
  [
    'say in a sentence why the payment page needs this script (PCI DSS 6.4.3)',
    '決済ページにこのスクリプトが要る理由を一文で書いてください（PCI DSS 6.4.3）',
  ],
  ['write the identifier of the vulnerability, such as {}', '脆弱性の識別子を書いてください。例：{1}'],
  ['write the ARN of a connection, such as {}', '接続の ARN を書いてください。例：{1}'],
  ['write the ARN of an ACM certificate, such as {}', 'ACM の証明書の ARN を書いてください。例：{1}'],
  [
    'write the ARN of an IAM SAML provider, such as {}',
    'IAM の SAML プロバイダーの ARN を書いてください。例：{1}',
  ],
  ['write the full ARN of a secret, such as {}', 'シークレットの完全な ARN を書いてください。例：{1}'],
  ['write the repository as {}, without ".git"', 'リポジトリを {1} の形で、".git" なしで書いてください'],
  ['write the repository as {}', 'リポジトリを {1} の形で書いてください'],
  ['write the full repository{}', 'リポジトリの完全な名前を書いてください{1}'],
  ['write the name of a branch, such as {}', 'ブランチの名前を書いてください。例：{1}'],
  ['write the name of a rule, such as {}', 'ルールの名前を書いてください。例：{1}'],
  ['write a folder such as {}', 'フォルダーを書いてください。例：{1}'],
  [
    'write a folder of the shop, not one of the operating system',
    'OS のではなく、ショップのフォルダーを書いてください',
  ],
  ['write an absolute folder such as {}', '絶対パスのフォルダーを書いてください。例：{1}'],
  ['write the folder without {}', 'フォルダーを {1} なしで書いてください'],
  ['write a mail submission port that speaks TLS: {}', 'TLS を使うメール送信ポートを書いてください：{1}'],
  [
    'write the US dollars that a month may cost, such as {}',
    '一か月の費用の上限を米ドルで書いてください。例：{1}',
  ],
  [
    "write the contractor's AWS account id as 12 digits in quotes, such as {}",
    '委託先の AWS アカウント ID を 12 桁、引用符付きで書いてください。例：{1}',
  ],
  [
    'write the AWS account id as 12 digits in quotes, such as {}',
    'AWS アカウント ID を 12 桁、引用符付きで書いてください。例：{1}',
  ],
  [
    'write 16 to 128 letters, digits or {} that nobody guesses, such as the output of `openssl rand -hex 16`',
    '誰にも推測できない 16 から 128 文字の英数字または {1} を書いてください。例：`openssl rand -hex 16` の出力',
  ],
  [
    'write the 64 hexadecimal digits that `secure-shop scripts learn` prints',
    '`secure-shop scripts learn` が表示する 64 桁の 16 進数を書いてください',
  ],
  [
    'write a full hour such as {}; windows open on the hour',
    '{1} のような正時を書いてください。時間枠は正時に開きます',
  ],
  ['write a time of day as {} from {} to {}', '時刻を {1} の形で、{2} から {3} までで書いてください'],
  [
    'write 4, 6, 8, 12 or 24 hours, such as {}, or 1 to 30 days, such as {}',
    '4、6、8、12、24 時間（例：{1}）か、1 から 30 日（例：{2}）を書いてください',
  ],
  [
    'write a country as its two capitals in ISO 3166, such as {}',
    '国を ISO 3166 の大文字 2 文字で書いてください。例：{1}',
  ],
  ['write a domain name such as {}', 'ドメイン名を書いてください。例：{1}'],
  [
    'write a domain name in lower case without scheme, port or trailing dot, such as {}',
    'ドメイン名を小文字で、スキーム、ポート、末尾のドットなしで書いてください。例：{1}',
  ],
  ['it has blanks around it', '前後に空白があります'],
  ['it begins with a scheme', '先頭にスキームが付いています'],
  ['it ends with a path', '末尾にパスが付いています'],
  ['it ends with a slash', '末尾に斜線が付いています'],
  ['it ends with a port', '末尾にポートが付いています'],
  ['it ends with a dot', '末尾にドットが付いています'],
  ['no host name has a blank', 'ホスト名に空白は使えません'],
  ['no host name has an underscore: no certificate takes it', 'ホスト名に下線は使えず、証明書にも入りません'],
  ['it is not in lower case', '大文字があります'],
  [
    'DNS knows other letters than a to z in Punycode only',
    '日本語などの名前を、DNS は Punycode の形でだけ知っています',
  ],
  [
    'anyone can have a name there; write the names the shop needs, without "*"',
    'そこには誰でも名前を持てます。ショップに要る名前を、"*" なしで書いてください',
  ],
  [
    'write a name of at most 64 characters; no certificate takes a longer one',
    '64 文字以下の名前を書いてください。それより長い名前は証明書に入りません',
  ],
  ['write an e-mail address such as {}', 'メールアドレスを書いてください。例：{1}'],
  [
    'write IPv4 addresses: the portal knows no others',
    'IPv4 アドレスを書いてください。ポータルはほかの形式を受け付けません',
  ],
  ['write an address or a block such as {}', 'アドレスかブロックを書いてください。例：{1}'],
  [
    'write an IPv4 block such as {} whose address is the first of the block',
    'IPv4 のブロックを、その先頭のアドレスで書いてください。例：{1}',
  ],
  [
    'write an environment variable name in capitals, digits and underscores, such as {}',
    '環境変数の名前を大文字、数字、下線で書いてください。例：{1}',
  ],
  ['write the build argument in capitals{}', 'ビルド引数を大文字で書いてください{1}'],
  ['write a path of at most 100 characters', '100 文字以下のパスを書いてください'],
  ['write a path such as {}', 'パスを書いてください。例：{1}'],
  [
    'write a path that starts with a slash and is more than "/", such as {}, in letters, digits and . _ ~ - only',
    '斜線で始まり "/" より長いパスを、英数字と . _ ~ - だけで書いてください。例：{1}',
  ],
  [
    'write the path without a slash at its end; it covers everything below it',
    'パスの末尾の斜線を外してください。その下のすべてを含みます',
  ],
  ['write the path without {}', 'パスを {1} なしで書いてください'],
  [
    'write a text of at most 1024 printable characters',
    '表示できる文字 1024 字以下のテキストを書いてください',
  ],
  ['write a zone such as {}', 'ゾーンを書いてください。例：{1}'],
  ['write an IANA time zone such as {}', 'IANA のタイムゾーンを書いてください。例：{1}'],
  ['write the Route 53 hosted zone id, such as {}', 'Route 53 のホストゾーン ID を書いてください。例：{1}'],
  [
    'write the leading numbers that stay fixed, such as {} for the newest {}',
    '固定する先頭の数字を書いてください。例：最新の {2} なら {1}',
  ],
  [
    'name a version, such as {}: another major version may need more than new files',
    '{1} のようにバージョンを書いてください。メジャーバージョンの変更には、新しいファイルだけでは足りないことがあります',
  ],
  [
    'keep logs at least 365 days, in a number that CloudWatch Logs takes: write {}',
    'ログは 365 日以上、CloudWatch Logs が受け付ける日数で残します。次のどれかを書いてください：{1}',
  ],
  [
    'browsers take a domain into their list only with all hosts below it: set includeSubdomains to true, or remove preload',
    'ブラウザーのリストに載るのは、下位のホストをすべて含むドメインだけです。includeSubdomains を true にするか、preload を削除してください',
  ],
  [
    "the shop can only run in AWS's commercial regions; {}",
    'ショップは AWS の商用リージョンでだけ動きます。{1}',
  ],
  [
    'us-west-1 has only two zones for new accounts; {}',
    'us-west-1 には、新しいアカウントではゾーンが二つしかありません。{1}',
  ],
  [
    'CloudFront delivers no access logs to that region, so the shop cannot run there; {}',
    'CloudFront はそのリージョンにアクセスログを届けないので、ショップは動きません。{1}',
  ],
  [
    'this is an availability zone; write its region, {}',
    'これはアベイラビリティゾーンです。そのリージョン {1} を書いてください',
  ],
  ['write one of {}', '次のどれかを書いてください：{1}'],
  [
    'write {} without two hyphens in a row; AWS takes no such name',
    '{1}を、ハイフンを二つ続けずに書いてください。AWS が受け付けません',
  ],
  [
    'write {} in lower-case letters, digits and hyphens, 3 to {} characters, starting with a letter',
    '{1}を小文字、数字、ハイフンで、3 から {2} 文字、英字で始めて書いてください',
  ],
  ['write {}, or {}', '{1} か、{2} を書いてください'],
  ['write {}', '{1} を書いてください'],
  ['found {}', '{1} があります'],
];

const translate = translator(problemsInJapanese);

/** A line of `UserError` about the shop file, as `PLACE: what was found; what to write instead`. */
export const problemInJapanese: Translate = (line) => {
  const [, place, written = ''] = /^((?:\[[^\]]*\]|[^:"[]|:(?! ))*): (.*)$/s.exec(line) ?? [];
  if (place === undefined) return translate(line);
  const body = written.replace('? Write ', '?; write ');
  const translated = explained(body) ?? translate(body);
  const at = place === 'default export' ? '既定のエクスポート' : place;
  return translated === undefined ? undefined : `${at}: ${translated}`;
};

/** What a setting that is missing means stands behind, in the words of the reference. */
function explained(body: string): string | undefined {
  for (let at = body.indexOf(' ('); at >= 0 && body.endsWith(')'); at = body.indexOf(' (', at + 1)) {
    const english = body.slice(at + 2, -1);
    const meaning = translateMeaning(english) ?? translateMeaning(`${english}.`);
    const said = meaning && translate(body.slice(0, at));
    if (said !== undefined) return `${said}（${meaning?.replace(/。$/, '')}）`;
  }
  return undefined;
}
