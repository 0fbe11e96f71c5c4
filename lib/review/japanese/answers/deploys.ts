import type { Translation } from '../../../cli/language/pattern.ts';

/** What `secure-shop plan` says of what a deploy does to its owner, in Japanese. */
export const planAnswers: readonly Translation[] = [
  // Around the findings.
  ['created {} ({})', '作成 {1}（{2}）'],
  ['created {} ({}): {}', '作成 {1}（{2}）：{3}'],
  ['created {} more', '作成 ほか {1} 件'],
  [
    'created {} in metadata, order or policies of CloudFormation only',
    '作成 {1} 件、CloudFormation のメタデータ、順序、ポリシーだけ',
  ],
  ['changed {} ({})', '変更 {1}（{2}）'],
  ['changed {} ({}): {}', '変更 {1}（{2}）：{3}'],
  ['changed {} more', '変更 ほか {1} 件'],
  [
    'changed {} in metadata, order or policies of CloudFormation only',
    '変更 {1} 件、CloudFormation のメタデータ、順序、ポリシーだけ',
  ],
  ['replaced {} ({})', '置換 {1}（{2}）'],
  ['replaced {} ({}): {}', '置換 {1}（{2}）：{3}'],
  ['replaced {} more', '置換 ほか {1} 件'],
  ['removed {} ({})', '削除 {1}（{2}）'],
  ['removed {} ({}): {}', '削除 {1}（{2}）：{3}'],
  ['removed {} more', '削除 ほか {1} 件'],
  ['changed {}', '変更 {1}'],
  ['replaced {}', '置換 {1}'],
  ['removed {}', '削除 {1}'],
  ['AWS may replace it', 'AWS が置き換えるかもしれません'],
  ['{}. {} ({}): deleted, about {} minutes', '{1}. {2}（{3}）：削除、約 {4} 分'],
  ['{}. {} ({}): deleted, about {} minute', '{1}. {2}（{3}）：削除、約 {4} 分'],
  ['{}. {} ({}): deleted', '{1}. {2}（{3}）：削除'],
  ['{}. {} ({}): kept', '{1}. {2}（{3}）：そのまま'],
  [
    'refused: {}, data lost: {}, interrupts: {}, stays: {}',
    '拒否：{1} 件、データの喪失：{2} 件、中断：{3} 件、残るもの：{4} 件',
  ],
  ['about {} minutes', '約 {1} 分'],
  ['Nothing refuses this.', 'これを拒むものはありません。'],
  [
    'AWS would refuse this. Do what stands below each REFUSED first.',
    'AWS が拒否します。先に、それぞれの REFUSED の下にあることをしてください。',
  ],
  [
    'Nothing refuses this, but data would be lost. Say --accept with the reason if that is meant.',
    '拒否するものはありませんが、データが失われます。そのつもりなら、--accept に理由を書いてください。',
  ],
  [
    'Nothing refuses this. The loss of data is accepted: {}',
    '拒否するものはありません。データの喪失は承認済みです：{1}',
  ],
  ['the stack {}', 'このスタック：{1}'],

  // What waits.
  [
    'CloudFront takes its network interfaces out of the VPC; a network deleted before that is refused (DependencyViolation), and goes when it is deleted again',
    'CloudFront がネットワークインターフェースを VPC から外します。その前のネットワークの削除は拒まれ（DependencyViolation）、もう一度削除すれば消えます',
  ],
  [
    'ACM validates it by a record in the zone, and gives up after 72 hours; nothing is interrupted, what it replaces serves on. Longer than half an hour: the zone is not delegated, or a CAA record forbids it',
    'ACM がゾーンのレコードで検証し、72 時間であきらめます。中断はなく、前のものが働き続けます。30 分を超えたら、ゾーンが委任されていないか、CAA レコードが禁じています',
  ],
  [
    'a regional gateway spreads to each zone; until then that zone goes out through another, and nothing is interrupted',
    'リージョンのゲートウェイが各ゾーンに広がります。それまでは別のゾーンから出ていき、中断はありません',
  ],
  [
    'Lambda lets go of their network interfaces only then; security groups and subnets wait for that, also in a rollback. Nothing of the shop is interrupted',
    'Lambda がネットワークインターフェースを手放すまで、セキュリティグループとサブネットは待ちます（ロールバックでも）。ショップは中断しません',
  ],

  // Data.
  ['it is deleted with what it holds', '中身ごと削除されます'],
  ['it stays, but outside the stack', '残りますが、スタックの外になります'],
  ['a snapshot of it stays', 'スナップショットが残ります'],
  ['is replaced by an empty one because {} changes; {}', '{1} が変わるため、空のものに置き換わります。{2}'],
  ['is replaced by an empty one; {}', '空のものに置き換わります。{1}'],
  ['leaves the stack; {}', 'スタックから外れます。{1}'],
  [
    'Undo the change of {}; or make the new store beside it, move the data, and remove this one in a later deploy.',
    '{1} の変更を取り消すか、新しいものを並べて作ってデータを移し、後のデプロイでこれを除いてください。',
  ],
  ['the property', 'そのプロパティ'],
  [
    'Keep it in the template, or save its data first.',
    'テンプレートに残すか、先にデータを保存してください。',
  ],
  [
    'is an empty database of kind {} in place of {}, whose kind is {}: the shop would start without its data',
    '種類 {3} の {2} に代わる、種類 {1} の空のデータベースです。ショップはデータなしで始まります',
  ],
  [
    "Write database: { kind: '{}' } to keep it; or move the data by docs/runbooks/database-kind.md, which ends with database.movedFrom: '{}'.",
    "保つには database: { kind: '{1}' } と書いてください。移すなら docs/runbooks/database-kind.ja.md に従い、最後に database.movedFrom: '{2}' と書きます。",
  ],
  ['is deleted; a snapshot of it stays', '削除され、スナップショットが残ります'],
  ['is deleted with what it holds', '中身ごと削除されます'],
  ['Save its data first.', '先にデータを保存してください。'],

  // What stays.
  ['is {}, and the old one stays, as its policy says', '{1}、ポリシーのとおり古いものが残ります'],
  [
    'is {}, and the old one stays, as its policy says; its name stays taken',
    '{1}、ポリシーのとおり古いものが残り、その名前は使われたままです',
  ],
  [
    'is {}, but cannot be deleted: {}. The update ends without it, and the old one goes on costing',
    '{1} が、削除できません：{2}。更新はそのまま終わり、古いものに料金がかかり続けます',
  ],
  [
    'Ask for its id before the deploy (the first command), and delete it once nobody needs it.',
    'デプロイの前に ID を調べ（最初のコマンド）、不要になったら削除してください。',
  ],
  [
    'Ask for its id before the deploy (the first command), and delete it once nobody needs it. Whoever wants it back imports it ("npx cdk import"): a new one of its name is refused.',
    'デプロイの前に ID を調べ（最初のコマンド）、不要になったら削除してください。戻すにはインポートします（"npx cdk import"）。同じ名前の新しいものは拒まれます。',
  ],
  [
    'Switch the protection off in a deploy of its own before, or delete it by hand. {}',
    '先に別のデプロイで保護を外すか、手で削除してください。{1}',
  ],
  ['replaced', '置き換わり'],
  ['removed', '除かれ'],
  [
    'is no part of the shop any more; "cdk deploy" leaves it as it is, with its data, and it goes on costing',
    'もうショップのものではありません。"cdk deploy" はデータごとそのまま残し、料金がかかり続けます',
  ],
  ['Delete it when nobody needs it.', '不要になったら削除してください。'],
  ['stays, as its DeletionPolicy says', 'DeletionPolicy のとおり残ります'],
  [
    'Delete it by hand once nobody needs it; until then it may cost, and its name is taken.',
    '不要になったら手で削除してください。それまでは料金がかかることがあり、名前も使われたままです。',
  ],
  [
    'begins a second, empty shop in {}; what is in {} stays there with its data, and its names, buckets and aliases stay taken',
    '{1} に二つ目の空のショップを作ります。{2} のものはデータごと残り、名前、バケット、別名も使われたままです',
  ],
  [
    'begins a second, empty shop; what is deployed ({}) stays with its data under its own name, and its aliases and records stay taken',
    '二つ目の空のショップを作ります。デプロイ済みのもの（{1}）は自分の名前でデータごと残り、別名とレコードも使われたままです',
  ],

  [
    "Keep name, account and region. To move, build the new shop beside the old one, under another name, with dns: 'later' and, in the same account and region, detection.accountServices: 'existing'; copy the data, take the old one's names away, and delete it.",
    "名前、アカウント、リージョンを保ってください。移すなら、別の名前で、dns: 'later' として（同じアカウントとリージョンでは detection.accountServices: 'existing' も）新しいショップを並べて作り、データを写し、古いものの名前を外してから削除します。",
  ],
  [
    'Use RetainExceptOnCreate, and set protections in a later step; until then delete it by hand before the next try.',
    'RetainExceptOnCreate を使い、保護は後の手順で付けてください。それまでは、次に試す前に手で削除してください。',
  ],
  [
    "It is in nobody's way: the same command goes on without it. Whoever wants it gone asks for its id before the next try (the first command).",
    '妨げにはならず、同じコマンドがこれなしで続きます。消すなら、次に試す前に ID を調べてください（最初のコマンド）。',
  ],

  // What interrupts.
  [
    'restarts; the shop loses its database for about a minute, or fails over to the reader',
    '再起動します。ショップは一分ほどデータベースを失うか、リーダーに切り替わります',
  ],
  [
    'restarts; the shop loses its database for some minutes',
    '再起動します。ショップは数分間データベースを失います',
  ],
  ['stops and starts', '停止して起動します'],
  [
    'is another endpoint with another name: every VPN profile must be issued anew',
    '名前の違う別のエンドポイントになります。VPN のプロファイルをすべて発行し直す必要があります',
  ],
  [
    'is another portal with another address: people must be assigned to it and told the address anew',
    'アドレスの違う別のポータルになります。利用者を割り当て直し、新しいアドレスを知らせる必要があります',
  ],
  [
    'is another gateway: connections out of the VPC break',
    '別のゲートウェイになります。VPC から出る接続が切れます',
  ],
  [
    'is another load balancer: the shop is away until CloudFront reaches the new one',
    '別のロードバランサーになります。CloudFront が新しいものに届くまで、ショップは止まります',
  ],
  [
    'is another distribution: the shop is away until its name leads there',
    '別のディストリビューションになります。名前がそこを指すまで、ショップは止まります',
  ],
  [
    'goes: tasks that still mount the file system through it wait for it until they are replaced',
    'なくなります。これを通してマウントしているタスクは、置き換わるまで待たされます',
  ],
  [
    'goes: tasks that run keep it, and those that start need another. Files written through it go on belonging to its user',
    'なくなります。動作中のタスクは使い続け、新しいタスクには別のものが要ります。書かれたファイルの所有者は変わりません',
  ],
  [
    'is another service: its tasks start while the old ones run',
    '別のサービスになります。古いタスクが動いている間に新しいタスクが始まります',
  ],
  [
    'starts new tasks before it stops the old ones: sign-ins held in a task are lost, the shop is not',
    '新しいタスクを始めてから古いタスクを止めます。タスクの中のログイン状態は失われますが、ショップは止まりません',
  ],
  ['Deploy when few customers are there.', '客の少ない時間にデプロイしてください。'],

  // Changes that AWS refuses.
  [
    '{} changes, and no database becomes one of another engine',
    '{1} が変わりますが、データベースのエンジンは変えられません',
  ],
  [
    'Build the shop on the other engine as a new environment, move the data, and delete the old one.',
    '別のエンジンの環境を新しく作り、データを移してから、古い環境を削除してください。',
  ],
  [
    '{} goes back to an older version, which RDS does not do; automatic minor upgrades may have made the running one newer still',
    '{1} が古いバージョンに戻りますが、RDS は戻せません。自動マイナーアップグレードで、動いているものはさらに新しいかもしれません',
  ],
  [
    'Keep the version that runs, or write a newer one.',
    '動いているバージョンを保つか、新しいものを書いてください。',
  ],
  [
    '{} becomes another major version ("The AllowMajorVersionUpgrade flag must be present")',
    '{1} が別のメジャーバージョンになります（"The AllowMajorVersionUpgrade flag must be present"）',
  ],
  [
    'Try the upgrade on a copy first; then set AllowMajorVersionUpgrade to true, with a parameter group of the new version.',
    '先に写しで試し、それから新しいバージョンのパラメーターグループとともに AllowMajorVersionUpgrade を true にしてください。',
  ],
  [
    '{} changes where or how CloudFront connects, while a distribution uses the origin (CannotUpdateEntityWhileInUse)',
    '{1} の変更で CloudFront の接続先か接続方法が変わりますが、ディストリビューションが使用中です（CannotUpdateEntityWhileInUse）',
  ],
  [
    'Make an origin under another logical id, which takes its place.',
    '別の論理 ID でオリジンを作り、置き換えてください。',
  ],
  [
    '{} loses a subnet that instances of the database may be in ("Some of the subnets to be deleted are currently in use")',
    '{1} から、データベースのインスタンスがあるかもしれないサブネットが外れます（"Some of the subnets to be deleted are currently in use"）',
  ],
  [
    'Keep the zones of the database: a shop can take on a zone, not give one up.',
    'データベースのゾーンを保ってください。ゾーンは増やせますが、減らせません。',
  ],
  [
    '{} changes a lock in compliance mode, which nobody can once its days of grace have passed',
    '{1} がコンプライアンスモードのロックを変えます。猶予期間を過ぎると誰にも変えられません',
  ],
  [
    'Leave the lock as it is. An environment that shall be disposable is made anew, under another name; this one stays what it is.',
    'ロックはそのままにしてください。使い捨ての環境は、別の名前で新しく作ります。この環境は変わりません。',
  ],
  [
    '{} switches Object Lock off, which S3 does not do',
    '{1} が Object Lock を無効にしますが、S3 ではできません',
  ],
  ['Leave it on.', '有効のままにしてください。'],
  ['{} becomes smaller, which EBS does not do', '{1} が小さくなりますが、EBS ではできません'],
  ['Make a new volume.', '新しいボリュームを作ってください。'],
  ['{} becomes smaller, which RDS does not do', '{1} が小さくなりますが、RDS ではできません'],
  ['Make a new instance and move the data.', '新しいインスタンスを作り、データを移してください。'],

  // Stacks that are stuck, and removal.
  [
    'could not be rolled back after an update that failed, and takes no other one ({})',
    '失敗した更新を戻せず、次の更新も受け付けません（{1}）',
  ],
  [
    'Mend what its events name, then let it roll back.',
    'イベントが示すものを直してから、ロールバックしてください。',
  ],
  ['could not be deleted, and takes no update ({})', '削除できず、更新も受け付けません（{1}）'],
  [
    'Remove what its events name, then delete it again.',
    'イベントが示すものを除いてから、もう一度削除してください。',
  ],
  [
    'was protected before its first resource was made, and the CDK must delete the failed stack before it tries again ("cannot be deleted while TerminationProtection is enabled")',
    '最初のリソースより前に保護されました。CDK は失敗したスタックを削除してからやり直します（"cannot be deleted while TerminationProtection is enabled"）',
  ],
  ['cannot be deleted while its termination protection is on', '削除保護が有効な間は削除できません'],
  [
    'Take the protection off, then run the same command again.',
    '保護を外してから、同じコマンドをもう一度実行してください。',
  ],
  ['cannot be deleted while {} imports from it', '{1} がインポートしている間は削除できません'],
  ['Delete {} first.', '先に {1} を削除してください。'],
  [
    'it holds something by then, and AWS deletes it only when it is empty',
    'そのときには中身があり、AWS は空でないと削除しません',
  ],
  ['its deletion protection is on', '削除保護が有効です'],
  ['cannot be deleted: {}', '削除できません：{1}'],
  ['Lift what stands in the way, then delete again.', '妨げを除いてから、もう一度削除してください。'],
  ['{} when its own creation is rolled back: {}', '自分の作成が戻されるとき、{1}：{2}'],
  ['is kept', '残ります'],
  ['cannot be deleted', '削除できません'],
  ['its DeletionPolicy is Retain', 'DeletionPolicy が Retain です'],
];
