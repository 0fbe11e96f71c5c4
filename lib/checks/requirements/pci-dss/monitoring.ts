import type { Requirement } from '../requirement.ts';

/** PCI DSS 4.0.1, requirements 10 and 11: logs and tests. */
export const monitoring: readonly Requirement[] = [
  {
    id: 'PCI-10.1',
    text: { en: 'Rules for logging are written and known', ja: 'ログの方針と役割を定める' },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-10.2',
    text: { en: 'Audit logs record who did what', ja: '監査ログに操作者と操作を記録する' },
    claim: 'partly',
    stays: {
      en: 'What people do inside the shop software stays with the application.',
      ja: 'ショップソフト内の操作記録はアプリケーションに残る。',
    },
    rules: [
      'SecureShop-LOG1[Trail]',
      'SecureShop-LOG1[SessionLogs]',
      'SecureShop-LOG1[AccessLogs]',
      'SecureShop-LOG1[FlowLogs]',
      'SecureShop-LOG1[WebAclLogs]',
      'SecureShop-LOG1[SessionRecorded]',
      'SecureShop-LOG1[ConfigRecorder]',
      'SecureShop-LOG1[DatabaseAudit]',
      'SecureShop-LOG1[FlowLogTraffic]',
      'SecureShop-LOG1[DnsQueryLogs]',
      'SecureShop-LOG1[FunctionLogs]',
      'SecureShop-LOG1[LogDestination]',
    ],
  },
  {
    id: 'PCI-10.3',
    text: { en: 'Audit logs are protected', ja: '監査ログを保護する' },
    claim: 'met',
    stays: { en: '', ja: '' },
    rules: [
      'SecureShop-LOG1[ArchiveLocked]',
      'SecureShop-LOG1[LogEncrypted]',
      'SecureShop-LOG1[Trail]',
      'SecureShop-DAT1[BucketClosed]',
      'SecureShop-LOG1[ArchiveRefusesDeletion]',
      'SecureShop-LOG1[LogDestination]',
      'SecureShop-LOG1[LogKeyUsable]',
      'SecureShop-LOG1[WebAclLogContent]',
    ],
  },
  {
    id: 'PCI-10.4',
    text: { en: 'Audit logs are reviewed', ja: '監査ログを確認する' },
    claim: 'partly',
    stays: { en: 'Somebody must read what the alarms say.', ja: '通知を読む人は事業者に残る。' },
    rules: [
      'SecureShop-ALM1[AlarmHeard]',
      'SecureShop-ALM1[TopicSubscribed]',
      'SecureShop-ALM1[AlarmReacts]',
      'SecureShop-ALM1[EventPatterns]',
      'SecureShop-ALM1[HubChecks]',
    ],
  },
  {
    id: 'PCI-10.5',
    text: { en: 'Audit logs are kept twelve months', ja: '監査ログを12か月保管する' },
    claim: 'met',
    stays: { en: '', ja: '' },
    rules: [
      'SecureShop-LOG1[LogRetention]',
      'SecureShop-LOG1[ArchiveLocked]',
      'SecureShop-LOG1[ArchiveKept]',
      'SecureShop-LOG1[ArchiveRefusesDeletion]',
    ],
  },
  {
    id: 'PCI-10.6',
    text: { en: 'Clocks are synchronized', ja: '時刻を同期する' },
    claim: 'aws',
    stays: {
      en: 'Every service here takes its time from AWS; nothing sets a clock of its own.',
      ja: 'すべてのサービスがAWSの時刻を使い、独自の時計はない。',
    },
    rules: [],
  },
  {
    id: 'PCI-10.7',
    text: {
      en: 'Failures of security controls are noticed and answered',
      ja: 'セキュリティ制御の障害を検知し対応する',
    },
    claim: 'partly',
    stays: {
      en: 'Somebody must act on the alarm, by the runbook it names.',
      ja: 'アラームが示す手順書に沿って対応する人。',
    },
    rules: [
      'SecureShop-ALM1[Watched]',
      'SecureShop-ALM1[FunctionWatched]',
      'SecureShop-ALM1[AlarmReacts]',
      'SecureShop-SEC2[RotationWatched]',
      // With `detection.config`: its rules ask every day whether trail, detector and rotations still run.
      'SecureShop-LOG1[ConfigRecorder]',
      'SecureShop-ALM1[EventsHeard]',
    ],
  },
  {
    id: 'PCI-11.1',
    text: {
      en: 'Rules for security tests are written and known',
      ja: 'セキュリティ試験の方針と役割を定める',
    },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-11.2',
    text: { en: 'Wireless access points are known', ja: '無線アクセスポイントを把握する' },
    claim: 'yours',
    stays: {
      en: "The office; the shop has none, and data centres are AWS's.",
      ja: 'オフィス。ショップに無線はなく、データセンターはAWS。',
    },
    rules: [],
  },
  {
    id: 'PCI-11.3',
    text: {
      en: 'Vulnerabilities are looked for from inside and outside, ranked and mended',
      ja: '内外から脆弱性を探し、順位を付けて直す',
    },
    claim: 'partly',
    stays: {
      en: 'External scans by an approved vendor stay a task of the firm.',
      ja: '認定事業者による外部スキャンは事業者の作業として残る。',
    },
    rules: ['SecureShop-PAT1[ScanGate]', 'SecureShop-PAT1[Repository]'],
  },
  {
    id: 'PCI-11.4',
    text: {
      en: 'Penetration tests are made, and what they find is mended',
      ja: '侵入テストを行い、指摘を直す',
    },
    claim: 'yours',
    stays: {
      en: 'A yearly test, and one after each significant change; AWS allows it without asking first for these services.',
      ja: '年一回と大きな変更後の試験。対象サービスは AWS への事前申請が不要。',
    },
    rules: [],
  },
  {
    id: 'PCI-11.5',
    text: {
      en: 'Intrusions and unexpected changes of files are detected and answered',
      ja: '侵入と予期しないファイルの変更を検知し対応する',
    },
    claim: 'partly',
    stays: {
      en: 'Somebody must act on what is found; and files that the application writes itself, such as uploads.',
      ja: '検知に対応する人と、アップロードなどアプリケーション自身が書くファイル。',
    },
    rules: [
      'SecureShop-ALM1[Detection]',
      'SecureShop-ALM1[EventsEnabled]',
      'SecureShop-ALM1[TopicSubscribed]',
      'SecureShop-ALM1[EventsHeard]',
      'SecureShop-ALM1[EventPatterns]',
      'SecureShop-ALM1[Subscription]',
      'SecureShop-ALM1[TopicPublishers]',
    ],
  },
  {
    id: 'PCI-11.6',
    text: { en: 'Changes of payment pages are noticed', ja: '決済ページの変更を検知する' },
    claim: 'partly',
    stays: {
      en: 'Until `payment.scripts` and `payment.page` are in the config: the content of the page (11.6.1).',
      ja: '設定に `payment.scripts` と `payment.page` を書くまで: ページの内容 (11.6.1)。',
    },
    wholeWith: 'SecureShop-ALM1[PageWatched]',
    rules: ['SecureShop-ALM1[PageWatched]', 'SecureShop-NET2[SecurityHeaders]', 'SecureShop-NET2[EdgeCode]'],
  },
  {
    id: 'PCI-11.6.1',
    text: { en: 'Tampering with payment pages is detected', ja: '決済ページの改ざんを検知する' },
    claim: 'partly',
    stays: {
      en: 'Until `payment.scripts` and `payment.page` are in the config: the content of the page.',
      ja: '設定に `payment.scripts` と `payment.page` を書くまで: ページの内容。',
    },
    wholeWith: 'SecureShop-ALM1[PageWatched]',
    rules: [
      'SecureShop-ALM1[PageWatched]',
      'SecureShop-NET2[SecurityHeaders]',
      'SecureShop-ALM1[AlarmHeard]',
      'SecureShop-NET2[EdgeCode]',
    ],
  },
];
