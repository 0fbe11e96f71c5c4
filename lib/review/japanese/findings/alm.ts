/** What rules say of alarms, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const alm: Readonly<Record<string, string>> = {
  'whom it tells is known only after deployment': '誰に知らせるかはデプロイ後に決まる',
  'its environment does not name {}, which its role is for': '環境変数に、ロールの対象である {} がない',
  '{} is declared and not subscribed': '{} が宣言されているが、購読していない',
  'tells {}, who is not declared': '宣言のない {} に伝える',
  'State is DISABLED': 'State が DISABLED',
  'has no target': '対象がない',
  'starts {}, which these templates do not define': 'このテンプレートで定義しない {} を始める',
  'starts tasks with public addresses': 'パブリックアドレスを持つタスクを始める',
  'may not call {}: no permission lets events.amazonaws.com':
    '{} を呼べない。events.amazonaws.com への許可がない',
  'listens to another bus than the default one, on which AWS sends its events (EventBusName)':
    'AWS が送る既定のバス以外を聞いている (EventBusName)',
  'hands its function a constant in place of the event (Input)': 'イベントの代わりに定数を関数に渡す (Input)',
  'tells no person of a failure: none of its targets is a topic': '失敗を人に伝えない。対象にトピックがない',
  'writes what happened to a log and tells nobody': '起きたことをログに書くだけで、誰にも伝えない',
  'hands no event to its function (Enabled is false)': '関数にイベントを渡さない (Enabled が false)',
  'nothing in these templates calls it': 'このテンプレートには、これを呼ぶものがない',
  'lists no value for a key: nothing matches': 'あるキーの値が空で、何にも一致しない',
  '{} sends no event called {}': '{} は {} というイベントを送らない',
  '{} comes from {}, not from {}': '{} の送信元は {3} ではなく {2}',
  '{} does not send as {}': '{} は {} という名前では送らない',
  'Secrets Manager sends no {}': 'Secrets Manager は {} を送らない',
  'listens to {}, which is not there': '存在しない {} を聞いている',
  'is about {}, which these templates do not make': 'このテンプレートで作らない {} を扱う',
  'does not hear every high finding (severity 7 and more)':
    '重大な検出 (severity 7 以上) をすべては聞いていない',
  'looks into {}, where nobody reports a {}': '{} を見ているが、そこに {} を報告するものがない',
  '{} has no metric {}': '{} に {} というメトリクスがない',
  'watches {}, which is not in these templates': 'このテンプレートにない {} を監視している',
  'no metric filter on a log of these templates makes the metric that it looks at':
    '監視しているメトリクスを作るメトリクスフィルターが、このテンプレートのログにない',
  'ComparisonOperator is {}: it is silent when {} is bad':
    'ComparisonOperator が {} で、{} が悪くても鳴らない',
  'Threshold is not set': 'Threshold がない',
  'Threshold is {}; expected {} or less of {}': 'Threshold が {}。{3} は {2} 以下であるべき',
  'Threshold is {}; expected {} or more of {}': 'Threshold が {}。{3} は {2} 以上であるべき',
  'Period or EvaluationPeriods is not set': 'Period か EvaluationPeriods がない',
  'DatapointsToAlarm is {} of {}: it never happens':
    'DatapointsToAlarm が {2} 回中 {1} 回で、決して起こらない',
  'reacts after {} minutes; expected {} or fewer': '反応まで {} 分。{} 分以内であるべき',
  'Statistic is {}; expected {}': 'Statistic が {}。{} であるべき',
  'TreatMissingData is not breaching: a log that falls silent is no number below the threshold':
    'TreatMissingData が breaching ではない。ログが途絶えても、しきい値を下回る数にはならない',
  'no alarm on {} takes missing data for a failure': '{} のアラームに、データの欠落を異常とみなすものがない',
  'TreatMissingData is {}, unlike other alarms on this metric':
    'TreatMissingData が {} で、同じメトリクスのほかのアラームと異なる',
  'no function looks every day {} ({})': '毎日 {} を調べる関数がない ({})',
  'delivers in clear text (http)': '平文 (http) で届ける',
  'Protocol is {}: nobody is reached': 'Protocol が {} で、人に届かない',
  'has no Endpoint': 'Endpoint がない',
  '{} is no address of a person': '{} は人の宛先ではない',
  'leaves messages out (FilterPolicy)': '一部のメッセージを除いている (FilterPolicy)',
  'listens to a topic that these templates do not make': 'このテンプレートで作らないトピックを聞いている',
  'DeadLetterConfig is not set: a failed event is lost':
    'DeadLetterConfig がなく、失敗したイベントが失われる',
  'failed events go to {}, which these templates do not make':
    '失敗したイベントが、このテンプレートで作らない {} に行く',
  'no alarm tells of {}': '{} を知らせるアラームがない',
  'refuses everything that is published to it': '公開されるものをすべて拒む',
  '{} may not publish to it': '{} が公開できない',
  'no alarm watches its errors': 'エラーを監視するアラームがない',
  'nobody hears of {} ({})': '{} を聞く者がいない ({})',
  'is run three times for an event that fails: no EventInvokeConfig sets MaximumRetryAttempts':
    '失敗したイベントで 3 回動く。EventInvokeConfig に MaximumRetryAttempts がない',
  'it is not started': '始まらない',
  'it runs at "{}"': '"{}" に動く',
  'it ends after {} s': '{} 秒で終わる',
  'no alarm rings on {}': '{} で鳴るアラームがない',
  'looks for {}, not for what is open to others': '外部に開かれたものではなく {} を調べている',
  'puts findings away before anybody reads them (ArchiveRules)':
    '誰も読まないうちに検出を片づける (ArchiveRules)',
  'Enable is not true': 'Enable が true ではない',
  '{} is switched off': '{} が無効になっている',
  '{} is not switched on': '{} が有効になっていない',
  'ECS_FARGATE_AGENT_MANAGEMENT is not switched on: no task is looked into':
    'ECS_FARGATE_AGENT_MANAGEMENT が無効で、タスクの中を調べない',
  'FindingPublishingFrequency is {}; expected FIFTEEN_MINUTES or ONE_HOUR':
    'FindingPublishingFrequency が {}。FIFTEEN_MINUTES か ONE_HOUR であるべき',
  '{} is nowhere in the environment': '{} がこの環境のどこにもない',
  'checks against no standard': '検査する基準がない',
  'nothing records what its controls look at': '統制が見るものを記録するものがない',
  'no rule passes its high findings on': '重大な検出を伝えるルールがない',
  'ActionsEnabled is false': 'ActionsEnabled が false',
  'has no AlarmActions: nobody hears it': 'AlarmActions がなく、誰にも聞こえない',
  '{} notifies nobody': '{} が誰にも知らせない',
  'its action is no topic of these templates': '動作がこのテンプレートのトピックではない',
  'notifies {}, to which nobody subscribes': '誰も購読していない {} に知らせる',
  'nobody subscribes to it': '購読者がいない',
  'KmsMasterKeyId is not set': 'KmsMasterKeyId がない',
  'uses the key of AWS, with which CloudWatch cannot publish':
    'AWS のキーを使っていて、CloudWatch が公開できない',
};
