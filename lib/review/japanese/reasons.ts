/**
 * What this project's own acknowledgements say, in Japanese, by the English that stands beside the code; `{}` stands for
 * a name that the config gives. Whoever changes a reason is told by a test to change it here too.
 */
export const reasons: readonly (readonly [en: string, ja: string])[] = [
  [
    'CloudWatch Synthetics names the log group of a canary after an id that it gives, counts in metrics that know no resource, and lists the names of buckets (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html). Compensated: the log groups of this canary only, two namespaces by condition, and nothing of it reads what is in a bucket.',
    'CloudWatch Synthetics はカナリアのロググループに自分で決めた id の名前を付け、リソースを持たないメトリクスで数え、バケットの名前を一覧します (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html)。補完策: このカナリアのロググループだけ、条件で 2 つの名前空間だけで、バケットの中身は読めません。',
  ],
  [
    'Holds reports and pictures of a page that everybody sees, for thirty days; the next run makes them anew. Compensated by versioning.',
    '誰でも見られるページの報告と画像を 30 日間置くだけで、次の実行が作り直します。補完策: バージョニング。',
  ],
  [
    'A stream is named after its database instance, which has no name before it is made, and RDS asks for the role with all its rights when it makes the instance (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html). Compensated: three actions on the one log group in which RDS keeps the metrics of hosts, by a role that Enhanced Monitoring alone may take.',
    'ストリームの名前はデータベースインスタンスから付けられ、作成前には決まりません。RDS は作成時に、すべての権限を持つロールを求めます (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html)。補完策: 許すのは RDS がホストのメトリクスを置く 1 つのロググループへの 3 つの操作だけで、ロールを使えるのは拡張モニタリングだけです。',
  ],
  [
    'It is switched on by a schedule of the same stack, once the stack is complete, and every hour after that (lib/environment/protection). In the template it would keep a first deploy that fails from being rolled back, and so from being repeated. Compensated: besides the switch, the deletion policy keeps it whatever happens to the stack.',
    'スタックの完成後、同じスタックのスケジュールが有効にし、以後 1 時間ごとに有効にし直します (lib/environment/protection)。テンプレートに書くと、最初のデプロイが失敗したときに巻き戻せず、やり直せなくなります。補完策: この設定とは別に、削除ポリシーがスタックに何が起きても残します。',
  ],
  [
    'A tier changes size and availability, never a control: the smallest shop stands in one zone as a whole, and is away while that zone is (docs/cost.md). `database.standby` adds a second one. Compensated: recovery to any second of the last 35 days into another zone, and daily copies in another region.',
    'tier で変わるのは規模と可用性だけで、守りは変わりません。最小のショップは全体が 1 つのゾーンにあり、そのゾーンが止まっている間は止まります (docs/cost.md)。`database.standby` で予備を追加できます。補完策: 直近 35 日の任意の時点へ、別のゾーンに復元できます。別のリージョンには毎日の写しがあります。',
  ],
  [
    'Lists of metrics, certificates, copies and detectors know no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html); of findings the account has one detector, one analyzer and one hub in a region, whose ids are not known before the deploy. Compensated: limited to two regions; all of it lists numbers, ends of certificates and findings, and changes nothing.',
    'メトリクス・証明書・コピー・検出器の一覧はリソースを指定できません (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html)。検出結果については、アカウントのリージョンごとに検出器・アナライザー・ハブが 1 つずつあるだけで、その id はデプロイ前には分かりません。補完策: 2 つのリージョンに限り、数値・証明書の期限・検出結果を読むだけで、何も変えません。',
  ],
  [
    'None of these actions knows a resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html). Compensated: they read lists of jobs and numbers, and write a verdict beside a restore test; none reads or changes what a backup holds.',
    'これらの操作はリソースを指定できません (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html)。補完策: ジョブの一覧と数値を読み、復元試験に判定を書き添えるだけで、バックアップの中身は読みも変えもしません。',
  ],
  [
    'AWS Backup gives each copy of a restore test a name of its own, of which only the beginning is known; an instance of Aurora takes the default groups of its engine. Compensated: nothing else of the shop has such a name, each copy is deleted within hours, and the network of the function ends at the security group of the copies.',
    'AWS Backup は復元試験の複製に毎回新しい名前を付け、前もって分かるのは先頭だけです。Aurora のインスタンスはエンジンの既定のグループを使います。補完策: その名前を持つものはショップにほかになく、複製は数時間で削除され、関数のネットワークは複製のセキュリティグループまでしか届きません。',
  ],
  [
    'AWS Backup gives each copy of a restore test a name of its own, of which only the beginning is known, and objects have the names of what was uploaded. Compensated: the function reads and lists, and has no action that writes or deletes; copies carry the prefix that AWS Backup alone uses, and are deleted by it.',
    'AWS Backup は復元試験の複製に毎回新しい名前を付け、前もって分かるのは先頭だけです。オブジェクトの名前は、アップロードされたものの名前です。補完策: 関数は読み取りと一覧だけを行い、書き込みや削除の操作は持ちません。複製の名前は AWS Backup だけが使う接頭辞で始まり、AWS Backup が削除します。',
  ],
  [
    'The rule looks for each instance by itself, and AWS Backup takes an Aurora cluster as a whole (https://docs.aws.amazon.com/aws-backup/latest/devguide/aurora-rds.html). Compensated: the cluster is in the plan, and is restored every month.',
    'このルールはインスタンスを 1 つずつ調べますが、AWS Backup は Aurora クラスターを全体として保存します (https://docs.aws.amazon.com/aws-backup/latest/devguide/aurora-rds.html)。補完策: クラスターはバックアッププランに含まれ、毎月復元されます。',
  ],
  [
    'Lambda creates the network interfaces of a function before any has an id, and the describe actions know no resources (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html). Compensated: in this region only, and denied to every call that comes from the code of a function.',
    'Lambda は関数のネットワークインターフェイスを、ID が決まる前に作ります。また Describe 系の操作はリソースを指定できません (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html)。補完策: このリージョンに限り、関数のコードからの呼び出しはすべて拒否します。',
  ],
  [
    'None of these actions knows a resource (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html). Compensated: a login and the reading of scan findings and patch states change nothing; a task definition does nothing until a service uses it, and the one role that may register it can update this one service only, and pass only the two roles of the shop. Every action but the login is limited to one role by condition.',
    'これらの操作はいずれもリソースを指定できません (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)。補完策: ログインと、検査結果やパッチ状態の読み取りは何も変えません。タスク定義はサービスが使うまで何もせず、登録できる唯一のロールはこのサービスだけを更新でき、渡せるのはショップの 2 つのロールだけです。ログイン以外の操作は、条件で 1 つのロールに限っています。',
  ],
  [
    'The actions without a resource show metrics, alarms and the state of services, and change nothing; tasks and stacks are limited to those of this environment, whose last part AWS makes up. Compensated: the same policy refuses every other action, is the permissions boundary of the role, and each sign-in is told to the owner.',
    'リソースを指定できない操作は、メトリクス、アラーム、サービスの状態を見るだけで、何も変えません。タスクとスタックはこの環境のものに限られ、末尾は AWS が決めます。補完策: 同じポリシーがほかの操作をすべて拒否し、ロールの権限境界にもなり、サインインは毎回所有者に知らされます。',
  ],
  [
    'Holds copies of the build context and lists of what images contain; the images themselves are in the registry. Everything here is made anew by every weekly build. Compensated by versioning.',
    'ビルドの材料の写しと、イメージの内容の一覧を置きます。イメージ自体はレジストリにあります。ここにあるものは毎週のビルドで作り直されます。補完策: バージョニング。',
  ],
  [
    'The rule asks for OAuth where a project fetches from GitHub or Bitbucket itself, and reports every other project too. This one fetches nothing: it receives what the pipeline hands it. Compensated: a repository of the user is read by the pipeline through a connection, which holds no password.',
    'このルールは GitHub や Bitbucket から直接取得するプロジェクトに OAuth を求めるもので、それ以外も指摘します。このプロジェクトは何も取得せず、パイプラインから受け取るだけです。補完策: 利用者のリポジトリは、パスワードを持たない接続を通じてパイプラインが読みます。',
  ],
  [
    'AWS keeps this policy in step with what AWS Backup needs for each kind of store (https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html); a copy would silently fall behind and backups would fail. Compensated by a trust policy for AWS Backup alone and a selection that names each store.',
    'このポリシーは、保管先の種類ごとに AWS Backup が必要とする権限に合わせて AWS が更新しています (https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html)。写しを持つと気づかないうちに古くなり、バックアップが失敗します。補完策: 信頼ポリシーは AWS Backup だけを許し、対象の保管先は 1 つずつ指定します。',
  ],
  [
    'The shop sells to every country; `waf.allowCountries` restricts it. Compensated by the web ACL: reputation and anonymous-address lists, rate rules and challenges.',
    'このショップはすべての国に販売します。制限は `waf.allowCountries` で設定します。補完策: Web ACL の評判リスト、匿名アドレスリスト、レート制限、チャレンジ。',
  ],
  [
    'Load balancer access logs and S3 server access logs are delivered to buckets with SSE-S3 only (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html). Compensated by SSE-S3, TLS-only access and a policy that denies deletion.',
    'ロードバランサーと S3 のアクセスログは、SSE-S3 のバケットにしか配信されません (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html)。補完策: SSE-S3、TLS のみのアクセス、削除を拒否するポリシー。',
  ],
  [
    'Access logs repeat what the web ACL, flow and trail logs prove, which are kept elsewhere; a copy would double the personal data (addresses) at rest. Compensated by versioning and a policy that denies deletion.',
    'アクセスログの内容は、別に保管する Web ACL・フロー・証跡のログでも示せます。写しを作ると、保管する個人データ (アドレス) が倍になります。補完策: バージョニングと、削除を拒否するポリシー。',
  ],
  [
    'Object Lock keeps every version until its time has passed, against loss by any principal; S3 itself stores it over three zones. Compensated by CloudTrail keeping 90 days of its own event history.',
    'オブジェクトロックが、期限まですべてのバージョンを誰からも守ります。S3 自体が 3 つのゾーンに保存します。補完策: CloudTrail 自身が 90 日分のイベント履歴を保持します。',
  ],
  [
    'AWS Backup copies the bucket every day into a locked vault, which also survives a deletion that replication would repeat. Compensated by that plan, versioning and the backup selection beside the bucket.',
    'AWS Backup が毎日、ロックされたボールトへバケットを保存します。レプリケーションなら繰り返してしまう削除にも耐えます。補完策: このプラン、バージョニング、バケットのそばに置いたバックアップ選択。',
  ],
  [
    'The message channels of Systems Manager know no resource, and a host cannot be named before it exists. Compensated: in this region only, and no action reads a parameter, a secret or a store; AWS managed policy AmazonSSMManagedInstanceCore, the usual choice, would also read every parameter.',
    'Systems Manager の通信路はリソースを指定できず、ホストは作成前に名指しできません。補完策: このリージョンに限り、パラメーター、シークレット、保管先を読む操作はありません。通常使われる AWS 管理ポリシー AmazonSSMManagedInstanceCore は、すべてのパラメーターも読めてしまいます。',
  ],
  [
    'A host that refuses termination stays beside its successor, and keeps a deploy that fails from being rolled back. Compensated: it keeps nothing, its sessions are recorded outside of it, and the stack that makes it anew is protected.',
    '終了を拒むホストは後継の横に残り、失敗したデプロイの巻き戻しを妨げます。補完策: ホストは何も保持せず、セッションは外に記録され、ホストを作り直すスタックは保護されています。',
  ],
  [
    'The mail provider gives this login, and no interface of {} changes it: its owner writes it, docs/first-hour.md says how. Compensated: it is read by the start of the shop alone, opens a mailbox that may only send, and is no use against any other system.',
    'このログインはメール事業者が発行し、{} には変更する手段がありません。持ち主が書き込みます (方法は docs/first-hour.ja.md)。補完策: 読むのはショップの起動だけで、送信専用のメールボックスにしか使えず、ほかのシステムには役に立ちません。',
  ],
  [
    'Objects have the names of what customers and staff upload, which nobody knows in advance. Compensated: three actions on the objects of this one bucket, which is versioned, backed up and closed to everyone undeclared.',
    'オブジェクトの名前は顧客や担当者がアップロードするもので、事前にはわかりません。補完策: この 1 つのバケットのオブジェクトへの 3 つの操作だけです。バケットはバージョニングされ、バックアップされ、宣言のない者には閉じられています。',
  ],
  [
    'The config asks the managed rule groups to count only, meant for the first week while false alarms are looked for. Compensated: admin paths, rate and country rules block all the same, and every review says so first.',
    '設定により、マネージドルールグループは検知だけを行います。誤検知を探す最初の 1 週間のためのものです。補完策: 管理パス、レート、国のルールは変わらず遮断し、レビューは毎回まずこのことを伝えます。',
  ],
  [
    'The environment is disposable: it may be deleted as a whole, and must not hold data of real customers. Compensated by production, whose stores refuse deletion.',
    'この環境は使い捨てです。全体を削除してよく、実在の顧客のデータを置いてはいけません。補完策: 本番環境の保管先は削除を拒みます。',
  ],
  [
    'The environment is disposable: it may be deleted as a whole, and must not hold data of real customers. Compensated by production, whose load balancer refuses deletion.',
    'この環境は使い捨てです。全体を削除してよく、実在の顧客のデータを置いてはいけません。補完策: 本番環境のロードバランサーは削除を拒みます。',
  ],
  [
    'What AWS keeps in this public bucket of its own for hosts, nobody else can list. Compensated: read only, of the buckets that AWS names for patching and its agent, and the S3 endpoint lets through no others.',
    'AWS がホストのために自分の公開バケットに置くものは、ほかの誰にも一覧できません。補完策: 読み取りだけで、AWS がパッチとエージェントのために示すバケットに限り、S3 エンドポイントもほかを通しません。',
  ],
  [
    'Only an environment that is declared disposable has it: the owner said that its data, backups and logs may be deleted. Compensated: it does so only while CloudFormation deletes the stack, or rolls its creation back, and asks CloudFormation whether it does (lib/environment/teardown/stack-goes.ts).',
    '使い捨てと宣言した環境だけが持ちます。持ち主が、データ・バックアップ・ログを削除してよいと述べています。補完策: 動くのは CloudFormation がスタックを削除するか、作成を巻き戻す間だけで、そうであるかを CloudFormation に確かめます (lib/environment/teardown/stack-goes.ts)。',
  ],
  [
    'Neither the names below it are known before they are to be deleted, nor does AWS know a resource for lists. Only an environment that is declared disposable has it: the owner said that its data, backups and logs may be deleted. Compensated: it does so only while CloudFormation deletes the stack, or rolls its creation back, and asks CloudFormation whether it does (lib/environment/teardown/stack-goes.ts).',
    'その下の名前は削除するときまでわからず、一覧の操作はリソースを指定できません。使い捨てと宣言した環境だけが持ちます。持ち主が、データ・バックアップ・ログを削除してよいと述べています。補完策: 動くのは CloudFormation がスタックを削除するか、作成を巻き戻す間だけで、そうであるかを CloudFormation に確かめます (lib/environment/teardown/stack-goes.ts)。',
  ],
  [
    'It deletes the log buckets after the VPC is gone, so no network of the shop can hold it. Compensated: only a disposable environment has it, it reads no data, and it can delete nothing but what its stack names.',
    'VPC がなくなった後にログのバケットを削除するため、ショップのどのネットワークにも置けません。補完策: 使い捨ての環境だけが持ち、データは読まず、スタックが名指ししたもの以外は削除できません。',
  ],
  [
    'CloudFormation alone calls it, and waits for its answer: a failure, a throttled call or no answer fails the deletion of the stack before the eyes of whoever asked for it.',
    '呼び出すのは CloudFormation だけで、応答を待ちます。失敗、スロットリング、無応答のいずれも、依頼した人の目の前でスタックの削除を失敗させます。',
  ],
  [
    'An export is a copy of what the database holds, made for one person and deleted within days: another copy would only be one more to lose. Compensated by the backups of the database itself.',
    '書き出しはデータベースの内容の写しで、一人のために作られ、数日で削除されます。さらに写しを作れば、失うものが増えるだけです。データベース自体のバックアップで補います。',
  ],
  [
    'Exports have the names of the moments at which they were made. Compensated: writing only, below the names of the people whom the config names, in one bucket that refuses everybody else.',
    '書き出しの名前は作られた時刻です。補い: 書き込みだけで、設定が挙げる人の名前の下に限り、ほかの全員を拒む一つのバケットの中だけです。',
  ],
  [
    'Exports have the names of the moments at which they were made. Compensated: reading only, below the name of one person, whom the policy of the bucket names as well, and each opening is told to the owner.',
    '書き出しの名前は作られた時刻です。補い: 読み取りだけで、一人の名前の下に限り、バケットのポリシーもその人を名指しし、開くたびに所有者に知らされます。',
  ],
  [
    'AWS::EC2::FlowLog DestinationOptions accepts properties in camelCase, even they are listed as PascalCase in the spec',
    'AWS::EC2::FlowLog の DestinationOptions は、仕様では PascalCase ですが camelCase のプロパティを受け付けます (CDK 自身による承認)。',
  ],
];
