import { declaredPaths } from '../../model/declarations.ts';
import { answerOfListener } from '../../model/requests/load-balancer.ts';
import { parseRequest, type WireRequest } from '../../model/requests/request.ts';
import { answerOfWebAcl } from '../../model/requests/web-acl.ts';
import type { Resource } from '../../model/templates.ts';
import { at, isMap, list, numeric, text, type Value } from '../../model/values.ts';
import { type Context, defineRule, type Finding, fail, pass, skip, type Verdict } from '../rule.ts';
import { pathHeaders, spellingsOf } from './spellings.ts';

/** Each web ACL before the shop, at the edge and at the load balancer, answers 403 on every spelling of every admin path. */
export const webAclRefusesAdmin = defineRule({
  invariant: 'ADM1',
  finding: 'WebAclRefusesAdmin',
  en: 'Each web ACL answers 403 on every spelling of every admin path',
  ja: '各Web ACLは管理パスのあらゆる表記に403を返す',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const { adminPaths, publicPaths } = declaredPaths(graph);
    if (adminPaths.length === 0) return skip('no admin path is declared');
    if (
      text(acl.properties.Scope) !== 'CLOUDFRONT' &&
      graph.referring(acl, 'AWS::WAFv2::WebACLAssociation', 'WebACLArn').length === 0
    ) {
      return skip('guards no load balancer');
    }
    const hosts = hostsOf(graph);
    const through = [...requests(adminPaths, publicPaths, hosts), ...probes(acl, adminPaths, hosts)].filter(
      ({ request }) => !isRefusedBy(acl, request, graph),
    );
    return through.length > 0
      ? fail(`lets through ${someOf(through)}`)
      : pass(`refuses ${adminPaths.join(', ')}`);
  },
});

/** The load balancer's public listener, with the web ACL before it, answers 403 again. */
export const listenerRefusesAdmin = defineRule({
  invariant: 'ADM1',
  finding: 'ListenerRefusesAdmin',
  en: 'The public listener answers 403 again on every spelling of every admin path',
  ja: '公開リスナーも管理パスのあらゆる表記に403を返す',
  appliesTo: ['AWS::ElasticLoadBalancingV2::Listener'],
  judgeAll(context) {
    const { graph } = context;
    const { adminPaths, publicPaths } = declaredPaths(graph);
    if (adminPaths.length === 0) return [];
    const hosts = hostsOf(graph);
    return publicListeners(context).flatMap(({ listener, balancer }): Finding[] => {
      const association = graph.referring(balancer, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn')[0];
      const acl = graph.target(association?.properties.WebACLArn, 'AWS::WAFv2::WebACL');
      const through = requests(adminPaths, publicPaths, hosts).flatMap(({ request, name, plain }) => {
        const forwarding = forwardingRule(listener, request, context);
        // Elsewhere the web ACL may see through what is hidden; the shop's listener is a wall of its own.
        const byAcl = !context.declared && !plain && acl && isRefusedBy(acl, request, graph);
        return forwarding && !byAcl ? [{ name, rule: forwarding }] : [];
      });
      if (through.length === 0) return [{ resource: listener, ...pass(`refuses ${adminPaths.join(', ')}`) }];
      const reason = `forwards ${someOf(through)} from the Internet to the shop`;
      const rules = new Set(through.map(({ rule }) => rule));
      return [
        { resource: listener, ...fail(reason) },
        ...[...rules].filter((rule) => rule !== listener).map((resource) => ({ resource, ...fail(reason) })),
      ];
    });
  },
});

/** A request for an admin path, and how it is called in a finding. */
interface Attempt {
  readonly name: string;
  readonly request: WireRequest;
  /** Whether the listener's own patterns must see through it, without the web ACL before it. */
  readonly plain: boolean;
}

/** How many of the spellings hide nothing: they name the path as it is. */
const plainSpellings = 4;

/**
 * Each admin path in all its spellings, and once by every method, under every name, and inside the headers that some
 * software takes a path from.
 */
function requests(
  adminPaths: readonly string[],
  publicPaths: readonly string[],
  hosts: readonly string[],
): Attempt[] {
  const [host = 'shop.example'] = hosts;
  return adminPaths.flatMap((path) => [
    ...spellingsOf(path)
      // What the shop itself needs below an admin path is open on purpose.
      .filter((target) => !publicPaths.includes(target))
      .map((target, index) => ({
        name: target,
        request: parseRequest({ url: target }, host),
        plain: index < plainSpellings,
      })),
    ...['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => ({
      name: `${method} ${path}`,
      request: parseRequest({ url: path, method }, host),
      plain: true,
    })),
    // CloudFront serves the name that it gave the distribution, too.
    ...[...hosts.slice(1), 'd111111abcdef8.cloudfront.net'].map((other) => ({
      name: `https://${other}${path}`,
      request: parseRequest({ url: path }, other),
      plain: true,
    })),
    ...pathHeaders.map((header) => ({
      name: `/ with ${header}: ${path}`,
      request: parseRequest({ url: '/', headers: { [header]: path } }, host),
      plain: true,
    })),
    // WordPress takes the path below its API from the query, too.
    ...(path.startsWith('/wp-json/')
      ? [`/?rest_route=${path.slice('/wp-json'.length)}`].map((target) => ({
          name: target,
          request: parseRequest({ url: target }, host),
          plain: true,
        }))
      : []),
    {
      name: `${path} with other headers`,
      request: parseRequest(
        {
          url: `${path}?page=2`,
          headers: {
            accept: '*/*',
            cookie: 'a=b',
            referer: `https://${host}/`,
            'user-agent': 'curl/8.7',
            'x-forwarded-for': '10.0.0.1',
          },
        },
        host,
      ),
      plain: true,
    },
  ]);
}

