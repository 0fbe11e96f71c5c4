import { publicHosts, publicListeners } from '../../model/requests/from-internet.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text, tokensIn, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/**
 * The public listener serves the shop's public names; under the admin host nothing is refused. A private listener
 * serves the private name: under any other, whoever points a name of their own at it is served as well (DNS rebinding).
 */
export const listenerHosts = defineRule({
  invariant: 'NET3',
  finding: 'ListenerHosts',
  en: 'The public listener serves the names of the distribution only, the admin listener its private name only',
  ja: '公開リスナーはディストリビューションのホスト名だけに、管理リスナーは非公開のホスト名だけに応答する',
  appliesTo: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  judge(rule, { graph, reachability, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const listener = graph.target(rule.properties.ListenerArn, 'AWS::ElasticLoadBalancingV2::Listener');
    const forwards = list(rule.properties.Actions).some((action) => text(at(action, 'Type')) === 'forward');
    if (!forwards) return skip('lets nobody in');
    const names = hostNames(rule);
    if (!publicListeners(graph, reachability).some((each) => each.listener === listener))
      return judgePrivate(names, listener, graph);
    if (!names) return fail('forwards under any name');
    const served = publicHosts(graph);
    const others = names.flatMap((name) => text(name) ?? []).filter((name) => !served.includes(name));
    return others.length > 0
      ? fail(`serves ${others.join(', ')}, which is no name of the distribution`)
      : pass(`serves ${names.length} names`);
  },
});

/** What a rule asks of the host header; nothing when it does not ask. */
function hostNames({ properties }: Resource): readonly Value[] | undefined {
  const conditions = list(properties.Conditions).filter(
    (condition) => text(at(condition, 'Field')) === 'host-header',
  );
  if (conditions.length === 0) return undefined;
  return conditions.flatMap((condition) =>
    list(at(condition, 'HostHeaderConfig', 'Values') ?? at(condition, 'Values')),
  );
}

function judgePrivate(
  names: readonly Value[] | undefined,
  listener: Resource | undefined,
  graph: EnvironmentGraph,
): Verdict {
  const own = privateNamesOf(listener, graph);
  if (own.length === 0) return skip('lets nobody in from the Internet, and has no private name');
  const expected = `expected ${own.join(', ')} only`;
  if (!names) return fail(`forwards under any name; ${expected}`);
  // A pattern that holds "?" alone may stand for the colon before a port.
  const wide = names
    .flatMap((name) => text(name) ?? [])
    .filter((name) => name.includes('*') || /^[?.]*$/.test(name));
  return wide.length > 0
    ? fail(`serves every name that is like ${wide.join(', ')}; ${expected}`)
    : pass(`serves ${names.length} names`);
}

/** Names that private zones of the templates give to the load balancer of a listener. */
function privateNamesOf(listener: Resource | undefined, graph: EnvironmentGraph): string[] {
  const balancer = graph.target(
    listener?.properties.LoadBalancerArn,
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  );
  if (!balancer) return [];
  return graph.ofType('AWS::Route53::RecordSet').flatMap(({ properties }) => {
    const zone = graph.target(properties.HostedZoneId, 'AWS::Route53::HostedZone');
    const leads = tokensIn(text(at(properties, 'AliasTarget', 'DNSName')) ?? '').some(
      ({ stack, logicalId }) => graph.get(stack, logicalId) === balancer,
    );
    const name = text(properties.Name);
    return leads && name !== undefined && list(zone?.properties.VPCs).length > 0
      ? [name.replace(/\.$/, '')]
      : [];
  });
}
