import { type Environment, resolveEnvironment } from './environment.ts';
import { type PaymentHosts, resolvePaymentHosts } from './payment.ts';
import { type Platform, resolvePlatform } from './platform.ts';
import { type ParsedShop, type ShopInput, shopSchema } from './schema.ts';

export type { CidrBlock } from './cidr.ts';
export type { BusinessHours, Environment } from './environment.ts';
export type { PaymentHosts } from './payment.ts';
export type { Platform } from './platform.ts';
export type { PaymentProvider, ShopInput, Tier } from './schema.ts';

/** A checked shop, every default filled in: what the stacks are built from. */
export interface Shop {
  readonly name: string;
  readonly platform: Platform;
  readonly paymentHosts: PaymentHosts;
  readonly environments: Readonly<Record<string, Environment>>;
}

/** Types the default export of `shop.config.ts` for the editor; the checks run when the file is loaded. */
export function defineShop(shop: ShopInput): ShopInput {
  return shop;
}

export function resolveShop(parsed: ParsedShop): Shop {
  return {
    name: parsed.name,
    platform: resolvePlatform(parsed.platform),
    paymentHosts: resolvePaymentHosts(parsed.payment),
    environments: Object.fromEntries(
      Object.entries(parsed.environments).map(([name, parsed]) => [name, resolveEnvironment(name, parsed)]),
    ),
  };
}

/** @throws ZodError when the shop is not valid */
export function parseShop(input: unknown): Shop {
  return resolveShop(shopSchema.parse(input));
}
