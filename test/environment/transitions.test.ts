import { describe, expect, it } from 'vitest';
import { parseShop, type ShopInput } from '../../lib/config/index.ts';
import { everySecond } from '../support/every-point.ts';
import { customPlatform, smallShop } from '../support/shops.ts';
import {
  everyOfType,
  resourcesOfType,
  type SynthesizedEnvironment,
  synthesizeShop,
  type TemplateResource,
} from '../support/synthesize.ts';

type EnvironmentInput = ShopInput['environments'][string];

const vpn = {
  certificateArn: 'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-1111-2222-3333-444444444444',
};
const people = [{ name: 'hana', email: 'hana@example.jp' }];
const withVpn = { admin: { people, vpn } };

/** Each synthesized once, however often it is asked for. */
const synthesized = new Map<string, SynthesizedEnvironment>();

function production(changes: Partial<EnvironmentInput>, platform?: object): SynthesizedEnvironment {
  const key = JSON.stringify([changes, platform]);
  const known = synthesized.get(key) ?? synthesize(changes, platform);
  synthesized.set(key, known);
  return known;
}

function synthesize(
  changes: Partial<EnvironmentInput>,
  platform: object | undefined,
): SynthesizedEnvironment {
  const shop = smallShop();
  Object.assign(shop.environments.production, changes);
  if (platform) shop.platform = { ...customPlatform(), ...platform };
  const [environment] = synthesizeShop(parseShop(shop));
  if (!environment) throw new Error('the shop has no environment');
  return environment;
}

/** Changes an owner makes in a shop that runs, by what the config says before and afterwards. */
const transitions: Record<string, () => readonly [SynthesizedEnvironment, SynthesizedEnvironment]> = {
  'from starter to standard': () => [
    production({ ...withVpn, tier: 'starter' }),
    production({ ...withVpn, tier: 'standard' }),
  ],
  'from a mail server to SES': () => [
    production({ ...withVpn, mail: { host: 'smtp.example.com', from: 'shop@example.jp' } }),
    production({ ...withVpn, mail: { provider: 'ses' } }),
  ],
  'from standard to high-availability': () => [
    production({ ...withVpn, tier: 'standard' }),
    production({ ...withVpn, tier: 'high-availability' }),
  ],
  'to another zone': () => [
    production({ ...withVpn, tier: 'standard' }),
    production({ ...withVpn, network: { availabilityZones: ['ap-northeast-1c', 'ap-northeast-1d'] } }),
  ],
  'to further host names': () => [
    production({ ...withVpn, tier: 'standard' }),
    production({ ...withVpn, aliases: ['www.shop.example.jp', 'store.example.jp'] }),
  ],
  'to another domain': () => [
    production({ ...withVpn, tier: 'standard' }),
    production({ admin: { people, vpn, host: 'admin.shop.example.jp' }, domain: 'candles.example.jp' }),
  ],
  'to another admin host': () => [
    production({ ...withVpn, tier: 'standard' }),
    production({ admin: { people, vpn, host: 'kanri.example.jp' } }),
  ],
  'to a VPN': () => [production({ tier: 'standard' }), production({ ...withVpn, tier: 'standard' })],
  'from a preview to its name': () => [
    production({ ...withVpn, dns: 'later', aliases: ['www.shop.example.jp'] }),
    production({ ...withVpn, dns: 'now', aliases: ['www.shop.example.jp'] }),
  ],
  'to another port of the container': () => [
    production({ ...withVpn, tier: 'standard' }, { port: 3000 }),
    production({ ...withVpn, tier: 'standard' }, { port: 8080 }),
  ],
};