/** Whatever else a rule of the ACL looks at is tried as well: an exception for those who know a word is a way in. */
function probes(acl: Resource, adminPaths: readonly string[], hosts: readonly string[]): Attempt[] {
  const [path] = adminPaths;
  const [host = 'shop.example'] = hosts;
  if (path === undefined) return [];
  return fieldsIn(acl.properties.Rules).flatMap(({ field, value }): Attempt[] => {
    const name = `${path} with ${field} ${value}`;
    // The admin host is let through behind the edge, where nobody from the Internet can ask for it.
    if (field === 'host') return [];
    const input = field === '?' ? { url: `${path}?${value}` } : { url: path, headers: { [field]: value } };
    return [{ name, request: parseRequest(input, host), plain: true }];
  });
}

/** Headers and query texts that statements compare, with a text that they would match. */
function fieldsIn(value: Value | undefined, found: { field: string; value: string }[] = []) {
  if (Array.isArray(value)) for (const each of value) fieldsIn(each as Value, found);
  if (!isMap(value)) return found;
  const header = text(at(value, 'FieldToMatch', 'SingleHeader', 'Name'))?.toLowerCase();
  const argument = text(at(value, 'FieldToMatch', 'SingleQueryArgument', 'Name'));
  const query = at(value, 'FieldToMatch', 'QueryString') !== undefined;
  const written = text(value.SearchString) ?? literalOf(text(value.RegexString) ?? '');
  if (header !== undefined) found.push({ field: header, value: written });
  else if (argument !== undefined) found.push({ field: '?', value: `${argument}=${written}` });
  else if (query) found.push({ field: '?', value: written });
  for (const inner of Object.values(value)) fieldsIn(inner, found);
  return found;
}

/** A text that a simple pattern matches: without its anchors and what may be left out. */
function literalOf(pattern: string): string {
  return pattern
    .replace(/^\^|\$$|\(\?i\)/g, '')
    .replace(/\(\?:[^()]*\)\?/g, '')
    .replace(/\\(.)/g, '$1');
}

function someOf(through: readonly { readonly name: string }[]): string {
  const targets = through.map(({ name }) => name);
  return targets.length > 3
    ? `${targets.slice(0, 3).join(', ')} and ${targets.length - 3} more`
    : targets.join(', ');
}

/** Names under which the Internet asks for the shop. */
export function hostsOf(graph: Context['graph']): string[] {
  return graph
    .ofType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => list(at(distribution.properties, 'DistributionConfig', 'Aliases')))
    .flatMap((alias) => text(alias) ?? []);
}

function isRefusedBy(acl: Resource, request: WireRequest, graph: Context['graph']): boolean {
  const { outcome } = answerOfWebAcl(graph, acl, request);
  return outcome.action === 'block' && outcome.status === 403;
}

function asksForAddress({ properties }: Resource): boolean {
  return list(properties.Conditions).some((condition) => text(at(condition, 'Field')) === 'source-ip');
}

/** The rule that hands the request to the shop, or the listener itself when its default action does. */
function forwardingRule(listener: Resource, request: WireRequest, { graph }: Context): Resource | undefined {
  // An address is not in a request: whoever has it gets through.
  const byAddress = graph
    .referring(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn')
    .find((rule) => text(at(rule.properties.Conditions, 0, 'Field')) !== undefined && asksForAddress(rule));
  if (byAddress) return byAddress;
  const answer = answerOfListener(graph, listener, request);
  if (answer.action === 'respond' && answer.status === 403) return undefined;
  const priority = /\b(\d+)\b/.exec(answer.rule)?.[1];
  return (
    graph
      .referring(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn')
      .find((rule) => text(rule.properties.Priority) === priority) ?? listener
  );
}

/** Listeners that a VPC origin leads to. */
export function publicListeners({
  graph,
  reachability,
}: Context): { listener: Resource; balancer: Resource }[] {
  return graph
    .ofType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => reachability.vpcOriginsOf(distribution))
    .flatMap(({ balancer, port }) =>
      graph
        .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
        .filter((listener) => numeric(listener.properties.Port) === port)
        .map((listener) => ({ listener, balancer })),
    );
}

/** An environment that is a shop says which paths are administrative, on both walls. */
export const adminPathsDeclared = defineRule({
  invariant: 'ADM1',
  finding: 'AdminPathsDeclared',
  en: 'The edge web ACL and the public listener say which paths are administrative',
  ja: 'エッジのWeb ACLと公開リスナーが管理パスを宣言している',
  appliesTo: ['AWS::WAFv2::WebACL', 'AWS::ElasticLoadBalancingV2::Listener'],
  judge(wall, context): Verdict {
    if (!context.declared) return skip('not part of a declared shop');
    const isEdge = wall.type === 'AWS::WAFv2::WebACL' && text(wall.properties.Scope) === 'CLOUDFRONT';
    const isPublic = publicListeners(context).some(({ listener }) => listener === wall);
    if (!isEdge && !isPublic) return skip('is not a wall before the Internet');
    const declared = list(wall.metadata['secure-shop:admin-paths']);
    return declared.length > 0 ? pass(`${declared.length} declared`) : fail('declares no admin path');
  },
});
