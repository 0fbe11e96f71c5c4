import { defineShop } from '../lib/config/index.ts';

/** Shop software of one's own, three zones, single sign-on, and every optional protection. */
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
    uploadPaths: ['/account/returns'],
    staticPaths: ['/assets'],
    mediaPaths: ['/media'],
    writableFolders: ['/tmp', '/srv/shop/cache'],
    environment: { NODE_ENV: 'production', SHOP_LOCALE: 'ja_JP' },
    databaseEnvironment: {
      host: 'SHOP_DB_HOST',
      port: 'SHOP_DB_PORT',
      name: 'SHOP_DB_NAME',
      user: 'SHOP_DB_USER',
      password: 'SHOP_DB_PASSWORD',
    },
    secretEnvironment: ['SESSION_SECRET', 'COOKIE_KEY'],
    managedRuleGroups: ['linux'],
    updateDomains: ['api.exchange-rates.example.com'],
    media: { kind: 'bucket', environmentVariable: 'SHOP_MEDIA_BUCKET' },
    architecture: 'arm64',
  },
  payment: { provider: 'stripe' },
  environments: {
    production: {
      account: '444455556666',
      region: 'ap-northeast-1',
      tier: 'high-availability',
      domain: 'kaze-outdoor.example.com',
      aliases: ['www.kaze-outdoor.example.com', 'shop.kaze-outdoor.example.com'],
      hostedZone: { id: 'Z0456789012DEFGHIJKLM', name: 'kaze-outdoor.example.com' },
      alarms: { emails: ['on-call@example.com', 'owner@example.com'] },
      admin: {
        people: [
          { name: 'aoi', email: 'aoi@example.com' },
          { name: 'ren', email: 'ren@example.com' },
          { name: 'tsumugi', email: 'tsumugi@example.com' },
          { name: 'support-minato', email: 'minato@support.example.com' },
        ],
        vpn: {
          certificateArn:
            'arn:aws:acm:ap-northeast-1:444455556666:certificate/33333333-4444-4555-8666-777777777777',
          samlProviderArn: 'arn:aws:iam::444455556666:saml-provider/Staff',
          sessionHours: 10,
          hours: {
            days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
            from: '07:00',
            to: '22:00',
            closedOn: ['2027-01-01'],
          },
        },
      },
      certificates: {
        edgeArn: 'arn:aws:acm:us-east-1:444455556666:certificate/44444444-5555-4666-8777-888888888888',
      },
      network: {
        peerCidrs: ['10.100.0.0/16'],
        allowedDomains: ['api.warehouse.example.com'],
      },
      mail: { host: 'smtp.mail.example.com', port: 465, from: 'orders@kaze-outdoor.example.com' },
      waf: {
        allowCountries: ['JP', 'TW', 'HK', 'SG', 'US'],
        botControl: true,
        accountTakeoverPrevention: true,
        acceptExtraCapacity: true,
        rateLimits: { all: 3000, login: 30, checkout: 30 },
      },
      rotation: { every: '12 hours', windowStart: '17:00', windowHours: 1 },
      maintenance: { day: 'tuesday', start: '18:00' },
      patching: { operationsHost: true },
      detection: { config: true, securityHub: { standards: ['fsbp', 'pci-dss'] } },
      logRetentionDays: 731,
    },
  },
});
