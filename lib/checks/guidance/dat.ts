import type { Guidance } from './guidance.ts';

/** What the rules of the invariants on data are for. */
export const dat: Readonly<Record<string, Guidance>> = {
  'DAT1[BackedUp]': {
    weight: 'critical',
    risk: {
      en: 'What no plan selects is gone with the first mistake or ransom note.',
      ja: '計画に入っていないデータは、一度の事故や身代金要求で失われます。',
    },
    remedy: {
      en: "Add it to the environment's backup selection.",
      ja: '環境のバックアップ選択に加えてください。',
    },
  },
  'DAT1[BackupSelection]': {
    weight: 'high',
    risk: {
      en: 'A selection that selects nothing backs nothing up, and nothing says so.',
      ja: '何も選ばない選択は、何も保存せず、気付かれません。',
    },
    remedy: {
      en: 'Name a plan of these templates and the stores themselves.',
      ja: 'テンプレート内の計画と保管先そのものを指定してください。',
    },
  },
  'DAT1[BackupPlan]': {
    weight: 'high',
    risk: {
      en: 'A week of backups does not outlive an intruder who waits for two.',
      ja: '一週間分では、潜伏した侵入者に対抗できません。',
    },
    remedy: {
      en: 'Keep the daily rule, 35 days or more, and the copy to the second region.',
      ja: '毎日、35 日以上、第二リージョンへの複製を保ってください。',
    },
  },
  'DAT1[VaultLocked]': {
    weight: 'critical',
    risk: {
      en: 'Whoever gets hold of an administrator deletes the backups first.',
      ja: '管理者権限を得た攻撃者は、まずバックアップを消します。',
    },
    remedy: {
      en: 'Keep LockConfiguration with a minimum of days.',
      ja: '最短日数付きの LockConfiguration を残してください。',
    },
  },
  'DAT1[RestoreTested]': {
    weight: 'high',
    risk: {
      en: 'A backup that was never restored is a hope.',
      ja: '復元したことのないバックアップは当てになりません。',
    },
    remedy: {
      en: 'Keep the monthly restore test and its selections.',
      ja: '月次の復元テストと対象を残してください。',
    },
  },
  'DAT1[RestoreSelections]': {
    weight: 'medium',
    risk: {
      en: 'The kind of store that is left out is the one that will not come back.',
      ja: '除かれた種類の保管先は、復元できるか分かりません。',
    },
    remedy: {
      en: 'Add a restore selection for each kind that is backed up.',
      ja: '保存している種類ごとに復元の対象を加えてください。',
    },
  },
  'DAT1[BucketClosed]': {
    weight: 'critical',
    risk: {
      en: "One policy or ACL would open customers' files to everybody.",
      ja: '一つのポリシーで顧客のファイルが全公開になります。',
    },
    remedy: {
      en: 'Set all four settings of PublicAccessBlockConfiguration to true.',
      ja: 'PublicAccessBlockConfiguration の四つすべてを true にしてください。',
    },
  },
  'DAT1[DeletionProtection]': {
    weight: 'high',
    risk: {
      en: 'One wrong call, or a stack taken down, deletes what customers entrusted.',
      ja: '一度の誤操作やスタック削除で、預かったデータが消えます。',
    },
    remedy: {
      en: 'Keep deletion protection and a removal policy that retains.',
      ja: '削除保護と保持のポリシーを残してください。',
    },
  },
  'DAT1[Encrypted]': {
    weight: 'high',
    risk: {
      en: 'With another key, whoever may decrypt logs or images may read customers.',
      ja: '別のキーでは、ログやイメージの権限で顧客データが読めます。',
    },
    remedy: {
      en: 'Encrypt with the customer-managed key of the declared data class.',
      ja: '宣言したデータ種別のキーで暗号化してください。',
    },
  },
  'DAT1[FileSystemMount]': {
    weight: 'high',
    risk: {
      en: 'Files would cross the network in the clear, to whoever mounts them.',
      ja: 'ファイルが平文で流れ、誰でもマウントできます。',
    },
    remedy: {
      en: 'Mount with TransitEncryption and IAM enabled, through the access point.',
      ja: '暗号化と IAM を有効にし、アクセスポイント経由でマウントしてください。',
    },
  },
  'DAT1[AccessPointUser]': {
    weight: 'medium',
    risk: {
      en: 'As root a broken shop changes every file, and its owner.',
      ja: 'root では、侵害されたショップが全ファイルを書き換えます。',
    },
    remedy: { en: 'Set PosixUser to a user other than 0.', ja: 'PosixUser に 0 以外を指定してください。' },
  },
  'DAT1[AccessPointOnly]': {
    weight: 'medium',
    risk: {
      en: 'A client that mounts the root of the file system is whoever it says it is.',
      ja: 'ルートを直接マウントすると、利用者を名乗り放題です。',
    },
    remedy: {
      en: "Refuse mounts without the access point in the file system's policy.",
      ja: 'アクセスポイントのないマウントをポリシーで拒否してください。',
    },
  },
  'DAT1[KeyRotation]': {
    weight: 'medium',
    risk: {
      en: 'A key that is never changed, or gone in a day, is a risk to secrecy or to the data.',
      ja: '変わらない鍵、すぐ消える鍵は、秘密またはデータを危うくします。',
    },
    remedy: {
      en: 'Set EnableKeyRotation to true and PendingWindowInDays to 7 or more.',
      ja: 'EnableKeyRotation を true、PendingWindowInDays を 7 以上にしてください。',
    },
  },
  'DAT1[InsightsKey]': {
    weight: 'medium',
    risk: {
      en: 'Performance data holds the queries, and queries hold customers.',
      ja: '性能データにはクエリが、クエリには顧客情報が含まれます。',
    },
    remedy: {
      en: 'Set PerformanceInsightsKMSKeyId to the customer-data key.',
      ja: 'PerformanceInsightsKMSKeyId に顧客データのキーを指定してください。',
    },
  },
  'DAT1[ShopKeys]': {
    weight: 'high',
    risk: {
      en: 'A key that these templates do not show is used by whoever its owner likes.',
      ja: 'テンプレートにない鍵は、誰が使えるか分かりません。',
    },
    remedy: { en: 'Use a key of the Vault stack.', ja: 'Vault スタックの鍵を使ってください。' },
  },
  'DAT1[Recoverable]': {
    weight: 'high',
    risk: {
      en: 'A file overwritten or a table dropped cannot be brought back as it was.',
      ja: '上書きや削除の前の状態に戻せません。',
    },
    remedy: {
      en: 'Switch on versioning, or point-in-time recovery of 35 days.',
      ja: 'バージョニング、または 35 日の時点復旧を有効にしてください。',
    },
  },
  'DAT1[VersionsKept]': {
    weight: 'medium',
    risk: {
      en: 'A version that expires within days is gone before anybody looks.',
      ja: '数日で消えるバージョンは、気付く前に失われます。',
    },
    remedy: {
      en: 'Keep noncurrent versions for a week or more.',
      ja: '旧バージョンを 7 日以上保持してください。',
    },
  },
  'DAT1[TlsOnly]': {
    weight: 'medium',
    risk: {
      en: "A client without TLS sends customers' data in the clear.",
      ja: 'TLS のないクライアントが平文で送信します。',
    },
    remedy: {
      en: 'Add a policy that denies `aws:SecureTransport` false.',
      ja: '`aws:SecureTransport` が false の要求を拒否してください。',
    },
  },
  'DAT1[TlsOnlyPolicy]': {
    weight: 'medium',
    risk: {
      en: 'A deny with a hole is none for whoever finds it.',
      ja: '抜けのある拒否は、見つけた者には働きません。',
    },
    remedy: {
      en: 'Let the deny name every principal, action and object.',
      ja: 'すべての主体・操作・オブジェクトを拒否の対象にしてください。',
    },
  },
  'DAT1[Copies]': {
    weight: 'high',
    risk: {
      en: 'A copy under another key or in another account is read by other people.',
      ja: '別の鍵や別アカウントの複製は、別の人に読まれます。',
    },
    remedy: {
      en: 'Encrypt the copy with a key of these templates, or do not make it.',
      ja: 'テンプレート内の鍵で暗号化するか、複製しないでください。',
    },
  },
  'DAT2[BroadManagedPolicy]': {
    weight: 'high',
    risk: {
      en: "A policy for whole services also opens customers' data and the controls.",
      ja: 'サービス全体のポリシーは、顧客データや統制まで開きます。',
    },
    remedy: {
      en: 'Grant the actions and resources that are needed.',
      ja: '必要な操作とリソースだけを許可してください。',
    },
  },
  'DAT2[NoUsers]': {
    weight: 'high',
    risk: {
      en: 'Keys that last are copied into files, chats and repositories.',
      ja: '長期の鍵はファイルやチャットに写されます。',
    },
    remedy: {
      en: 'Use roles: IAM Identity Center for people, OIDC for builds.',
      ja: '人は IAM Identity Center、ビルドは OIDC のロールを使ってください。',
    },
  },
  'DAT2[OtherAccount]': {
    weight: 'high',
    risk: {
      en: 'What another account may do is decided by its people.',
      ja: '他アカウントの権限は、そのアカウントの人が決めます。',
    },
    remedy: {
      en: 'Take the account out of the policy, or review it as part of the shop.',
      ja: 'ポリシーから外すか、そのアカウントも検査してください。',
    },
  },
  'DAT2[ControlEdits]': {
    weight: 'high',
    risk: {
      en: 'An intruder in that role switches the alarm off before stealing.',
      ja: 'そのロールを奪った者は、まず監視を止めます。',
    },
    remedy: { en: 'Take the action away from the role.', ja: 'そのロールから操作を外してください。' },
  },
  'DAT2[CustomResources]': {
    weight: 'high',
    risk: {
      en: 'A function elsewhere runs with the rights of every deploy.',
      ja: '外部の関数が、デプロイのたびに実行されます。',
    },
    remedy: {
      en: 'Let ServiceToken name a function of these templates.',
      ja: 'ServiceToken にテンプレート内の関数を指定してください。',
    },
  },
  'DAT2[KeyPolicy]': {
    weight: 'high',
    risk: {
      en: 'A key policy for everybody, or for `kms:*`, opens all that the key protects.',
      ja: '広すぎるキーポリシーは、守るものすべてを開きます。',
    },
    remedy: {
      en: 'Name the roles and services, and only what they do with the key.',
      ja: 'ロールとサービス、必要な操作だけを書いてください。',
    },
  },
  'DAT2[KeyClass]': {
    weight: 'low',
    risk: {
      en: 'What nobody classified is checked by no rule about its kind.',
      ja: '種別のないものには、その種別の検査が働きません。',
    },
    remedy: { en: 'Declare it (`declareDataClass`).', ja: '`declareDataClass` で宣言してください。' },
  },
  'DAT2[PassRole]': {
    weight: 'high',
    risk: {
      en: 'Who passes any role becomes any role.',
      ja: '任意のロールを渡せる者は、任意の権限を得ます。',
    },
    remedy: {
      en: 'Name the role, and the service with `iam:PassedToService`.',
      ja: 'ロールと `iam:PassedToService` を指定してください。',
    },
  },
  'DAT2[ParameterWriters]': {
    weight: 'high',
    risk: {
      en: 'Who writes the image parameter decides which code runs.',
      ja: 'イメージのパラメーターを書ける者が、動くコードを決めます。',
    },
    remedy: {
      en: "Leave it to the release step's role.",
      ja: 'リリース段階のロールだけに許可してください。',
    },
  },
  'DAT2[PolicyAttachments]': {
    weight: 'medium',
    risk: {
      en: 'A policy attached elsewhere gives rights that no review saw.',
      ja: '別の場所で付けた権限は、検査に現れません。',
    },
    remedy: { en: 'Attach it in these templates.', ja: 'テンプレート内で付けてください。' },
  },
  'DAT2[PublicPolicy]': {
    weight: 'critical',
    risk: {
      en: 'Everybody, or another firm, can use the resource.',
      ja: '誰でも、または他社がそのリソースを使えます。',
    },
    remedy: {
      en: 'Name the principals, or bind them by `aws:SourceAccount` or `aws:PrincipalOrgID`.',
      ja: '主体を指定するか、`aws:SourceAccount` などで限定してください。',
    },
  },
  'DAT2[PublicFunction]': {
    weight: 'critical',
    risk: {
      en: 'Everybody can run the function with its rights.',
      ja: '誰でもその権限で関数を実行できます。',
    },
    remedy: {
      en: 'Name the caller with its account and its ARN.',
      ja: '呼び出し元をアカウントと ARN で限定してください。',
    },
  },
  'DAT2[RoleShared]': {
    weight: 'medium',
    risk: {
      en: 'Two functions with one role have the rights of both.',
      ja: 'ロールを共有すると、両方の権限を持ちます。',
    },
    remedy: { en: 'Give each a role of its own.', ja: 'それぞれに専用のロールを付けてください。' },
  },
  'DAT2[TaskShell]': {
    weight: 'high',
    risk: {
      en: 'A shell in a task reads every secret of the shop.',
      ja: 'タスク内のシェルは、すべての秘密を読めます。',
    },
    remedy: {
      en: 'Set EnableExecuteCommand to false.',
      ja: 'EnableExecuteCommand を false にしてください。',
    },
  },
  'DAT2[DatabaseShell]': {
    weight: 'high',
    risk: {
      en: 'The data API answers queries from anywhere, with an IAM right alone.',
      ja: 'データ API は、権限だけでどこからでも応答します。',
    },
    remedy: { en: 'Set EnableHttpEndpoint to false.', ja: 'EnableHttpEndpoint を false にしてください。' },
  },
  'DAT2[Trust]': {
    weight: 'critical',
    risk: {
      en: 'Whoever may take the role has all it may do.',
      ja: 'ロールを引き受けられる者は、その権限をすべて得ます。',
    },
    remedy: {
      en: 'Name the service with its source account, or the identity provider with its audience and subject.',
      ja: 'サービスは送信元アカウント、ID プロバイダーは audience と subject で限定してください。',
    },
  },
  'DAT2[UndeclaredReader]': {
    weight: 'critical',
    risk: {
      en: 'Somebody can read customers or secrets, and nobody said that they should.',
      ja: '宣言のない者が、顧客データや秘密を読めます。',
    },
    remedy: {
      en: 'Take the right away, or declare the reader with its reason.',
      ja: '権限を外すか、理由とともに宣言してください。',
    },
  },
  'DAT2[UndeclaredGrant]': {
    weight: 'high',
    risk: {
      en: 'A right that waits in a policy works as soon as the resource policy lets it.',
      ja: 'ポリシーに残る権限は、リソース側が許した時点で働きます。',
    },
    remedy: {
      en: 'Take the grant away, or declare the reader.',
      ja: '許可を外すか、読者として宣言してください。',
    },
  },
  'DAT3[ExportsClosed]': {
    weight: 'critical',
    risk: {
      en: 'Any policy of the account can open every customer at once.',
      ja: 'アカウント内のどのポリシーでも、全顧客のデータを一度に開けてしまいます。',
    },
    remedy: {
      en: 'Let the bucket refuse whoever is not a declared reader, other addresses, and other writers.',
      ja: 'バケットのポリシーで、宣言していない読み手・場所・書き手を拒否してください。',
    },
  },
  'DAT3[ExportsDeleted]': {
    weight: 'high',
    risk: {
      en: 'Copies of the customers pile up, and one of them is found one day.',
      ja: '顧客データの写しが溜まり、いつか見つけられます。',
    },
    remedy: {
      en: 'Expire objects and their versions within the declared days.',
      ja: 'オブジェクトと旧版を宣言した日数のうちに失効させてください。',
    },
  },
  'DAT3[ExportsHeard]': {
    weight: 'high',
    risk: {
      en: 'Nobody notices who took the customers along.',
      ja: '誰が顧客データを持ち出したか、誰も気づきません。',
    },
    remedy: {
      en: 'Record data events of the bucket in the trail, and send each GetObject to the alarm topic.',
      ja: '証跡にバケットのデータイベントを記録し、GetObject をアラームのトピックへ送ってください。',
    },
  },
  'DAT3[ExportScreens]': {
    weight: 'high',
    risk: {
      en: 'Whoever is signed in downloads every customer to any PC, past the desk and without a trace in AWS.',
      ja: 'サインインした人なら誰でも、窓口を通らず、AWSに記録も残さずに、全顧客をどのPCにもダウンロードできます。',
    },
    remedy: {
      en: 'Let the web ACL of the load balancer answer 403 on the export screens, whatever the host.',
      ja: 'ロードバランサーのWeb ACLで、ホストによらず書き出し画面に403を返してください。',
    },
  },
  'DAT2[WildcardPolicy]': {
    weight: 'high',
    risk: {
      en: 'A star grants what nobody thought of, and what AWS adds tomorrow.',
      ja: 'ワイルドカードは、想定外や将来の操作まで許します。',
    },
    remedy: { en: 'Name actions and resources.', ja: '操作とリソースを個別に書いてください。' },
  },
};
