import type { Translation } from '../../../cli/language/pattern.ts';

/** What `secure-shop plan` says AWS would refuse for what stacks and resources are to each other, in Japanese. */
export const refusalAnswers: readonly Translation[] = [
  // Names that two want.
  ['takes {} twice ({})', '{1} を二度使います（{2}）'],
  ['takes {}, which {} takes too ({})', '{1} を使いますが、{2} も使います（{3}）'],
  ['the one {} of an account and region', 'アカウントとリージョンに一つだけの {1}'],
  ['Take one of the two out.', 'どちらか一方を取り除いてください。'],
  ['Give one of the two another value.', 'どちらか一方に別の値を付けてください。'],
  [
    'is replaced because {} changes, and the new one takes {} while the old one still has it ({})',
    '{1} が変わるので置き換わりますが、古いものがまだ持っている {2} を新しいものが使います（{3}）',
  ],
  [
    'Undo the change of {}, or let the new one take another value: old and new stand side by side until the update ends.',
    '{1} の変更を取り消すか、新しいものに別の値を付けてください。更新が終わるまで新旧が並びます。',
  ],
  [
    'takes {}, which {} has, left behind by {} ({})',
    '{1} を使いますが、{3} が残した {2} が持っています（{4}）',
  ],
  ['takes {}, which {} has {} ({})', '{1} を使いますが、{3}、{2} が持っています（{4}）'],
  ['until the update ends', 'この更新が終わるまで'],
  ['until its own change, which nothing puts first', '先に起きるとは限らない自分の変更まで'],
  ['and keeps it', '手放すことなく'],
  [
    'Import what was left behind into the stack, before any other change ("npx cdk import"), or delete it. After a creation that failed, RetainExceptOnCreate would not have left it.',
    'ほかの変更の前に、残ったものをスタックに取り込む（npx cdk import）か、削除してください。作成の失敗の後、RetainExceptOnCreate なら残りませんでした。',
  ],
  [
    'Choose a value that nothing had before, or deploy twice: first what gives the value up, then what takes it.',
    '今まで使われていない値を選ぶか、二度デプロイしてください。先に値を手放すもの、次に使うものです。',
  ],
  [
    'Choose a value that nothing has, or delete {} first, which is no part of the shop any more.',
    '使われていない値を選ぶか、もうショップの一部でない {1} を先に削除してください。',
  ],
  ['Choose a value that nothing has.', '使われていない値を選んでください。'],

  // Exports.
  [
    'the export {} {} while {} imports it (Export cannot be updated as it is in use)',
    'エクスポート {1} は、{3} が取り込んでいる間に{2}（Export cannot be updated as it is in use）',
  ],
  ['{} (and {} more exports)', '{1}（ほか {2} 件）'],
  ['goes away', 'なくなります'],
  ['becomes another value', '別の値になります'],
  ['changes, because {} is replaced', '{1} が置き換わるので変わります'],
  ['changes, because {} is replaced ({} changes)', '{1} が置き換わるので変わります（{2} の変更のため）'],
  [
    'Deploy twice: first a version in which {} does without it and the export stays, then this one; or undo the change.',
    '二度デプロイしてください。先に {1} がそれなしで済みエクスポートが残る版、次にこの版です。または変更を取り消してください。',
  ],
  [
    'is replaced, but {} reads it through {} and its own template does not change: it goes on using the old one, which cannot be deleted',
    '置き換わりますが、{1} は {2} を通して読み、そのテンプレートは変わりません。古いものを使い続け、古いものは削除できません',
  ],
  [
    'Change the template of {} in the same deploy, so that the output is read again.',
    '出力が読み直されるように、同じデプロイで {1} のテンプレートも変えてください。',
  ],
  [
    'exports {}, which {} exports too (Export with that name is already exported)',
    '{1} をエクスポートしますが、{2} もエクスポートしています（Export with that name is already exported）',
  ],
  [
    'Give the export another name; in an own template, one with the name of its stack.',
    'エクスポートに別の名前を付けてください。自分のテンプレートでは、スタックの名前を含むものにします。',
  ],
  ['{}, which no stack exports', '{1}。どのスタックもエクスポートしていません'],
  ['imports {}', '{1} を取り込みます'],
  ['reads {} of {}', '{2} の {1} を読みます'],
  [
    'Export it from the stack that makes it, or do without it.',
    '作るスタックからエクスポートするか、使わないでください。',
  ],

  // What another must have been before.
  [
    'needs {} ({}) when it is created, which always comes after it: {}',
    '作成のときに {1}（{2}）が要りますが、必ずその後に作られます：{3}',
  ],
  [
    'needs {} ({}) when it is created, and nothing puts that first: {}',
    '作成のときに {1}（{2}）が要りますが、先に作られるとは限りません：{3}',
  ],
  [
    'Let {} not refer to {}, or put what is needed first into a policy of its own.',
    '{1} から {2} を参照しないか、先に要るものを別のポリシーに分けてください。',
  ],
  ['Add {} to DependsOn of {}.', '{2} の DependsOn に {1} を加えてください。'],
  ['has Environment or Secrets.Name {} twice', 'Environment か Secrets の Name に {1} が二度あります'],
  ['has {} {} twice', '{1} に {2} が二度あります'],
  ['Give each its own.', 'それぞれ別のものにしてください。'],
  ['{} (Circular dependency between resources)', '{1}（Circular dependency between resources）'],
  ['waits for itself', '自分自身を待ちます'],
  ['waits for itself through other stacks', 'ほかのスタックを通して自分自身を待ちます'],
  ['holds {}, which waits for itself', '{1} があり、自分自身を待ちます'],
  [
    'Break the circle: let one of them take what it needs from elsewhere.',
    '循環を断ってください。どれか一つが、必要なものをほかから得るようにします。',
  ],
  ['{}, which stays, uses it', '残る {1} が使っています'],
  ['{} is on', '{1} が有効です'],
  ['it is not empty: {} has written into it', '空ではありません。{1} が書き込みました'],
  ['the first run of the pipeline', 'パイプラインの初回実行'],
  ['the trail', '証跡'],
  ["the load balancer's test file", 'ロードバランサーのテストファイル'],

  // What admits a service.
  ['needs {} ({}), which {}', '{1}（{2}）が要りますが、{3}'],
  [
    'does not let CloudWatch Logs use it for this log group ("The specified KMS key does not exist or is not allowed to be used")',
    'このロググループについて CloudWatch Logs に使わせません（The specified KMS key does not exist or is not allowed to be used）',
  ],
  ['Let the service use the key, in its KeyPolicy.', 'KeyPolicy でサービスに鍵を使わせてください。'],
  [
    'does not let CloudTrail use it (InsufficientEncryptionPolicyException)',
    'CloudTrail に使わせません（InsufficientEncryptionPolicyException）',
  ],
  [
    'does not let CloudTrail write (InsufficientS3BucketPolicyException)',
    'CloudTrail に書かせません（InsufficientS3BucketPolicyException）',
  ],
  ['Let the service write, in the policy of the bucket.', 'バケットポリシーでサービスに書かせてください。'],
  [
    'does not let the load balancer write its logs ("Access Denied for bucket")',
    'ロードバランサーにログを書かせません（Access Denied for bucket）',
  ],
  [
    'does not let AWS Config write (InsufficientDeliveryPolicyException)',
    'AWS Config に書かせません（InsufficientDeliveryPolicyException）',
  ],
  [
    'may not create network interfaces ("The provided execution role does not have permissions to call CreateNetworkInterface on EC2")',
    'ネットワークインターフェースを作れません（The provided execution role does not have permissions to call CreateNetworkInterface on EC2）',
  ],
  [
    'Allow ec2:CreateNetworkInterface, DescribeNetworkInterfaces and DeleteNetworkInterface to the role.',
    'ロールに ec2:CreateNetworkInterface、DescribeNetworkInterfaces、DeleteNetworkInterface を許可してください。',
  ],
  [
    'may not be invoked by Secrets Manager for this secret (AccessDeniedException)',
    'このシークレットについて Secrets Manager から呼び出せません（AccessDeniedException）',
  ],
  [
    'Add an AWS::Lambda::Permission with lambda:InvokeFunction for the service, and let it come first.',
    'そのサービスに lambda:InvokeFunction を許す AWS::Lambda::Permission を加え、先に作られるようにしてください。',
  ],
  [
    'may not be invoked by CloudWatch Logs ("Could not execute the lambda function")',
    'CloudWatch Logs から呼び出せません（Could not execute the lambda function）',
  ],
  [
    'may not be invoked by S3 ("Unable to validate the following destination configurations")',
    'S3 から呼び出せません（Unable to validate the following destination configurations）',
  ],
  [
    'may not be invoked by EventBridge for this rule: its events are dropped',
    'このルールについて EventBridge から呼び出せません。イベントは捨てられます',
  ],
  ['AWS says so itself: mend what it names.', 'AWS 自身の言葉です。示されたものを直してください。'],
  [
    '{} Whoever wants it back imports it ("npx cdk import"): a new one of its name is refused.',
    '{1} 元に戻すには取り込みます（npx cdk import）。同じ名前の新しいものは拒否されます。',
  ],
  [
    'is replaced by an empty one because {} changes; {}',
    '{1} が変わるので、空の新しいものに置き換わります。{2}',
  ],
  ['is replaced by an empty one; {}', '空の新しいものに置き換わります。{1}'],

  // The section of a report on the terminal.
  ['What the next deploy does, from {}:', '{1} からの、次のデプロイで起きること：'],
  ['Unchanged: {} of {} stacks.', '変更なし：{2} スタックのうち {1}。'],
  ['... and {} more changes in rows.json', 'ほか {1} 件の変更は rows.json にあります'],
  ['... and {} more of these in rows.json', 'ほか {1} 件は rows.json にあります'],
  ['{} created', '作成 {1}'],
  ['{} changed', '変更 {1}'],
  ['{} replaced', '置換 {1}'],
  ['{} removed', '削除 {1}'],
  ['about {} minute', '約 {1} 分'],
  ['nothing to wait for', '待つものはありません'],
];
