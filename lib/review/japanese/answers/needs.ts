import type { Translation } from '../../../cli/language/pattern.ts';

/** Why a resource needs another when it is created, as `secure-shop plan` says it, in Japanese. */
export const needAnswers: readonly Translation[] = [
  ['AWS Backup works with the role', 'AWS Backup がそのロールで動きます'],
  ['AWS Config refuses a bucket that it may not write to', 'AWS Config は書き込めないバケットを拒みます'],
  [
    'CloudFormation calls the function at once, and waits for an answer up to an hour',
    'CloudFormation は関数をすぐに呼び出し、答えを最長 1 時間待ちます',
  ],
  [
    'CloudTrail refuses a bucket that it may not write to (InsufficientS3BucketPolicyException)',
    'CloudTrail は書き込めないバケットを拒みます（InsufficientS3BucketPolicyException）',
  ],
  [
    'CloudTrail refuses a role that may not write to the log group',
    'CloudTrail はロググループに書き込めないロールを拒みます',
  ],
  [
    'CloudWatch Logs refuses a function that it may not invoke',
    'CloudWatch Logs は呼び出せない関数を拒みます',
  ],
  [
    'CloudWatch Logs sends a test message with the role',
    'CloudWatch Logs がそのロールでテストメッセージを送ります',
  ],
  [
    'CodeBuild looks up the security groups with the role when a project has a VPC',
    'プロジェクトに VPC があると、CodeBuild がそのロールでセキュリティグループを調べます',
  ],
  [
    'EC2 refuses a route to an internet gateway of no VPC',
    'EC2 は、VPC のないインターネットゲートウェイへのルートを拒みます',
  ],
  [
    'ECS pulls the image and reads the secrets with the role',
    'ECS がそのロールでイメージを取得し、シークレットを読みます',
  ],
  [
    'ECS refuses a target group that has no load balancer yet',
    'ECS は、まだロードバランサーのないターゲットグループを拒みます',
  ],
  ['Firehose checks the role', 'Firehose がそのロールを確かめます'],
  [
    'Lambda asks whether the role may create network interfaces before it takes a function in a VPC',
    'Lambda は、ロールがネットワークインターフェースを作れるかを確かめてから VPC 内の関数を受け付けます',
  ],
  ['Lambda reads from the source with the role', 'Lambda がそのロールでソースから読みます'],
  ['RDS starts Enhanced Monitoring with the role', 'RDS がそのロールで拡張モニタリングを始めます'],
  ['S3 refuses to notify a function that it may not invoke', 'S3 は呼び出せない関数への通知を拒みます'],
  ['S3 refuses to notify a topic that it may not publish to', 'S3 は発行できないトピックへの通知を拒みます'],
  [
    'Secrets Manager refuses a function that it may not invoke',
    'Secrets Manager は呼び出せない関数を拒みます',
  ],
  [
    'Step Functions refuses a role that may not write the logs',
    'Step Functions はログを書けないロールを拒みます',
  ],
  [
    'a flow log whose role may not write the logs does not become active',
    'ロールがログを書けないフローログは有効になりません',
  ],
  [
    'a gateway to the internet that is not attached yet makes the NAT gateway fail',
    'まだアタッチされていないインターネットゲートウェイでは、NAT ゲートウェイの作成が失敗します',
  ],
  [
    'a new canary runs at once, and its function with the role',
    '新しい Canary はすぐに動き、その関数がそのロールで動きます',
  ],
  ['a new pipeline runs at once', '新しいパイプラインはすぐに動きます'],
  [
    'a new pipeline runs at once, and its builds with the role',
    '新しいパイプラインはすぐに動き、そのビルドがそのロールで動きます',
  ],
  ['it may run as soon as it is made', '作られるとすぐに動くことがあります'],
  ['its first start runs with the role', '最初の起動がそのロールで動きます'],
  ['its first task mounts the file system', '最初のタスクがファイルシステムをマウントします'],
  [
    'its first task pulls the image through the security group',
    '最初のタスクがそのセキュリティグループを通してイメージを取得します',
  ],
  [
    'its first task pulls the image through the subnet',
    '最初のタスクがそのサブネットを通してイメージを取得します',
  ],
  ['its first task runs with the role', '最初のタスクがそのロールで動きます'],
  ['its handler answers connections with the role', 'ハンドラーがそのロールで接続に答えます'],
  ['the first rotation reads and writes the secret', '最初のローテーションがシークレットを読み書きします'],
  [
    'the first rotation reads from the secret where its database is',
    '最初のローテーションが、データベースの場所をシークレットから読みます',
  ],
  ['the first rotation signs in to the database', '最初のローテーションがデータベースにログインします'],
  ['the first rotation starts at once', '最初のローテーションがすぐに始まります'],
  ['the flow log is delivered into the bucket', 'フローログがそのバケットに届きます'],
  [
    'the load balancer writes a test file into the bucket when its access log is switched on',
    'アクセスログを有効にすると、ロードバランサーがバケットにテストファイルを書きます',
  ],
];
