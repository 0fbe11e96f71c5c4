import type { Guidance } from './guidance.ts';

/** What the rules of the invariant on alarms are for. */
export const alm: Readonly<Record<string, Guidance>> = {
  'ALM1[AlarmHeard]': {
    weight: 'high',
    risk: {
      en: 'An alarm without a listener is a line in a console.',
      ja: '聞く人のいないアラームは、画面の一行にすぎません。',
    },
    remedy: {
      en: 'Let its actions name the alarm topic.',
      ja: 'アクションに通知トピックを指定してください。',
    },
  },
  'ALM1[AlarmReacts]': {
    weight: 'high',
    risk: {
      en: 'An alarm with a threshold that cannot be reached, or that takes silence for good, never rings.',
      ja: '届かないしきい値や無音を正常とみなす設定では鳴りません。',
    },
    remedy: {
      en: 'Give threshold, period and missing data as its construct does.',
      ja: 'しきい値、期間、欠測の扱いを元に戻してください。',
    },
  },
  'ALM1[TopicSubscribed]': {
    weight: 'high',
    risk: { en: 'What nobody subscribes to nobody hears.', ja: '購読者がいなければ誰にも届きません。' },
    remedy: { en: 'Name at least one address in `alarms`.', ja: '`alarms` に宛先を一つ以上書いてください。' },
  },
  'ALM1[Subscribers]': {
    weight: 'medium',
    risk: {
      en: 'Alarms tell a stranger where the shop is weak, or no longer tell its owner.',
      ja: '部外者に弱点が伝わるか、所有者に届きません。',
    },
    remedy: { en: 'Change the addresses in the config.', ja: '宛先は設定ファイルで変更してください。' },
  },
  'ALM1[Subscription]': {
    weight: 'medium',
    risk: {
      en: 'A subscription that filters, or goes out unencrypted, loses or leaks alarms.',
      ja: 'フィルターや平文の購読は、通知を失うか漏らします。',
    },
    remedy: {
      en: 'Remove the filter; use mail, HTTPS or a function.',
      ja: 'フィルターを外し、メールや HTTPS を使ってください。',
    },
  },
  'ALM1[TopicEncrypted]': {
    weight: 'low',
    risk: { en: 'Alarms lie readable in the topic.', ja: '通知の内容が読める状態で置かれます。' },
    remedy: {
      en: "Set KmsMasterKeyId to the alarms' key.",
      ja: 'KmsMasterKeyId に通知用のキーを指定してください。',
    },
  },
  'ALM1[Detection]': {
    weight: 'high',
    risk: {
      en: 'Nobody notices stolen keys, mining or a bucket that was opened.',
      ja: '鍵の盗難や公開されたバケットに気付けません。',
    },
    remedy: {
      en: 'Keep GuardDuty and the Access Analyzer on, or declare that the account has them.',
      ja: 'GuardDuty と Access Analyzer を有効にするか、既存であると宣言してください。',
    },
  },
  'ALM1[HubChecks]': {
    weight: 'medium',
    risk: {
      en: 'Security Hub is on and paid for, and says that all is well because it looks at nothing.',
      ja: 'Security Hub は有効で課金されますが、何も見ずに「問題なし」と表示します。',
    },
    remedy: {
      en: 'Enable the standards of `detection.securityHub`, with every control, and keep the recorder of AWS Config.',
      ja: '`detection.securityHub` の基準をすべての統制とともに有効にし、AWS Config のレコーダーを残してください。',
    },
  },
  'ALM1[DeadLetters]': {
    weight: 'medium',
    risk: {
      en: 'An event that fails three times is gone without a word.',
      ja: '三回失敗したイベントは黙って失われます。',
    },
    remedy: {
      en: 'Name a dead-letter topic or an on-failure destination.',
      ja: '失敗時の送り先を指定してください。',
    },
  },
  'ALM1[Repeats]': {
    weight: 'medium',
    risk: {
      en: 'One hiccup does the work three times, such as restarting the shop.',
      ja: '一度の失敗で同じ処理（ショップの再起動など）が三回実行されます。',
    },
    remedy: {
      en: 'Set MaximumRetryAttempts in an EventInvokeConfig: 0, or more for work that may be done twice.',
      ja: 'EventInvokeConfig の MaximumRetryAttempts を設定してください（0、または二重実行してよい処理なら 1 以上）。',
    },
  },
  'ALM1[FunctionRuns]': {
    weight: 'high',
    risk: {
      en: 'A control whose function cannot run is no control.',
      ja: '動かない関数の統制は、ないのと同じです。',
    },
    remedy: {
      en: 'Give it its code, time and caller back.',
      ja: 'コード、時間、呼び出し元を元に戻してください。',
    },
  },
  'ALM1[FunctionSettings]': {
    weight: 'high',
    risk: {
      en: 'A function that looks at something else guards nothing.',
      ja: '別のものを見る関数は、何も守りません。',
    },
    remedy: {
      en: 'Let its settings name what its role is for.',
      ja: 'ロールの対象に合わせて設定してください。',
    },
  },
  'ALM1[FunctionWatched]': {
    weight: 'medium',
    risk: { en: 'A function that fails does so unheard.', ja: '失敗に誰も気付きません。' },
    remedy: { en: 'Keep the alarm on its errors.', ja: 'エラーのアラームを残してください。' },
  },
  'ALM1[Measured]': {
    weight: 'high',
    risk: {
      en: 'Nobody looks whether passwords and images have grown old.',
      ja: 'パスワードやイメージの古さを誰も見ません。',
    },
    remedy: { en: 'Keep the daily watch and its schedule.', ja: '毎日の確認と予定を残してください。' },
  },
  'ALM1[PageWatched]': {
    weight: 'high',
    risk: {
      en: 'A script that steals cards stands in the page until the card company calls.',
      ja: 'カードを盗むスクリプトが、カード会社からの電話まで残ります。',
    },
    remedy: {
      en: 'Keep the schedule of the canary and the three alarms that its construct makes.',
      ja: 'カナリアの予定と、構成要素が作る三つのアラームを残してください。',
    },
  },
  'ALM1[Watched]': {
    weight: 'medium',
    risk: {
      en: 'One of the things that can fail has no alarm.',
      ja: '故障し得るものの一つにアラームがありません。',
    },
    remedy: { en: 'Add the alarm that its construct makes.', ja: '構成要素が作るアラームを加えてください。' },
  },
  'ALM1[EventsEnabled]': {
    weight: 'high',
    risk: {
      en: 'A rule that is off, or has no target, hears nothing.',
      ja: '無効または宛先のないルールは働きません。',
    },
    remedy: { en: 'Enable it and give it its target.', ja: '有効にし、宛先を付けてください。' },
  },
  'ALM1[EventsHeard]': {
    weight: 'high',
    risk: {
      en: 'A threat, a failed run or an opened firewall would be told to nobody.',
      ja: '脅威や失敗が誰にも伝わりません。',
    },
    remedy: {
      en: 'Keep the rule that forwards it to the alarm topic.',
      ja: '通知トピックへ送るルールを残してください。',
    },
  },
  'ALM1[EventPatterns]': {
    weight: 'high',
    risk: {
      en: 'A pattern for events that do not exist matches nothing for ever.',
      ja: '存在しないイベントの条件は、一致しません。',
    },
    remedy: {
      en: 'Write source, detail-type and detail as AWS sends them.',
      ja: 'AWS が送る形のとおりに書いてください。',
    },
  },
  'ALM1[TopicPublishers]': {
    weight: 'high',
    risk: {
      en: 'A topic that refuses its publishers swallows every alarm.',
      ja: '発行者を拒むトピックは、通知を失います。',
    },
    remedy: {
      en: 'Let its policy and its key admit CloudWatch, EventBridge and Backup of this account.',
      ja: 'ポリシーと鍵で、自アカウントの発行元を許可してください。',
    },
  },
  'ALM1[DanglingReference]': {
    weight: 'high',
    risk: {
      en: 'A reference to something that is not there guards nothing.',
      ja: '存在しないものへの参照は、何も守りません。',
    },
    remedy: { en: 'Correct the name, or add the resource.', ja: '名前を直すか、リソースを加えてください。' },
  },
};
