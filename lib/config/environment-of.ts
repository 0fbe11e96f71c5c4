import type { ShopOptions } from '../cli/shop-options.ts';
import { chooseEnvironment } from './choose-environment.ts';
import type { Environment, Shop } from './index.ts';
import { loadShop } from './load.ts';

/**
 * The environment that a command is about, with its shop.
 *
 * @throws UserError with what is wrong in the shop file, or when the environment is not told
 */
export async function environmentOf({
  config,
  environment,
}: ShopOptions): Promise<{ readonly shop: Shop; readonly environment: Environment }> {
  const shop = await loadShop(config);
  return { shop, environment: chooseEnvironment(shop, environment) };
}