/** What CloudFormation can change only by replacing the resource, of the kinds whose references cross stacks. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPC': ['CidrBlock'],
  'AWS::EC2::Subnet': ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'GroupName', 'VpcId'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Name', 'Scheme', 'Type'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Name', 'Port', 'Protocol', 'TargetType', 'VpcId'],
};

interface Output {
  readonly Value: unknown;
  readonly Export?: { readonly Name: string };
}

/** Values of the exports that some stack reads, by name, with what a replacement of their resource would show. */
function exportsInUse({ templates }: SynthesizedEnvironment): Map<string, unknown> {
  const all = Object.values(templates).map((template) => template.toJSON());
  const read = new Set(
    [...JSON.stringify(all).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name),
  );
  return exportsOf(all, (name) => read.has(name));
}

function exportsOf(
  templates: readonly Record<string, Record<string, unknown>>[],
  wanted: (name: string) => boolean,
): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { Outputs = {}, Resources = {} } of templates) {
    for (const { Value, Export } of Object.values(Outputs) as Output[]) {
      if (!Export || !wanted(Export.Name)) continue;
      const id = /"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/.exec(JSON.stringify(Value))?.[1] ?? '';
      const resource = Resources[id] as TemplateResource | undefined;
      const properties = fixed[resource?.Type ?? ''] ?? [];
      values.set(Export.Name, [Value, ...properties.map((name) => resource?.Properties[name])]);
    }
  }
  return values;
}

describe.each(everySecond(Object.entries(transitions)))('a deploy that goes %s, and back', (_name, both) => {
  const [one, other] = both();
  it.each([
    ['there', one, other],
    ['back', other, one],
  ])('touches no value that a deployed stack still reads (%s)', (_way, before, after) => {
    const inUse = exportsInUse(before);
    expect(inUse.size).toBeGreaterThan(20);
    const kept = exportsOf(
      Object.values(after.templates).map((template) => template.toJSON()),
      () => true,
    );
    for (const [name, value] of inUse) expect([name, kept.get(name)]).toEqual([name, value]);
  });

  it('gives no two subnets the same addresses while old and new ones stand', () => {
    const blocks = (environment: SynthesizedEnvironment) =>
      Object.entries(resourcesOfType(environment, 'AWS::EC2::Subnet')).map(
        ([id, { Properties }]) => `${id} ${Properties.AvailabilityZone} ${Properties.CidrBlock}`,
      );
    expect(blocks(one)).toEqual(blocks(other));
  });
});

describe("a shop with dns: 'later'", () => {
  const shop = production({ ...withVpn, dns: 'later', aliases: ['www.shop.example.jp'] });
  const later = 'preview.shop.example.jp';

  it('leaves the records of its names as they are, and answers under a preview name', () => {
    const records = everyOfType(shop, 'AWS::Route53::RecordSet').map(({ Properties }) => Properties.Name);
    expect([...new Set(records)].sort()).toEqual(['admin.shop.example.jp.', `${later}.`]);
    const [distribution] = everyOfType(shop, 'AWS::CloudFront::Distribution');
    expect(distribution?.Properties.DistributionConfig).toMatchObject({ Aliases: [later] });
    const hosts = everyOfType(shop, 'AWS::ElasticLoadBalancingV2::ListenerRule')
      .map(({ Properties }) => JSON.stringify(Properties))
      .filter((rule) => rule.includes('"forward"') && !rule.includes('admin.shop'));
    expect(hosts.length).toBeGreaterThan(0);
    for (const rule of hosts) expect(rule).toContain(`"HostHeaderConfig":{"Values":["${later}"]}`);
  });

  it('has the certificates of the names that come later validated already', () => {
    const names = everyOfType(shop, 'AWS::CertificateManager::Certificate').map(({ Properties }) =>
      [Properties.DomainName, ...((Properties.SubjectAlternativeNames ?? []) as string[])].join(' '),
    );
    const ofTheShop = `shop.example.jp www.shop.example.jp ${later}`;
    expect(names.sort()).toEqual(['admin.shop.example.jp', ofTheShop, ofTheShop]);
  });

  it('calls itself by the preview name', () => {
    const origin = everyOfType(shop, 'AWS::SSM::Parameter').map(({ Properties }) => Properties.Value);
    expect(origin).toContain(`https://${later}`);
    expect(origin).not.toContain('https://shop.example.jp');
  });
});
