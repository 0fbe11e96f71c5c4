/** What rules say of logs, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const log: Readonly<Record<string, string>> = {
  '{} is {}; expected 1': '{} が {}。1 であるべき',
  'pgaudit.log is {}; expected role and ddl': 'pgaudit.log が {}。role と ddl であるべき',
  'shared_preload_libraries does not load pgaudit': 'shared_preload_libraries が pgaudit を読み込まない',
  'server_audit_excl_users leaves out {}': 'server_audit_excl_users が {} を除外している',
  'server_audit_events is {}; expected CONNECT': 'server_audit_events が {}。CONNECT であるべき',
  'has no MARIADB_AUDIT_PLUGIN among its options': 'オプションに MARIADB_AUDIT_PLUGIN がない',
  'audits some users only ({})': '一部の利用者しか監査しない ({})',
  'SERVER_AUDIT_EVENTS is {}; expected CONNECT,QUERY_DCL,QUERY_DDL':
    'SERVER_AUDIT_EVENTS が {}。CONNECT,QUERY_DCL,QUERY_DDL であるべき',
  'KMSKeyId is not set': 'KMSKeyId がない',
  'does not write to the log archive of the shop': 'ショップのログ保管庫に書き込まない',
  'CloudWatchLogsLogGroupArn is not set: no alarm can look at it':
    'CloudWatchLogsLogGroupArn がなく、アラームが監視できない',
  'IsMultiRegionTrail is not true': 'IsMultiRegionTrail が true ではない',
  'IncludeGlobalServiceEvents is false: IAM is left out':
    'IncludeGlobalServiceEvents が false で、IAM が記録されない',
  'does not record all management events': '管理イベントをすべては記録しない',
  'no trail records who calls AWS in this environment': 'この環境で AWS を呼び出した者を記録する証跡がない',
  'no session logger of these templates records what happens in it (SessionLoggerArn)':
    'このテンプレートのセッションロガーがなく、セッションが記録されない (SessionLoggerArn)',
  '{} records some events only (EventFilter.All)': '{} が一部のイベントしか記録しない (EventFilter.All)',
  '{} writes to no bucket of logs of these templates':
    '{} の書き込み先が、このテンプレートのログ用バケットではない',
  'ConnectionLogOptions.Enabled is not true': 'ConnectionLogOptions.Enabled が true ではない',
  'does not export its {} log': '{} ログを書き出していない',
  'exports its log to a group that RDS makes: expected {}': 'RDS が作るロググループに書き出す。{} が必要',
  'has no flow log': 'フローログがない',
  'its flow log leaves out accepted or rejected connections':
    'フローログに、許可または拒否された接続が残らない',
  'leads nowhere': 'どこにもつながらない',
  'DNS queries are not recorded': 'DNS の問い合わせが記録されない',
  'lets no service encrypt {}: nothing is written': 'どのサービスにも {} の暗号化を許さず、何も書かれない',
  'no LoggingConfiguration names it': 'LoggingConfiguration の対象になっていない',
  'has no destination': '出力先がない',
  '{} is not redacted: the log would hold sessions': '{} が伏せられず、ログにセッションが残る',
  'hides {}, by which an attack is recognized (RedactedFields)':
    '攻撃の手がかりになる {} を隠している (RedactedFields)',
  'no DeliveryChannel delivers what it records': '記録を届ける DeliveryChannel がない',
  'records no kind of resource (RecordingGroup)': '記録する種類のリソースがない (RecordingGroup)',
  'does not record {}, about which a rule asks': 'ルールの対象である {} を記録しない',
  '{} has no tag {}, by which rules pick what they look at': '{} に、ルールが対象を選ぶタグ {} がない',
  'logs cookies, with which a session can be taken over': 'セッションを乗っ取れる Cookie を記録する',
  'writes no access log': 'アクセスログを書かない',
  '{}.s3.enabled is not true': '{}.s3.enabled が true ではない',
  'writes no access log to another bucket (LoggingConfiguration)':
    '別のバケットにアクセスログを書かない (LoggingConfiguration)',
  'ObjectLockEnabled is not true': 'ObjectLockEnabled が true ではない',
  'Object Lock mode is {}; expected COMPLIANCE': 'オブジェクトロックのモードが {}。COMPLIANCE であるべき',
  'objects are locked {} days; expected {} or more': 'オブジェクトのロックが {} 日。{} 日以上であるべき',
  'no policy refuses s3:DeleteObject to everyone': '全員に s3:DeleteObject を拒むポリシーがない',
  'objects expire after {} days': 'オブジェクトが {} 日で消える',
  'RetentionInDays is known only after deployment': 'RetentionInDays はデプロイ後に決まる',
  'RetentionInDays is not set: the group never forgets': 'RetentionInDays がなく、いつまでも残る',
  'is kept {} days; {} need {} or more': '保管が {} 日。{} は {} 日以上必要',
  'KmsKeyId is not set': 'KmsKeyId がない',
  'is encrypted with {}, the key for {}': '{} で暗号化している ({} 用のキー)',
  '{} logs nowhere': '{} がログをどこにも書かない',
  '{} logs through {}; expected awslogs': '{} のログが {} 経由。awslogs であるべき',
  '{} logs to a group that these templates do not make': '{} がこのテンプレートで作らないロググループに書く',
  'names no log group': 'ロググループを指定していない',
  'logs to a group that Lambda makes, without key or retention':
    'Lambda が作るロググループに、キーも保持期間もなく書く',
  'writes to {}, which these templates do not make': 'このテンプレートで作らない {} に書く',
  'no document of these templates says how its sessions are recorded':
    'セッションの記録方法を定めるドキュメントがこのテンプレートにない',
  'is recorded in no log group of these templates (cloudWatchLogGroupName)':
    'このテンプレートのロググループに記録されない (cloudWatchLogGroupName)',
  'maxSessionDuration is {}; expected a day or less': 'maxSessionDuration が {}。1 日以内であるべき',
  'idleSessionTimeout is {}; expected 60 minutes or fewer': 'idleSessionTimeout が {}。60 分以内であるべき',
  'leaves requests out (LoggingFilter)': '一部のリクエストを残さない (LoggingFilter)',
  'leaves out what was blocked': '遮断したものを残さない',
};
