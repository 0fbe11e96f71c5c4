import type { Environment, Platform } from '../../config/index.ts';
import { pathsBelow } from './paths-below.ts';
import { anyOf, block, matches, type Statement, type UnorderedRule } from './statements.ts';
import { isWordPress } from './wordpress.ts';

/** How often one address may ask: for anything, and for what is worth trying often. */
export function rateRules({ waf }: Environment, platform: Platform): UnorderedRule[] {
  const limits = waf.rateLimits;
  const perAddress = (limit: number, scopeDownStatement?: Statement): Statement => ({
    rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300, scopeDownStatement },
  });
  // A challenge is solved by a browser unseen; the script that tries stolen passwords or card numbers fails it.
  const challenge = { challenge: {} };
  const rules: UnorderedRule[] = [
    {
      name: 'rate-all',
      statement: perAddress(limits.all),
      action: block(429),
    },
  ];
  if (platform.loginPaths.length > 0) {
    rules.push({
      name: 'rate-login',
      statement: perAddress(limits.login, anyOf(pathsBelow(platform.loginPaths))),
      action: challenge,
    });
  }
  const checkout = pathsBelow(platform.checkoutPaths);
  if (isWordPress(platform)) checkout.push(classicCheckout());
  if (checkout.length > 0) {
    rules.push({
      name: 'rate-checkout',
      statement: perAddress(limits.checkout, anyOf(checkout)),
      action: challenge,
    });
  }
  return rules;
}

/** Classic checkout pages of WooCommerce and its payment plugins post to `/?wc-ajax=checkout` and the like. */
function classicCheckout(): Statement {
  return matches({ singleQueryArgument: { Name: 'wc-ajax' } }, '(?:^checkout|payment|stripe|ppc|order$)');
}
