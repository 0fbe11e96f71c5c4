import type { Requirement } from './requirement.ts';

/** The Japanese credit card security guideline 6.0 (2025). */
export const cardGuideline: readonly Requirement[] = [
  {
    id: 'CARD-1',
    text: {
      en: 'Limit and authenticate access to the admin screen',
      ja: '管理画面へのアクセスを制限し認証する',
    },
    claim: 'met',
    stays: { en: '', ja: '' },
    rules: [
      'SecureShop-ADM1[WebAclRefusesAdmin]',
      'SecureShop-ADM1[FunctionsRefused]',
      'SecureShop-ADM1[ListenerRefusesAdmin]',
      'SecureShop-ADM2[VpnAuthentication]',
      'SecureShop-ADM1[AdminPathsDeclared]',
      'SecureShop-ADM1[RuleOrder]',
      'SecureShop-ADM1[PathKept]',
      'SecureShop-ADM1[RefusalShown]',
      'SecureShop-ADM1[RefusalScope]',
      'SecureShop-ADM2[UserPool]',
    ],
  },
  {
    id: 'CARD-2',
    text: { en: 'No exposed data directories', ja: 'データディレクトリを公開しない' },
    claim: 'partly',
    stays: {
      en: 'Which files the shop software serves stays with the application.',
      ja: '配信するファイルの設定はアプリケーションに残る。',
    },
    rules: [
      'SecureShop-DAT1[BucketClosed]',
      'SecureShop-DAT2[PublicPolicy]',
      'SecureShop-NET2[PrivateOrigin]',
    ],
  },
  {
    id: 'CARD-3',
    text: { en: 'Web-application vulnerabilities', ja: 'Webアプリケーションの脆弱性対策' },
    claim: 'partly',
    stays: {
      en: 'Code of the shop and its plugins stays with the application.',
      ja: 'ショップとプラグインのコードはアプリケーションに残る。',
    },
    rules: [
      'SecureShop-NET2[WebAclRules]',
      'SecureShop-NET2[WebAclBlocks]',
      'SecureShop-PAT1[ScanGate]',
      'SecureShop-NET2[CachePolicy]',
      'SecureShop-PAT1[BuildProject]',
    ],
  },
  {
    id: 'CARD-4',
    text: { en: 'Malware protection', ja: 'マルウェア対策' },
    claim: 'partly',
    stays: {
      en: 'Scanning of uploads on the file system stays with the application.',
      ja: 'アップロードの走査はアプリケーションに残る。',
    },
    rules: ['SecureShop-ALM1[Detection]', 'SecureShop-PAT1[TaskHardening]'],
  },
  {
    id: 'CARD-5',
    text: {
      en: 'Defend against card testing and stolen credentials',
      ja: 'カードの有効性確認や不正ログインへの対策',
    },
    claim: 'partly',
    stays: {
      en: 'Limits per customer account stay with the application.',
      ja: '顧客アカウント単位の制限はアプリケーションに残る。',
    },
    rules: ['SecureShop-NET2[WebAclRules]', 'SecureShop-NET2[WebAclBlocks]', 'SecureShop-NET2[GuardedPaths]'],
  },
];
