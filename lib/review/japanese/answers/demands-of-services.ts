import type { Translation } from '../../../cli/language/pattern.ts';

/** What `secure-shop plan` says AWS demands of what runs and what keeps in a template, in Japanese. */
export const serviceDemandAnswers: readonly Translation[] = [
  ['{} (InvalidParameterValue)', '{1}（InvalidParameterValue）'],
  ['{} (InvalidParameterCombination)', '{1}（InvalidParameterCombination）'],
  ['{} (ClientException)', '{1}（ClientException）'],
  ['{} (ValidationError)', '{1}（ValidationError）'],
  [
    '{} (WAFInvalidParameterException, WAFLimitsExceededException)',
    '{1}（WAFInvalidParameterException、WAFLimitsExceededException）',
  ],

  // Load balancer and tasks.
  ['compares with {} values in a condition, at most 3', '一つの条件で {1} 個の値と比べます。最大は 3 個です'],
  [
    'compares with {} values, at most 5 (TooManyTargets)',
    '{1} 個の値と比べます。最大は 5 個です（TooManyTargets）',
  ],
  ['has {} wildcards, at most 6', 'ワイルドカードが {1} 個あります。最大は 6 個です'],
  ['has a value of {} characters, at most 128', '{1} 文字の値があります。最大は 128 文字です'],
  [
    'has the expression {}, which looks around or back',
    '正規表現 {1} が、先読み、後読み、または後方参照を使います',
  ],
  ['Spread the conditions over several rules.', '条件を複数のルールに分けてください。'],
  [
    'is one of {} rules of its load balancer, at most 100 (TooManyRules)',
    'ロードバランサーのルール {1} 件の一つです。最大は 100 件です（TooManyRules）',
  ],
  ['Join rules, or have the quota raised.', 'ルールをまとめるか、上限の引き上げを申請してください。'],
  ['speaks {} without a certificate', '{1} で通信しますが、証明書がありません'],
  ['Name the certificate that it shows.', '使う証明書を書いてください。'],
  [
    'has a certificate or a TLS policy, and speaks {} (InvalidConfigurationRequest)',
    '証明書か TLS ポリシーがありますが、{1} で通信します（InvalidConfigurationRequest）',
  ],
  ['Write HTTPS, or leave them out.', 'HTTPS と書くか、それらを除いてください。'],
  ['asks every {} s, and waits {} s for the answer', '{1} 秒ごとに尋ね、答えを {2} 秒待ちます'],
  [
    'Let HealthCheckTimeoutSeconds be shorter than HealthCheckIntervalSeconds.',
    'HealthCheckTimeoutSeconds を HealthCheckIntervalSeconds より短くしてください。',
  ],
  [
    'gets requests from {}, and one load balancer only may send them (TargetGroupAssociationLimit)',
    '{1} からリクエストを受けますが、送れるロードバランサーは一つだけです（TargetGroupAssociationLimit）',
  ],
  [
    'Make a target group for each load balancer.',
    'ロードバランサーごとにターゲットグループを作ってください。',
  ],
  [
    'has {} CPU and {} MiB, a pair that Fargate does not have ("No Fargate configuration exists")',
    'CPU が {1}、メモリが {2} MiB ですが、Fargate にない組み合わせです（"No Fargate configuration exists"）',
  ],
  ['Write a pair of its table.', 'Fargate の表にある組み合わせを書いてください。'],
  [
    'has the network mode {}; Fargate knows awsvpc',
    'ネットワークモードが {1} です。Fargate で使えるのは awsvpc です',
  ],
  ['Write awsvpc.', 'awsvpc と書いてください。'],
  ['asks for tmpfs, which Fargate has not', 'tmpfs を求めますが、Fargate にはありません'],
  ['Mount a volume.', 'ボリュームをマウントしてください。'],
  ['reads {}, which ECS does not understand', '{1} を読みますが、ECS はこの書き方を受け付けません'],
  [
    'Write <arn>:<key>::, with two colons at the end.',
    '<arn>:<key>:: のように、最後にコロンを二つ書いてください。',
  ],
  [
    'sends requests to port {} of {}, which {} does not open (InvalidParameterException)',
    '{2} のポート {1} にリクエストを送りますが、{3} では開いていません（InvalidParameterException）',
  ],
  ['Open the port in its PortMappings.', 'PortMappings でポートを開いてください。'],
  [
    'sends requests to the container {}, which {} does not have (InvalidParameterException)',
    'コンテナ {1} にリクエストを送りますが、{2} にありません（InvalidParameterException）',
  ],
  ['Write the name of one of its containers.', 'あるコンテナの名前を書いてください。'],
  [
    'mounts the volume {}, which it does not have',
    'ボリューム {1} をマウントしますが、そのボリュームがありません',
  ],
  ['Add it to Volumes, or write the name of one.', 'Volumes に加えるか、あるものの名前を書いてください。'],
  [
    'lets a container wait for {}, which it does not have',
    'コンテナが {1} を待ちますが、そのコンテナがありません',
  ],
  ['has no essential container', '必須（Essential）のコンテナがありません'],
  ['maps port {} to {}, which awsvpc does not', 'ポート {1} を {2} に割り当てますが、awsvpc ではできません'],
  [
    'mounts a file system by an access point or a role without TransitEncryption',
    'TransitEncryption なしで、アクセスポイントかロールを使ってファイルシステムをマウントします',
  ],
  ['Write what the parts of a task say of each other.', 'タスクの各部分の記述を合わせてください。'],

  // Functions and rotations.
  [
    'has {} bytes of environment; Lambda takes 4096',
    '環境変数が {1} バイトです。Lambda が受け付けるのは 4096 バイトまでです',
  ],
  ['Read the rest from a parameter.', '残りはパラメーターから読んでください。'],
  [
    'sets the variable {}, which Lambda keeps for itself or does not take (InvalidParameterValueException)',
    '変数 {1} は、Lambda が自分で使うか、受け付けません（InvalidParameterValueException）',
  ],
  ['Give it another name.', '別の名前を付けてください。'],
  [
    'and the functions beside it reserve {} concurrent executions; of {} in an account Lambda leaves {} unreserved',
    'とほかの関数が、合わせて同時実行を {1} 予約します。アカウントの {2} のうち、Lambda は {3} を予約せずに残します',
  ],
  ['Reserve less, or have the quota raised.', '予約を減らすか、上限の引き上げを申請してください。'],
  [
    'may run {} times at once, and the first rotation of {} secrets starts with the deploy: the others are throttled',
    '同時に {1} 回まで動きますが、{2} 個のシークレットの最初のローテーションがデプロイとともに始まります。残りは抑制されます',
  ],
  ['Reserve {} or more.', '{1} 以上を予約してください。'],
  [
    'rotates at {}: {} (InvalidParameterException)',
    'ローテーションのスケジュールが {1} です：{2}（InvalidParameterException）',
  ],
  [
    'rotates at {} for {}: {} (InvalidParameterException)',
    'ローテーションのスケジュールが {1}、期間が {2} です：{3}（InvalidParameterException）',
  ],
  ['less than 4 hours, or more than 999 days', '4 時間より短いか、999 日より長い間隔です'],
  ['no schedule that Secrets Manager knows', 'Secrets Manager が受け付けるスケジュールではありません'],
  ['its window opens at minute {}', '期間が {1} 分に始まります'],
  ['its year is {}', '年が {1} です'],
  ['days of month and of week exclude each other', '日と曜日は同時に使えません'],
  ['hours {} do not repeat evenly', '時刻 {1} が等間隔で繰り返しません'],
  ['its window of {} does not fit', '期間 {1} が収まりません'],
  [
    'Write rate(<n> days), or a cron expression that opens on the hour and repeats evenly.',
    'rate(<n> days) か、毎正時に始まり等間隔で繰り返す cron 式を書いてください。',
  ],

  // Databases, backups and buckets.
  ['runs {}, and its cluster {} {}', 'エンジンが {1} ですが、クラスター {2} は {3} です'],
  [
    'runs {} {}, and its parameters {} are of {}, another family',
    'エンジンが {1} {2} ですが、パラメーター {3} は別のファミリー {4} のものです',
  ],
  [
    'Write the engine and family of one version for all of them.',
    'すべてに、同じバージョンのエンジンとファミリーを書いてください。',
  ],
  [
    'has the MasterUsername {} (InvalidParameterValue)',
    'MasterUsername が {1} です（InvalidParameterValue）',
  ],
  [
    'Write another one: a letter first, then letters, digits and _.',
    '別のものを書いてください。英字で始め、英数字と _ が使えます。',
  ],
  ['has a window of {} minutes, at least 30', '時間枠が {1} 分です。最小は 30 分です'],
  [
    'has windows for backup and maintenance that overlap',
    'バックアップとメンテナンスの時間枠が重なっています',
  ],
  ['Write other times.', '別の時間を書いてください。'],
  [
    'has subnets in one zone (DBSubnetGroupDoesNotCoverEnoughAZs)',
    'サブネットが一つのゾーンにしかありません（DBSubnetGroupDoesNotCoverEnoughAZs）',
  ],
  ['Name subnets in two zones or more.', '二つ以上のゾーンのサブネットを書いてください。'],
  ['a rule', 'ルール'],
  [
    'keeps backups of {} for {} days, where the lock of their vault takes {} to {}: its jobs fail',
    '{1} のバックアップを {2} 日保持しますが、ボールトのロックが受け付けるのは {3} から {4} 日です。ジョブは失敗します',
  ],
  ['Keep them for a time that the lock takes.', 'ロックが受け付ける期間で保持してください。'],
  [
    'keeps continuous backups of {} for {} days, at most 35 (InvalidParameterValueException)',
    '{1} の継続的バックアップを {2} 日保持します。最大は 35 日です（InvalidParameterValueException）',
  ],
  [
    'Keep them for 35 days, and take snapshots for longer.',
    '35 日の保持とし、それより長くはスナップショットを取ってください。',
  ],
  [
    'deletes backups of {} {} days after they went to cold storage, at least 90',
    '{1} のバックアップを、コールドストレージに移して {2} 日後に削除します。最小は 90 日です',
  ],
  [
    'Keep them longer, or out of cold storage.',
    'より長く保持するか、コールドストレージに移さないでください。',
  ],
  [
    'locks backups for {} to {} days (InvalidParameterValueException)',
    'バックアップを {1} から {2} 日の間ロックします（InvalidParameterValueException）',
  ],
  [
    'is replicated without versions (InvalidRequest)',
    'バージョニングなしでレプリケートされます（InvalidRequest）',
  ],
  [
    'Set VersioningConfiguration.Status to Enabled.',
    'VersioningConfiguration.Status を Enabled にしてください。',
  ],

  // Alarms, events, logs, hosts and pipelines.
  [
    'measures every {} s, where CloudWatch takes 10, 20, 30 or whole minutes',
    '{1} 秒ごとに測ります。CloudWatch が受け付けるのは 10、20、30 秒か、分単位です',
  ],
  ['looks back {,} s, at most {,}', '{1} 秒さかのぼります。最大は {2} 秒です'],
  ['wants {} of {} measurements', '{2} 回の測定のうち {1} 回を求めます'],
  ['Write another period or number.', '別の期間か数を書いてください。'],
  [
    'compares {} with no list (InvalidEventPatternException)',
    '{1} をリストと比べていません（InvalidEventPatternException）',
  ],
  ['Put the value into a list.', '値をリストに入れてください。'],
  [
    'is one of {} subscriptions of its log group, at most 2 (LimitExceededException)',
    'ロググループのサブスクリプション {1} 件の一つです。最大は 2 件です（LimitExceededException）',
  ],
  ['Let one destination hand the entries on.', '一つの送り先から、ほかへ渡してください。'],
  [
    'stops starting tasks {} hours before the end of {} (ValidationException)',
    '全 {2} 時間のうち、終わりの {1} 時間前にタスクを始めなくなります（ValidationException）',
  ],
  ['Let Cutoff be less than Duration.', 'Cutoff を Duration より小さくしてください。'],
  [
    'has {} stage; CodePipeline wants two or more (InvalidStructureException)',
    'ステージが {1} つです。CodePipeline には二つ以上要ります（InvalidStructureException）',
  ],
  ['Add a stage.', 'ステージを加えてください。'],
];
