/** What rules say of secrets, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const sec: Readonly<Record<string, string>> = {
  'whether RDS makes its master password is known only after deployment':
    'RDS がマスターパスワードを作るかはデプロイ後に決まる',
  'MaximumPercent is {}, MinimumHealthyPercent {}: no task can be replaced':
    'MaximumPercent が {}、MinimumHealthyPercent が {} で、タスクを入れ替えられない',
  'MinimumHealthyPercent is {}: a restart stops the tasks that serve':
    'MinimumHealthyPercent が {} で、再起動が動作中のタスクを止める',
  'a restart that fails is not rolled back (DeploymentCircuitBreaker)':
    '失敗した再起動を巻き戻さない (DeploymentCircuitBreaker)',
  'a restart after which the shop answers with errors is not rolled back (DeploymentConfiguration.Alarms)':
    '再起動後にショップがエラーを返しても巻き戻さない (DeploymentConfiguration.Alarms)',
  'tells of rotations, and not of those that failed (RotationFailed)':
    'ローテーションを知らせるが、失敗 (RotationFailed) は知らせない',
  'nothing reports that its rotation failed': 'ローテーションの失敗を知らせるものがない',
  'nothing restarts the tasks that hold it when it was rotated':
    'ローテーション後に、使っているタスクを再起動するものがない',
  'nothing in these templates restarts the tasks that hold it when it was rotated':
    'ローテーション後に、使っているタスクを再起動するものがこのテンプレートにない',
  'whether it is rotated, and who then restarts the tasks that hold it, a deploy decides':
    'ローテーションの有無と、その後に使っているタスクを再起動するものが、デプロイで決まる',
  '{} keeps the value that a deploy wrote into it, whatever is rotated':
    '{} は、ローテーションされても、デプロイ時に書き込まれた値を使い続ける',
  'whether what {} calls restarts the tasks is not in these templates':
    '{} が呼ぶものがタスクを再起動するかは、このテンプレートからはわからない',
  '{} calls nothing that may restart the tasks (ecs:UpdateService)':
    '{} はタスクを再起動できるもの (ecs:UpdateService) を呼ばない',
  'is called to restart {}, and may not (ecs:UpdateService)':
    '{} を再起動するために呼ばれるが、権限がない (ecs:UpdateService)',
  'restarts something else: its environment does not name {}': '別のものを再起動する。環境変数に {} がない',
  'is not in the VPC: it can reach no database': 'VPC になく、データベースに届かない',
  'can reach no database: rotation would stop half-way':
    'どのデータベースにも届かず、ローテーションが途中で止まる',
  'names one login to alternate with itself': '交互に使う相手として自分自身を指定している',
  'is one login, which is changed under the tasks that use it':
    'ログインが 1 つで、使っているタスクの下で変わる',
  'MasterUserPassword is {}, which somebody knows and types; expected ManageMasterUserPassword or a secret':
    'MasterUserPassword が {} で、誰かが知っていて入力する。ManageMasterUserPassword かシークレットであるべき',
  'MasterUserPassword is written in the template': 'MasterUserPassword がテンプレートに書かれている',
  'MasterUserSecret has no key of its own': 'MasterUserSecret に専用のキーがない',
  'MasterUserSecret is encrypted with {}, the key for {}':
    'MasterUserSecret を {} で暗号化している ({} 用のキー)',
  'a container takes its environment from a file (EnvironmentFiles)':
    'コンテナが環境変数をファイルから取る (EnvironmentFiles)',
  '{} stays at {} of {}: expected AWSCURRENT, which each rotation moves':
    '{} が {3} の {2} に固定されている。ローテーションごとに動く AWSCURRENT であるべき',
  '{} is {}, which is neither a secret nor a parameter': '{} が {} で、シークレットでもパラメーターでもない',
  'where {} comes from is not in these templates': '{} の出所がこのテンプレートにない',
  'EnableIAMDatabaseAuthentication is not true: people would share a password':
    'EnableIAMDatabaseAuthentication が true ではなく、人がパスワードを共用することになる',
  'KmsKeyId is not set: the account-wide default key encrypts it':
    'KmsKeyId がなく、アカウント共通の既定キーで暗号化される',
  'is encrypted with the account-wide default key': 'アカウント共通の既定キーで暗号化している',
  'key {} is not a key of the shop': 'キー {} はショップのキーではない',
  'has no resource policy: any policy of the account can open it':
    'リソースポリシーがなく、アカウントのどのポリシーでも開けられる',
  'belongs to no secret of these templates': 'このテンプレートのどのシークレットのものでもない',
  'locks out {}, which reads it to do its work': '仕事で読む必要のある {} を締め出している',
  'refuses to nobody to {} it': '{} を誰にも拒まない',
  'lets {} {} it, which is not a declared reader': '宣言された読者ではない {} に {} を許している',
  'allows {} {}': '{} に {} を許している',
  '{} holds a secret in plain text': '{} に秘密が平文である',
  '{} gives {} a secret in plain text': '{} が {} に秘密を平文で渡す',
  '{} is the parameter {}, which CloudFormation shows: it lacks NoEcho':
    '{} はパラメーター {} で、NoEcho がなく CloudFormation に表示される',
  'output {} hands out a secret in plain text': '出力 {} が秘密を平文で渡す',
  '{} is written in the template beside the generated value (SecretStringTemplate)':
    '{} が、生成される値の横でテンプレートに書かれている (SecretStringTemplate)',
  'generates only {} characters': '{} 文字しか生成しない',
  'generates one of {} characters {} times, which is {} bits; expected 100 or more':
    '{} 種類の文字を {} 個生成し、{} ビットになる。100 ビット以上であるべき',
  'SecretString is written in the template': 'SecretString がテンプレートに書かれている',
  'declares no readers': '読者を宣言していない',
  'has no rotation schedule': 'ローテーションの予定がない',
  '{} of another account rotates it, and so reads it': '別のアカウントの {} が更新し、それによって読む',
  'its secret is not in these templates': '対象のシークレットがこのテンプレートにない',
  'the schedule names no function that rotates': '予定に、更新する関数の指定がない',
  'the interval is known only after deployment': '間隔はデプロイ後に決まる',
  'rotates every {} days; expected {} or fewer': '更新が {} 日ごと。{} 日以内であるべき',
  '{} rotates it, which these templates do not make': 'このテンプレートで作らない {} が更新する',
  'Secrets Manager may not call {}': 'Secrets Manager が {} を呼べない',
  '{} may not {}: the rotation stops half-way': '{} は {} ができず、ローテーションが途中で止まる',
  '{} may not read {}, which it needs': '{} は、必要な {} を読めない',
};
