import { defineShop } from '../lib/config/index.ts';

/** A tea maker on EC-CUBE with a web agency: production, and a staging that is kept beside it. */
export default defineShop({
  name: 'midori-tea',
  platform: {
    preset: 'ec-cube',
    // A plugin with screens of its own.
    adminPaths: ['/plugin/wholesale/admin'],
  },
  payment: { provider: 'gmo-payment-gateway' },
  environments: {
    production: {
      account: '333344445555',
      region: 'ap-northeast-1',
      domain: 'www.midori-tea.example.jp',
      aliases: ['midori-tea.example.jp'],
      hostedZone: { id: 'Z0345678901CDEFGHIJKL', name: 'midori-tea.example.jp' },
      alarms: { emails: ['owner@example.jp', 'support@agency.example.jp'] },
      admin: {
        host: 'kanri.midori-tea.example.jp',
        people: [
          { name: 'midori', email: 'midori@example.jp' },
          { name: 'haruto', email: 'haruto@example.jp' },
          { name: 'agency-yui', email: 'yui@agency.example.jp' },
        ],
        vpn: {
          certificateArn:
            'arn:aws:acm:ap-northeast-1:333344445555:certificate/22222222-3333-4444-8555-666666666666',
          hours: { from: '08:00', to: '19:00', closedOn: ['2026-12-31', '2027-01-01', '2027-01-02'] },
        },
        // At the office the admin screens open in a browser that lets nothing out.
        secureBrowser: { from: ['203.0.113.7'] },
      },
      // The agency releases and restarts; it reads no customer data.
      contractor: {
        account: '777788889999',
        externalId: 'd41d8cd98f00b204e9800998ecf8427e',
        until: '2027-03-31',
        hours: { from: '09:00', to: '18:00' },
      },
      // Midori alone opens exports of customers and orders, at the office.
      exports: {
        people: [{ name: 'midori', signsInAs: 'arn:aws:iam::333344445555:user/midori' }],
        from: ['203.0.113.7'],
      },
      network: { allowedDomains: ['api.shipping.example.jp'] },
      mail: { provider: 'ses', from: 'orders@www.midori-tea.example.jp' },
      rotation: { every: '1 day' },
      waf: { allowCountries: ['JP'] },
    },
    staging: {
      account: '333344445555',
      region: 'ap-northeast-1',
      tier: 'starter',
      domain: 'staging.midori-tea.example.jp',
      hostedZone: { id: 'Z0345678901CDEFGHIJKL', name: 'midori-tea.example.jp' },
      alarms: { emails: ['support@agency.example.jp'] },
      admin: {
        people: [{ name: 'agency-yui', email: 'yui@agency.example.jp' }],
        vpn: { clientCidr: '10.251.0.0/22' },
      },
      network: { cidr: '10.21.0.0/16' },
      // Nobody shall get a mail about an order that was only tried.
      mail: 'none',
      waf: { allowCountries: ['JP'] },
      // What was copied from production to look into something is of real customers.
      customerData: { screens: 'closed' },
      contractor: {
        account: '777788889999',
        externalId: '98f00b204e9800998ecf8427ed41d8cd',
        until: '2027-03-31',
      },
    },
  },
});
