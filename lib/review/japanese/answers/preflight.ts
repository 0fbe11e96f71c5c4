import type { Translation } from '../../../cli/language/pattern.ts';

/** What `secure-shop preflight` answers, in Japanese, in the order of its checks. */
export const preflightAnswers: readonly Translation[] = [
  ['Bootstrapped regions', 'ブートストラップされたリージョン'],
  [
    'is not bootstrapped, and an earlier try has left the bucket {}',
    'ブートストラップされておらず、以前の試みのバケット {1} が残っています',
  ],
  ['Empty and delete it; then prepare the region.', '空にして削除してから、リージョンを準備してください。'],
  ['is not bootstrapped', 'ブートストラップされていません'],
  ['Prepare the region; about two minutes.', 'リージョンを準備してください。約 2 分です。'],
  [
    'is bootstrapped with version {}; the templates need {}',
    'ブートストラップのバージョンは {1} で、テンプレートには {2} が要ります',
  ],
  [
    'Bootstrap it again; nothing that is deployed changes.',
    'もう一度ブートストラップしてください。デプロイ済みのものは変わりません。',
  ],
  ['is bootstrapped, but its bucket {} is gone', 'ブートストラップされていますが、バケット {1} がありません'],
  [
    'Delete the stack CDKToolkit, and prepare the region anew.',
    'スタック CDKToolkit を削除し、リージョンを準備し直してください。',
  ],
  ['is bootstrapped, version {}', 'ブートストラップ済み、バージョン {1}'],

  ['Hosted zone', 'ホストゾーン'],
  ['zone {}', 'ゾーン {1}'],
  ['the account has no zone {}', 'アカウントにゾーン {1} がありません'],
  ['Correct "hostedZone.id" in the config.', '設定の hostedZone.id を直してください。'],
  ['{} is the zone of {}', '{1} は {2} のゾーンです'],
  ['Correct "hostedZone" in the config.', '設定の hostedZone を直してください。'],
  ['is private: nobody outside a VPC can ask it', 'プライベートです。VPC の外からは引けません'],
  [
    'Make a public zone, and write its id into "hostedZone.id".',
    'パブリックなゾーンを作り、その ID を hostedZone.id に書いてください。',
  ],
  ['is public and delegated', 'パブリックで、委任されています'],
  ['the world asks no name server for it', '世界のどのネームサーバーにも委任されていません'],
  ['the world asks {} for it', '世界は {1} に尋ねています'],
  [
    'Name these at the registrar, or in the zone above: {}. It takes up to two days.',
    'レジストラーか上位のゾーンに次を登録してください：{1}。最大二日かかります。',
  ],

  ['CAA records', 'CAA レコード'],
  ['no CAA record stands in the way', '妨げになる CAA レコードはありません'],
  ['CAA lets Amazon in', 'CAA は Amazon を許しています'],
  ['the CAA record of {} allows {} alone', '{1} の CAA レコードが許すのは {2} だけです'],
  ['Add to {}: 0 issue "amazon.com".', '{1} に 0 issue "amazon.com" を加えてください。'],

  ['Records in the way', '妨げになるレコード'],
  ['records', 'レコード'],
  ['are the shop’s own, or none are made', 'ショップのものか、一つも作りません'],
  ['has no record yet', 'まだレコードがありません'],
  ['has {} already', '既に {1} があります'],
  [
    "Write dns: 'later' into the environment, and move the name when the shop is set up: docs/first-deploy.md.",
    "環境に dns: 'later' と書き、ショップが整ってから名前を移してください：docs/first-deploy.ja.md。",
  ],

  ['has {}, and it holds no version', '{1} がありますが、版を示していません'],
  ['could not take back what was imported ({})', '取り込んだものを戻せませんでした（{1}）'],
  ['Quotas', 'クォータ'],
  [
    'needs {}; Service Quotas names no such quota',
    '{1} 要ります。Service Quotas にその名のクォータがありません',
  ],
  ['Quotas that are not known', '上限の分からないクォータ'],
  [
    'Service Quotas names none, and AWS documents no default, of what is needed: {}',
    '必要なものの上限が Service Quotas になく、AWS の文書にも既定値がありません：{1}',
  ],
  [
    'Look in the console, Service Quotas; or deploy: AWS refuses what is too much, and nothing is lost.',
    'コンソールの Service Quotas を見るか、デプロイしてください。多すぎれば AWS が拒否し、何も失われません。',
  ],
  [
    'Look for it in the console: Service Quotas, {}.',
    'コンソールの Service Quotas、{1} で確かめてください。',
  ],
  ['Ask for more; minutes to a day.', '引き上げを申請してください。数分から一日です。'],
  ['needs {}, {} in use, of {}', '必要 {1}、使用中 {2}、上限 {3}'],
  ['needs {}, {} in use, of {}, the default', '必要 {1}、使用中 {2}、上限 {3}（既定値）'],
  ['needs {}, of {}', '必要 {1}、上限 {2}'],
  ['needs {}, of {}, the default', '必要 {1}、上限 {2}（既定値）'],
  [
    'Delete what nobody uses, or ask AWS Support for more; {}',
    '使っていないものを削除するか、AWS サポートに引き上げを頼んでください：{1}',
  ],
  ['{} other quotas', 'ほかのクォータ {1} 件'],
  ['{} needs {}, {} in use, of {}', '{1}：必要 {2}、使用中 {3}、上限 {4}'],
  ['{} needs {}, {} in use, of {}, the default', '{1}：必要 {2}、使用中 {3}、上限 {4}（既定値）'],
  ['{} needs {}, of {}', '{1}：必要 {2}、上限 {3}'],
  ['{} needs {}, of {}, the default', '{1}：必要 {2}、上限 {3}（既定値）'],
  ['how many are in use already could not be seen of {}', '既に使われている数が見えません：{1}'],
  [
    'Allow cloudformation:ListResources and what it asks the services (ReadOnlyAccess does), or look in the console: Service Quotas.',
    'cloudformation:ListResources と、それが各サービスに尋ねるもの（ReadOnlyAccess で足ります）を許可するか、コンソールの Service Quotas で確かめてください。',
  ],
  ['Capacity of the web ACL in {}', '{1} の Web ACL のキャパシティ'],
  ['is not known: it holds a rule group of somebody else', '不明です。他者のルールグループが入っています'],
  [
    'AWS tells it in the console, and refuses more than {} units.',
    'AWS がコンソールに表示し、{1} ユニットを超えると拒否します。',
  ],
  ['needs {} units, of {}', '必要 {1} ユニット、上限 {2}'],
  [
    'Take rules out of waf in the config: AWS grants nobody more.',
    '設定の waf からルールを減らしてください。これより多くは誰にも許されません。',
  ],
  ['above {} each request costs more', '{1} を超えるとリクエストごとの料金が上がります'],

  ['Availability zones', 'アベイラビリティゾーン'],
  ['Choose from {} in "network.availabilityZones".', 'network.availabilityZones に {1} から選んでください。'],
  ['is no zone of this account', 'このアカウントのゾーンではありません'],
  ["is {}, which CloudFront's VPC origins do not reach", '{1} です。CloudFront の VPC オリジンが届きません'],
  ['is {}, where there is no secure browser', '{1} です。そこにセキュアブラウザーはありません'],
  [
    'Choose from {} in "network.availabilityZones", or take admin.secureBrowser out.',
    'network.availabilityZones に {1} から選ぶか、admin.secureBrowser を除いてください。',
  ],
  ['is {}', '{1} です'],

  ['accepts the account: it has a distribution', 'アカウントは使えます。ディストリビューションがあります'],
  [
    'has no distribution of this account: whether it accepts one, no call shows',
    'このアカウントのディストリビューションがなく、作れるかどうかを示す API はありません',
  ],
  [
    'Of a new account ask AWS Support first ("Account and billing", "CloudFront verification"); a day or two.',
    '新しいアカウントでは、先に AWS サポート（"Account and billing"、"CloudFront verification"）に確かめてください。一日か二日です。',
  ],
  [
    'belongs to the distribution {} already (CNAMEAlreadyExists)',
    '既にディストリビューション {1} のものです（CNAMEAlreadyExists）',
  ],
  [
    "Write dns: 'later' into the environment and move the name when the shop is set up: docs/first-deploy.md.",
    "環境に dns: 'later' と書き、ショップが整ってから名前を移してください：docs/first-deploy.ja.md。",
  ],

  ['Services of which an account has one', 'アカウントに一つだけのサービス'],
  ['is deployed with this environment', 'この環境と一緒にデプロイされています'],
  [
    'is on in this account already, and the deploy would make a second one',
    'このアカウントで既に有効で、デプロイが二つ目を作ろうとします',
  ],
  [
    "Write detection: { existing: ['{}'] } into the environment, or accountServices: 'existing' for all.",
    "環境に detection: { existing: ['{1}'] } と書くか、すべてなら accountServices: 'existing' と書いてください。",
  ],
  [
    'is not on, and the config says that the account has it',
    '無効です。設定では、アカウントにあることになっています',
  ],
  [
    "Switch it on, or take '{}' out of detection.existing, or write accountServices: 'create' into it.",
    "有効にするか、detection.existing から '{1}' を除くか、accountServices: 'create' と書いてください。",
  ],
  ['is not on yet; the deploy switches it on', 'まだ無効です。デプロイが有効にします'],
  ['is on in this account', 'このアカウントで有効です'],
  ['Role of AWS Config', 'AWS Config のロール'],
  ['has its role {}', 'ロール {1} があります'],
  ['has no role {}, with which the recorder looks', 'レコーダーが使うロール {1} がありません'],
  ['Make it, once for the account.', 'アカウントに一度だけ作ってください。'],
  ['scans images', 'イメージをスキャンしています'],
  ['does not scan images ({})', 'イメージをスキャンしていません（{1}）'],
  ['Switch it on; minutes.', '有効にしてください。数分です。'],
  ['is covered', '対象です'],
  ['is not covered: its backups would not be made', '対象ではありません。バックアップが作られません'],
  ['Opt in; at once.', 'オプトインしてください。すぐに有効になります。'],
  ['AWS Backup: copies to {}', 'AWS Backup：{1} への写し'],
  ['are allowed by the organization', '組織が許しています'],
  ['are not allowed by the organization: each would fail', '組織が許していません。どれも失敗します'],
  [
    'would fail: this account belongs to no organization',
    '失敗します。このアカウントはどの組織にも属していません',
  ],
  [
    'Put both accounts into one organization; its management account then allows copies between accounts (docs/backup-account.md).',
    '二つのアカウントを一つの組織に入れ、管理アカウントでアカウント間のコピーを許可してください（docs/backup-account.ja.md）。',
  ],

  ['Certificates of the config', '設定にある証明書'],
  ['{} does not exist', '{1} がありません'],
  [
    'Correct it, or leave it out: the deploy then makes a certificate.',
    '直すか、書かずにおいてください。書かなければデプロイが証明書を作ります。',
  ],
  ['is not issued ({})', '発行されていません（{1}）'],
  [
    'Prove the domain: ACM names the DNS record; minutes to an hour. Or leave it out: the deploy then makes one.',
    'ACM が示す DNS レコードでドメインを証明してください。数分から一時間です。書かずにおけば、デプロイが作ります。',
  ],
  ['does not hold {}', '{1} が含まれていません'],
  [
    'Name a certificate that does, or leave it out: the deploy then makes one.',
    'それを含む証明書を書くか、書かずにおいてください。書かなければデプロイが作ります。',
  ],
  ['holds every name and ends in {} days', 'すべての名前を含み、あと {1} 日で切れます'],
  ['has ended', '期限が切れています'],
  ['ends in {} days', 'あと {1} 日で切れます'],
  ['Make another one, and name it in the config.', '新しく作り、設定に書いてください。'],

  ['VPN certificate', 'VPN の証明書'],
  ['is not named in the config: the admin screens stay closed', '設定にありません。管理画面は閉じたままです'],
  [
    'Right for the first deploy; afterwards make it, and write its ARN into admin.vpn.certificateArn.',
    '初回のデプロイではこれで正しく、その後で作って ARN を admin.vpn.certificateArn に書いてください。',
  ],
  [
    'is not needed: people come in by the secure browser',
    '要りません。利用者はセキュアブラウザーから入ります',
  ],
  ['Make another one, and deploy.', '新しく作り、デプロイしてください。'],
  [
    'Take it out of the config for the first deploy; then make it with "npx --no-install secure-shop vpn init".',
    '初回のデプロイでは設定から除き、その後 "npx --no-install secure-shop vpn init" で作ってください。',
  ],

  ['Mail secret', 'メールのシークレット'],
  ['is to be deleted: no task would start', '削除が予定されています。タスクが起動できません'],
  ['Take it back.', '削除を取り消してください。'],
  ["is encrypted with AWS's own key", 'AWS の鍵で暗号化されています'],
  [
    'is encrypted with {}, whose policy must let the start of the shop decrypt',
    '{1} で暗号化されています。そのポリシーが、ショップの起動に復号を許す必要があります',
  ],
  [
    'Without a statement with kms:Decrypt for {} no task starts (ResourceInitializationError); docs/first-hour.md has it.',
    '{1} に kms:Decrypt を許すステートメントがないと、タスクは起動しません（ResourceInitializationError）。docs/first-hour.ja.md にあります。',
  ],
  [
    'Make it with the keys username and password, or leave mail.secret out: the deploy then makes one.',
    'username と password をキーとして作るか、mail.secret を書かずにおいてください。書かなければデプロイが作ります。',
  ],

  ['Mails by SES', 'SES のメール'],
  ['sends nothing for this account ({})', 'このアカウントから何も送りません（{1}）'],
  ['paused', '停止中'],
  [
    'Ask AWS Support why, or send by another mail server: mail in the config.',
    'AWS サポートに理由を尋ねるか、別のメールサーバーで送ってください（設定の mail）。',
  ],
  [
    'watches this account for complaints and bounces (PROBATION)',
    '苦情と不達のため、このアカウントを監視しています（PROBATION）',
  ],
  [
    'Read what SES says in its console before customers depend on it.',
    '顧客に頼られる前に、SES のコンソールの説明を読んでください。',
  ],
  ['sends to everybody', '誰にでも送れます'],
  [
    'sends to confirmed addresses only (sandbox): no customer would hear of an order',
    '確認済みのアドレスにしか送れません（サンドボックス）。注文のメールは顧客に届きません',
  ],
  [
    'Ask for production access before the shop opens; a day.',
    '開店の前に本番アクセスを申請してください。一日です。',
  ],

  ['Connection to the repository', 'リポジトリへの接続'],
  [
    'Make it in the console: Developer Tools, Connections; then write its ARN into patching.source.',
    'コンソールの Developer Tools、Connections で作り、その ARN を patching.source に書いてください。',
  ],
  ['It must be "available", and not "pending".', '"available" でなければならず、"pending" ではいけません。'],
  ['is available', '使えます'],
  [
    'is not available ({}): no image would ever be built',
    '使えません（{1}）。イメージが一度もビルドされません',
  ],
  [
    'Confirm it in the console: Developer Tools, Connections, "Update pending connection".',
    'コンソールの Developer Tools、Connections の "Update pending connection" で確認してください。',
  ],

  ['Leftovers and names in use', '残り物と使用中の名前'],
  ['names and stacks', '名前とスタック'],
  ['nothing stands in the way', '妨げはありません'],
  ['takes no update ({})', '更新を受け付けません（{1}）'],
  ['is being worked on ({})', '作業中です（{1}）'],
  ['Wait until that has ended.', '終わるまで待ってください。'],
  ['is taken already ({})', '既に使われています（{1}）'],
  ['Look whether anybody needs it; then delete it.', '誰かが使っていないか確かめてから、削除してください。'],
  ['is a secret that waits for its deletion', '削除待ちのシークレットです'],
  ['is a secret that exists already', '既にあるシークレットです'],
  [
    'Look whether anybody needs it; then delete it at once.',
    '誰かが使っていないか確かめてから、すぐに削除してください。',
  ],
  ['is a log group that exists already', '既にあるロググループです'],
  ['is a backup vault that exists already', '既にあるバックアップボールトです'],
  [
    'Empty and delete it, or call the shop otherwise: docs/leaving.md.',
    '空にして削除するか、ショップを別の名前にしてください：docs/leaving.ja.md。',
  ],

  ['Image of the shop', 'ショップのイメージ'],
  [
    'is gone: the storefront cannot be deployed without it',
    'ありません。これがないと店頭のスタックをデプロイできません',
  ],
  ['Build an image; half an hour.', 'イメージをビルドしてください。30 分です。'],
  ['is written by the first run of the pipeline', 'パイプラインの最初の実行が書き込みます'],
  ['holds no digest of an image', 'イメージのダイジェストが入っていません'],
  ['names an image', 'イメージを指しています'],
  [
    'was left by an earlier try: its image may be gone',
    '以前の試みの残りです。そのイメージはもうないかもしれません',
  ],
  ['Delete it.', '削除してください。'],
];
