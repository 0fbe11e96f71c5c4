import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShopApp } from '../../lib/app.ts';
import { UserError } from '../../lib/cli/user-error.ts';
import { parseShop, type ShopInput } from '../../lib/config/index.ts';
import { smokeSettings } from '../../lib/environment/patching/smoke-pages.ts';
import { unmetDemands } from '../../lib/review/deploys/demands/all.ts';
import { Deployment } from '../../lib/review/deploys/model/deployment.ts';
import { readAssembly } from '../../lib/review/templates/assembly.ts';
import { arbitraryShop, customPlatform, smallShop } from '../support/shops.ts';
import { exampleAssembly } from '../support/synthesize.ts';

const until = new Date(Date.now() + 80 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const name = (index: number) => `${'x'.repeat(29)}-${String(index).padStart(2, '0')}`;

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Everything that ends up in a function's settings, as much as the config takes of it. */
function largestShop(people: number, exceptions: number): ShopInput {
  const shop = smallShop();
  const path = (index: number) => `/${'p'.repeat(30)}${index}`;
  return {
    ...shop,
    name: 'shop-with-a-long-nam',
    payment: {
      provider: 'stripe',
      scripts: many(300, (index) => ({
        source: `https://cdn.example.com/${'s'.repeat(80)}/${index}.js`,
        hash: 'ab'.repeat(32),
        reason: 'A sentence that says why the payment page needs this script.',
      })),
      page: { visit: ['/cart', '/checkout'] },
    },
    platform: {
      ...customPlatform(),
      loginPaths: many(3, (index) => path(index)),
      checkoutPaths: many(3, (index) => path(index + 3)),
      adminPaths: ['/staff'],
    },
    environments: {
      production: {
        ...shop.environments.production,
        contractor: {
          account: '777788889999',
          externalId: 'x'.repeat(128),
          until: '2027-12-31',
          hours: { days: [...days], from: '00:01', to: '23:59' },
        },
        budget: {
          monthly: 1_000_000,
          anomalyMonitorArn: 'arn:aws:ce::111122223333:anomalymonitor/01234567-89ab-cdef-0123-456789abcdef',
        },
        detection: { accountServices: 'create' },
        admin: {
          people: many(people, (index) => ({ name: name(index), email: `${name(index)}@example.jp` })),
          vpn: {
            certificateArn:
              'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-1111-2222-3333-444444444444',
            hours: {
              closedOn: many(
                60,
                (index) => `2027-0${1 + (index % 9)}-${String(1 + (index % 28)).padStart(2, '0')}`,
              ),
            },
          },
        },
        patching: {
          exceptions: many(exceptions, (index) => ({
            cve: `CVE-2026-${1_000_000_000 + index}`,
            until,
            reason:
              'A sentence that says at length why the shop is safe meanwhile, for the one who reviews it. '.repeat(
                5,
              ),
          })),
        },
      },
    },
  };
}

it('whatever a shop is like, the settings of its functions fit into 4 KB', () => {
  fc.assert(
    fc.property(arbitraryShop(), (input) => {
      const { environments, platform } = parseShop(input);
      for (const environment of Object.values(environments)) {
        const { people, vpn } = environment.admin;
        const exceptions = environment.patching.exceptions.map(({ cve, until }) => ({ cve, until }));
        expect(JSON.stringify(smokeSettings(environment, platform)).length).toBeLessThan(3500);
        expect(JSON.stringify([people, vpn.hours ?? {}]).length).toBeLessThan(3900);
        expect(JSON.stringify(exceptions).length).toBeLessThan(3000);
      }
    }),
    { numRuns: 40 },
  );
});

/** Two of the generated shops, the same in each run, and the largest one: a synthesis of each takes seconds. */
const synthesized: readonly [string, ShopInput][] = [
  ...fc
    .sample(arbitraryShop(), { seed: 15, numRuns: 2 })
    .map((shop, index): [string, ShopInput] => [`generated shop ${index + 1}`, shop]),
  ['largest shop', largestShop(50, 40)],
];

it.each(synthesized)('the %s has settings, policies and names that AWS takes', (_which, input) => {
  const outdir = mkdtempSync(join(tmpdir(), 'secure-shop-limits-'));
  try {
    createShopApp(parseShop(input), { outdir, sources: false }).synth();
    const refused = unmetDemands(new Deployment(readAssembly(outdir).stacks)).filter(
      ({ effect }) => effect === 'refused',
    );
    expect(refused.map(({ stack, resource, says }) => `${stack} ${resource}: ${says}`)).toEqual([]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

it('a function whose settings are over 4 KB is noticed', () => {
  const template = {
    Resources: {
      Watch: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { SETTINGS: 'x'.repeat(4100) } } },
      },
    },
  };
  const [stack] = readAssembly(exampleAssembly('examples/woocommerce-starter.ts')).stacks;
  if (stack === undefined) throw new Error('the example has no stack');
  const found = unmetDemands(new Deployment([{ ...stack, template }]));
  expect(found.map(({ says }) => says).join()).toContain('bytes of environment; Lambda takes 4096');
});

describe('the largest shop that the config takes', () => {
  it.each<[string, ShopInput, string]>([
    ['more exceptions', largestShop(1, 41), 'write at most 40'],
    ['more people', largestShop(51, 0), 'name at most 50 people'],
    [
      'more addresses than a function holds',
      (() => {
        const shop = largestShop(50, 0);
        const { production } = shop.environments;
        if (production?.admin.vpn === undefined) throw new Error('no production');
        production.admin.vpn = {
          ...production.admin.vpn,
          samlProviderArn: 'arn:aws:iam::111122223333:saml-provider/Staff',
        };
        return shop;
      })(),
      'found 50 people whose names, addresses and closed days take',
    ],
  ])('is refused with %s', (_what, shop, problem) => {
    expect(() => parseShop(shop)).toThrow(UserError);
    try {
      parseShop(shop);
    } catch (error) {
      expect(String((error as UserError).message)).toContain(problem);
    }
  });
});
