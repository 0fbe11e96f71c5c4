import type { Guidance } from './guidance.ts';

/** What the rules of the invariant on logs are for. */
export const log: Readonly<Record<string, Guidance>> = {
  'LOG1[AccessLogs]': {
    weight: 'medium',
    risk: {
      en: 'After a break-in nobody can tell who asked for what.',
      ja: '侵入後に、誰が何を要求したか分かりません。',
    },
    remedy: {
      en: 'Send the access log to the bucket of access logs.',
      ja: 'アクセスログをログ用バケットに送ってください。',
    },
  },
  'LOG1[SessionLogs]': {
    weight: 'medium',
    risk: {
      en: 'Who connected to the database or the admin screens stays unknown.',
      ja: 'データベースや管理画面に誰が接続したか分かりません。',
    },
    remedy: {
      en: 'Switch on the logs of the database, of VPN connections and of sessions in the secure browser.',
      ja: 'データベース、VPN の接続、セキュアブラウザーのセッションのログを有効にしてください。',
    },
  },
  'LOG1[SessionRecorded]': {
    weight: 'medium',
    risk: {
      en: 'What somebody did on a host is not written down anywhere.',
      ja: 'ホストでの操作が記録されません。',
    },
    remedy: {
      en: 'Keep the session document with encrypted, streamed logs and an end.',
      ja: '暗号化した逐次記録と時間制限のある設定を保ってください。',
    },
  },
  'LOG1[ConfigRecorder]': {
    weight: 'medium',
    risk: {
      en: 'Changes by hand leave no record of what was before.',
      ja: '手作業の変更前の状態が残りません。',
    },
    remedy: {
      en: 'Let the recorder name every kind that a rule asks about, and keep its delivery channel.',
      ja: 'ルールの対象となる種類をすべて記録し、配信先を残してください。',
    },
  },
  'LOG1[ArchiveLocked]': {
    weight: 'high',
    risk: { en: 'Whoever breaks in deletes the record of it.', ja: '侵入者が記録を消せます。' },
    remedy: {
      en: 'Keep Object Lock with 365 days or more.',
      ja: '365 日以上の Object Lock を残してください。',
    },
  },
  'LOG1[ArchiveKept]': {
    weight: 'medium',
    risk: {
      en: 'An attack is often noticed after half a year, when the log is gone.',
      ja: '攻撃は半年後に気付くことが多く、その時ログがありません。',
    },
    remedy: {
      en: 'Let lifecycle rules keep logs 365 days or more.',
      ja: 'ライフサイクルで 365 日以上保持してください。',
    },
  },
  'LOG1[ArchiveRefusesDeletion]': {
    weight: 'high',
    risk: {
      en: 'A role that may delete logs deletes its own traces.',
      ja: 'ログを消せるロールは、自分の痕跡を消せます。',
    },
    remedy: {
      en: "Deny deletion in the bucket's policy to everybody.",
      ja: 'バケットポリシーで全員の削除を拒否してください。',
    },
  },
  'LOG1[DatabaseAudit]': {
    weight: 'medium',
    risk: {
      en: 'Sign-ins and new rights in the database leave no trace.',
      ja: 'データベースのログインや権限変更が残りません。',
    },
    remedy: {
      en: 'Keep the audit parameters and exports of the parameter group.',
      ja: '監査用パラメーターとログ出力を残してください。',
    },
  },
  'LOG1[FlowLogs]': {
    weight: 'medium',
    risk: { en: 'Connections to and from the shop leave no trace.', ja: '通信の記録が残りません。' },
    remedy: { en: 'Record all traffic of the VPC.', ja: 'VPC のすべての通信を記録してください。' },
  },
  'LOG1[FlowLogTraffic]': {
    weight: 'low',
    risk: { en: 'Half of the connections is missing from the record.', ja: '通信の半分が記録されません。' },
    remedy: { en: 'Set TrafficType to ALL.', ja: 'TrafficType を ALL にしてください。' },
  },
  'LOG1[DnsQueryLogs]': {
    weight: 'medium',
    risk: {
      en: 'Which names an intruder asked for stays unknown.',
      ja: '侵入者が問い合わせた名前が分かりません。',
    },
    remedy: { en: 'Associate the query log with the VPC.', ja: 'クエリログを VPC に関連付けてください。' },
  },
  'LOG1[LogRetention]': {
    weight: 'medium',
    risk: { en: 'Logs are gone before anybody asks for them.', ja: '必要になる前にログが消えます。' },
    remedy: {
      en: 'Set RetentionInDays to 365 for evidence and 30 for the rest.',
      ja: '証跡は 365 日、その他は 30 日以上にしてください。',
    },
  },
  'LOG1[LogEncrypted]': {
    weight: 'medium',
    risk: {
      en: 'Logs hold addresses and names, for whoever may read logs in the account.',
      ja: 'ログには住所や氏名が含まれ、権限者に読まれます。',
    },
    remedy: { en: 'Set KmsKeyId to the key for logs.', ja: 'KmsKeyId にログ用のキーを指定してください。' },
  },
  'LOG1[LogKeyUsable]': {
    weight: 'medium',
    risk: {
      en: 'A key that refuses its service loses the log.',
      ja: 'サービスが鍵を使えないとログが失われます。',
    },
    remedy: {
      en: "Let the key's policy admit the logs service for these groups.",
      ja: 'キーポリシーでログサービスを許可してください。',
    },
  },
  'LOG1[FunctionLogs]': {
    weight: 'low',
    risk: {
      en: 'A group that AWS makes by itself is kept for ever, unencrypted.',
      ja: '自動で作られるロググループは暗号化されず、残り続けます。',
    },
    remedy: {
      en: 'Name a log group of these templates.',
      ja: 'テンプレート内のロググループを指定してください。',
    },
  },
  'LOG1[LogDestination]': {
    weight: 'high',
    risk: {
      en: 'Logs that go elsewhere can be read, and stopped, elsewhere.',
      ja: 'よそへ送るログは、よそで読まれ、止められます。',
    },
    remedy: {
      en: 'Let them go to a group or bucket of these templates.',
      ja: 'テンプレート内の宛先へ送ってください。',
    },
  },
  'LOG1[Trail]': {
    weight: 'high',
    risk: {
      en: 'What administrators did in the account is not proven.',
      ja: 'アカウントでの管理操作を証明できません。',
    },
    remedy: {
      en: 'Keep the trail on: all regions, global events, validation, its key.',
      ja: '全リージョン、検証、暗号化付きの証跡を有効にしてください。',
    },
  },
  'LOG1[WebAclLogs]': {
    weight: 'medium',
    risk: {
      en: 'Which attacks came, and which were wrongly refused, stays unknown.',
      ja: '攻撃や誤検知の状況が分かりません。',
    },
    remedy: {
      en: 'Keep the logging configuration of the web ACL.',
      ja: 'Web ACL のログ設定を残してください。',
    },
  },
  'LOG1[WebAclLogContent]': {
    weight: 'high',
    risk: {
      en: "A session cookie in a log is a customer's login for whoever reads it.",
      ja: 'ログのセッションクッキーは、読んだ者のログインになります。',
    },
    remedy: {
      en: 'Keep the redacted fields: cookie, authorization, query where secrets stand.',
      ja: 'クッキーと認可ヘッダーの除外を残してください。',
    },
  },
};
