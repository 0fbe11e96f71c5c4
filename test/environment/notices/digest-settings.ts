import type { DigestSettings } from '../../../lib/environment/notices/digest/settings.ts';

/** Of a shop with everything on. */
export const digestSettings: DigestSettings = {
  topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
  environment: 'hana-production',
  language: 'en',
  timeZone: 'Asia/Tokyo',
  region: 'ap-northeast-1',
  edgeAcl: 'hana-production-edge',
  loadBalancerAcl: 'hana-production-load-balancer',
  vault: 'hana-production-backups',
  copies: [
    {
      where: 'region',
      vaultArn: 'arn:aws:backup:ap-northeast-3:111122223333:backup-vault:hana-production-backup-copies',
    },
    { where: 'account', vaultArn: 'arn:aws:backup:ap-northeast-1:222233334444:backup-vault:from-shop' },
  ],
  watchers: { config: true, macie: true, standards: 2 },
  pipeline: 'hana-production-patching',
  hosts: true,
  tested: ['database', 'files'],
  secrets: ['hana/production/database', 'hana/production/export-passphrase'],
  longestGapHours: 172,
  connections: 'vpn-connections',
  door: 'vpn-door',
  hostNames: ['shop.example.jp', 'admin.shop.example.jp'],
  ends: [
    { what: 'CVE-2026-1111', until: '2026-12-05' },
    { what: 'contractor', until: '2027-03-31' },
  ],
};
