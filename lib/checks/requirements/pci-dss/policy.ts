import type { Requirement } from '../requirement.ts';

/** PCI DSS 4.0.1, requirement 12: the organization. */
export const policy: readonly Requirement[] = [
  {
    id: 'PCI-12.1',
    text: {
      en: 'A security policy is written, known and kept current',
      ja: '情報セキュリティ方針を定め、周知し、更新する',
    },
    claim: 'yours',
    stays: { en: 'The policy, and who answers for it.', ja: '方針とその責任者。' },
    rules: [],
  },
  {
    id: 'PCI-12.2',
    text: {
      en: 'Use of devices and programs by staff is regulated',
      ja: '社員の端末とソフトの利用規則を定める',
    },
    claim: 'yours',
    stays: { en: 'The rule for PCs and people.', ja: 'PCと人の規則。' },
    rules: [],
  },
  {
    id: 'PCI-12.3',
    text: { en: 'Risks are identified, judged and managed', ja: 'リスクを特定し、評価し、管理する' },
    claim: 'yours',
    stays: {
      en: 'The yearly analysis; docs/threat-model.md and the acknowledged findings are a beginning.',
      ja: '年次の分析。docs/threat-model.md と承認済みの指摘が出発点になる。',
    },
    rules: [],
  },
  {
    id: 'PCI-12.4',
    text: { en: 'Compliance with PCI DSS is managed', ja: 'PCI DSSへの準拠を管理する' },
    claim: 'yours',
    stays: {
      en: "The firm's own validation; most of it is asked of service providers only.",
      ja: '事業者自身の確認。多くはサービスプロバイダーのみに求められる。',
    },
    rules: [],
  },
  {
    id: 'PCI-12.5',
    text: { en: 'The scope of PCI DSS is documented and checked', ja: '対象範囲を文書化し確認する' },
    claim: 'partly',
    stays: {
      en: 'The yearly confirmation of the scope; the report lists every resource and connection.',
      ja: '年次の範囲確認。全リソースと接続はレポートにある。',
    },
    rules: ['SecureShop-NET2[KnownKinds]', 'SecureShop-NET2[OtherEntrance]', 'SecureShop-NET1[OtherNetwork]'],
  },
  {
    id: 'PCI-12.6',
    text: { en: 'People are taught about security', ja: 'セキュリティ教育を行う' },
    claim: 'yours',
    stays: { en: 'Teaching, at the start and yearly.', ja: '採用時と毎年の教育。' },
    rules: [],
  },
  {
    id: 'PCI-12.7',
    text: { en: 'People are looked at before they get access', ja: '採用時に人を確認する' },
    claim: 'yours',
    stays: { en: 'The firm, within the law.', ja: '事業者(法令の範囲内)。' },
    rules: [],
  },
  {
    id: 'PCI-12.8',
    text: { en: 'Service providers are managed', ja: '委託先を管理する' },
    claim: 'yours',
    stays: {
      en: 'A list of them, contracts, their attestations: AWS, the payment provider, whoever builds the shop.',
      ja: '委託先の一覧、契約、準拠証明書 (AWS、決済事業者、制作会社)。',
    },
    rules: [],
  },
  {
    id: 'PCI-12.9',
    text: { en: "Service providers support their customers' compliance", ja: '委託先が顧客の準拠を支援する' },
    claim: 'aws',
    stays: {
      en: "AWS's attestation and its split of responsibilities are in AWS Artifact; ask the payment provider for its own.",
      ja: 'AWS Artifact に準拠証明書と責任分担表がある。決済事業者にも求める。',
    },
    rules: [],
  },
  {
    id: 'PCI-12.10',
    text: { en: 'Incidents are answered', ja: 'インシデントに対応する' },
    claim: 'partly',
    stays: {
      en: 'The runbooks are written (docs/runbooks); who follows them, and their exercise once a year, stay with the firm.',
      ja: '手順書は docs/runbooks にある。対応する人と年に一度の訓練は事業者に残る。',
    },
    rules: [
      'SecureShop-ALM1[AlarmHeard]',
      'SecureShop-ALM1[TopicSubscribed]',
      'SecureShop-ALM1[Watched]',
      'SecureShop-ALM1[FunctionWatched]',
      'SecureShop-ALM1[Subscribers]',
      'SecureShop-ALM1[FunctionRuns]',
      'SecureShop-ALM1[FunctionSettings]',
      'SecureShop-ALM1[DeadLetters]',
      'SecureShop-ALM1[Repeats]',
      'SecureShop-ALM1[Subscription]',
      'SecureShop-ALM1[TopicEncrypted]',
      'SecureShop-ALM1[TopicPublishers]',
      'SecureShop-ALM1[EventsHeard]',
      // 12.10.1: the plan covers business recovery and backups.
      'SecureShop-DAT1[RestoreTested]',
      'SecureShop-DAT1[RestoreSelections]',
    ],
  },
];
