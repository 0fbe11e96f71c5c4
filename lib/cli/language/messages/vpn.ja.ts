import type { Translation } from '../pattern.ts';

/** What keeps the VPN of the admins, its authority and its certificates from what was asked for. */
export const vpnInJapanese: readonly Translation[] = [
  // The authority.
  [
    'the secret "{}" is marked for deletion. Without it no admin can be added or revoked: restore it with "{}"',
    'シークレット「{1}」は削除待ちです。これがないと管理者を加えることも失効させることもできません。次のコマンドで復元してください："{2}"',
  ],
  [
    '{} has no certificate authority yet: run "secure-shop vpn init" first',
    '{1} にはまだ認証局がありません。先に "secure-shop vpn init" を実行してください',
  ],
  [
    'the certificate authority expired on {} and every certificate with it: run "secure-shop vpn init --replace-authority", then follow docs/runbooks/vpn.md, "The authority expires"',
    '認証局は {1} に期限が切れ、すべての証明書も無効です。"secure-shop vpn init --replace-authority" を実行し、docs/runbooks/vpn.ja.md の「認証局の期限が切れる」に従ってください',
  ],
  [
    '{} has no key for credentials yet (no parameter {} in {}): deploy it once without admin.vpn.certificateArn, and check that these AWS credentials belong to account {}',
    '{1} には認証情報の鍵がまだありません（{3} にパラメータ {2} がない）。admin.vpn.certificateArn なしで一度デプロイし、この AWS 認証情報がアカウント {4} のものか確かめてください',
  ],
  [
    'these AWS credentials belong to account {}, but the config says that {} is in {}',
    'この AWS 認証情報はアカウント {1} のものですが、設定では {2} は {3} にあります',
  ],
  [
    'the secret "{}" does not hold a certificate authority. If it was edited by hand, restore its earlier version (docs/runbooks/vpn.md)',
    'シークレット「{1}」の中身は認証局ではありません。手で書き換えたのなら、以前のバージョンに戻してください（docs/runbooks/vpn.ja.md）',
  ],
  [
    'there is no authority to replace: run "secure-shop vpn init" alone',
    '置き換える認証局がありません。オプションなしで "secure-shop vpn init" を実行してください',
  ],
  // The endpoint, and whether it is open.
  [
    '{} has no VPN yet: put the ARN that "secure-shop vpn init" prints into admin.vpn.certificateArn and deploy, or name an endpoint with --endpoint-id',
    '{1} にはまだ VPN がありません。"secure-shop vpn init" が表示する ARN を admin.vpn.certificateArn に書いてデプロイするか、--endpoint-id でエンドポイントを指定してください',
  ],
  [
    'the VPN endpoint {} trusts another certificate authority than the one in {}: put the ARN that "secure-shop vpn init" prints into admin.vpn.certificateArn and deploy',
    'VPN エンドポイント {1} が信頼するのは {2} の認証局ではありません。"secure-shop vpn init" が表示する ARN を admin.vpn.certificateArn に書いてデプロイしてください',
  ],
  [
    'no Client VPN endpoint "{}" in {}: check --endpoint-id, or deploy the environment again',
    '{2} に Client VPN エンドポイント「{1}」がありません。--endpoint-id を確かめるか、環境をもう一度デプロイしてください',
  ],
  ['the VPN was not opened: {}', 'VPN は開きませんでした：{1}'],
  [
    'the VPN is {}: look again with "secure-shop vpn state", and at the alarm mails (docs/runbooks/vpn.md)',
    'VPN の状態は {1} です。"secure-shop vpn state" でもう一度確かめ、アラームのメールも見てください（docs/runbooks/vpn.ja.md）',
  ],
  [
    '{} has no VPN that could be opened: deploy with admin.vpn.certificateArn first',
    '{1} には開ける VPN がありません。先に admin.vpn.certificateArn を書いてデプロイしてください',
  ],
  [
    'the function {} failed: its log tells why (docs/runbooks/functions.md)',
    '関数 {1} が失敗しました。理由はログにあります（docs/runbooks/functions.ja.md）',
  ],
  // Issuing.
  [
    '{} holds {}, which nobody can use any more ({}): move it away, or name another file with --output',
    '{1} にある {2} はもう誰も使えません（{3}）。ファイルを移すか、--output で別のファイルを指定してください',
  ],
  ['it ended on {}', '{1} に期限切れ'],
  ['its authority was replaced', '認証局が置き換えられた'],
  [
    '{} holds {}, which was handed out and is valid until {}: move it away, or name another file with --output, to issue the next one',
    '{1} にある {2} は渡し済みで、{3} まで有効です。次を発行するには、ファイルを移すか、--output で別のファイルを指定してください',
  ],
  ['{} holds {}, {}: {}', '{1} に {2} があります。{3}。{4}'],
  [
    'delete the file and run the command again, which issues another one',
    'ファイルを削除してもう一度実行すると、新しく発行します',
  ],
  [
    'leave the options out, or "secure-shop vpn revoke {}" and issue to another file',
    'オプションを取るか、"secure-shop vpn revoke {1}" の後で別のファイルに発行してください',
  ],
  ['which lasts {} days and not {}', '有効期間は {2} 日ではなく {1} 日です'],
  ['whose key lies in clear', '鍵は暗号化されていません'],
  ['whose key lies under another passphrase', '鍵のパスフレーズが違います'],
  ['whose key lies under a passphrase', '鍵にパスフレーズがかかっています'],
  [
    '{} exists and is not overwritten: move it away, or name another file with --output',
    '{1} は既にあり、上書きしません。移すか、--output で別のファイルを指定してください',
  ],
  [
    'cannot write into {} ({}): name another file with --output',
    '{1} に書き込めません（{2}）。--output で別のファイルを指定してください',
  ],
  ['the name is too long', '名前が長すぎる'],
  ['no such folder', 'そのフォルダーがない'],
  ['the disk is full', 'ディスクがいっぱい'],
  ['its file system does not keep a file private', 'ファイルシステムがファイルを非公開にできない'],
  [
    'somebody else issued a certificate to {} at the same time; this one was withdrawn. See "secure-shop vpn list"',
    '同時に別の人が {1} さんに証明書を発行したため、こちらは取り下げました。"secure-shop vpn list" を見てください',
  ],
  [
    '{} is not in admin.people of {}; did you mean {}? People get in only when the config names them: {}',
    '{1} は {2} の admin.people にいません。もしかして {3} ですか。入れるのは設定に名前がある人だけです：{4}',
  ],
  [
    '{} has a certificate already, {}, valid until {}; the next one can be issued in its last {} days. If its file is lost: "secure-shop vpn revoke {}", then issue again',
    '{1} さんには {3} まで有効な証明書 {2} が既にあります。次を発行できるのは期限前の {4} 日間です。ファイルをなくしたなら "secure-shop vpn revoke {5}" の後でもう一度発行してください',
  ],
  [
    'somebody else has just issued {}. See "secure-shop vpn list"',
    '別の人がちょうど {1} を発行しました。"secure-shop vpn list" を見てください',
  ],
  [
    'somebody else is issuing a certificate to {} right now. See "secure-shop vpn list", then try again',
    '別の人が今 {1} さんに証明書を発行しています。"secure-shop vpn list" を見てから、もう一度実行してください',
  ],
  [
    '--days is {}: write a whole number from {} to {}',
    '--days：{1} があります。{2} から {3} までの整数を書いてください',
  ],
  // The passphrase.
  [
    'the passphrase is shorter than {} characters: choose a longer one',
    'パスフレーズが {1} 文字より短いです。もっと長くしてください',
  ],
  [
    'the passphrase is longer than {} bytes, which is all a VPN client reads: choose a shorter one',
    'パスフレーズが、VPN クライアントが読める {1} バイトより長いです。短くしてください',
  ],
  [
    'the passphrase holds a line break or another character nobody can type into a VPN client: write it on one line',
    'パスフレーズに、改行など VPN クライアントに入力できない文字があります。1 行で書いてください',
  ],
  ['cannot read the passphrase from {}: {}', '{1} からパスフレーズを読めません：{2}'],
  [
    '--passphrase asks on the terminal, but there is none: use --passphrase-file FILE, or "--passphrase-file -" for standard input',
    '--passphrase は端末で尋ねますが、端末がありません。--passphrase-file FILE か、標準入力なら "--passphrase-file -" を使ってください',
  ],
  ['the two passphrases differ: try again', '2 回のパスフレーズが違います。もう一度実行してください'],
  // Revoking, and the register.
  ['write either the person to revoke, or --all', '失効させる人か --all のどちらか一方を書いてください'],
  [
    'others revoke certificates faster than the list of {} can be imported: run "secure-shop vpn renew-crl" once they have ended',
    '他の人の失効が続き、{1} の失効リストを取り込めません。それが終わったら "secure-shop vpn renew-crl" を実行してください',
  ],
  [
    '{} never had a certificate: there is nothing to revoke',
    '{1} さんには証明書が発行されたことがなく、失効させるものがありません',
  ],
  [
    '{} never had a certificate; nobody has one yet',
    '{1} さんには証明書が発行されたことがありません。まだ誰にも発行していません',
  ],
  [
    '{} never had a certificate; did you mean {}? Certificates were issued to {}',
    '{1} さんには証明書が発行されたことがありません。もしかして {2} ですか。発行した相手：{3}',
  ],
  [
    'the register entry "{}" was not written by secure-shop, so that nobody can tell who may connect: set the parameter back to its first version (docs/runbooks/vpn.md)',
    '登録「{1}」は secure-shop が書いたものではなく、誰が接続できるのか分かりません。パラメータを最初のバージョンに戻してください（docs/runbooks/vpn.ja.md）',
  ],
];
