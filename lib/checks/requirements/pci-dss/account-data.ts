import type { Requirement } from '../requirement.ts';

/** PCI DSS 4.0.1, requirements 3 and 4: account data. */
export const accountData: readonly Requirement[] = [
  {
    id: 'PCI-3.1',
    text: { en: 'Rules for stored account data are written and known', ja: '保存データの方針と役割を定める' },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-3.2',
    text: { en: 'Account data is stored as little as possible', ja: 'カード会員データの保存を最小にする' },
    claim: 'yours',
    stays: {
      en: 'The payment provider takes the card; that the application and its plugins store none is to be looked at.',
      ja: 'カード情報は決済事業者が扱う。アプリケーションとプラグインが保存しないことの確認。',
    },
    rules: [],
  },
  {
    id: 'PCI-3.3',
    text: {
      en: 'Sensitive authentication data is not stored after authorization',
      ja: '機密認証データを承認後に保存しない',
    },
    claim: 'yours',
    stays: {
      en: 'The payment provider and the application; nothing here takes card data in.',
      ja: '決済事業者とアプリケーション。',
    },
    rules: [],
  },
  {
    id: 'PCI-3.4',
    text: { en: 'Card numbers are masked, and cannot be copied', ja: 'カード番号の表示と複製を制限する' },
    claim: 'yours',
    stays: {
      en: 'The payment provider, whose screens alone show card numbers.',
      ja: 'カード番号を表示する決済事業者の画面。',
    },
    rules: [],
  },
  {
    id: 'PCI-3.5',
    text: { en: 'Stored account data is unreadable', ja: '保存データを読み取れなくする' },
    claim: 'partly',
    stays: {
      en: 'Card data must never be stored; that it is not stays with the application and the provider.',
      ja: 'カード情報を保存しないことはアプリケーションと決済事業者に残る。',
    },
    rules: [
      'SecureShop-DAT1[Encrypted]',
      'SecureShop-SEC1[SecretKey]',
      'SecureShop-DAT1[InsightsKey]',
      'SecureShop-DAT1[ShopKeys]',
      'SecureShop-DAT1[Copies]',
    ],
  },
  {
    id: 'PCI-3.6',
    text: { en: 'Keys that protect stored account data are secured', ja: '保存データを守る鍵を保護する' },
    claim: 'partly',
    stays: {
      en: 'The written procedures, and who may administer keys; the keys themselves never leave AWS KMS.',
      ja: '手順の文書化と、鍵を管理できる人。鍵自体は AWS KMS の外に出ない。',
    },
    rules: [
      'SecureShop-DAT1[KeyRotation]',
      'SecureShop-DAT2[KeyPolicy]',
      'SecureShop-DAT2[KeyClass]',
      'SecureShop-DAT2[UndeclaredReader]',
    ],
  },
  {
    id: 'PCI-3.7',
    text: { en: 'Keys have a managed life', ja: '鍵のライフサイクルを管理する' },
    claim: 'partly',
    stays: {
      en: 'Who keeps keys, and what to do when one is known to others, in writing.',
      ja: '鍵の管理者と、漏えい時の手順の文書化。',
    },
    rules: [
      'SecureShop-DAT1[KeyRotation]',
      'SecureShop-DAT2[KeyPolicy]',
      'SecureShop-DAT2[KeyClass]',
      'SecureShop-DAT1[ShopKeys]',
    ],
  },
  {
    id: 'PCI-4.1',
    text: {
      en: 'Rules for cryptography in transit are written and known',
      ja: '通信の暗号化の方針と役割を定める',
    },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-4.2',
    text: { en: 'Strong cryptography in transit', ja: '通信を強力に暗号化する' },
    claim: 'partly',
    stays: {
      en: "The last step, from the load balancer to the task inside the VPC, is the application's port.",
      ja: 'VPC内のロードバランサーからタスクへの区間はアプリケーションのポートに残る。',
    },
    rules: [
      'SecureShop-NET2[ViewerTls]',
      'SecureShop-NET2[OriginTls]',
      'SecureShop-NET3[ListenerTls]',
      'SecureShop-NET4[DatabaseTls]',
      'SecureShop-DAT1[FileSystemMount]',
      'SecureShop-DAT1[TlsOnly]',
      'SecureShop-NET4[ParameterGroupTls]',
      'SecureShop-NET4[DatabaseCertificate]',
      'SecureShop-NET4[TlsVerified]',
      'SecureShop-DAT1[TlsOnlyPolicy]',
    ],
  },
];
