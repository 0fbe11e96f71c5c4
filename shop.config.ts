import { defineShop } from './lib/config/index.ts';

export default defineShop({
  name: 'hana-candles',
  platform: { preset: 'woocommerce' },
  payment: { provider: 'stripe' },
  environments: {
    production: {
      account: '111122223333',
      region: 'ap-northeast-1',
      domain: 'shop.example.jp',
      hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.jp' },
      alarms: { emails: ['owner@example.jp'] },
      admin: {
        people: [
          { name: 'hana', email: 'hana@example.jp' },
          { name: 'ken', email: 'ken@example.jp' },
        ],
      },
      mail: { provider: 'ses' },
    },
  },
});
