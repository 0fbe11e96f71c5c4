import { describe, expect, it } from 'vitest';
import { checkTemplates, type EnvironmentRow } from '../../lib/checks/check-templates.ts';
import { packNames, runPacks } from '../../lib/checks/packs/index.ts';
import { parseShop } from '../../lib/config/index.ts';
import { tierNames } from '../../lib/config/schema/environment.ts';
import { smallShop } from '../support/shops.ts';
import { type SynthesizedEnvironment, synthesizedApp } from '../support/synthesize.ts';

/** Rules that a tier asks of other kinds of resources; each with why that gives no control up. */
const otherwise: Readonly<Record<string, string>> = {
  'SecureShop-DAT1[InsightsKey]':
    'RDS keeps no performance data of the smallest class of MySQL, which then needs no key',
};

/** What stock packs of cdk-nag find in some tiers only, each acknowledged; and why that gives no control up. */
const foundInSome: Readonly<Record<string, string>> = {
  RDS3: 'one instance has no standby: a size, see docs/cost-decisions.md',
  RDSMultiAZSupport: 'the same',
  RDSInBackupPlan: 'of the instances of Aurora, which AWS Backup takes as a cluster',
};

type Platform = 'woocommerce' | 'ec-cube';

const synthesized = new Map<string, ReturnType<typeof synthesizedApp>>();

function tierOf(tier: (typeof tierNames)[number], platform: Platform): ReturnType<typeof synthesizedApp> {
  const known = synthesized.get(`${tier} ${platform}`);
  if (known) return known;
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
  const made = synthesizedApp(
    parseShop({ ...shop, platform: { preset: platform }, environments: { production } }),
  );
  synthesized.set(`${tier} ${platform}`, made);
  return made;
}

function rowsOf(tier: (typeof tierNames)[number], platform: Platform): readonly EnvironmentRow[] {
  const [environment] = tierOf(tier, platform).environments;
  if (!environment) throw new Error('the shop has an environment');
  return checkTemplates(inputsOf(environment)).rows;
}

/** Every rule of a stock pack that finds something, acknowledged or not. */
function foundIn(tier: (typeof tierNames)[number]): string[] {
  const packs = packNames.filter((name) => name !== 'SecureShop');
  const { rows } = runPacks(tierOf(tier, 'woocommerce').app, { packs, auditAcknowledgements: false });
  const found = rows.filter(({ outcome }) => outcome !== 'compliant' && outcome !== 'not-applicable');
  return [...new Set(found.map(({ rule, outcome }) => `${rule.id} ${outcome}`))].sort();
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
  });
});

it('the stock packs find the same in each tier, but for what is explained', () => {
  const isExplained = (finding: string) =>
    Object.keys(foundInSome).some((rule) => finding.endsWith(`-${rule} acknowledged`));
  const found = tierNames.map(foundIn);
  expect(found.flat().filter(isExplained).length).toBeGreaterThan(4);
  const [smallest = [], ...others] = found.map((findings) => findings.filter((each) => !isExplained(each)));
  expect(smallest.length).toBeGreaterThan(5);
  for (const findings of others) expect(findings).toEqual(smallest);
});
