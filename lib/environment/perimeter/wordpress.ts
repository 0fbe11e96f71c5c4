import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Platform } from '../../config/index.ts';
import { batchPath } from './batch-path.ts';
import { patternsOf } from './spelling.ts';
import {
  allOf,
  anyOf,
  body,
  jsonDecoded,
  matches,
  not,
  pathMatches,
  query,
  type Statement,
  urlDecoded,
} from './statements.ts';

/** WordPress reads paths and parameters in ways of its own, whichever preset brought it. */
export function isWordPress(platform: Platform): boolean {
  return platform.preset === 'woocommerce' || platform.managedRuleGroups.includes('wordpress');
}

/**
 * Routes of the REST API that may also come as a parameter, with everything below them: the store API, embeds, the
 * payment providers' notices and what the config opens.
 */
export function openRoutes(platform: Platform): string[] {
  const written = [...platform.noticePaths, ...platform.openFunctions]
    .filter((path) => path.startsWith('/wp-json/'))
    .map((path) => path.slice('/wp-json'.length));
  return ['/wc/store', '/oembed', ...written];
}

/**
 * WordPress takes the path of its REST API also as a parameter, of the query or of a posted form, and PHP reads
 * `rest.route`, `rest%5Froute` and ` rest_route` as the same name. Only the index of routes and the open routes may
 * come that way, alone and plainly written: a shop without permalinks has no other.
 */
export function restRouteStatement(platform: Platform): Statement {
  const letters = (text: string) =>
    [...text]
      .map((letter) => `(?:${letter}|%${letter.charCodeAt(0).toString(16).replace(/f$/, '[fF]')})`)
      .join('');
  const name = `${letters('rest')}(?:[_. +\\[]|%5[bBfF]|%2[0eE])${letters('route')}`;
  const slash = '(?:/|%2[Ff])';
  const letter = '(?:[\\w-]|%[89A-F][\\dA-F])';
  const plain = `^rest_route=(?:${slash}${letter}(?:\\.|${letter})*)*${slash}?(?:&(?:[a-qs-z_]|r[a-df-z])[\\w-]*=[^&]*)*$`;
  const open = patternsOf(
    openRoutes(platform).map((route) => route.slice(1).replaceAll('.', '\\.').replaceAll('/', slash)),
    (routes) => `^rest_route=${slash}(?:(?:${routes.join('|')})(?:/|%2[Ff]|&|$)|&|$)`,
  );
  return anyOf([
    allOf([
      matches(query, `(?:^|[&;])(?:[ +]|%[0-2]0|%0[9aAdD])*${name}`),
      not(allOf([matches(query, plain), anyOf(open.map((pattern) => matches(query, pattern)))])),
    ]),
    // In a form the name also comes quoted, as a part of a multipart body.
    matches(body('CONTINUE'), `(?:^|[&;"'=])(?:[ +]|%20)*${name}["'=[%&;]`),
  ]);
}

/**
 * Functions for staff that hide behind a public path: in a parameter of any page, in an action of admin-ajax.php, or
 * in a batch of the store API.
 */
export function adminFunctionStatement(
  platform: Platform,
  staffActions: wafv2.CfnRegexPatternSet,
): Statement {
  return anyOf([...parameters(platform), ajaxActions(staffActions), foreignBatch()]);
}

/** Parameters that do what a closed path does: issuing API keys, and WooCommerce's legacy API. */
export function staffParameters({ adminPaths }: Platform): string[] {
  return [
    ...(adminPaths.includes('/wc-auth') ? ['wc-auth-route', 'wc-auth-version'] : []),
    ...(adminPaths.includes('/wc-api/v3') ? ['wc-api-route', 'wc-api-version'] : []),
  ];
}

/**
 * Parameters that WordPress and WooCommerce take on any page, of the query or of a posted form: issuing API keys, the
 * legacy API, the theme customizer, the editor's test of a page, and previews of what is not published.
 */
function parameters(platform: Platform): Statement[] {
  const names = [
    ...staffParameters(platform),
    'wp.customize',
    'customize.(?:theme|changeset|messenger)',
    'wp.scrape.',
  ].join('|');
  return [
    matches(
      query,
      `(?:^|&) *(?:${names}|(?:wp.)?theme.preview|preview(?:.id|.nonce)|preview=[^f&])`,
      urlDecoded,
    ),
    matches(body('CONTINUE'), `(?:^|&|name=["']?) *(?:${names})`, urlDecoded),
  ];
}

