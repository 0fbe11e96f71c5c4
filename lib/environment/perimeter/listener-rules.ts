import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Platform } from '../../config/index.ts';
import { declareAdminPaths } from '../../declarations/declare.ts';
import { caseless, escapeForPattern, pathReplacingHeaders } from './spelling.ts';
import { isWordPress, openRoutes, staffParameters } from './wordpress.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const maxListenerPattern = 128;
const maxValuesPerCondition = 3;
const maxHostsPerRule = 2;

/**
 * Where the priorities of each purpose begin. While a deploy changes the rules, old and new ones stand side by side,
 * and a load balancer takes no priority twice. So a rule's priority follows from its own purpose, its group of paths
 * and its group of hosts, and one more path or host moves no other rule.
 */
const blocks = {
  headers: 100,
  spelling: 200,
  publicPaths: 1000,
  customersLogin: 2000,
  healthPath: 3000,
  adminPaths: 5000,
  openRoutes: 10_000,
  functions: 11_000,
  shop: 20_000,
} as const;
type Block = keyof typeof blocks;
/** Room for the groups of hosts of one rule; a certificate holds ten names. */
const blockStep = 10;

/**
 * Doubtful spellings, in the short patterns a listener takes: needless percent-encodings and UTF-8 longer than
 * needed; a second layer of encoding, broken encodings, backslashes and leading path parameters; hosts at the
 * beginning and dot segments.
 *
 * All patterns here span the whole path: the documentation leaves open whether a listener would search inside it.
 */
const deceptivePaths = [
  '.*%(?:[01]|2[d-fD-F]|3[0-9]|4[1-9a-fA-F]|5[0-9acfACF]|6[1-9a-fA-F]|7[0-9afAF]|[cC][01]|[eE]0%[89]|[fF]0%8)',
  '.*(?:%25[0-9a-fA-F]{2}|%25[uU]|%(?:$|[^0-9a-fA-F]|.$|.[^0-9a-fA-F])|\\\\|/;|/%3[bB])',
  '(?:[^/]|//+[^/]*[.:@][^/]*/|/[hH][tT][tT][pP][sS]?:/|.*/\\.{1,2}(?:[/;%?#]|$))',
].map((part) => `^${part}.*$`);

export interface PublicListenerRulesProps {
  readonly platform: Platform;
  /** Host names of the shop: the domain and its aliases. Any other host is refused. */
  readonly hosts: readonly string[];
  readonly targetGroup: elbv2.IApplicationTargetGroup;
}

/**
 * Fills the public listener, behind CloudFront: admin paths answer 403 once more (ADM1), and only the shop's own
 * host names reach the shop.
 *
 * A load balancer looks at the path as written and cannot decode it, so the rules refuse doubtful spellings as well.
 * The listener's default action must be a fixed 403: whatever no rule forwards, the admin host included, ends there.
 */
export function addPublicListenerRules(
  listener: elbv2.ApplicationListener,
  { platform, hosts, targetGroup }: PublicListenerRulesProps,
): void {
  declareAdminPaths(listener, platform);
  const rules = new ListenerRules(listener, hosts, targetGroup);

  for (const [index, header] of pathReplacingHeaders.entries()) {
    rules.refuse(['headers', index], `Refuse-${header}`, [elbv2.ListenerCondition.httpHeader(header, ['*'])]);
  }
  rules.refuse(['spelling', 0], 'RefuseDeceptiveSpelling', [pathMatches(deceptivePaths)]);

  for (const [index, paths] of groupsOf(maxValuesPerCondition, platform.publicPaths).entries()) {
    // As patterns, because a listener takes "*" in a plain value for a wildcard.
    const patterns = paths.map((path) => `^${escapeForPattern(path)}$`);
    rules.forward(['publicPaths', index], `PublicPaths${index + 1}-`, [pathMatches(patterns)]);
  }

  if (isWordPress(platform)) {
    const actions = ['postpass', 'confirmaction'].map((value) => ({ key: 'action', value }));
    rules.forward(['customersLogin', 0], 'CustomersLogin', [
      pathMatches(['^/wp-login\\.php$']),
      elbv2.ListenerCondition.queryStrings(actions),
    ]);
  }
  rules.refuse(['healthPath', 0], 'RefuseHealthPath', [pathMatches([healthPattern(platform)])]);

  for (const [index, patterns] of groupsOf(maxValuesPerCondition, listenerPatterns(platform)).entries()) {
    rules.refuse(['adminPaths', index], `RefuseAdminPaths${index + 1}`, [pathMatches(patterns)]);
  }
  if (isWordPress(platform)) addWordPressRules(rules, platform);

  rules.forward(['shop', 0], 'Shop', []);
}

