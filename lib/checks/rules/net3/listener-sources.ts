import type { Reachability } from '../../model/network/reachability.ts';
import { describePeer, type GroupRule } from '../../model/network/security-groups.ts';
import { waysInForPeople } from '../../model/network/shapes.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list, numeric, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** What CloudFront's own security group and prefix list are called, in the custom resource that looks them up. */
const cloudFrontSources = /VpcOrigins?-?(Service-)?S(ecurity)?G(roup)?\b|global\.cloudfront\.origin-facing/i;

/**
 * Whoever may connect to a load balancer behind a VPC origin: CloudFront on the origin's port, VPN clients and
 * the secure browser on the others, nobody anywhere else.
 */
export const listenerSources = defineRule({
  invariant: 'NET3',
  finding: 'ListenerSources',
  en: 'The load balancer accepts CloudFront on the public listener and VPN clients or the secure browser on the admin listener, nobody else',
  ja: 'ロードバランサーは公開リスナーでCloudFrontのみ、管理リスナーでVPN利用者とセキュアブラウザーのみを受け付ける',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge(balancer, { graph, reachability, declared }) {
    const listeners = listenersOf(balancer, graph, reachability);
    if (listeners.publicPorts.length === 0)
      return declared ? fail('no CloudFront VPC origin leads to it') : skip('is not behind a VPC origin');
    return judgeRules(listeners, graph, reachability).map(({ verdict }) => verdict);
  },
  judgeAll({ graph, reachability }) {
    return graph
      .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
      .map((balancer) => listenersOf(balancer, graph, reachability))
      .filter(({ publicPorts }) => publicPorts.length > 0)
      .flatMap((listeners) => judgeRules(listeners, graph, reachability))
      .flatMap(({ rule, verdict }) => (rule ? [{ resource: rule.source, ...verdict }] : []));
  },
});

/** On which ports a load balancer listens, and on which of them for CloudFront. */
interface Listeners {
  readonly balancer: Resource;
  readonly publicPorts: readonly number[];
  readonly ports: readonly number[];
}

function listenersOf(balancer: Resource, graph: EnvironmentGraph, reachability: Reachability): Listeners {
  return {
    balancer,
    publicPorts: graph
      .ofType('AWS::CloudFront::Distribution')
      .flatMap((distribution) => reachability.vpcOriginsOf(distribution))
      .filter((origin) => origin.balancer === balancer)
      .flatMap(({ port }) => port ?? []),
    ports: graph
      .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
      .flatMap((listener) => numeric(listener.properties.Port) ?? []),
  };
}

/** A verdict on each rule that lets somebody in, or on the groups as a whole when they are not all shown. */
function judgeRules(
  listeners: Listeners,
  graph: EnvironmentGraph,
  reachability: Reachability,
): { readonly rule?: GroupRule; readonly verdict: Verdict }[] {
  const { balancer } = listeners;
  const groups = reachability.nodes.find((each) => each.resource === balancer)?.groups ?? [];
  const named = list(balancer.properties.SecurityGroups).length;
  if (named === 0 || groups.length < named)
    return [{ verdict: fail('has a security group that these templates do not show') }];
  return groups
    .flatMap((group) => reachability.rulesOf(group))
    .filter(({ direction }) => direction === 'ingress')
    .map((rule) => ({ rule, verdict: judgeRule(rule, listeners, graph, reachability) }));
}

function judgeRule(
  rule: GroupRule,
  listeners: Listeners,
  graph: EnvironmentGraph,
  reachability: Reachability,
): Verdict {
  const ports =
    rule.ports.from === rule.ports.to
      ? `port ${rule.ports.from}`
      : `ports ${rule.ports.from}-${rule.ports.to}`;
  const source = describePeer(rule);
  if (!rule.portsKnown) return unsure(`a rule opens a port known only after deployment to ${source}`);
  if (rule.ports.from !== rule.ports.to || !listeners.ports.includes(rule.ports.from)) {
    return fail(`${ports} is open to ${source}, but no listener needs that`);
  }
  if (listeners.publicPorts.includes(rule.ports.from)) {
    return isCloudFront(rule, graph)
      ? pass(`${ports} accepts CloudFront only`)
      : fail(`public ${ports} accepts ${source} besides CloudFront`);
  }
  const members = rule.peer.kind === 'group' ? reachability.nodesWith(rule.peer.group) : [];
  const peopleOnly = members.length > 0 && members.every(({ kind }) => waysInForPeople.has(kind));
  return peopleOnly
    ? pass(
        `${ports} accepts ${members.some(({ kind }) => kind === 'vpn') ? 'VPN clients' : 'the secure browser'} only`,
      )
    : fail(`admin ${ports} accepts ${source}, which is neither the VPN nor the secure browser alone`);
}

/** CloudFront's own group or prefix list, read at deploy time by a custom resource that asks for it by name. */
function isCloudFront({ peer }: GroupRule, graph: EnvironmentGraph): boolean {
  if (peer.kind !== 'unknown' && peer.kind !== 'prefix-list') return false;
  return isAskedFor(peer.value, graph);
}

function isAskedFor(value: Value, graph: EnvironmentGraph): boolean {
  const asked = graph.target(value);
  return asked !== undefined && cloudFrontSources.test(`${asked.type} ${JSON.stringify(asked.properties)}`);
}
