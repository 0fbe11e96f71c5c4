import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { UserError } from '../../cli/user-error.ts';
import type { Platform } from '../../config/index.ts';
import { ports } from '../network/security-groups.ts';
import {
  deceptivePath,
  escapeForPattern,
  imitatedPath,
  maxPatternLength,
  pathReplacingName,
  patternsOf,
  plainPath,
} from './spelling.ts';
import {
  allOf,
  anyOf,
  block,
  matches,
  not,
  pathMatches,
  type Statement,
  shortEnough,
  type UnorderedRule,
} from './statements.ts';
import {
  adminFunctionStatement,
  customersLogin,
  isWordPress,
  restRouteStatement,
  staffActionPatterns,
} from './wordpress.ts';

/** AWS WAF's quota: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const maxPatternsPerSet = 10;

/**
 * Undoes what a server may undo, in this order: percent-encoding (and Microsoft's `%uHHHH`), full-width letters,
 * a second layer of encoding, backslashes, doubled slashes and dot segments, upper case.
 */
export const asServersReadIt = [
  'URL_DECODE_UNI',
  'UTF8_TO_UNICODE',
  'URL_DECODE_UNI',
  'NORMALIZE_PATH_WIN',
  'LOWERCASE',
].map((type, priority) => ({ priority, type }));

export interface AdminPathRulesProps {
  readonly platform: Platform;
  /** Of the web ACL the rules go into. */
  readonly scope: 'CLOUDFRONT' | 'REGIONAL';
  /**
   * Host name on which the admin screens are allowed: the rules leave its requests alone. Only for a web ACL in front
   * of a load balancer whose public listener refuses this host.
   * @default admin screens are allowed on no host
   */
  readonly adminHost?: string;
  /**
   * Refused on that host as well, by the rule of the admin paths: a rule of its own would cost a dollar a month.
   * @default staff may use every screen
   */
  readonly closedToStaff?: Statement;
}

/**
 * The rules that keep every admin path from the Internet, however it is written (ADM1). They answer 403 themselves
 * and stay in force when `waf.mode` is `count`.
 *
 * Two of them answer one question twice: a path must be in plain spelling, and a path that reads as an admin path,
 * once everything a server might undo is undone, is refused. Either alone stops the spellings known today.
 */
export function adminPathRules(scope: Construct, props: AdminPathRulesProps): UnorderedRule[] {
  const { platform, adminHost, closedToStaff } = props;
  const patterns = new wafv2.CfnRegexPatternSet(scope, 'AdminPaths', {
    scope: props.scope,
    description: 'Admin paths of the shop software, as read after decoding and normalizing',
    regularExpressionList: adminPathPatterns(platform),
  });

  const functions = isWordPress(platform)
    ? new wafv2.CfnRegexPatternSet(scope, 'StaffActions', {
        scope: props.scope,
        description: 'Actions of admin-ajax.php that only staff have, in a decoded query or form',
        regularExpressionList: staffActionPatterns().map(shortEnough),
      })
    : undefined;

  return refusals(platform, patterns, functions).map(([name, statement]) => {
    const toStrangers = adminHost ? allOf([not(hostIs(adminHost)), statement]) : statement;
    const toAll = name === 'admin-paths' && closedToStaff;
    return { name, statement: toAll ? anyOf([toStrangers, toAll]) : toStrangers, action: block(403) };
  });
}

/** Each rule's name, and the statement on which it refuses. */
function refusals(
  platform: Platform,
  adminPaths: wafv2.CfnRegexPatternSet,
  staffActions: wafv2.CfnRegexPatternSet | undefined,
): (readonly [name: string, statement: Statement])[] {
  return [
    [
      'deceptive-path',
      anyOf([
        not(pathMatches(plainPath)),
        pathMatches(deceptivePath),
        pathMatches(imitatedPath),
        headersMatch('KEY', { all: {} }, pathReplacingName),
        ...headerPatterns(platform).map((pattern) =>
          // Staff come to the shop from a link on an admin screen; a cookie holds what scripts put there.
          headersMatch('VALUE', { excludedHeaders: ['referer', 'cookie'] }, pattern),
        ),
      ]),
    ],
    [
      'admin-paths',
      anyOf([
        allOf([
          {
            regexPatternSetReferenceStatement: {
              arn: adminPaths.attrArn,
              fieldToMatch: { uriPath: {} },
              textTransformations: asServersReadIt,
            },
          },
          ...exactly(platform.publicPaths).map((pattern) => not(pathMatches(pattern))),
          ...(isWordPress(platform) ? [not(customersLogin())] : []),
        ]),
        // Its answer is for the load balancer, which asks the tasks directly.
        pathMatches(`(?i)^/+${escapeForPattern(platform.healthPath.slice(1))}/*(?:;.*)?$`),
      ]),
    ],
    ...(staffActions
      ? [
          ['admin-rest-route', restRouteStatement(platform)] as const,
          ['admin-functions', adminFunctionStatement(platform, staffActions)] as const,
        ]
      : []),
  ];
}

