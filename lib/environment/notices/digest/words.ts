import type { Language } from '../findings/families.ts';
import type { DigestSettings } from './settings.ts';

type Store = DigestSettings['tested'][number];

/** What a line of the digest says; numbers and names come from outside. */
export interface DigestWords {
  readonly opening: (environment: string, day: string) => string;
  readonly closing: string;
  readonly unread: (why: string) => string;
  readonly none: string;
  readonly ago: (days: number) => string;
  readonly more: (count: number) => string;
  readonly titles: Readonly<Record<SectionName, string>>;
  readonly blocked: (where: 'edge' | 'loadBalancer', blocked: string, all: string) => string;
  readonly nobody: (where: 'edge' | 'loadBalancer') => string;
  readonly rotated: (secret: string, age: string) => string;
  readonly neverRotated: (secret: string) => string;
  readonly rotationOff: (secret: string) => string;
  readonly rotationRuns: (secret: string) => string;
  readonly overdue: (secret: string) => string;
  readonly imageAge: (days: string) => string;
  readonly imageUnknown: string;
  readonly gate: string;
  readonly hosts: (percent: string) => string;
  readonly hostsUnknown: string;
  readonly backups: (made: string, failed: string) => string;
  readonly noBackups: string;
  readonly tested: (store: Store, minutes: string, age: string) => string;
  readonly neverTested: (store: Store) => string;
  readonly notTested: string;
  readonly connected: (person: string, times: string, refused: string) => string;
  readonly nobodyConnected: string;
  readonly noVpn: string;
  readonly ends: (what: string, date: string) => string;
  readonly ended: (what: string, date: string) => string;
  readonly certificate: (name: string) => string;
  readonly nothingDue: string;
  readonly copies: (where: CopyPlace, made: string, failed: string) => string;
  readonly noCopies: (where: CopyPlace) => string;
  readonly opened: (person: string, times: string) => string;
  readonly nobodyOpened: string;
  readonly stoodOpen: (times: string) => string;
  readonly open: (service: string, count: string) => string;
  /** Of those that are high or critical. */
  readonly openHigh: (service: string, count: string) => string;
  readonly off: (service: string) => string;
  readonly recorderGone: string;
  readonly recorderStopped: (since: string | undefined) => string;
  readonly recorderFails: (why: string) => string;
  readonly standardsIdle: (working: number, wanted: number) => string;
}

type CopyPlace = 'region' | 'account';

export const sectionNames = [
  'due',
  'open',
  'blocked',
  'rotated',
  'patched',
  'backedUp',
  'tested',
  'connected',
] as const;
export type SectionName = (typeof sectionNames)[number];

const stores: Readonly<Record<Store, string>> = { database: 'データベース', files: 'ファイル' };

