import { describe, expect, it } from 'vitest';
import type { Shop } from '../../../lib/config/index.ts';
import { customPlatform, rehearserOf, shopWith, synthesizeWay } from '../../review/rehearsal/fixture.ts';

interface Condition {
  readonly Field: string;
  readonly PathPatternConfig?: { readonly Values?: string[]; readonly RegexValues?: string[] };
  readonly [config: string]: unknown;
}

interface ListenerRule {
  readonly Priority: number;
  readonly Conditions: readonly Condition[];
  readonly Actions: readonly {
    readonly Type: string;
    readonly FixedResponseConfig?: { readonly StatusCode: string };
  }[];
}

function publicRules(shop: Shop): ListenerRule[] {
  const resources = synthesizeWay(shop).templates.flatMap(({ template }) =>
    Object.values(
      (template as { Resources: Record<string, { Type: string; Properties: unknown }> }).Resources,
    ),
  );
  return resources
    .filter(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .map(({ Properties }) => Properties as ListenerRule & { ListenerArn: { Ref: string } })
    .filter(({ ListenerArn }) => ListenerArn.Ref.includes('Public'))
    .sort((a, b) => a.Priority - b.Priority);
}

/** By logical id: what a deploy compares. */
function prioritiesById(shop: Shop): Map<string, number> {
  const found = synthesizeWay(shop).templates.flatMap(({ template }) =>
    Object.entries(
      (template as { Resources: Record<string, { Type: string; Properties: unknown }> }).Resources,
    ),
  );
  return new Map(
    found
      .filter(([, { Type }]) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
      .map(([id, { Properties }]) => [id, (Properties as ListenerRule).Priority]),
  );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function evaluationsOf({ Field, ...configs }: Condition): string[] {
  return Object.values(configs)
    .flatMap((config) => Object.values(config as object))
    .filter(Array.isArray)
    .flat()
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

describe('the rules of the public listener', () => {
  const aliases = Array.from({ length: 7 }, (_, index) => `www${index}.shop.example.jp`);
  const shops = {
    woocommerce: shopWith({ preset: 'woocommerce' }, { aliases }),
    'ec-cube': shopWith({
      preset: 'ec-cube',
      adminPaths: ['/a-rather-long-folder/for-the-staff/of-the-shop'],
    }),
    custom: shopWith(customPlatform),
  };

  it.each(Object.entries(shops))('of %s keep to the quotas of a load balancer', (_name, shop) => {
    const rules = publicRules(shop);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.length).toBeLessThanOrEqual(90);
    expect(new Set(rules.map(({ Priority }) => Priority)).size).toBe(rules.length);
    for (const { Conditions } of rules) {
      const all = Conditions.map(evaluationsOf);
      expect(all.flat().length).toBeLessThanOrEqual(5);
      for (const values of all) {
        expect(values.length).toBeGreaterThan(0);
        expect(values.length).toBeLessThanOrEqual(3);
        for (const value of values) expect(value.length, value).toBeLessThanOrEqual(128);
      }
      for (const pattern of Conditions.flatMap(
        ({ PathPatternConfig }) => PathPatternConfig?.RegexValues ?? [],
      )) {
        // Whether a listener searches or matches the whole path, the answer must be the same.
        expect(pattern).toMatch(/^\^.*\$$/s);
        expect(pattern).not.toMatch(/\(\?[=!<>]/);
      }
    }
  });

  it('refuse with 403, or forward for host names of the shop only', () => {
    for (const { Conditions, Actions } of publicRules(shops.woocommerce)) {
      expect(Actions).toHaveLength(1);
      if (Actions[0]?.Type === 'forward') {
        const [host] = Conditions.filter(({ Field }) => Field === 'host-header').map(evaluationsOf);
        expect(host).toEqual(expect.arrayContaining([expect.stringMatching(/shop\.example\.jp$/)]));
        expect(host).not.toContain('admin.shop.example.jp');
      } else {
        expect(Actions[0]?.FixedResponseConfig?.StatusCode).toBe('403');
      }
    }
  });

  it('refuse an admin path too long for one pattern, and not the path beside it', () => {
    const long = '/plugin/wholesale/admin';
    const rehearser = rehearserOf(synthesizeWay(shopWith({ preset: 'ec-cube', adminPaths: [long] })));
    const verdict = (url: string) => rehearser.rehearse({ url }).verdict.verdict;
    expect(verdict(`${long.toUpperCase()}/prices`)).toBe('block');
    expect(verdict(`${long}ister`)).toBe('allow');
    expect(verdict('/plugin/wholesale/prices')).toBe('allow');
  });

  it('forward for every host name', () => {
    const rules = publicRules(shops.woocommerce).filter(({ Conditions }) => Conditions.length === 1);
    const hosts = rules.flatMap(({ Conditions, Actions }) =>
      Actions[0]?.Type === 'forward' ? Conditions.flatMap(evaluationsOf) : [],
    );
    expect(hosts.sort()).toEqual(['shop.example.jp', ...aliases].sort());
  });

  describe('keep their priorities while a deploy changes their number, because a load balancer takes none twice', () => {
    const paths = (count: number, name: string) =>
      Array.from({ length: count }, (_, index) => `/${name}/${index}`);
    const hosts = (count: number) =>
      Array.from({ length: count }, (_, index) => `www${index}.shop.example.jp`);
    const custom = (changes: object) =>
      ({ ...(customPlatform as object), ...changes }) as typeof customPlatform;
    const changes: Record<string, readonly [Shop, Shop]> = {
      'from one host to three': [
        shopWith(customPlatform, { aliases: [] }),
        shopWith(customPlatform, { aliases: hosts(2) }),
      ],
      'from two hosts to nine': [shopWith(customPlatform), shopWith(customPlatform, { aliases: hosts(8) })],
      'from three admin paths to four': [
        shopWith(custom({ adminPaths: paths(3, 'staff'), publicPaths: [] })),
        shopWith(custom({ adminPaths: paths(4, 'staff'), publicPaths: [] })),
      ],
      'from no public path to seven': [
        shopWith(custom({ publicPaths: [] })),
        shopWith(custom({ publicPaths: paths(7, 'admin') })),
      ],
      'from public paths under one host to more of them under five': [
        shopWith(custom({ publicPaths: paths(3, 'admin') }), { aliases: [] }),
        shopWith(custom({ publicPaths: paths(7, 'admin') }), { aliases: hosts(4) }),
      ],
      'with one more admin path of WooCommerce under seven hosts': [
        shopWith({ preset: 'woocommerce' }, { aliases: hosts(6) }),
        shopWith({ preset: 'woocommerce', adminPaths: ['/plugin/staff'] }, { aliases: hosts(8) }),
      ],
    };

    it.each(Object.entries(changes))('%s, and back', (_name, [less, more]) => {
      const [before, after] = [prioritiesById(less), prioritiesById(more)];
      expect(after.size).toBeGreaterThan(before.size);
      const shared = [...before.keys()].filter((id) => after.has(id));
      expect(shared.length).toBeGreaterThan(8);
      for (const id of shared) expect([id, after.get(id)]).toEqual([id, before.get(id)]);
      const ofOthers = [...after].filter(([id]) => !before.has(id)).map(([, priority]) => priority);
      expect(ofOthers.filter((priority) => [...before.values()].includes(priority))).toEqual([]);
    });
  });
});
