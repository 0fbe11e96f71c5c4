import type { Translation } from '../pattern.ts';

/** What a command tells while it changes something: the VPN, a secret, a copy, the contractor. */
export const toldInJapanese: readonly Translation[] = [
  // The authority of the VPN, and its certificates.
  ['Certificate authority: valid until {}.', '認証局：{1} まで有効です。'],
  ['Certificate authority: exists, valid until {}.', '認証局：すでにあり、{1} まで有効です。'],
  [
    'The authority was replaced already, valid until {}; the config still names a certificate of the old one.',
    '認証局はすでに置き換えられ、{1} まで有効です。設定にはまだ古い認証局の証明書が書かれています。',
  ],
  [
    'New certificate authority, valid until {}. The VPN trusts the old one until the next deploy; after it, issue every person a new certificate.',
    '新しい認証局は {1} まで有効です。VPN は次のデプロイまで古い認証局を信頼します。デプロイ後に、全員に新しい証明書を発行してください。',
  ],
  [
    'It ends soon: follow docs/runbooks/vpn.md, "The authority expires".',
    'まもなく期限が切れます。docs/runbooks/vpn.ja.md の「認証局の期限が切れる」に従ってください。',
  ],
  ['Certificate of the VPN server: valid until {}.', 'VPN サーバーの証明書：{1} まで有効です。'],
  [
    'The certificate of the VPN server ends soon: renewed in place.',
    'VPN サーバーの証明書はまもなく期限が切れるので、同じ ARN のまま更新しました。',
  ],
  [
    'The config names it already. Nothing to deploy.',
    '設定にはすでに書かれています。デプロイするものはありません。',
  ],
  ['Put it into the config of this environment and deploy:', 'この環境の設定に書き、デプロイしてください：'],
  [
    '{}: was issued already, valid until {}, in {}. Nothing to do.',
    '{1}：すでに発行済みで、{2} まで有効です（{3}）。何もすることはありません。',
  ],
  [
    '{}: finished an interrupted issue, valid until {}, in {}.',
    '{1}：中断した発行を終えました。{2} まで有効です（{3}）。',
  ],
  ['{}: valid until {}, written to {}.', '{1}：{2} まで有効です。{3} に書き込みました。'],
  [
    'The file is the key to the admin screens: hand it over in person or through a password manager, never by mail, and delete it here.',
    'このファイルは管理画面の鍵です。手渡しかパスワードマネージャーで渡し、メールでは決して送らず、ここからは削除してください。',
  ],
  ['{}: abandoned, its issue was interrupted.', '{1}：発行が中断したため、取りやめました。'],
  ['{}: was revoked on {}.', '{1}：{2} に失効済みです。'],
  ['{}: revoked.', '{1}：失効させました。'],
  ['No VPN is deployed, so nobody is connected.', 'VPN はデプロイされていないので、誰も接続していません。'],
  ['The revocation list is complete. Nothing to do.', '失効リストは揃っています。何もすることはありません。'],
  [
    'The revocation list of {} had expired, which locks everybody out.',
    '{1} の失効リストの期限が切れ、全員が締め出されていました。',
  ],
  [
    'Revocation list imported: {} entries, valid until {}. All sessions end; those who still may connect again.',
    '失効リストを取り込みました：{1} 件、{2} まで有効。すべてのセッションが切れますが、権限のある人はつなぎ直せます。',
  ],
  [
    'Revocation list imported: {} entries{}. All sessions end; those who still may connect again.',
    '失効リストを取り込みました：{1} 件{2}。すべてのセッションが切れますが、権限のある人はつなぎ直せます。',
  ],
  ['Passphrase for the private key: ', '秘密鍵のパスフレーズ：'],
  ['Once more: ', 'もう一度：'],
  // The door of the VPN.
  [
    'the VPN is open until {}; it takes some minutes to answer',
    'VPN は {1} まで開いています。つながるまで数分かかります',
  ],
  ['the VPN is being shut: every session in it ends', 'VPN を閉じています。すべてのセッションが切れます'],
  ['the VPN is {}', 'VPN の状態：{1}'],
  ['{} until {}: {} opened it', '{1}（{2} まで、開けた人：{3}）'],
  ['further notice', '別途閉じる時'],
  ['open', '開いています'],
  ['opening', '開く途中です'],
  ['closing', '閉じる途中です'],
  ['closed', '閉じています'],
  // A rotation.
  ['rotating {}', '{1} をローテーションしています'],
  ['done', '完了'],
  ['warning', '警告'],
  ['failed', '失敗'],
  ['the new value is current', '新しい値が使われています'],
  ['{}. What to do: docs/runbooks/rotation.md', '{1}。対処は docs/runbooks/rotation.ja.md にあります'],
  [
    'the new value is current, but the rotation did not end',
    '新しい値が使われていますが、ローテーションが終わりません',
  ],
  [
    'not rotated: the value before is current still',
    'ローテーションできませんでした。今も前の値が使われています',
  ],
  // A run of the image pipeline.
  [
    'run {} of {} has started; leaving this command does not stop it',
    '{2} の実行 {1} が始まりました。このコマンドを抜けても止まりません',
  ],
  [
    'a later run has taken over, and carries everything of this one: see "secure-shop patch --status"',
    '後の実行が引き継ぎ、この実行の内容もすべて含んでいます。"secure-shop patch --status" を見てください',
  ],
  ['the run ended: {}', '実行が終わりました：{1}'],
  [
    'the run did not end in five hours: see "secure-shop patch --status"',
    '実行は 5 時間たっても終わりません。"secure-shop patch --status" を見てください',
  ],
  // The contractor.
  [
    'The contractor is cut off already. Nothing to do.',
    '委託先はすでに遮断されています。何もすることはありません。',
  ],
  [
    'The contractor is cut off: open sessions and new ones are refused, within seconds everywhere.',
    '委託先を遮断しました。今のセッションも新しいサインインも、数秒でどこでも拒否されます。',
  ],
  [
    'To end it for good, take `contractor` out of the config and deploy.',
    '完全に終わらせるには、設定から `contractor` を除いてデプロイしてください。',
  ],
  ['The contractor is not cut off. Nothing to do.', '委託先は遮断されていません。何もすることはありません。'],
  [
    'The contractor may sign in again; whatever was signed in before stays refused.',
    '委託先はまたサインインできます。以前のセッションは拒否されたままです。',
  ],
  // What there is to restore, and what is done.
  [
    'database {} ({}): any second from {} to {}',
    'データベース {1}（{2}）：{3} から {4} までの、どの秒にも戻せます',
  ],
  ['no database of the environment stands in {}', '{1} にはこの環境のデータベースがありません'],
  ['{} in {} ({}): {} backups', '{2} の {1}（{3}）：バックアップ {4} 件'],
  ['{} ({}) holds no backup', '{1}（{2}）にバックアップがありません'],
  ['! {}', '！ {1}'],
  ['make {} beside {}, as the database was at {}', '{2} の隣に、{3} 時点のデータベースを {1} として作ります'],
  [
    'make {} from the backup of {}, with nothing of what came after it',
    '{2} のバックアップから {1} を作ります。その後の変更は含まれません',
  ],
  ['write the files of {} into {}', '{1} のファイルを{2}に書き込みます'],
  [
    'a new folder aws-backup-restore_… of the file system {}',
    'ファイルシステム {1} の新しいフォルダー aws-backup-restore_…',
  ],
  ['a new file system in {}', '{1} の新しいファイルシステム'],
  ['the new bucket {} in {}', '新しいバケット {1}（{2}）'],
  [
    'Nothing was done. To make a copy, name the last moment at which all was right: --at',
    '何もしていません。コピーを作るには、すべてが正しかった最後の時刻を --at で指定してください',
  ],
  [
    'Nothing was done. Without --dry-run the steps above are taken.',
    '何もしていません。--dry-run を外すと、上の手順を実行します。',
  ],
  [
    'If this is interrupted, ask for the same --at {} again: it goes on where it was.',
    '中断したら、同じ --at {1} でもう一度実行してください。続きから進みます。',
  ],
  ['done after {} minutes', '{1} 分で終わりました'],
  ['files: {}', 'ファイル：{1}'],
  [
    'Files are in {}. Nothing was overwritten; docs/runbooks/restore.md says how they get back.',
    'ファイルは{1}にあります。何も上書きしていません。戻し方は docs/runbooks/restore.ja.md にあります。',
  ],
  [
    '{} stands beside {}, and the shop does not know of it. Look at it first: docs/runbooks/restore.md, step 5.',
    '{1} が {2} の隣にできましたが、店はまだ使っていません。まず中を確かめてください：docs/runbooks/restore.ja.md の手順 5。',
  ],
  [
    'To fetch rows from it, nothing is switched. To sell on it instead, in this order:',
    '行を取り出すだけなら、切り替えは要りません。これで営業するなら、次の順に：',
  ],
  [
    'The address goes with the name, so that neither secrets nor templates change; each rename takes minutes.',
    'アドレスは名前に付いてくるので、シークレットもテンプレートも変わりません。名前の変更は一つにつき数分かかります。',
  ],
  // What speaks against a backup, or is lost with it.
  ['the backup of {} is passed over: {}', '{1} のバックアップは使いません。{2}'],
  ['it is not encrypted', '暗号化されていません'],
  [
    'it is encrypted with {}, and not with the key of the vault',
    '{1} で暗号化されており、ボールトの鍵ではありません',
  ],
  ['it is empty', '空です'],
  ['its status is {}', '状態は {1} です'],
  [
    'it has {} bytes, where others of the store have {}: it may be half',
    '{1} バイトしかなく、同じ保存先の他のものは {2} バイトです。途中までかもしれません',
  ],
  [
    'the backup of {} is of {}: what came in the {} hours after it is not in it, and there should have been a later one: docs/runbooks/backups.md',
    '{1}のバックアップは {2} のものです。その後 {3} 時間に入ったものは含まれません。もっと後のものがあるはずです：docs/runbooks/backups.ja.md',
  ],
  [
    'the backup of {} is of {}: what came in the {} hours after it is not in it{}',
    '{1}のバックアップは {2} のものです。その後 {3} 時間に入ったものは含まれません{4}',
  ],
  [
    'RDS can bring back any second until {}; with that --at little is lost',
    'RDS は {1} までのどの秒にも戻せます。その時刻を --at にすれば、失うものはわずかです',
  ],
];
