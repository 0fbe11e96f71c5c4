import { declaredPaths } from '../../model/declarations.ts';
import { publicHosts, publicListeners, regionalWebAcl } from '../../model/requests/from-internet.ts';
import { answerOfListener } from '../../model/requests/load-balancer.ts';
import type { WireRequest } from '../../model/requests/request.ts';
import { answerOfWebAcl } from '../../model/requests/web-acl.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass, skip } from '../rule.ts';
import { attemptsAt, attemptsPast } from './attempts.ts';

/** Each web ACL before the shop, at the edge and at the load balancer, answers 403 on every spelling of every admin path. */
export const webAclRefusesAdmin = defineRule({
  invariant: 'ADM1',
  finding: 'WebAclRefusesAdmin',
  en: 'Each web ACL answers 403 on every spelling of every admin path',
  ja: '各Web ACLは管理パスのあらゆる表記に403を返す',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const { adminPaths, publicPaths } = declaredPaths(graph);
    const [path] = adminPaths;
    if (path === undefined) return skip('no admin path is declared');
    if (
      text(acl.properties.Scope) !== 'CLOUDFRONT' &&
      graph.referring(acl, 'AWS::WAFv2::WebACLAssociation', 'WebACLArn').length === 0
    ) {
      return skip('guards no load balancer');
    }
    const hosts = publicHosts(graph);
    const attempts = [...attemptsAt(adminPaths, publicPaths, hosts), ...attemptsPast(acl, path, hosts)];
    const through = attempts.filter(({ request }) => !isRefusedBy(acl, request, graph));
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
  judgeAll({ graph, reachability, declared }) {
    const { adminPaths, publicPaths } = declaredPaths(graph);
    if (adminPaths.length === 0) return [];
    const attempts = attemptsAt(adminPaths, publicPaths, publicHosts(graph));
    return publicListeners(graph, reachability).flatMap(({ listener, balancer }): Finding[] => {
      const acl = regionalWebAcl(graph, balancer);
      const through = attempts.flatMap(({ request, name, deceptive }) => {
        const forwarding = whatForwards(listener, request, graph);
        // Elsewhere the web ACL may see through what is hidden; the shop's listener refuses without its help.
        const byAcl = !declared && deceptive && acl && isRefusedBy(acl, request, graph);
        return forwarding && !byAcl ? [{ name, forwarding }] : [];
      });
      if (through.length === 0) return [{ resource: listener, ...pass(`refuses ${adminPaths.join(', ')}`) }];
      const reason = `forwards ${someOf(through)} from the Internet to the shop`;
      const responsible = new Set([listener, ...through.map(({ forwarding }) => forwarding)]);
      return [...responsible].map((resource) => ({ resource, ...fail(reason) }));
    });
  },
});

function someOf(through: readonly { readonly name: string }[]): string {
  const targets = through.map(({ name }) => name);
  return targets.length > 3
    ? `${targets.slice(0, 3).join(', ')} and ${targets.length - 3} more`
    : targets.join(', ');
}

function isRefusedBy(acl: Resource, request: WireRequest, graph: EnvironmentGraph): boolean {
  const { outcome } = answerOfWebAcl(graph, acl, request);
  return outcome.action === 'block' && outcome.status === 403;
}

/** The rule that hands the request to the shop, or the listener itself when its default action does. */
function whatForwards(
  listener: Resource,
  request: WireRequest,
  graph: EnvironmentGraph,
): Resource | undefined {
  // An address is not in a request: whoever has it gets through.
  const byAddress = graph
    .referring(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn')
    .find(asksForAddress);
  if (byAddress) return byAddress;
  const answer = answerOfListener(graph, listener, request);
  return answer.action === 'respond' && answer.status === 403 ? undefined : answer.source;
}

function asksForAddress({ properties }: Resource): boolean {
  return list(properties.Conditions).some((condition) => text(at(condition, 'Field')) === 'source-ip');
}
