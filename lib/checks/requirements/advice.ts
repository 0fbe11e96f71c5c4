import type { Requirement } from './requirement.ts';

/**
 * What shops without security staff are commonly told. It has no numbered source: docs/architecture.md names the
 * breaches it answers.
 */
export const advice: readonly Requirement[] = [
  {
    id: 'ADVICE-1',
    text: {
      en: 'No trustworthy-looking but unhardened server',
      ja: '一見信頼できそうで要塞化されていないサーバーを使わない',
    },
    claim: 'met',
    stays: { en: '', ja: '' },
    rules: [
      'SecureShop-NET1[PublicSubnet]',
      'SecureShop-NET1[InternetRoute]',
      'SecureShop-NET1[PublicAddress]',
      'SecureShop-NET2[OtherEntrance]',
      'SecureShop-NET3[ListenerSources]',
      'SecureShop-NET4[OpenGroup]',
      'SecureShop-NET4[WideGroup]',
      'SecureShop-NET4[DatabaseClients]',
      'SecureShop-NET4[VpnReach]',
      'SecureShop-NET5[Egress]',
      'SecureShop-NET5[DnsAllowList]',
      'SecureShop-NET5[DnsFirewallAssociated]',
      'SecureShop-PAT1[TaskHardening]',
      'SecureShop-NET1[DefaultGroupUnused]',
      'SecureShop-NET2[KnownKinds]',
      'SecureShop-NET2[KnownProperties]',
      'SecureShop-NET3[ListenerDefault]',
      'SecureShop-NET5[FailClosed]',
    ],
  },
  {
    id: 'ADVICE-2',
    text: { en: 'The CMS is always at its newest version', ja: 'CMSを常に最新版に保つ' },
    claim: 'partly',
    stays: {
      en: 'Plugins and themes are chosen by the firm; a rebuild takes what its build context pins.',
      ja: 'プラグインとテーマの選定は事業者に残る。',
    },
    rules: [
      'SecureShop-PAT1[ImageByDigest]',
      'SecureShop-PAT1[WeeklyRebuild]',
      'SecureShop-PAT1[ScanGate]',
      'SecureShop-PAT2[EnginePatches]',
      'SecureShop-PAT2[Runtimes]',
      'SecureShop-PAT2[EngineVersion]',
    ],
  },
  {
    id: 'ADVICE-3a',
    text: {
      en: 'Limit the people and PCs that handle customer data',
      ja: '顧客データを扱う人とPCを限定する',
    },
    claim: 'partly',
    stays: {
      en: 'Who is named, and what their PCs are, the firm decides; with closed export screens (`customerData.screens`) in each environment the rest is checked.',
      ja: '誰を登録しどのPCを使うかは事業者が決める。各環境で書き出し画面を閉じれば (`customerData.screens`) 残りは検査される。',
    },
    // A desk beside screens that write every customer into a file on any PC would be the part.
    wholeWith: 'SecureShop-DAT3[ExportScreens]',
    rules: [
      'SecureShop-ADM2[VpnAuthentication]',
      'SecureShop-ADM2[ConnectionRules]',
      'SecureShop-ADM2[VpnSessions]',
      'SecureShop-ADM2[SecureBrowser]',
      'SecureShop-DAT2[UndeclaredReader]',
      'SecureShop-NET4[VpnReach]',
      'SecureShop-DAT3[ExportsClosed]',
      'SecureShop-DAT3[ExportScreens]',
    ],
  },
  {
    id: 'ADVICE-3b',
    text: {
      en: 'Change passwords regularly, the one for downloads often',
      ja: 'パスワードを定期的に変更し、ダウンロード用は頻繁に変える',
    },
    claim: 'partly',
    stays: {
      en: 'Staff passwords inside the shop software stay with the application.',
      ja: 'ショップソフト内の担当者パスワードはアプリケーションに残る。',
    },
    rules: [
      'SecureShop-SEC1[RotationSchedule]',
      'SecureShop-SEC1[RotationInterval]',
      'SecureShop-SEC2[RotationWatched]',
      'SecureShop-SEC1[RotationPermission]',
      'SecureShop-SEC2[AlternatingUsers]',
      'SecureShop-SEC2[Refreshed]',
    ],
  },
  {
    id: 'ADVICE-3c',
    text: { en: 'No copying to media, no customer data by mail', ja: '媒体への複製やメール送付をしない' },
    claim: 'partly',
    stays: {
      en: 'What a person does with an export once opened, and what the shop software mails to staff, stays with the firm.',
      ja: '開いた後のデータの扱いと、ショップソフトが担当者に送るメールは事業者に残る。',
    },
    rules: [
      'SecureShop-DAT2[UndeclaredReader]',
      'SecureShop-DAT2[TaskShell]',
      'SecureShop-DAT2[PublicPolicy]',
      'SecureShop-DAT2[OtherAccount]',
      'SecureShop-DAT2[UndeclaredGrant]',
      'SecureShop-ADM2[SecureBrowser]',
      'SecureShop-DAT3[ExportsClosed]',
      'SecureShop-DAT3[ExportsDeleted]',
      'SecureShop-DAT3[ExportsHeard]',
      'SecureShop-DAT3[ExportScreens]',
    ],
  },
  {
    id: 'ADVICE-4',
    text: {
      en: 'If nobody in the firm can run this: a mall, or a contractor with clear responsibilities',
      ja: '社内で運用できなければモールか責任範囲の明確な委託を使う',
    },
    claim: 'partly',
    stays: {
      en: 'The decision stays with the firm; a `contractor` in each environment of the config makes the rest checked.',
      ja: '判断は事業者に残る。設定の各環境に `contractor` を書けば残りは検査される。',
    },
    wholeWith: 'SecureShop-OPS1[ContractorTrust]',
    rules: [
      'SecureShop-OPS1[ContractorTrust]',
      'SecureShop-OPS1[ContractorBoundary]',
      'SecureShop-OPS1[ContractorHeard]',
      'SecureShop-OPS1[ContractorRevocable]',
      'SecureShop-OPS1[OperatorReads]',
      'SecureShop-DAT2[UndeclaredReader]',
      'SecureShop-DAT2[Trust]',
      'SecureShop-DAT2[BroadManagedPolicy]',
      'SecureShop-LOG1[Trail]',
      'SecureShop-DAT2[ControlEdits]',
      'SecureShop-DAT2[PolicyAttachments]',
      'SecureShop-LOG1[SessionRecorded]',
    ],
  },
];
