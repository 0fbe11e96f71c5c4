import { resolve } from 'node:path';
import { packageRoot } from '../cli/package-root.ts';
import { UserError } from '../cli/user-error.ts';
import { type Environment, resolveEnvironments } from './environment.ts';
import { type PaymentHosts, resolvePaymentHosts } from './payment.ts';
import { toPlainData } from './plain-data.ts';
import { type Platform, resolvePlatform } from './platform.ts';
import { type Path, pathText } from './problem.ts';
import { read } from './reader.ts';
import { checkShop } from './rules.ts';
import { type ParsedShop, type ShopInput, shopSchema } from './schema.ts';

export type { CidrBlock } from './cidr.ts';
export type { BusinessHours, Contractor, Environment, Mail } from './environment.ts';
export type { PaymentHosts } from './payment.ts';
export type { Platform } from './platform.ts';
export type { PaymentProvider } from './schema/payment.ts';
export type { ShopInput, Tier } from './schema.ts';

/** A checked shop, every default filled in: what the stacks are built from. */
export interface Shop {
  readonly name: string;
  readonly platform: Platform;
  readonly paymentHosts: PaymentHosts;
  /** What the payment page may run, ask and send to, as far as it has been learned. */
  readonly paymentPage: Pick<ParsedShop['payment'], 'scripts' | 'page' | 'watch'>;
  readonly environments: Readonly<Record<string, Environment>>;
}

export interface ParseShopOptions {
  /**
   * Folder of the config file, from which a custom platform's `buildContext` is looked up.
   * @default the working folder, and whether the build context exists is not checked
   */
  readonly folder?: string;
}

/** Types the default export of `shop.config.ts` for the editor; the checks run when the file is loaded. */
export function defineShop(shop: ShopInput): ShopInput {
  return shop;
}

/**
 * Checks what a config file exports.
 *
 * @throws UserError with every problem, each with its place, what was found, and what to write instead
 */
export function parseShop(input: unknown, options: ParseShopOptions = {}): Shop {
  return parsePlainShop(toPlainData(input), options);
}

/** @param data that `toPlainData` has copied */
export function parsePlainShop(data: unknown, options: ParseShopOptions = {}): Shop {
  const problems = new Set<string>();
  const report = (path: Path, text: string): void => {
    problems.add(`${pathText(path)}: ${text}`);
  };
  const draft = read(shopSchema, data, report);
  if (draft !== undefined) checkShop(draft, report, options);
  const parsed = problems.size === 0 ? shopSchema.safeParse(data) : undefined;
  for (const { path, message } of parsed?.error?.issues ?? []) report(path as Path, message);
  if (parsed?.data === undefined) {
    throw new UserError([...problems]);
  }
  return resolveShop(parsed.data, options);
}

function resolveShop(parsed: ParsedShop, { folder = process.cwd() }: ParseShopOptions): Shop {
  const platform = resolvePlatform(parsed.platform);
  const base = platform.preset === 'custom' ? folder : packageRoot;
  return {
    name: parsed.name,
    platform: { ...platform, buildContext: resolve(base, platform.buildContext) },
    paymentHosts: resolvePaymentHosts(parsed.payment, parsed.platform.preset),
    paymentPage: {
      scripts: parsed.payment.scripts,
      page: parsed.payment.page,
      watch: parsed.payment.watch,
    },
    environments: resolveEnvironments(parsed.environments),
  };
}