/** Staff's functions that hide behind a public path, as far as a listener sees them: by the names as written. */
function addWordPressRules(rules: ListenerRules, platform: Platform): void {
  // A listener sees that one of several parameters names an open route, not that all do: the web ACLs do.
  const frontPage = pathMatches(['^/(?:index\\.php)?$']);
  const routes = ['/', ...openRoutes(platform).map((route) => `${route}*`)];
  for (const [index, route] of routes.entries()) {
    const values = [route, route.replaceAll('/', '%2F')].map((value) => ({ key: 'rest_route', value }));
    rules.forward(['openRoutes', index], `OpenRoute${index + 1}-`, [
      frontPage,
      elbv2.ListenerCondition.queryStrings(values),
    ]);
  }
  const functions = ['rest_route', 'wp_customize', ...staffParameters(platform)];
  for (const [index, keys] of groupsOf(maxValuesPerCondition, functions).entries()) {
    const values = keys.map((key) => ({ key, value: '*' }));
    rules.refuse(['functions', index], `RefuseFunctions${index + 1}`, [
      elbv2.ListenerCondition.queryStrings(values),
    ]);
  }
}

/** A rule's purpose, and which of several rules with that purpose it is, counted from 0. */
type Place = readonly [block: Block, index: number];

/** Rules of a listener, asked in the order of their places. */
class ListenerRules {
  private readonly listener: elbv2.ApplicationListener;
  private readonly hostGroups: readonly (readonly string[])[];
  private readonly toShop: elbv2.ListenerAction;

  constructor(
    listener: elbv2.ApplicationListener,
    hosts: readonly string[],
    targetGroup: elbv2.IApplicationTargetGroup,
  ) {
    this.listener = listener;
    this.hostGroups = groupsOf(maxHostsPerRule, hosts);
    this.toShop = elbv2.ListenerAction.forward([targetGroup]);
  }

  refuse(place: Place, id: string, conditions: elbv2.ListenerCondition[]): void {
    const forbidden = elbv2.ListenerAction.fixedResponse(403, {
      contentType: 'text/plain',
      messageBody: 'Forbidden',
    });
    this.add(priorityOf(place), id, forbidden, conditions);
  }

  /** To the shop, under its own names only. */
  forward(place: Place, id: string, conditions: elbv2.ListenerCondition[]): void {
    for (const [index, hosts] of this.hostGroups.entries()) {
      const underHosts = elbv2.ListenerCondition.hostHeaders([...hosts]);
      this.add(priorityOf(place) + index, `${id}${index + 1}`, this.toShop, [underHosts, ...conditions]);
    }
  }

  private add(
    priority: number,
    id: string,
    action: elbv2.ListenerAction,
    conditions: elbv2.ListenerCondition[],
  ): void {
    const { listener } = this;
    new elbv2.ApplicationListenerRule(listener, id, { listener, priority, action, conditions });
  }
}

function priorityOf([block, index]: Place): number {
  return blocks[block] + index * blockStep;
}

/**
 * The admin paths of the web ACL's rule, in any case but otherwise in plain spelling. In a path too long for a
 * listener any character stands for a letter, from the left on, and what is too long even then is cut: more than the
 * admin path is refused, never less.
 */
function listenerPatterns(platform: Platform): string[] {
  const start = isWordPress(platform) ? '^.*/' : '^(?:.*\\.[pP][hH][pP][^/]*)?/+';
  const end = isWordPress(platform)
    ? '(?:\\.|%20|\\+)*(?:(?:[^0-9A-Za-z_.%+-]|%[^2]|%2[^0]).*)?$'
    : '(?:[^0-9A-Za-z_-].*)?$';
  return platform.adminPaths.map((path) => {
    const pieces = [...path.replace(/^\/+/, '')].map((character) =>
      character === '/' ? '/+' : caseless(character),
    );
    const whole = () => [start, '(?:\\.|%20)*', ...pieces, end].join('');
    for (const [index, piece] of pieces.entries()) {
      if (whole().length <= maxListenerPattern) break;
      if (piece.startsWith('[')) pieces[index] = '.';
    }
    if (whole().length <= maxListenerPattern) return whole();
    const anything = '.*$';
    const fits = (count: number) =>
      [start, ...pieces.slice(0, count), anything].join('').length <= maxListenerPattern;
    const kept = pieces.findLastIndex((_, index) => fits(index + 1)) + 1;
    return [start, ...pieces.slice(0, kept), anything].join('');
  });
}

/** In any case, or as much of it as a listener takes. */
function healthPattern({ healthPath }: Platform): string {
  const pattern = `^/+${caseless(healthPath.slice(1))}/*(?:;.*)?$`;
  return pattern.length <= maxListenerPattern ? pattern : `^${escapeForPattern(healthPath)}$`;
}

function pathMatches(patterns: readonly string[]): elbv2.ListenerCondition {
  return new PathRegexCondition(patterns);
}

/** The CDK's own conditions know path patterns with wildcards only. */
class PathRegexCondition extends elbv2.ListenerCondition {
  private readonly patterns: readonly string[];

  constructor(patterns: readonly string[]) {
    super();
    this.patterns = patterns;
  }

  override renderRawCondition(): unknown {
    return { field: 'path-pattern', pathPatternConfig: { regexValues: this.patterns } };
  }
}

function groupsOf<T>(size: number, items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
