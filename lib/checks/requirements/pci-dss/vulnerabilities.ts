import type { Requirement } from '../requirement.ts';

/** PCI DSS 4.0.1, requirements 5 and 6: malware, patches and software. */
export const vulnerabilities: readonly Requirement[] = [
  {
    id: 'PCI-5.1',
    text: { en: 'Rules against malware are written and known', ja: 'マルウェア対策の方針と役割を定める' },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-5.2',
    text: {
      en: 'Malware is prevented, or found and dealt with',
      ja: 'マルウェアを防ぐ、または検知して対処する',
    },
    claim: 'partly',
    stays: {
      en: 'PCs of staff, and files that customers upload.',
      ja: '社員のPCと、お客様がアップロードするファイル。',
    },
    rules: ['SecureShop-ALM1[Detection]', 'SecureShop-PAT1[TaskHardening]', 'SecureShop-PAT1[ScanGate]'],
  },
  {
    id: 'PCI-5.3',
    text: {
      en: 'Protection against malware is active, kept up and watched',
      ja: 'マルウェア対策を有効に保ち監視する',
    },
    claim: 'partly',
    stays: { en: 'PCs of staff.', ja: '社員のPC。' },
    rules: ['SecureShop-ALM1[Detection]', 'SecureShop-ALM1[EventsEnabled]', 'SecureShop-ALM1[EventsHeard]'],
  },
  {
    id: 'PCI-5.4',
    text: { en: 'People are protected against phishing', ja: 'フィッシングから人を守る' },
    claim: 'yours',
    stays: {
      en: 'Mail of the firm: filters, SPF, DKIM and DMARC, training.',
      ja: '会社のメール。フィルター、SPF・DKIM・DMARC、訓練。',
    },
    rules: [],
  },
  {
    id: 'PCI-6.1',
    text: {
      en: 'Rules for secure software are written and known',
      ja: '安全なソフトウェアの方針と役割を定める',
    },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-6.2',
    text: { en: "Software of one's own is developed securely", ja: '独自ソフトウェアを安全に開発する' },
    claim: 'yours',
    stays: {
      en: 'Plugins and themes written for the shop: training, review before release.',
      ja: '独自のプラグインとテーマの開発者教育とレビュー。',
    },
    rules: [],
  },
  {
    id: 'PCI-6.3',
    text: { en: 'Find and fix vulnerabilities', ja: '脆弱性を見つけて直す' },
    claim: 'partly',
    stays: { en: 'Custom code stays with the application.', ja: '独自コードはアプリケーションに残る。' },
    rules: [
      'SecureShop-PAT1[ScanGate]',
      'SecureShop-PAT1[WeeklyRebuild]',
      'SecureShop-PAT2[EnginePatches]',
      'SecureShop-PAT2[Runtimes]',
      'SecureShop-PAT1[PipelineArtifacts]',
      'SecureShop-PAT1[PipelineSource]',
      'SecureShop-PAT1[BuildSteps]',
      'SecureShop-PAT2[EngineVersion]',
      'SecureShop-PAT2[HostPatches]',
      'SecureShop-PAT1[RepositoryPushers]',
    ],
  },
  {
    id: 'PCI-6.4',
    text: { en: 'Public web applications are protected', ja: '公開Webアプリケーションを守る' },
    claim: 'partly',
    stays: { en: 'The scripts of the payment page (6.4.3).', ja: '決済ページのスクリプト (6.4.3)。' },
    rules: [
      'SecureShop-NET2[WebAclAttached]',
      'SecureShop-NET2[WebAclBlocks]',
      'SecureShop-NET2[WebAclRules]',
      'SecureShop-NET2[SecurityHeaders]',
    ],
  },
  {
    id: 'PCI-6.4.2',
    text: {
      en: 'Automated protection of public web applications',
      ja: '公開Webアプリケーションを自動的に守る',
    },
    claim: 'met',
    stays: { en: '', ja: '' },
    rules: [
      'SecureShop-NET2[WebAclAttached]',
      'SecureShop-NET2[WebAclBlocks]',
      'SecureShop-NET2[WebAclRules]',
      'SecureShop-LOG1[WebAclLogs]',
      'SecureShop-LOG1[WebAclLogContent]',
    ],
  },
  {
    id: 'PCI-6.4.3',
    text: { en: 'Scripts of the payment page are authorized', ja: '決済ページのスクリプトを承認する' },
    claim: 'partly',
    stays: {
      en: 'Until `payment.scripts` and `payment.page` are in the config: the inventory of scripts and their reasons.',
      ja: '設定に `payment.scripts` と `payment.page` を書くまで: スクリプトの一覧と理由。',
    },
    wholeWith: 'SecureShop-ALM1[PageWatched]',
    rules: [
      'SecureShop-ALM1[PageWatched]',
      'SecureShop-NET2[SecurityHeaders]',
      'SecureShop-NET2[SecurityHeadersUsed]',
      'SecureShop-NET2[EdgeCode]',
    ],
  },
  {
    id: 'PCI-6.5',
    text: { en: 'Changes are made in a controlled way', ja: '変更を管理して行う' },
    claim: 'partly',
    stays: {
      en: 'Approval of a change, its test before production, and no real customers in test data.',
      ja: '変更の承認、本番前の試験、試験データに実データを使わないこと。',
    },
    rules: [
      'SecureShop-PAT1[ScanGate]',
      'SecureShop-PAT1[ImageByDigest]',
      'SecureShop-PAT1[PipelineSource]',
      'SecureShop-PAT1[BuildSteps]',
    ],
  },
];
