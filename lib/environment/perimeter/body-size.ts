import type { Environment, Platform } from '../../config/index.ts';
import { pathsBelow } from './paths-below.ts';
import { paymentNotices } from './payment-notices.ts';
import {
  allOf,
  anyOf,
  block,
  body,
  larger,
  matches,
  not,
  query,
  type Statement,
  type UnorderedRule,
} from './statements.ts';
import { isWordPress } from './wordpress.ts';

/** Bytes: 1,800 Japanese characters in a posted form, where each takes nine. */
const ordinary = 16 * 1024;
/** Bytes: what the web ACL looks at, and the longest text a form of the shop takes. */
const longText = 64 * 1024 - 1;

/**
 * How much may be sent: an ordinary form anywhere, a long text to the forms that take one, and whatever is needed to
 * upload paths and by payment providers.
 */
export function bodySizeRule({ waf }: Environment, platform: Platform): UnorderedRule {
  const unlimited = [...pathsBelow(platform.uploadPaths), ...paymentNotices(platform)];
  const forms = [
    ...pathsBelow(platform.formPaths),
    // WooCommerce posts its checkout to the front page, with the name of the call in the query.
    ...(isWordPress(platform) ? [matches(query, '^wc-ajax=(?:checkout|update_order_review)(?:&|$)')] : []),
  ];
  const except = (statements: readonly Statement[]) =>
    statements.length > 0 ? [not(anyOf(statements))] : [];
  return {
    name: 'large-bodies',
    statement: anyOf([
      allOf([larger(body('MATCH'), ordinary), ...except([...unlimited, ...forms])]),
      allOf([larger(body('MATCH'), longText), ...except(unlimited)]),
    ]),
    action: waf.mode === 'count' ? { count: {} } : block(413),
  };
}