/**
 * Patterns for the admin paths with everything below them, on a path that is decoded, normalized and in lower case.
 *
 * Scripts take what follows their name as a path (`/index.php/admin`), so a path may begin after `.php/`.
 * WordPress also drops a leading folder (`/blog/wp-admin`), so its names are refused at any depth.
 */
export function adminPathPatterns(platform: Platform): string[] {
  return pathPatterns(platform, platform.adminPaths, 'platform.adminPaths');
}

/** @param setting that holds the paths, for whom they are too many or too long */
export function pathPatterns(platform: Platform, paths: readonly string[], setting: string): string[] {
  // Elsewhere it may also follow folders without a letter in their names (`/.../admin`).
  const start = isWordPress(platform) ? '/' : '^(?:.*\\.php[^/]*|/*https?:/[^/]*|[^0-9a-z\\x80-\\xff]*)/+';
  // Some frameworks take a suffix for a format (`/admin.json`). WordPress takes none, and at any depth the name may
  // also begin that of a picture (`/uploads/wp-admin.png`) or a search (`/search/wp-admin mug`).
  const end = isWordPress(platform) ? '[ .]*(?:$|[^0-9a-z_. -])' : '(?:$|[^0-9a-z_-])';
  // Dots, spaces and control characters around a name are dropped by Windows servers; path parameters by Java ones.
  const padding = '[\\x00- .]*';
  const separator = '(?:[\\x00- .;][^/]*)?/[\\x00- ./]*';

  const segments = (path: string) =>
    path
      .split('/')
      .filter((segment) => segment !== '')
      // "+" may have been decoded to a space.
      .map((segment) => escapeForPattern(segment.toLowerCase()).replaceAll('\\+', '[+ ]'));
  const patternOf = (folder: readonly string[], names: readonly string[]) =>
    `${start}${padding}${[...folder, `(?:${names.join('|')})`].join(separator)}${end}`;

  const folderOf = (path: string) => segments(path).slice(0, -1);
  const nameOf = (path: string) => segments(path).at(-1) ?? '';

  // A folder that several paths share is written once.
  const folders = new Set(paths.map((path) => folderOf(path).join('/')));
  const result = [...folders].flatMap((folder) => {
    const names = paths.filter((path) => folderOf(path).join('/') === folder).map(nameOf);
    return patternsOf(names, (group) => patternOf(folder === '' ? [] : folder.split('/'), group));
  });

  const tooLong = paths.filter((path) => patternOf(folderOf(path), [nameOf(path)]).length > maxPatternLength);
  const problems = tooLong.map(
    (path) => `${setting}: "${path}" is too long for AWS WAF: name a folder above it`,
  );
  if (result.length > maxPatternsPerSet) {
    problems.push(
      `${setting}: ${paths.length} paths need ${result.length} patterns, and AWS WAF takes ${maxPatternsPerSet}: name folders that hold several of them`,
    );
  }
  if (problems.length > 0) throw new UserError(problems);
  return result;
}

/**
 * A header that names an admin path, whatever the header is called: no client of the shop sends one.
 * What AWS WAF does not see of very large headers it leaves to the listener, which refuses the known names.
 */
function headersMatch(
  matchScope: 'KEY' | 'VALUE',
  matchPattern: wafv2.CfnWebACL.HeaderMatchPatternProperty,
  pattern: string,
): Statement {
  return matches({ headers: { matchPattern, matchScope, oversizeHandling: 'CONTINUE' } }, pattern);
}

/** A value that is an admin path, or a URL with one. The scripts and APIs of WordPress are no page a header names. */
function headerPatterns({ adminPaths }: Platform): string[] {
  const names = adminPaths
    .map((path) => path.replace(/^\/+/, ''))
    .map((path) => /^(?:wp-[a-z]+|wc-api|xmlrpc)/.exec(path)?.[0] ?? escapeForPattern(path));
  return patternsOf(
    [...new Set(names)],
    (group) => `(?i)^ *(?:https?://[^/]*)?/+(?:${group.join('|')})(?:$|[^0-9a-z_-])`,
  );
}

/** One pattern for several paths takes less capacity than a match for each. */
function exactly(paths: readonly string[]): string[] {
  return patternsOf(paths.map(escapeForPattern), (group) => `^(?:${group.join('|')})$`);
}

function hostIs(host: string): Statement {
  return {
    regexMatchStatement: {
      fieldToMatch: { singleHeader: { Name: 'host' } },
      regexString: `^${escapeForPattern(host)}(?::${ports.adminHttps})?$`,
      textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
    },
  };
}
