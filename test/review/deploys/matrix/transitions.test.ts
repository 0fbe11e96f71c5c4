import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createShopApp } from '../../../../lib/app.ts';
import { UserError } from '../../../../lib/cli/user-error.ts';
import { parseShop, type ShopInput } from '../../../../lib/config/index.ts';
import { Deployment } from '../../../../lib/review/deploys/model/deployment.ts';
import { planDeploy } from '../../../../lib/review/deploys/plan.ts';
import { readAssembly } from '../../../../lib/review/templates/assembly.ts';
import { customPlatform, smallShop } from '../../../support/shops.ts';
import { compound, settingsOf, type Transition, transitionsOf } from './transitions.ts';

const vpn = {
  certificateArn: 'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-1111-2222-3333-444444444444',
};

/** A shop that is open, with its VPN: what exists holds back changes most. */
function openShop(): ShopInput {
  const { production, ...others } = withVpn(smallShop()).environments;
  return { ...smallShop(), environments: { ...others, main: production } };
}

function withVpn({ environments: { production }, ...shop }: ReturnType<typeof smallShop>) {
  return { ...shop, environments: { production: { ...production, admin: { ...production.admin, vpn } } } };
}

const transitions = [
  ...transitionsOf(openShop()),
  ...transitionsOf({ ...openShop(), platform: customPlatform() }).filter(({ setting }) =>
    setting.startsWith('platform.'),
  ),
];

/** A second environment, in an account of its own: it comes, it goes. */
function withStaging(shop: ShopInput): ShopInput {
  const { production } = smallShop().environments;
  const staging = {
    ...production,
    account: '222233334444',
    domain: 'staging.example.jp',
    disposable: true,
  };
  return { ...shop, environments: { ...shop.environments, staging } };
}

/** What owners change together, and what no setting says. */
const together: readonly Transition[] = [
  compound(openShop(), transitions, ['tier', 'aliases', 'network.availabilityZones']),
  compound(openShop(), transitions, ['domain', 'hostedZone.id', 'mail']),
  compound(openShop(), transitions, ['dns', 'aliases', 'waf.mode', 'certificates.edgeArn']),
  compound(openShop(), transitions, ['patching.operationsHost', 'patching.source', 'tier']),
  compound(openShop(), transitions, [
    'waf.allowCountries',
    'alarms.emails',
    'payment.provider',
    'logRetentionDays',
  ]),
  { setting: 'admin.vpn', from: smallShop(), to: withVpn(smallShop()) },
  { setting: 'environments', from: openShop(), to: withStaging(openShop()) },
];

/** A small tier has another kind of database unless the config says which. */
const keepsItsDatabase = /Write database: \{ kind: '(instance|aurora)' \} to keep it/;

/** Settings that cannot be switched in one deploy, and words of the way that the plan names. */
const ways: Readonly<Record<string, RegExp>> = {
  name: /beside the old one, under another name/,
  disposable: /is made anew, under another name/,
  'network.cidr': /as a new environment, move the data/,
  platform: /as a new environment, move the data/,
  'platform.engine': /as a new environment, move the data/,
  tier: keepsItsDatabase,
  'database.kind': keepsItsDatabase,
};

/** All of them take minutes: `SECURE_SHOP_TRANSITIONS=all npx vitest run test/review/deploys/matrix`, or how settings begin, `tier,admin.`. */
const wanted = process.env.SECURE_SHOP_TRANSITIONS;
const all = [...transitions, ...together];
const chosen =
  wanted === 'all'
    ? all
    : wanted
      ? all.filter(({ setting }) => wanted.split(',').some((each) => setting.startsWith(each)))
      : [...transitions.filter(({ setting }) => setting === 'tier').slice(0, 2), ...together.slice(0, 1)];

it('every setting of the schema has a transition', () => {
  const covered = new Set(transitions.map(({ setting }) => setting));
  expect(settingsOf().filter((setting) => !covered.has(setting))).toEqual([]);
});

describe('a switched setting deploys, or is refused with words that name the way', () => {
  it.each(chosen.map((each) => [each.setting, each] as const))('%s', (setting, { from, to }) => {
    const [before, after] = [synthesized(from), synthesized(to)];
    if (before === undefined || after === undefined) return;
    for (const plan of [planDeploy(before, after), planDeploy(after, before)]) {
      const stopping = plan.stacks
        .flatMap(({ findings }) => findings)
        .filter(({ effect }) => effect === 'refused' || effect === 'lost');
      const way = setting
        .split(' + ')
        .map((each) => ways[each])
        .find((each) => each !== undefined);
      if (way === undefined) expect(stopping).toEqual([]);
      else for (const each of stopping) expect(each.way).toMatch(way);
    }
  });
});

const known = new Map<string, Deployment | undefined>();

/** @returns undefined when the config itself refuses it, with words for each problem */
function synthesized(shop: ShopInput): Deployment | undefined {
  const key = JSON.stringify(shop);
  const deployment = known.has(key) ? known.get(key) : synthesize(shop);
  // What most transitions begin with is kept; the rest would fill the memory.
  if (known.size < 3) known.set(key, deployment);
  return deployment;
}

function synthesize(shop: ShopInput): Deployment | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-transition-'));
  try {
    createShopApp(parseShop(shop), { outdir: folder, sources: false }).synth();
    return new Deployment(readAssembly(folder).stacks);
  } catch (error) {
    if (error instanceof Error && error.message.includes('Cannot find asset')) return undefined;
    if (!(error instanceof UserError)) throw error;
    expect(error.problems.every((problem) => problem.length > 20)).toBe(true);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