/**
 * Actions of admin-ajax.php that only staff have. Those of guests, and of plugins, stay open.
 * https://github.com/WordPress/WordPress/blob/6.5.3/wp-admin/admin-ajax.php and
 * https://github.com/woocommerce/woocommerce/blob/8.9.1/plugins/woocommerce/includes/class-wc-ajax.php
 */
const staffActions = [
  ...`add-(?:cat|post_|link|nav_|product_|pa_|wp_|action-|menu-|meta|user|tag) delete-(?:com|link|meta|tag|theme|p[ol]|page|inact)
    edit-[ct] inline-s install-[pt] activate-p replyto- (?:un)?trash-p dim-c health-ch menu-[glq] meta-box widgets-o im(?:gedit|age)-
    crop-i closed-p hidden-c find_p save-(?:w|att|user) query-[at] upload-att set-(?:post|att|back) get-(?:att|tag|com|perm|rev|post-t)
    search-(?:pl|in) update-(?:pl|th|wi|we) toggle-a send-[lap] custom-[bh] wp-[lprcf] ajax-tag autoc media-c dashboard- fetch-l
    destroy-s parse-[em] sample-p (?:date|time)_f logged-in oembed-c rest-nonce dismiss-wp generate-p`.split(
    /\s+/,
  ),
  'woocommerce_(?:[bdefhijlmopst]|add_[^t]|cal|g(?:et_(?:cu\\w+_d|o)|rant)|ra|refu|rem\\w+_[ov]|rev|update_a)',
];

/** PHP cuts a name at a NUL. A part of a multipart body has its value two or more lines below its name. */
export function staffActionPatterns(): string[] {
  return patternsOf(
    staffActions,
    (group) => `action(?:=|\\x00[^=&]*=|"?\\s(?:[^\\n]*\\n){1,3})(?:${group.join('|')})`,
  );
}

function ajaxActions(patterns: wafv2.CfnRegexPatternSet): Statement {
  const named = (fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty): Statement => ({
    regexPatternSetReferenceStatement: {
      arn: patterns.attrArn,
      fieldToMatch,
      textTransformations: urlDecoded,
    },
  });
  return allOf([pathMatches('(?i)/admin-ajax\\.php'), anyOf([named(query), named(body('CONTINUE'))])]);
}

/**
 * A batch of the store API whose calls go elsewhere: WooCommerce only asks that each path holds "wc/store" somewhere.
 * Its own pages send a JSON document, so the calls may come in no other form.
 * https://github.com/woocommerce/woocommerce/blob/8.9.1/plugins/woocommerce/src/StoreApi/Routes/V1/Batch.php
 */
function foreignBatch(): Statement {
  const elsewhere = [...'wc/store'].reduceRight(
    (rest, letter, index) =>
      index === 7 ? `[^${letter}]|${letter}[^/"?]` : `[^${letter}]|${letter}(?:${rest})`,
    '',
  );
  return allOf([
    anyOf([pathMatches(batchPath), matches(query, 'rest.route=.*batch', urlDecoded)]),
    anyOf([
      matches(body('MATCH'), `"path"\\s*:\\s*"(?:[^/"]|/(?:${elsewhere}))`, jsonDecoded),
      matches(body('MATCH'), 'requests *\\[', urlDecoded),
      matches(query, 'requests *\\[', urlDecoded),
    ]),
  ]);
}

/**
 * What customers need of the staff's sign-in script: the password of a protected page, and the confirmation of a
 * privacy request. A posted form may name another action, and the form wins.
 */
export function customersLogin(): Statement {
  return allOf([
    pathMatches('^/wp-login\\.php$'),
    anyOf([
      allOf([
        matches(query, '^action=postpass$'),
        not(matches(body('MATCH'), '(?:^|&|name=["\']?) *action', urlDecoded)),
      ]),
      allOf([
        matches({ method: {} }, '^(?:GET|HEAD)$'),
        matches(query, '^action=confirmaction&request_id=\\d+&confirm_key=\\w+$'),
      ]),
    ]),
  ]);
}
