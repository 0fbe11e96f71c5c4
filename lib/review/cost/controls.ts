import type { Bilingual } from '../../checks/bilingual.ts';
import type { PricedResource } from './priced-environment.ts';

/** What a line of the bill is for. `shop` is what any shop costs, with or without the controls. */
export const purposes = {
  shop: { en: 'the shop itself', ja: 'ショップ本体' },
  network: { en: 'private network and DNS firewall', ja: 'プライベートネットワークと DNS ファイアウォール' },
  webAcl: { en: 'web ACLs', ja: 'Web ACL' },
  vpn: { en: 'VPN-only administration', ja: 'VPN に限った管理' },
  secrets: { en: 'secrets and their rotation', ja: 'シークレットとローテーション' },
  keys: { en: 'encryption keys by class of data', ja: 'データ区分ごとの暗号鍵' },
  patching: { en: 'patching, builds and image scans', ja: 'パッチ適用、ビルド、イメージスキャン' },
  backups: { en: 'locked backups, copies, restore test', ja: 'ロックされたバックアップ、コピー、復元テスト' },
  detection: { en: 'threat detection and audit trail', ja: '脅威検知と監査証跡' },
  logs: { en: 'logs and their archive', ja: 'ログとその保管' },
  alarms: { en: 'alarms and metrics', ja: 'アラームとメトリクス' },
} as const satisfies Record<string, Bilingual>;

export type Purpose = keyof typeof purposes;

/** Kinds of resources that serve one control wherever they stand. */
const byType: readonly (readonly [RegExp, Purpose])[] = [
  [/^AWS::KMS::/, 'keys'],
  [/^AWS::WAFv2::/, 'webAcl'],
  [/^AWS::SecretsManager::/, 'secrets'],
  [/^AWS::CloudWatch::/, 'alarms'],
  [/^AWS::(Logs|EC2::FlowLog|Route53Resolver::ResolverQueryLogging)/, 'logs'],
];

/** Everything else serves what its stack is for: docs/architecture.md. */
const byStack: Readonly<Record<string, Purpose>> = {
  Vault: 'logs',
  Detection: 'detection',
  Network: 'network',
  Recovery: 'backups',
  RecoveryCopy: 'backups',
  Data: 'shop',
  Credentials: 'secrets',
  Patching: 'patching',
  Perimeter: 'webAcl',
  Storefront: 'shop',
  Admin: 'vpn',
};

export function purposeOf({ type, stack }: Pick<PricedResource, 'type' | 'stack'>): Purpose {
  return byType.find(([pattern]) => pattern.test(type))?.[1] ?? byStack[stack] ?? 'shop';
}
