import { describe, expect, it } from 'vitest';
import { checkTemplates, type EnvironmentRow } from '../../lib/checks/check-templates.ts';
import { parseShop } from '../../lib/config/index.ts';
import { tierNames } from '../../lib/config/schema/environment.ts';
import { smallShop } from '../support/shops.ts';
import { type SynthesizedEnvironment, synthesizeShop } from '../support/synthesize.ts';

/** Rules that a tier asks of other kinds of resources; each with why that gives no control up. */
const otherwise: Readonly<Record<string, string>> = {
  'SecureShop-DAT1[InsightsKey]':
    'RDS keeps no performance data of the smallest class of MySQL, which then needs no key',
};

function rowsOf(
  tier: (typeof tierNames)[number],
  platform: 'woocommerce' | 'ec-cube',
): readonly EnvironmentRow[] {
  const shop = smallShop();
  const production = {
    ...shop.environments.production,
    tier,
    // What the smallest tier restricts besides, so that only the size differs.
    admin: {
      ...shop.environments.production.admin,
      vpn: {
        certificateArn:
          'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-1111-2222-3333-444444444444',
        hours: {},
      },
    },
  };
  const [environment] = synthesizeShop(
    parseShop({ ...shop, platform: { preset: platform }, environments: { production } }),
  );
  if (!environment) throw new Error('the shop has an environment');
  return checkTemplates(inputsOf(environment)).rows;
}

function inputsOf({ templates }: SynthesizedEnvironment) {
  return Object.entries(templates).map(([name, template]) => ({ name, template: template.toJSON() }));
}

/** Each rule, and whether something was found to keep it. */
function kept(rows: readonly EnvironmentRow[]): string[] {
  const compliant = rows.filter(({ outcome }) => outcome === 'compliant').map(({ rule }) => rule);
  return [...new Set(compliant)].filter((rule) => otherwise[rule] === undefined).sort();
}

describe.each(['woocommerce', 'ec-cube'] as const)('the tiers of %s', (platform) => {
  it('keep the same rules, one by one, and break none: a tier changes size, never a control', () => {
    const byTier = tierNames.map((tier) => rowsOf(tier, platform));
    for (const rows of byTier)
      expect(rows.filter(({ outcome }) => outcome === 'non-compliant').map(({ rule }) => rule)).toEqual([]);
    const [smallest = [], ...others] = byTier.map(kept);
    expect(smallest.length).toBeGreaterThan(100);
    for (const rules of others) expect(smallest).toEqual(rules);
  }, 120_000);
});
