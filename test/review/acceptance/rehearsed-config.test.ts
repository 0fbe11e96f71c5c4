import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { UserError } from '../../../lib/cli/user-error.ts';
import { parseShop, type Shop, type ShopInput } from '../../../lib/config/index.ts';
import { loadShop } from '../../../lib/config/load.ts';
import { rehearsedConfig } from '../../../lib/review/acceptance/rehearsed-config.ts';
import { smallShop } from '../../support/shops.ts';
import { transitionsOf } from '../deploys/matrix/transitions.ts';

/** Double of a shop's first environment. */
function doubleOf(shop: Shop, written: unknown): Shop {
  const [model] = Object.values(shop.environments);
  if (!model) throw new Error('a shop has an environment');
  const adapt = rehearsedConfig(model, 1, { accountServices: 'create' });
  return parseShop(adapt(structuredClone(written)) as ShopInput);
}

function valid(written: ShopInput): Shop | undefined {
  try {
    return parseShop(written);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

it('whatever setting a shop has, its double is a shop that can be deployed', () => {
  // One of each setting: what a double must do without is named, whatever its value.
  const shops = new Map(transitionsOf(smallShop()).map(({ setting, to }) => [setting, to]));
  const refused = [...shops].flatMap(([setting, to]) => {
    const shop = valid(to);
    if (!shop) return [];
    try {
      doubleOf(shop, to);
      return [];
    } catch (error) {
      return [`${setting}: ${(error as Error).message}`];
    }
  });
  expect(refused).toEqual([]);
});

it.each(readdirSync(join(packageRoot, 'examples')).filter((file) => file.endsWith('.ts')))(
  'the double of %s can be deployed',
  async (file) => {
    const path = join(packageRoot, 'examples', file);
    const { environments } = await loadShop(path);
    for (const model of Object.values(environments)) {
      const double = await loadShop(path, rehearsedConfig(model, 1, {}));
      expect(Object.keys(double.environments)).toEqual(['rehearsal-1']);
    }
  },
);

it('the double copies nothing into the second account, where nobody would take it away', () => {
  const shop = smallShop();
  shop.environments.production.backups = { account: '222233334444', newestOrderDays: 7 };
  const { 'rehearsal-1': double } = doubleOf(parseShop(shop), shop).environments;
  expect(double?.backups).toEqual({ newestOrderDays: 7 });
});
