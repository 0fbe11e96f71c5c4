import type { Shop } from './index.ts';

/** What is allowed, and yet nobody should deploy without having read it: a line each. */
export function noticesOf({ environments }: Pick<Shop, 'environments'>): string[] {
  return Object.entries(environments)
    .filter(([, { mail }]) => mail?.kind === 'none')
    .map(
      ([name]) =>
        `environments.${name}.mail: THIS SHOP SENDS NO MAIL: no customer hears of an order, and no password can be reset`,
    );
}
