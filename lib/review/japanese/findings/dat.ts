/** What rules say of data and who reads it, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const dat: Readonly<Record<string, string>> = {
  '{} is known only after deployment; expected true': '{} はデプロイ後に決まる。true であるべき',
  '{} is not true': '{} が true ではない',
  'SqsManagedSseEnabled is false': 'SqsManagedSseEnabled が false',
  'BucketEncryption is not set': 'BucketEncryption がない',
  'names no customer-managed key': 'カスタマー管理キーを指定していない',
  'uses {}, a key that every service of the account shares':
    'アカウントのすべてのサービスが共用するキー {} を使っている',
  'key {} is not in these templates': 'キー {} がこのテンプレートにない',
  'holds {} but is encrypted with {}, the key for {}':
    '{} を保管しているが、{} で暗号化している ({} 用のキー)',
  'has no rule': 'ルールがない',
  '{} keeps backups {} days; expected {} or more':
    '{} がバックアップを {} 日しか残さない。{} 日以上であるべき',
  'no rule runs daily': '毎日動くルールがない',
  'keeps backups in {}, which these templates do not make':
    'このテンプレートで作らない {} にバックアップを置く',
  'no rule copies to another vault': '別のボールトへコピーするルールがない',
  'copies to {} of another account': '別のアカウントの {} へコピーする',
  'copies to {}, which these templates do not make': 'このテンプレートで作らない {} へコピーする',
  'a copy is kept {} days; expected {} or more': 'コピーの保持が {} 日。{} 日以上であるべき',
  'asks {} to keep backups {}, which its lock refuses ({}-{} days)':
    '{} にバックアップを {} 残すよう求めるが、ロックが拒む ({}〜{} 日)',
  'no backup selection names it or a tag of it': 'これ自体もタグも、どのバックアップ選択にも含まれない',
  '{} may back nothing up': '{} にはバックアップの権限がない',
  '{} selects it for no plan': '{} の選択にプランがない',
  '{} names no role that backs up': '{} にバックアップするロールの指定がない',
  'selects no store of these templates': 'このテンプレートの保管先を 1 つも選ばない',
  'a backup plan exists, but it does not select this': 'バックアッププランはあるが、これを選んでいない',
  'no policy refuses requests without TLS': 'TLS のないリクエストを拒むポリシーがない',
  'does not refuse requests without TLS': 'TLS のないリクエストを拒まない',
  'no restore test selects {}': '{} を選ぶ復元テストがない',
  'PendingWindowInDays is {}': 'PendingWindowInDays が {}',
  'RotationPeriodInDays is {}; expected a year or less': 'RotationPeriodInDays が {}。1 年以内であるべき',
  'is disabled: what it encrypts cannot be read': '無効になっていて、暗号化したものを読めない',
  'performance data is encrypted with a key of AWS': 'パフォーマンスのデータを AWS のキーで暗号化している',
  'runs less than monthly': '月 1 回より少ない',
  'selects nothing to restore': '復元する対象を選んでいない',
  'no restore testing plan exists': '復元テストのプランがない',
  'leaves {} out (ExcludeVaults)': '{} を除外している (ExcludeVaults)',
  'restores from no vault that a plan fills': 'プランが使うボールトから復元しない',
  '{} is {}; expected Retain or Snapshot': '{} が {}。Retain か Snapshot であるべき',
  'TransitEncryption is not ENABLED': 'TransitEncryption が ENABLED ではない',
  'AuthorizationConfig.IAM is not ENABLED': 'AuthorizationConfig.IAM が ENABLED ではない',
  'is mounted without an access point: the task chooses its folder and user':
    'アクセスポイントなしでマウントするため、タスクがフォルダーとユーザーを選べる',
  'sets no PosixUser: callers choose their own, root included':
    'PosixUser がなく、呼び出し側が root も含めて自分を選べる',
  'acts as root': 'root として動く',
  'opens the whole file system (RootDirectory.Path)': 'ファイルシステム全体を開く (RootDirectory.Path)',
  'everybody may write to its folder (Permissions is {})': '誰でもフォルダーに書ける (Permissions が {})',
  'its policy does not refuse clients that come without an access point: expected a Deny of elasticfilesystem:ClientMount to everyone under Null { elasticfilesystem:AccessPointArn: true } alone':
    'ポリシーが、アクセスポイントを通らないクライアントを拒んでいない。Null { elasticfilesystem:AccessPointArn: true } だけを条件に、全員の elasticfilesystem:ClientMount を Deny するべき',
  'has no LockConfiguration': 'LockConfiguration がない',
  'MinRetentionDays is {}; expected 7 or more': 'MinRetentionDays が {}。7 以上であるべき',
  'no policy refuses {} to everybody': '全員に {} を拒むポリシーがない',
  'ChangeableForDays is not set: an administrator can remove the lock':
    'ChangeableForDays がなく、管理者がロックを外せる',
  'the lock becomes final after more than a month': 'ロックが確定するまで 1 か月以上ある',
  'its settings are encrypted with the key of AWS (KmsKeyArn)':
    '設定が AWS のキーで暗号化されている (KmsKeyArn)',
  'is encrypted with {}, which these templates do not make': 'このテンプレートで作らない {} で暗号化している',
  'AccessControl is {}': 'AccessControl が {}',
  'ObjectOwnership is ObjectWriter: whoever uploads decides who may read':
    'ObjectOwnership が ObjectWriter で、置いた者が読者を決められる',
  'is served as a website, without TLS or a web ACL': 'TLS も Web ACL もないウェブサイトとして公開している',
  'scripts of any site may use it (CorsConfiguration)':
    'どのサイトのスクリプトからも使える (CorsConfiguration)',
  'is copied to account {}': 'アカウント {} へ複製される',
  'is not versioned': 'バージョニングしていない',
  'deletes everything it holds after some days (ExpirationInDays)':
    '数日後に中身をすべて削除する (ExpirationInDays)',
  'old versions go after {} days': '古いバージョンが {} 日で消える',
  'spreads a database over regions that these templates do not make':
    'このテンプレートで作らないデータベースをリージョン間に広げる',
  'is part of a database in other regions': 'ほかのリージョンのデータベースの一部になっている',
  'its backups are replicated under a key that these templates do not make':
    'バックアップが、このテンプレートで作らないキーで複製される',
  'its copy is encrypted with {}': 'コピーが {} で暗号化される',
  'is copied to {}, no bucket of its data class here': '同じデータ区分のバケットではない {} へ複製される',
  'lets {} write parameters': '{} にパラメーターの書き込みを許している',
  'lets the pipeline write other parameters than the digest of the image':
    'イメージのダイジェスト以外のパラメーターをパイプラインが書ける',
  'everyone but those named (NotPrincipal) can assume it':
    '挙げた者を除く全員が引き受けられる (NotPrincipal)',
  'everyone can assume it': '誰でも引き受けられる',
  '{} of another account can assume it': '別のアカウントの {} が引き受けられる',
  '{} can assume it: whether that is another account, nobody says':
    '{} が引き受けられる。別のアカウントかどうかは、どこにも書かれていない',
  '{} can assume it for any account: neither aws:SourceAccount nor aws:SourceArn is asked for':
    'どのアカウントのためにも {} が引き受けられる。aws:SourceAccount も aws:SourceArn も求めていない',
  'whoever may call sts:AssumeRole in {} can assume it':
    '{} で sts:AssumeRole を呼べる者は誰でも引き受けられる',
  'any host can be started with it: ec2.amazonaws.com is trusted and no host of the shop has it':
    'どのホストもこれで起動できる。ec2.amazonaws.com を信頼しているが、使うホストがショップにない',
  '{} can assume it, and nothing of these templates runs there with it':
    '{} が引き受けられるが、そこでこれを使うものがこのテンプレートにない',
  '{} can assume it, which is no role of these templates':
    'このテンプレートのロールではない {} が引き受けられる',
  'people of {} can assume it: no role of a shop is for them':
    '{} の人が引き受けられるが、人のためのロールはショップにない',
  'everyone signed in through {} can assume it': '{} でサインインした者は誰でも引き受けられる',
  'every user of {} can assume it: no subject is asked for':
    '{} の利用者は誰でも引き受けられる。対象 (sub) を求めていない',
  'holds {}': '{} を持つ',
  'gives its permissions to {}, which is no role of these templates':
    'このテンプレートのロールではない {} に権限を与える',
  'holds {}: what it allows is not in these templates': '{} を持つ。許す内容がこのテンプレートにない',
  '{} is a credential that does not rotate': '{} は更新されない認証情報',
  'EnableExecuteCommand is true': 'EnableExecuteCommand が true',
  'runs with the role of {} ({})': '{} のロールで動く ({})',
  'gives a host {}, the role of something else': 'ほかのもののロール {} をホストに与える',
  'calls {}, which these templates do not make': 'このテンプレートで作らない {} を呼ぶ',
  'allows {}; expected lambda:InvokeFunction': '{} を許している。lambda:InvokeFunction であるべき',
  'everyone may call the function': '誰でも関数を呼べる',
  '{} of another account may call the function': '別のアカウントの {} が関数を呼べる',
  '{} may call the function for any account: neither SourceArn nor SourceAccount is set':
    'どのアカウントのためにも {} が関数を呼べる。SourceArn も SourceAccount もない',
  'declares no data class': 'データ区分を宣言していない',
  'allows everyone but those it names (NotPrincipal)': '挙げた者を除く全員に許している (NotPrincipal)',
  'allows everyone {}': '全員に {} を許している',
  'allows an account by its canonical user id': '正規ユーザー ID でアカウントに許している',
  'allows {} for any account: neither aws:SourceArn nor aws:SourceAccount is asked for':
    'どのアカウントのためにも {} に許している。aws:SourceArn も aws:SourceAccount も求めていない',
  'allows {} of another account': '別のアカウントの {} に許している',
  'allows {}: whether that is another account, nobody says':
    '{} に許している。別のアカウントかどうかは、どこにも書かれていない',
  'allows every principal of the account {}': 'アカウント {} のすべてのプリンシパルに許している',
  'allows a principal known only after deployment': 'デプロイ後に決まるプリンシパルに許している',
  'reads from or writes to other services by SQL (AssociatedRoles)':
    'SQL でほかのサービスを読み書きする (AssociatedRoles)',
  'EnableHttpEndpoint is true: queries pass the Data API, beside every security group':
    'EnableHttpEndpoint が true で、問い合わせがセキュリティグループを通らない Data API に届く',
  'has no key policy that can be read': '読み取れるキーポリシーがない',
  'allows everything but what it names (NotAction)': '挙げた操作を除くすべてを許している (NotAction)',
  '{} may administer the key': '{} がキーを管理できる',
  '{} may use it for any account: no source is asked for':
    'どのアカウントのためにも {} が使える。呼び出し元を求めていない',
  'every principal of the account whose own policy allows it may decrypt: no kms:ViaService is asked for':
    '自分のポリシーで許された、アカウントのすべてのプリンシパルが復号できる。kms:ViaService を求めていない',
  '{} may use it, which is no role of these templates': 'このテンプレートのロールではない {} が使える',
  '{} may rewrite its policy': '{} がポリシーを書き換えられる',
  'refers to another account: {}': '別のアカウントを参照している: {}',
  'refers to an account by its number, and nothing tells whose it is: {}':
    'アカウントを番号で参照しており、誰のものかはどこにも示されていない: {}',
  'allows everything but {} (NotAction)': '{} を除くすべてを許している (NotAction)',
  'allows everything but the resources it names (NotResource)':
    '挙げたリソースを除くすべてに許している (NotResource)',
  'allows {} on every resource': 'すべてのリソースに {} を許している',
  'allows {}: whoever has it can grant itself everything': '{} を許している。これがあれば自分に何でも許せる',
  'may pass any role that matches {}': '{} に一致するどのロールも渡せる',
  'may pass roles with iam:*': 'iam:* でロールを渡せる',
  'gives {} {} on {}, which declares no such reader':
    '{1} に {3} の {2} を許すが、その読者は宣言されていない',
  '{} can use {} and is not a declared reader': '{} が {} を使えるが、宣言された読者ではない',
  '{} can use {}': '{} が {} を使える',
  '{} may call the function for {}': '{2} のために {1} が関数を呼べる',
  '{} is not refused to other addresses than {}': '{2} 以外のアドレスからの {1} を拒んでいない',
  's3:PutObject is not refused to all but one role': '一つのロール以外の s3:PutObject を拒んでいない',
  's3:PutObject is not refused from outside the VPC': 'VPC の外からの s3:PutObject を拒んでいない',
  '{} is not refused to everybody who is not a declared reader': '宣言された読者以外の {} を拒んでいない',
  'no rule deletes every object within {} days': 'すべてのオブジェクトを {} 日以内に削除するルールがない',
  'no rule deletes old versions within {} days': '旧版を {} 日以内に削除するルールがない',
  'no rule hands its openings (GetObject) on to anybody':
    '開かれたこと (GetObject) を誰かに知らせるルールがない',
  'no trail records who reads its objects': '誰がオブジェクトを読むかを記録する証跡がない',
  'no rule copies to the second account {}': '二つ目のアカウント {} へコピーするルールがない',
  'guards no load balancer, so that nothing closes the screens':
    'ロードバランサーを守っておらず、画面を閉じるものがない',
  'nobody can read it': '誰も読めない',
  'read by {}': '{} が読む',
};
