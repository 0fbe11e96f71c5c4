import type { Platform } from '../../config/index.ts';
import { batchPath } from './batch-path.ts';
import { pathsBelow } from './paths-below.ts';
import {
  allOf,
  anyOf,
  body,
  jsonDecoded,
  larger,
  matches,
  not,
  pathMatches,
  query,
  type Statement,
  type UnorderedRule,
  urlDecoded,
} from './statements.ts';
import { isWordPress } from './wordpress.ts';

/** What is worth trying often, and is limited for that. */
export const attempts = ['login', 'card'] as const;
export type Attempt = (typeof attempts)[number];

export function attemptLabel(attempt: Attempt): string {
  return `attempt:${attempt}`;
}

/**
 * Rules that decide nothing: they label a request that tries a password or an account, or a card or a coupon, so
 * that several limits can count it.
 */
export function attemptRules(platform: Platform): UnorderedRule[] {
  const statements = { login: loginAttempt(platform), card: cardAttempt(platform) };
  return attempts.flatMap((attempt) => {
    const statement = statements[attempt];
    if (!statement) return [];
    return [
      {
        name: `tries-${attempt}`,
        statement,
        action: { count: {} },
        ruleLabels: [{ name: attemptLabel(attempt) }],
      },
    ];
  });
}

/** Everything but reading. */
export const changes = not(matches({ method: {} }, '^(?:GET|HEAD|OPTIONS)$'));

/**
 * A field of a posted form, of a part of a multipart body, or of a JSON document, by the beginning of its name. PHP
 * takes spaces and dots in names for underscores.
 */
const field = (names: string) => `(?:(?:^|&)[ \\w.[\\]-]*|name=["']?[ \\w.[\\]-]*|["'][\\w-]*)(?:${names})`;

/**
 * A sign-in, a registration or a password reset. WooCommerce takes its forms at whatever URL they are posted to, so
 * a field for a password counts wherever it is sent; a body that is too large to look at counts as well.
 * https://github.com/woocommerce/woocommerce/blob/8.9.1/plugins/woocommerce/includes/class-wc-form-handler.php
 */
function loginAttempt(platform: Platform): Statement {
  const sent = allOf([
    changes,
    anyOf([
      matches(body('MATCH'), field('pass|pwd|register|user.login'), urlDecoded),
      ...pathsBelow(platform.loginPaths),
    ]),
  ]);
  // Application passwords and keys of the REST API come with any request, also one that only reads.
  const credentials = matches({ singleHeader: { Name: 'authorization' } }, '(?i)^ *basic ');
  return isWordPress(platform) ? anyOf([sent, credentials]) : sent;
}

function cardAttempt(platform: Platform): Statement | undefined {
  if (isWordPress(platform)) return wooCommercePayment(platform);
  const paths = pathsBelow(platform.checkoutPaths);
  return paths.length === 0 ? undefined : allOf([changes, anyOf(paths)]);
}

/** AJAX calls of WooCommerce that change the cart or show it. Plainly written, and the only one. */
const cartCall =
  '^wc-ajax=(?:get_(?:refreshed_fragments|cart_totals|variation|customer_location)|update_(?:shipping_method|order_review)|add_to_cart|remove_(?:from_cart|coupon))(?:&[a-vx-z_][\\w.%=-]*)*$';

/**
 * An order, a payment, a stored card or a coupon: posted as a form to whatever URL, by one of WooCommerce's AJAX calls
 * (it strips tags and percent signs out of their names, so all count but the plainly written calls of a cart), by
 * WordPress's own AJAX, or through the store API. The REST API takes a method from the query or a header, too.
 */
function wooCommercePayment(platform: Platform): Statement {
  const paths = pathsBelow(platform.checkoutPaths);
  const calls = anyOf([
    matches(
      body('MATCH'),
      `${field('woocommerce.(?:checkout.|pay|add.payment)|apply.coupon|coupon.code')}|action=woocommerce_(?:checkout|apply)`,
      urlDecoded,
    ),
    pathMatches('(?i)/wc/(?:store|agentic)(?:/v\\d+)?/(?:checkout|cart/(?:apply-)?coupons?)'),
    allOf([pathMatches(batchPath), matches(body('MATCH'), 'checkout|coupon', jsonDecoded)]),
    ...(paths.length > 0 ? [allOf([anyOf(paths), not(matches(query, cartCall))])] : []),
  ]);
  const replacesMethod = anyOf([
    larger({ singleHeader: { Name: 'x-http-method-override' } }, 0),
    matches(query, '(?:^|&) *[_. [\\]]method=', urlDecoded),
  ]);
  return anyOf([...byAnyMethod, allOf([anyOf([changes, replacesMethod]), calls])]);
}

/**
 * What WooCommerce takes by any method: its AJAX calls, and links that fill a cart and try a coupon. The store API as a
 * parameter stands with them, which a shop with permalinks never reads.
 * https://github.com/woocommerce/woocommerce/blob/10.1.2/plugins/woocommerce/src/Blocks/Domain/Services/CheckoutLink.php
 */
const byAnyMethod: readonly Statement[] = [
  allOf([matches(query, '(?:^|&) *wc-ajax', urlDecoded), not(matches(query, cartCall))]),
  matches(
    query,
    '(?:^|&) *(?:(?:apply.)?coupon(?:.code)?=|rest.route=.*(?:checkout|coupon|batch))|action=woocommerce_(?:checkout|apply)',
    urlDecoded,
  ),
];
