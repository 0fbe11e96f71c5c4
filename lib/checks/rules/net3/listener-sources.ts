import type { GroupRule, Reachability } from '../../model/reachability.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { display, list, numeric, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** What CloudFront's own security group and prefix list are called, in the custom resource that looks them up. */
const cloudFrontSources = /VpcOrigins?-?(Service-)?S(ecurity)?G(roup)?\b|global\.cloudfront\.origin-facing/i;

/**
 * Whoever may connect to a load balancer behind a VPC origin: CloudFront on the origin's port, VPN clients on the
 * others, nobody anywhere else.
 */
export const listenerSources = defineRule({
  invariant: 'NET3',
  finding: 'ListenerSources',
  en: 'The load balancer accepts CloudFront on the public listener and VPN clients on the admin listener, nobody else',
  ja: 'ロードバランサーは公開リスナーでCloudFrontのみ、管理リスナーでVPN利用者のみを受け付ける',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge(balancer, context) {
    const { graph, reachability, declared } = context;
    const origins = graph
      .ofType('AWS::CloudFront::Distribution')
      .flatMap((distribution) => reachability.vpcOriginsOf(distribution))
      .filter((origin) => origin.balancer === balancer);
    if (origins.length === 0)
      return declared ? fail('no CloudFront VPC origin leads to it') : skip('is not behind a VPC origin');
    const publicPorts = origins.map((origin) => origin.port);
    const listening = graph
      .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
      .flatMap((listener) => numeric(listener.properties.Port) ?? []);
    return judgeRules(balancer, publicPorts, listening, context.reachability, graph).map(
      ([, verdict]) => verdict,
    );
  },
  judgeAll({ graph, reachability }) {
    const origins = graph
      .ofType('AWS::CloudFront::Distribution')
      .flatMap((each) => reachability.vpcOriginsOf(each));
    return [...new Set(origins.map((origin) => origin.balancer))].flatMap((balancer) => {
      const publicPorts = origins
        .filter((origin) => origin.balancer === balancer)
        .map((origin) => origin.port);
      const listening = graph
        .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
        .flatMap((listener) => numeric(listener.properties.Port) ?? []);
      return judgeRules(balancer, publicPorts, listening, reachability, graph).flatMap(([rule, verdict]) =>
        rule === undefined ? [] : [{ resource: rule.source, ...verdict }],
      );
    });
  },
});

function judgeRules(
  balancer: Resource,
  publicPorts: readonly number[],
  listening: readonly number[],
  reachability: Reachability,
  graph: EnvironmentGraph,
): [GroupRule | undefined, Verdict][] {
  const node = reachability.nodes.find((each) => each.resource === balancer);
  const groups = node?.groups ?? [];
  const named = list(balancer.properties.SecurityGroups).length;
  if (named === 0 || groups.length < named) {
    return [[undefined, fail('has a security group that these templates do not show')]];
  }
  return groups.flatMap((group) =>
    reachability
      .rulesOf(group)
      .filter((rule) => rule.direction === 'ingress')
      .map((rule): [GroupRule, Verdict] => [
        rule,
        judgeRule(rule, publicPorts, listening, reachability, graph),
      ]),
  );
}

function judgeRule(
  rule: GroupRule,
  publicPorts: readonly number[],
  listening: readonly number[],
  reachability: Reachability,
  graph: EnvironmentGraph,
): Verdict {
  const ports =
    rule.ports.from === rule.ports.to
      ? `port ${rule.ports.from}`
      : `ports ${rule.ports.from}-${rule.ports.to}`;
  const source = describePeer(rule);
  if (!rule.portsKnown) return unsure(`a rule opens a port known only after deployment to ${source}`);
  if (rule.ports.from !== rule.ports.to || !listening.includes(rule.ports.from)) {
    return fail(`${ports} is open to ${source}, but no listener needs that`);
  }
  const isPublic = publicPorts.includes(rule.ports.from);
  if (isPublic) {
    return isCloudFront(rule, graph)
      ? pass(`${ports} accepts CloudFront only`)
      : fail(`public ${ports} accepts ${source} besides CloudFront`);
  }
  const members = rule.peer.kind === 'group' ? reachability.nodesWith(rule.peer.group) : [];
  const vpnOnly = members.length > 0 && members.every((member) => member.kind === 'vpn');
  return vpnOnly
    ? pass(`${ports} accepts VPN clients only`)
    : fail(`admin ${ports} accepts ${source}, which is not the VPN alone`);
}

export function describePeer(rule: GroupRule): string {
  const { peer } = rule;
  switch (peer.kind) {
    case 'addresses':
    case 'addresses6':
      return peer.text;
    case 'group':
      return `members of ${peer.group.logicalId}`;
    default:
      return display(peer.value);
  }
}

/** CloudFront's own group or prefix list, read at deploy time by a custom resource that asks for it by name. */
function isCloudFront({ peer }: GroupRule, graph: EnvironmentGraph): boolean {
  if (peer.kind !== 'unknown' && peer.kind !== 'prefix-list') return false;
  return names(peer.value, graph);
}

function names(value: Value, graph: EnvironmentGraph): boolean {
  const asked = graph.target(value);
  return asked !== undefined && cloudFrontSources.test(`${asked.type} ${JSON.stringify(asked.properties)}`);
}
