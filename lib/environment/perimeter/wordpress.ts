import type { Platform } from '../../config/index.ts';
import { allOf, anyOf, matches, not, type Statement } from './statements.ts';

/** WordPress reads paths and parameters in ways of its own, whichever preset brought it. */
export function isWordPress(platform: Platform): boolean {
  return platform.preset === 'woocommerce' || platform.managedRuleGroups.includes('wordpress');
}

/**
 * WordPress takes the path of its REST API also as a parameter, of the query or of a posted form, and PHP reads
 * `rest.route`, `rest%5Froute` and ` rest_route` as the same name. The shop itself uses `/wp-json/`; only the store
 * API may come as a parameter, alone and plainly written.
 */
export function restRouteStatement(): Statement {
  const letters = (text: string) =>
    [...text]
      .map((letter) => `(?:${letter}|%${letter.charCodeAt(0).toString(16).replace(/f$/, '[fF]')})`)
      .join('');
  const name = `${letters('rest')}(?:[_. +\\[]|%5[bBfF]|%2[0eE])${letters('route')}`;
  const storeApi =
    '^rest_route=(?:/|%2[Ff])wc(?:/|%2[Ff])store(?:(?:/|%2[Ff])[\\w-]+)*(?:&[a-qs-zA-QS-Z_][\\w-]*=[^&]*)*$';
  return anyOf([
    allOf([
      matches({ queryString: {} }, `(?:^|[&;])(?:[ +]|%[0-2]0|%0[9aAdD])*${name}`),
      not(matches({ queryString: {} }, storeApi)),
    ]),
    // In a form the name also comes quoted, as a part of a multipart body.
    matches({ body: { oversizeHandling: 'CONTINUE' } }, `(?:^|[&;"'=])(?:[ +]|%20)*${name}["'=[%&;]`),
  ]);
}
