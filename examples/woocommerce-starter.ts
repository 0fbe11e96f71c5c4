import { defineShop } from '../lib/config/index.ts';

/** Two people who sell ceramics and want to spend as little as possible: one task, the VPN in office hours. */
export default defineShop({
  name: 'mizu-ceramics',
  platform: { preset: 'woocommerce' },
  payment: { provider: 'square' },
  environments: {
    production: {
      account: '222233334444',
      region: 'ap-northeast-1',
      tier: 'starter',
      domain: 'mizu-ceramics.example.jp',
      aliases: ['www.mizu-ceramics.example.jp'],
      hostedZone: { id: 'Z0234567890BCDEFGHIJK', name: 'mizu-ceramics.example.jp' },
      alarms: { emails: ['mizuki@example.jp'] },
      admin: {
        people: [
          { name: 'mizuki', email: 'mizuki@example.jp' },
          { name: 'sora', email: 'sora@example.jp' },
        ],
        vpn: {
          certificateArn:
            'arn:aws:acm:ap-northeast-1:222233334444:certificate/11111111-2222-4333-8444-555555555555',
        },
      },
      mail: { host: 'smtp.mail.example.com', from: 'orders@mizu-ceramics.example.jp' },
      waf: { allowCountries: ['JP'] },
    },
  },
});
