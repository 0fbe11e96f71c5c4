import type { Platform } from '../../config/index.ts';
import { pathsBelow } from './paths-below.ts';
import { allOf, matches, pathMatches, query, type Statement } from './statements.ts';
import { isWordPress } from './wordpress.ts';

/**
 * Requests with which a payment provider's servers tell the shop what was paid, each by its own address. They come
 * from hosting providers abroad, some without a user agent, some with more data than a form has.
 *
 * @returns statements of which any may match
 */
export function paymentNotices(platform: Platform): Statement[] {
  const statements = pathsBelow(platform.noticePaths);
  if (!isWordPress(platform)) return statements;
  const routes = platform.noticePaths
    .filter((path) => path.startsWith('/wp-json/'))
    .map((path) => path.slice('/wp-json/'.length).replaceAll('.', '\\.').replaceAll('/', '(?:/|%2F)'));
  const parameters = [
    'wc-api=\\w[\\w.-]*',
    ...(routes.length > 0 ? [`rest_route=(?:/|%2F)(?:${routes.join('|')})`] : []),
  ];
  return [
    ...statements,
    allOf([pathMatches('^/(?:index\\.php)?$'), matches(query, `^(?:${parameters.join('|')})(?:/|%2F|&|$)`)]),
  ];
}
