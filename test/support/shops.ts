import { join } from 'node:path';
import fc from 'fast-check';
import { packageRoot } from '../../lib/cli/package-root.ts';
import type { ShopInput } from '../../lib/config/index.ts';

type EnvironmentInput = ShopInput['environments'][string];
type PlatformInput = NonNullable<ShopInput['platform']>;
type CustomPlatformInput = Extract<PlatformInput, { preset: 'custom' }>;

/** The smallest shop that is valid. A new one each time, so that a test may change it. */
export function smallShop(): ShopInput & { environments: { production: EnvironmentInput } } {
  return {
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
        admin: { people: [{ name: 'hana', email: 'hana@example.jp' }] },
        mail: 'none',
      },
    },
  };
}

export function customPlatform(): CustomPlatformInput {
  return {
    preset: 'custom',
    engine: 'postgresql',
    port: 3000,
    healthPath: '/health',
    buildContext: join(packageRoot, 'examples', 'custom-shop'),
    adminPaths: ['/staff'],
  };
}

/** Valid shops of every preset, tier and option, with one to three environments. */
export function arbitraryShop(): fc.Arbitrary<ShopInput> {
  return fc
    .record({
      name: fc.constantFrom('hana', 'midori-tea', 'a-b-c', 'shop-with-a-long-nam'),
      platform: arbitraryPlatform(),
      payment: fc.record({
        provider: fc.constantFrom('stripe', 'payjp', 'square', 'gmo-payment-gateway', 'paypal', 'none'),
        extraScriptHosts: fc.subarray(['cdn.example.com', '*.widgets.example.com']),
      }),
      environments: fc.array(arbitraryEnvironment(), { minLength: 1, maxLength: 3 }),
    })
    .map(({ environments, ...shop }) => ({
      ...shop,
      environments: Object.fromEntries(
        environments.map((environment, index) => [names[index], ownPlace(environment, index)]),
      ),
    })) as fc.Arbitrary<ShopInput>;
}

const names = ['production', 'staging', 'trial'] as const;

/** What two environments must not share. */
function ownPlace(environment: EnvironmentInput, index: number): EnvironmentInput {
  const account = `${index}11122223333`;
  const { region } = environment;
  const certificate = (at: string) =>
    `arn:aws:acm:${at}:${account}:certificate/${index}0000000-1111-2222-3333-444444444444`;
  const { certificates = {}, admin } = environment;
  const { vpn = {} } = admin;
  const zone = `${names[index]}.example.jp`;
  return {
    ...environment,
    account,
    domain: `shop.${zone}`,
    aliases: (environment.aliases ?? []).map((alias) => `${alias}.${zone}`),
    hostedZone: { id: `Z0123456789ABCDEFGH${index}`, name: zone },
    disposable: index > 0 && environment.disposable === true,
    certificates: {
      ...(certificates.edgeArn === undefined ? {} : { edgeArn: certificate('us-east-1') }),
      ...(certificates.loadBalancerArn === undefined ? {} : { loadBalancerArn: certificate(region) }),
      ...(certificates.adminArn === undefined ? {} : { adminArn: certificate(region) }),
    },
    admin: {
      ...admin,
      ...(admin.host === undefined ? {} : { host: `${admin.host}.${zone}` }),
      vpn: {
        ...vpn,
        ...(vpn.certificateArn === undefined ? {} : { certificateArn: certificate(region) }),
        ...(vpn.samlProviderArn === undefined
          ? {}
          : { samlProviderArn: `arn:aws:iam::${account}:saml-provider/Staff` }),
      },
    },
  };
}

function arbitraryPlatform(): fc.Arbitrary<unknown> {
  const architecture = fc.constantFrom('arm64', 'x86_64');
  const preset = fc.record(
    {
      preset: fc.constantFrom('woocommerce', 'ec-cube'),
      adminPaths: fc.subarray(['/plugin/staff', '/reports']),
      loginPaths: fc.subarray(['/members/login']),
      checkoutPaths: fc.subarray(['/pay', '/buy/now']),
      architecture,
    },
    { requiredKeys: ['preset'] },
  );
  const custom = fc
    .record(
      {
        engine: fc.constantFrom('postgresql', 'mysql'),
        port: fc.integer({ min: 1024, max: 65535 }),
        adminPaths: fc.subarray(['/staff', '/api/internal'], { minLength: 1 }),
        loginPaths: fc.constantFrom(['/login'], ['/login', '/api/session']),
        checkoutPaths: fc.subarray(['/checkout', '/api/pay']),
        uploadPaths: fc.subarray(['/photos']),
        staticPaths: fc.subarray(['/assets', '/build']),
        mediaPaths: fc.subarray(['/media']),
        writableFolders: fc.subarray(['/tmp', '/srv/cache', '/var/log/shop']),
        environment: fc.constantFrom({}, { NODE_ENV: 'production', LOCALE: 'ja_JP' }),
        secretEnvironment: fc.subarray(['SESSION_SECRET', 'COOKIE_KEY']),
        managedRuleGroups: fc.subarray(['php', 'linux', 'unix']),
        updateDomains: fc.subarray(['updates.example.com', '*.cdn.example.com']),
        media: fc.constantFrom(
          { kind: 'none' },
          { kind: 'bucket', environmentVariable: 'MEDIA_BUCKET' },
          { kind: 'file-system', mountPath: '/srv/media' },
        ),
        architecture,
      },
      { requiredKeys: ['engine', 'port', 'adminPaths', 'loginPaths'] },
    )
    .map((written) => ({ ...customPlatform(), ...written }));
  return fc.oneof(preset, custom);
}

