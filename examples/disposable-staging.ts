import { defineShop } from '../lib/config/index.ts';

/**
 * The outdoor shop's staging, in an account of its own and in a file of its own: it may be deleted as a whole, and in
 * its first week the web ACL only counts.
 */
export default defineShop({
  name: 'kaze-outdoor',
  platform: {
    preset: 'custom',
    engine: 'postgresql',
    port: 3000,
    healthPath: '/health',
    buildContext: './custom-shop',
    adminPaths: ['/backoffice', '/api/internal'],
    publicPaths: ['/api/internal/stock'],
    loginPaths: ['/account/login', '/account/register'],
    checkoutPaths: ['/checkout', '/api/payments'],
    secretEnvironment: ['SESSION_SECRET', 'COOKIE_KEY'],
    media: { kind: 'bucket', environmentVariable: 'SHOP_MEDIA_BUCKET' },
  },
  payment: { provider: 'stripe' },
  environments: {
    staging: {
      account: '555566667777',
      region: 'ap-northeast-1',
      tier: 'starter',
      disposable: true,
      domain: 'staging.kaze-outdoor.example.com',
      // A zone delegated to the staging account, which cannot touch production's records.
      hostedZone: { id: 'Z0567890123EFGHIJKLMN', name: 'staging.kaze-outdoor.example.com' },
      alarms: { emails: ['on-call@example.com'] },
      admin: {
        people: [
          { name: 'aoi', email: 'aoi@example.com' },
          { name: 'ren', email: 'ren@example.com' },
        ],
        vpn: {
          certificateArn:
            'arn:aws:acm:ap-northeast-1:555566667777:certificate/55555555-6666-4777-8888-999999999999',
          clientCidr: '10.251.0.0/22',
        },
      },
      network: { cidr: '10.21.0.0/16' },
      waf: { mode: 'count' },
    },
  },
});
