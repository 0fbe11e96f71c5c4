import type { Guidance } from './guidance.ts';

/** What the rules of the invariants on secrets are for. */
export const sec: Readonly<Record<string, Guidance>> = {
  'SEC1[ContainerSecrets]': {
    weight: 'high',
    risk: {
      en: 'A secret written into a task definition is read by everybody who may describe it, and never changes.',
      ja: 'タスク定義に書いた秘密は、参照できる全員に読まれ、変わりません。',
    },
    remedy: {
      en: 'Take it from Secrets Manager under `secrets`, without a fixed version.',
      ja: '`secrets` で Secrets Manager から、バージョンを固定せずに渡してください。',
    },
  },
  'SEC1[PlainSecret]': {
    weight: 'high',
    risk: {
      en: 'Templates lie in repositories, and what they set is shown in consoles, logs and error reports.',
      ja: 'テンプレートはリポジトリに残り、その値はコンソールやログ、エラー報告に現れます。',
    },
    remedy: {
      en: 'Keep the value in Secrets Manager and pass its name.',
      ja: '値は Secrets Manager に置き、名前だけを渡してください。',
    },
  },
  'SEC1[RotationSchedule]': {
    weight: 'high',
    risk: {
      en: 'A password that never changes serves whoever copied it for ever.',
      ja: '変わらないパスワードは、写し取った者に使われ続けます。',
    },
    remedy: {
      en: 'Rotate it (`RotatedCredential`), or say why only its owner can (`declareNoRotation`).',
      ja: '`RotatedCredential` で更新するか、所有者しか変えられない理由を `declareNoRotation` に書いてください。',
    },
  },
  'SEC1[RotationInterval]': {
    weight: 'medium',
    risk: {
      en: 'A schedule without a function, or with months between, rotates on paper only.',
      ja: '関数のない予定や長すぎる間隔では、更新されないのと同じです。',
    },
    remedy: {
      en: 'Name the rotation function and at most 30 days.',
      ja: 'ローテーション関数と 30 日以内の間隔を指定してください。',
    },
  },
  'SEC1[RotationPermission]': {
    weight: 'high',
    risk: {
      en: 'Secrets Manager cannot call the function, so nothing rotates.',
      ja: 'Secrets Manager が関数を呼べず、更新されません。',
    },
    remedy: {
      en: 'Keep the permission for secretsmanager.amazonaws.com with this secret and account.',
      ja: 'このシークレットとアカウントに限った許可を残してください。',
    },
  },
  'SEC1[SecretKey]': {
    weight: 'high',
    risk: {
      en: "With AWS's own key whoever may read secrets in the account may decrypt.",
      ja: 'AWS 管理キーでは、アカウント内の読者が復号できます。',
    },
    remedy: {
      en: 'Encrypt it with the customer-managed key for credentials.',
      ja: '認証情報用のカスタマー管理キーで暗号化してください。',
    },
  },
  'SEC1[MasterSecret]': {
    weight: 'critical',
    risk: {
      en: 'A master password in a template is in git, in CloudFormation and in every copy of both.',
      ja: 'テンプレートのマスターパスワードは git や CloudFormation に残ります。',
    },
    remedy: {
      en: 'Take it from a generated secret with a key of its own.',
      ja: '専用キーで暗号化した生成済みシークレットから取ってください。',
    },
  },
  'SEC1[DatabaseIam]': {
    weight: 'low',
    risk: {
      en: 'Without it people would need a password that lasts.',
      ja: 'ないと、長く使うパスワードが必要になります。',
    },
    remedy: {
      en: 'Set EnableIAMDatabaseAuthentication to true.',
      ja: 'EnableIAMDatabaseAuthentication を true にしてください。',
    },
  },
  'SEC1[SecretPolicy]': {
    weight: 'high',
    risk: {
      en: "Then every administrator's IAM policy decides who reads it.",
      ja: '管理者の IAM ポリシー次第で誰でも読めます。',
    },
    remedy: {
      en: 'Keep the deny for everybody but the declared readers.',
      ja: '宣言した読者以外を拒否するポリシーを残してください。',
    },
  },
  'SEC1[SecretReaders]': {
    weight: 'medium',
    risk: {
      en: 'Where no readers are declared, nobody can tell a stranger from a reader.',
      ja: '読者の宣言がないと、部外者と見分けられません。',
    },
    remedy: {
      en: 'Declare each reader with its reason (`declareReader`).',
      ja: '`declareReader` で理由とともに宣言してください。',
    },
  },
  'SEC2[RotationNetwork]': {
    weight: 'high',
    risk: {
      en: 'A function that cannot reach the database fails each rotation.',
      ja: 'データベースに届かない関数は、毎回失敗します。',
    },
    remedy: {
      en: "Admit the function's security group on the database's port.",
      ja: '関数のグループをデータベースのポートで許可してください。',
    },
  },
  'SEC2[RotationWatched]': {
    weight: 'high',
    risk: {
      en: 'A rotation that fails unheard leaves an old password in use for months.',
      ja: '失敗に気付かないと、古いパスワードが使われ続けます。',
    },
    remedy: {
      en: 'Keep the alarms on failures and on overdue rotations.',
      ja: '失敗と遅れのアラームを残してください。',
    },
  },
  'SEC2[AlternatingUsers]': {
    weight: 'high',
    risk: {
      en: "A single user's password changes under running tasks, and they lose the database.",
      ja: '一つのユーザーだけでは、更新時に稼働中のタスクが接続を失います。',
    },
    remedy: {
      en: 'Use the alternating users scheme for what tasks log in with.',
      ja: 'タスクのログインには二ユーザー交互方式を使ってください。',
    },
  },
  'SEC2[Refreshed]': {
    weight: 'high',
    risk: {
      en: 'Tasks would run with the old login until it is changed again, and then fail.',
      ja: '古いログインのまま動き続け、次の更新で失敗します。',
    },
    remedy: {
      en: 'Keep the event rule and function that restart the service.',
      ja: 'サービスを再起動するイベントルールと関数を残してください。',
    },
  },
  'SEC2[Rollout]': {
    weight: 'high',
    risk: {
      en: 'A restart that stops all tasks at once, or cannot be rolled back, is an outage.',
      ja: '全タスクの同時停止や巻き戻せない更新は、停止につながります。',
    },
    remedy: {
      en: 'Keep 100 % minimum, 200 % maximum and the circuit breaker with rollback.',
      ja: '最小 100%、最大 200%、ロールバック付きサーキットブレーカーを保ってください。',
    },
  },
};