/** Names of hosts and ARNs are placeholders until `ownPlace` gives each environment its own. */
function arbitraryEnvironment(): fc.Arbitrary<EnvironmentInput> {
  const person = (name: string) => ({ name, email: `${name}@example.jp` });
  return fc.record(
    {
      account: fc.constant('000000000000'),
      region: fc.constantFrom('ap-northeast-1', 'us-east-1', 'eu-west-1', 'ca-central-1'),
      domain: fc.constant('shop'),
      aliases: fc.subarray(['www', 'store']),
      hostedZone: fc.constant({ id: 'Z', name: 'zone' }),
      alarms: fc.record({ emails: fc.subarray(['a@example.jp', 'b@example.jp'], { minLength: 1 }) }),
      admin: fc.record(
        {
          people: fc.subarray(['aoi', 'ren', 'yui-2'].map(person), { minLength: 1 }),
          host: fc.constant('kanri'),
          vpn: fc.record(
            {
              certificateArn: fc.constant('own'),
              samlProviderArn: fc.constant('own'),
              clientCidr: fc.constantFrom('10.250.0.0/22', '192.168.128.0/20'),
              sessionHours: fc.constantFrom(8, 10, 12, 24),
              hours: fc.constantFrom(
                {},
                { days: ['saturday', 'sunday'], from: '00:00', to: '23:59', closedOn: ['2027-01-01'] },
              ),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: ['people'] },
      ),
      tier: fc.constantFrom('starter', 'standard', 'high-availability'),
      disposable: fc.boolean(),
      timeZone: fc.constantFrom('Asia/Tokyo', 'Europe/Paris', 'UTC'),
      network: fc.record(
        {
          cidr: fc.constantFrom('10.20.0.0/16', '172.30.0.0/20', '192.168.4.0/22'),
          peerCidrs: fc.subarray(['10.100.0.0/16', '10.101.7.0/24']),
          allowedDomains: fc.subarray(['smtp.example.com', '*.api.example.com']),
        },
        { requiredKeys: [] },
      ),
      certificates: fc.record(
        { edgeArn: fc.constant('own'), loadBalancerArn: fc.constant('own'), adminArn: fc.constant('own') },
        { requiredKeys: [] },
      ),
      mail: fc.constantFrom(
        'none',
        { host: 'smtp.mail.example.com', from: 'shop@mail.example.com' },
        { host: 'smtp.mail.example.com', port: 465, from: 'shop@mail.example.com' },
        { provider: 'ses' },
      ),
      waf: fc.record(
        {
          mode: fc.constantFrom('block', 'count'),
          allowCountries: fc.subarray(['JP', 'US', 'TW']),
          botControl: fc.boolean(),
          accountTakeoverPrevention: fc.boolean(),
          acceptExtraCapacity: fc.constant(true),
          rateLimits: fc.constantFrom({}, { all: 100, login: 10, checkout: 10 }),
        },
        { requiredKeys: ['acceptExtraCapacity'] },
      ),
      rotation: fc.constantFrom(
        {},
        { every: '4 hours', windowStart: '01:00', windowHours: 1 },
        { every: '30 days', windowStart: '12:00', windowHours: 12 },
      ),
      maintenance: fc.constantFrom({}, { day: 'sunday', start: '23:30' }),
      patching: fc.constantFrom({}, { operationsHost: true }),
      logRetentionDays: fc.constantFrom(365, 400, 3653),
    },
    {
      requiredKeys: ['account', 'region', 'domain', 'hostedZone', 'alarms', 'admin', 'mail', 'waf'],
    },
  ) as fc.Arbitrary<EnvironmentInput>;
}
