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
import { settingsOf, transitionsOf } from './transitions.ts';

const vpn = {
  certificateArn: 'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-1111-2222-3333-444444444444',
};

/** A shop that is open, with its VPN: what exists holds back changes most. */
function openShop(): ShopInput {
  const { production, ...others } = smallShop().environments;
  return {
    ...smallShop(),
    environments: { ...others, main: { ...production, admin: { ...production.admin, vpn } } },
  };
}

const transitions = [
  ...transitionsOf(openShop()),
  ...transitionsOf({ ...openShop(), platform: customPlatform() }).filter(({ setting }) =>
    setting.startsWith('platform.'),
  ),
];

/** Settings that cannot be switched in one deploy; the plan says for each what to do instead. */
const refusedByAws = new Set([
  'name',
  'disposable',
  'mail',
  'network.cidr',
  'platform',
  'platform.engine',
  'platform.media',
  'platform.secretEnvironment',
]);

/** All of them take minutes: `SECURE_SHOP_TRANSITIONS=all npx vitest run test/review/deploys/matrix`. */
const chosen =
  process.env.SECURE_SHOP_TRANSITIONS === 'all'
    ? transitions
    : transitions.filter(({ setting }) => ['tier', 'aliases'].includes(setting)).slice(0, 3);

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
      if (!refusedByAws.has(setting)) expect(stopping).toEqual([]);
      for (const { way } of stopping) expect(way.length).toBeGreaterThan(10);
    }
  });
});

/** @returns undefined when the config itself refuses it, with words for each problem */
function synthesized(shop: ShopInput): Deployment | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-transition-'));
  try {
    createShopApp(parseShop(shop), { outdir: folder }).synth();
    return new Deployment(readAssembly(folder).stacks);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.problems.every((problem) => problem.length > 20)).toBe(true);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
