import type { Requirement } from '../requirement.ts';

/** PCI DSS 4.0.1, requirements 7 to 9: access to systems, and to buildings. */
export const accessControl: readonly Requirement[] = [
  {
    id: 'PCI-7.1',
    text: { en: 'Rules for access are written and known', ja: 'アクセスの方針と役割を定める' },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-7.2',
    text: { en: 'Access is granted by need', ja: '必要に応じてアクセスを許可する' },
    claim: 'partly',
    stays: {
      en: 'Roles inside the shop software stay with the application.',
      ja: 'ショップソフト内の権限はアプリケーションに残る。',
    },
    rules: [
      'SecureShop-DAT2[UndeclaredReader]',
      'SecureShop-DAT2[WildcardPolicy]',
      'SecureShop-DAT2[PassRole]',
      'SecureShop-DAT2[BroadManagedPolicy]',
      'SecureShop-DAT2[ControlEdits]',
      'SecureShop-DAT2[ParameterWriters]',
      'SecureShop-DAT2[PolicyAttachments]',
      'SecureShop-DAT2[RoleShared]',
      'SecureShop-DAT2[UndeclaredGrant]',
      'SecureShop-DAT2[OtherAccount]',
    ],
  },
  {
    id: 'PCI-7.3',
    text: {
      en: 'Access is managed by a system that denies by default',
      ja: '既定で拒否する仕組みでアクセスを管理する',
    },
    claim: 'partly',
    stays: {
      en: 'The shop software has an access control of its own.',
      ja: 'ショップソフト自身のアクセス制御。',
    },
    rules: [
      'SecureShop-DAT2[UndeclaredReader]',
      'SecureShop-DAT2[PublicPolicy]',
      'SecureShop-DAT2[Trust]',
      'SecureShop-SEC1[SecretPolicy]',
      'SecureShop-DAT2[PublicFunction]',
      'SecureShop-DAT2[CustomResources]',
      'SecureShop-DAT2[DatabaseShell]',
      'SecureShop-DAT2[UndeclaredGrant]',
    ],
  },
  {
    id: 'PCI-8.1',
    text: { en: 'Rules for identifying people are written and known', ja: '本人確認の方針と役割を定める' },
    claim: 'yours',
    stays: { en: 'Who is responsible, and the written policy.', ja: '責任者と方針の文書化。' },
    rules: [],
  },
  {
    id: 'PCI-8.2',
    text: {
      en: 'Each person has an account of their own, for as long as needed',
      ja: '一人ずつのアカウントを必要な間だけ持つ',
    },
    claim: 'partly',
    stays: {
      en: 'Accounts inside the shop software and in AWS, and taking them away when somebody leaves.',
      ja: 'ショップソフトとAWSのアカウント、退職時の削除。',
    },
    rules: [
      'SecureShop-ADM2[VpnAuthentication]',
      'SecureShop-ADM2[ConnectionRules]',
      'SecureShop-DAT2[NoUsers]',
    ],
  },
  {
    id: 'PCI-8.3',
    text: { en: 'Strong authentication of people', ja: '人を強力に認証する' },
    claim: 'partly',
    stays: {
      en: 'Logins inside the shop software stay with the application.',
      ja: 'ショップソフトのログインはアプリケーションに残る。',
    },
    rules: [
      'SecureShop-ADM2[VpnAuthentication]',
      'SecureShop-DAT2[NoUsers]',
      'SecureShop-ADM2[HostAccess]',
      'SecureShop-ADM2[UserPool]',
    ],
  },
  {
    id: 'PCI-8.4',
    text: { en: 'Multi-factor authentication for administration', ja: '管理アクセスの多要素認証' },
    claim: 'partly',
    stays: {
      en: 'Single sign-on for the VPN (admin.vpn.samlProviderArn), and the second factor of the identity provider behind it.',
      ja: 'VPNのシングルサインオン (admin.vpn.samlProviderArn) の設定と、IDプロバイダーの第二要素。',
    },
    rules: ['SecureShop-ADM2[VpnAuthentication]', 'SecureShop-ADM2[VpnGroups]', 'SecureShop-ADM2[UserPool]'],
    needs: 'SecureShop-ADM2[VpnGroups]',
  },
  {
    id: 'PCI-8.5',
    text: { en: 'Multi-factor authentication cannot be got round', ja: '多要素認証を回避できないようにする' },
    claim: 'yours',
    stays: { en: 'The identity provider that the firm connects.', ja: '事業者が接続するIDプロバイダー。' },
    rules: [],
  },
  {
    id: 'PCI-8.6',
    text: {
      en: 'System accounts are managed and their secrets rotate',
      ja: 'システムアカウントを管理し秘密を更新する',
    },
    claim: 'partly',
    stays: {
      en: 'Keys of other services that plugins keep in the database of the shop.',
      ja: 'プラグインがショップのデータベースに置く他サービスの鍵。',
    },
    rules: [
      'SecureShop-SEC1[RotationSchedule]',
      'SecureShop-SEC1[RotationInterval]',
      'SecureShop-SEC1[PlainSecret]',
      'SecureShop-SEC1[SecretReaders]',
      'SecureShop-SEC2[RotationWatched]',
      'SecureShop-SEC1[ContainerSecrets]',
      'SecureShop-SEC1[RotationPermission]',
      'SecureShop-SEC1[MasterSecret]',
      'SecureShop-SEC1[DatabaseIam]',
      'SecureShop-SEC2[RotationNetwork]',
      'SecureShop-SEC2[AlternatingUsers]',
      'SecureShop-SEC2[Refreshed]',
      'SecureShop-SEC2[Rollout]',
    ],
  },
  {
    id: 'PCI-9.1',
    text: { en: 'Rules for physical access are written and known', ja: '物理アクセスの方針と役割を定める' },
    claim: 'yours',
    stays: { en: 'The office; AWS has its own for data centres.', ja: 'オフィス。データセンターはAWS。' },
    rules: [],
  },
  {
    id: 'PCI-9.2',
    text: { en: 'Entry to buildings with systems is controlled', ja: 'システムのある建物への入館を管理する' },
    claim: 'aws',
    stays: {
      en: "The data centres are AWS's: its attestation of compliance is in AWS Artifact. The office stays with the firm.",
      ja: 'データセンターはAWS(準拠証明書はAWS Artifact)。オフィスは事業者。',
    },
    rules: [],
  },
  {
    id: 'PCI-9.3',
    text: { en: 'Staff and visitors are admitted, and known', ja: '社員と訪問者の入館を許可し記録する' },
    claim: 'aws',
    stays: {
      en: "The data centres are AWS's. The office stays with the firm.",
      ja: 'データセンターはAWS。オフィスは事業者。',
    },
    rules: [],
  },
  {
    id: 'PCI-9.4',
    text: { en: 'Media are kept, moved and destroyed securely', ja: '媒体を安全に保管・移動・破棄する' },
    claim: 'aws',
    stays: {
      en: "Disks and their destruction are AWS's. Paper, and files on PCs, stay with the firm.",
      ja: 'ディスクとその破棄はAWS。紙とPCのファイルは事業者。',
    },
    rules: [],
  },
  {
    id: 'PCI-9.5',
    text: { en: 'Card readers are protected against tampering', ja: 'カード読取機を改ざんから守る' },
    claim: 'yours',
    stays: {
      en: 'Only where the firm also sells at a counter; the shop has no reader.',
      ja: '店頭でも販売する場合のみ。ショップに読取機はない。',
    },
    rules: [],
  },
];