export const digestWords: Readonly<Record<Language, DigestWords>> = {
  en: {
    opening: (environment, day) => `${environment}: the seven days until ${day}.`,
    closing:
      'Comes every Monday; alarms and findings come at once. How all fares now: npx --no-install secure-shop status. alarms.digest: off ends this mail.',
    unread: (why) => `could not be read (${why})`,
    none: 'none',
    ago: (days) => (days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`),
    more: (count) => `and ${count} more`,
    titles: {
      due: 'DUE',
      open: 'OPEN FINDINGS',
      blocked: 'BLOCKED',
      rotated: 'ROTATED',
      patched: 'PATCHED',
      backedUp: 'BACKED UP',
      tested: 'TESTED',
      connected: 'CONNECTED',
    },
    blocked: (where, blocked, all) =>
      `at the ${where === 'edge' ? 'edge' : 'load balancer'} ${blocked} of ${all} requests`,
    nobody: (where) => `at the ${where === 'edge' ? 'edge' : 'load balancer'} no request was seen`,
    rotated: (secret, age) => `${secret}: ${age}`,
    neverRotated: (secret) => `${secret}: never`,
    rotationOff: (secret) => `${secret}: rotation is off. Runbook: docs/runbooks/rotation.md`,
    rotationRuns: (secret) => `${secret}: a rotation runs, or failed. Runbook: docs/runbooks/rotation.md`,
    overdue: (secret) => `${secret} is older than its schedule. Runbook: docs/runbooks/rotation.md`,
    imageAge: (days) => `the image of the shop is ${days} days old`,
    imageUnknown: 'nobody measured how old the image is. Runbook: docs/runbooks/patching.md',
    gate: 'it would not pass the scan gate today. Runbook: docs/runbooks/patching.md',
    hosts: (percent) => `${percent} % of hosts have their patches`,
    hostsUnknown: 'nobody measured the patches of the host. Runbook: docs/runbooks/patching.md',
    backups: (made, failed) => `${made} backups made, ${failed} failed`,
    noBackups: 'no backup was made. Runbook: docs/runbooks/backups.md',
    tested: (store, minutes, age) =>
      `a backup of the ${store} was restored and read ${age}; it took ${minutes} minutes`,
    neverTested: (store) =>
      `no restored backup of the ${store} was read in 40 days. Runbook: docs/runbooks/restore-test.md`,
    notTested: 'no restores are tested in this environment',
    connected: (person, times, refused) =>
      `${person}: ${times} times${refused === '0' ? '' : `, and ${refused} refused`}`,
    nobodyConnected: 'nobody, by VPN',
    noVpn: 'there is no VPN yet',
    ends: (what, date) => `${what} ends on ${date}`,
    ended: (what, date) => `${what} ended on ${date}`,
    certificate: (name) => `certificate ${name}`,
    nothingDue: 'nothing within 30 days',
    copies: (where, made, failed) =>
      `in the ${where === 'region' ? 'other region' : 'second account'} ${made} copies made, ${failed} failed`,
    noCopies: (where) =>
      `no copy reached the ${where === 'region' ? 'other region' : 'second account'}. Runbook: docs/runbooks/backups.md`,
    opened: (person, times) => `${person} opened the VPN ${times} times`,
    nobodyOpened: 'nobody opened the VPN',
    stoodOpen: (times) =>
      `the VPN stood open ${times} times though nobody asked for it. Runbook: docs/runbooks/vpn.md`,
    open: (service, count) => `${service}: ${count}`,
    openHigh: (service, count) => `${service}, high or critical: ${count}`,
    off: (service) => `${service} is not on`,
    recorderGone: 'AWS Config has no recorder',
    recorderStopped: (since) => `AWS Config records nothing${since === undefined ? '' : ` since ${since}`}`,
    recorderFails: (why) => `AWS Config cannot record: ${why}`,
    standardsIdle: (working, wanted) => `Security Hub checks by ${working} of ${wanted} standards`,
  },
  ja: {
    opening: (environment, day) => `${environment}: ${day} までの 7 日間`,
    closing:
      '毎週月曜日に届きます。アラームと検出結果は、その都度届きます。現在の状況: npx --no-install secure-shop status。止めるには alarms.digest: off。',
    unread: (why) => `読み取れませんでした (${why})`,
    none: 'なし',
    ago: (days) => (days === 0 ? '今日' : `${days} 日前`),
    more: (count) => `ほか ${count} 件`,
    titles: {
      due: '期限',
      open: '未対応の検出',
      blocked: '遮断',
      rotated: 'ローテーション',
      patched: 'パッチ',
      backedUp: 'バックアップ',
      tested: '復元試験',
      connected: '接続',
    },
    blocked: (where, blocked, all) =>
      `${where === 'edge' ? 'エッジ' : 'ロードバランサー'}で ${all} 件中 ${blocked} 件を遮断`,
    nobody: (where) => `${where === 'edge' ? 'エッジ' : 'ロードバランサー'}にリクエストがありませんでした`,
    rotated: (secret, age) => `${secret}: ${age}`,
    neverRotated: (secret) => `${secret}: まだ一度もありません`,
    rotationOff: (secret) => `${secret}: ローテーションが無効です。手順書: docs/runbooks/rotation.ja.md`,
    rotationRuns: (secret) =>
      `${secret}: ローテーション中か、失敗しています。手順書: docs/runbooks/rotation.ja.md`,
    overdue: (secret) => `${secret} は予定より古くなっています。手順書: docs/runbooks/rotation.ja.md`,
    imageAge: (days) => `ショップのイメージは作成から ${days} 日`,
    imageUnknown: 'イメージの経過日数が測られていません。手順書: docs/runbooks/patching.ja.md',
    gate: '現在のスキャン基準には合格しません。手順書: docs/runbooks/patching.ja.md',
    hosts: (percent) => `ホストの ${percent} % にパッチ適用済み`,
    hostsUnknown: 'ホストのパッチ状況が測られていません。手順書: docs/runbooks/patching.ja.md',
    backups: (made, failed) => `成功 ${made} 件、失敗 ${failed} 件`,
    noBackups: 'バックアップがありませんでした。手順書: docs/runbooks/backups.ja.md',
    tested: (store, minutes, age) =>
      `${age}に${stores[store]}のバックアップを復元して読み取り (所要 ${minutes} 分)`,
    neverTested: (store) =>
      `40 日間、${stores[store]}の復元の確認がありません。手順書: docs/runbooks/restore-test.ja.md`,
    notTested: 'この環境では復元試験を行いません',
    connected: (person, times, refused) =>
      `${person}: ${times} 回${refused === '0' ? '' : ` (ほかに拒否 ${refused} 回)`}`,
    nobodyConnected: 'VPN の接続はありませんでした',
    noVpn: 'VPN はまだありません',
    ends: (what, date) => `${what}: ${date} まで`,
    ended: (what, date) => `${what}: ${date} に終了`,
    certificate: (name) => `証明書 ${name}`,
    nothingDue: '30 日以内に期限を迎えるものはありません',
    copies: (where, made, failed) =>
      `${where === 'region' ? '別リージョン' : '別アカウント'}へのコピー: 成功 ${made} 件、失敗 ${failed} 件`,
    noCopies: (where) =>
      `${where === 'region' ? '別リージョン' : '別アカウント'}へのコピーがありませんでした。手順書: docs/runbooks/backups.ja.md`,
    opened: (person, times) => `${person} が VPN を ${times} 回開きました`,
    nobodyOpened: 'VPN を開いた人はいません',
    stoodOpen: (times) =>
      `誰も求めていないのに VPN が ${times} 回開いていました。手順書: docs/runbooks/vpn.ja.md`,
    open: (service, count) => `${service}: ${count} 件`,
    openHigh: (service, count) => `${service} (高・緊急): ${count} 件`,
    off: (service) => `${service} は有効ではありません`,
    recorderGone: 'AWS Config のレコーダーがありません',
    recorderStopped: (since) => `AWS Config は${since === undefined ? '' : ` ${since} から`}記録していません`,
    recorderFails: (why) => `AWS Config は記録できません: ${why}`,
    standardsIdle: (working, wanted) => `Security Hub は ${wanted} 個中 ${working} 個の基準で検査しています`,
  },
};
