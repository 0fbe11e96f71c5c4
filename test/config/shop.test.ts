import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseShop } from '../../lib/config/index.ts';
import { customPlatform, smallShop } from '../support/shops.ts';

type Production = ReturnType<typeof smallShop>['environments']['production'];

function production(changes: Partial<Production> = {}) {
  const shop = smallShop();
  const { environments } = parseShop({
    ...shop,
    environments: { production: { ...shop.environments.production, ...changes } },
  });
  const { production } = environments;
  if (production === undefined) throw new Error('production was not parsed');
  return production;
}

describe('a checked shop', () => {
  it('knows the name of each environment', () => {
    expect(production().name).toBe('production');
  });

  it('uses two zones of the region, and three for high availability', () => {
    expect(production().network.availabilityZones).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
    expect(production({ tier: 'high-availability' }).network.availabilityZones).toEqual([
      'ap-northeast-1a',
      'ap-northeast-1c',
      'ap-northeast-1d',
    ]);
    expect(
      production({ network: { availabilityZones: ['ap-northeast-1c', 'ap-northeast-1d'] } }).network
        .availabilityZones,
    ).toEqual(['ap-northeast-1c', 'ap-northeast-1d']);
  });

  it('serves the admin screens on a private name before the domain, unless told otherwise', () => {
    expect(production().admin.host).toBe('admin.shop.example.jp');
    const { people } = smallShop().environments.production.admin;
    expect(production({ admin: { people, host: 'kanri.example.jp' } }).admin.host).toBe('kanri.example.jp');
  });

  it('closes the VPN of the starter tier outside office hours only by default', () => {
    expect(production().admin.vpn.hours).toBeUndefined();
    expect(production({ tier: 'starter' }).admin.vpn.hours).toEqual({
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      from: '08:00',
      to: '20:00',
      closedOn: [],
    });
    const { people } = smallShop().environments.production.admin;
    const hours = { from: '00:00', to: '23:59' };
    expect(production({ tier: 'starter', admin: { people, vpn: { hours } } }).admin.vpn.hours).toMatchObject(
      hours,
    );
  });

  it('gives the rotation as hours too', () => {
    expect(production().rotation).toEqual({
      every: '7 days',
      everyHours: 168,
      windowStart: '17:00',
      windowStartHour: 17,
      windowHours: 2,
    });
  });

  it("turns on an account's own services once per account and region", () => {
    const { environments, ...rest } = smallShop();
    const copy = (domain: string, region = 'ap-northeast-1') => ({
      ...environments.production,
      domain,
      region,
    });
    const shop = parseShop({
      ...rest,
      environments: {
        production: environments.production,
        staging: copy('staging.example.jp'),
        trial: copy('trial.example.jp', 'us-east-1'),
      },
    });
    const services = Object.values(shop.environments).map(({ detection }) => detection.accountServices);
    expect(services).toEqual(['create', 'existing', 'create']);
  });

  it('finds the build context of a preset in this package and of a custom platform beside the config file', () => {
    const preset = parseShop(smallShop()).platform.buildContext;
    expect(isAbsolute(preset)).toBe(true);
    expect(preset).toMatch(/platforms\/woocommerce$/);
    const platform = { ...customPlatform(), buildContext: './custom-shop' };
    const custom = parseShop({ ...smallShop(), platform }, { folder: 'examples' }).platform.buildContext;
    expect(custom).toMatch(/^\/.*\/examples\/custom-shop$/);
  });
});

describe('the hosts of a payment provider', () => {
  it('are named for pages and for the server, and further ones are added', () => {
    const { paymentHosts } = parseShop({
      ...smallShop(),
      payment: {
        provider: 'stripe',
        extraScriptHosts: ['cdn.example.com'],
        extraFrameHosts: ['acs.example.com'],
      },
    });
    expect(paymentHosts.scripts).toEqual(['js.stripe.com', '*.js.stripe.com', 'cdn.example.com']);
    expect(paymentHosts.frames).toContain('acs.example.com');
    expect(paymentHosts.server).toEqual(['api.stripe.com', 'files.stripe.com']);
  });
});
