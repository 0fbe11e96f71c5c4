import { at, list, text } from '../../model/values.ts';
import { hostsOf, publicListeners } from '../adm1/admin-paths-refused.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** The public listener serves the shop's public names; under the admin host nothing is refused. */
export const listenerHosts = defineRule({
  invariant: 'NET3',
  finding: 'ListenerHosts',
  en: 'The public listener serves the names of the distribution only',
  ja: '公開リスナーはディストリビューションのホスト名だけに応答する',
  appliesTo: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  judge(rule, context) {
    const { graph, declared } = context;
    if (!declared) return skip('not part of a declared shop');
    const listener = graph.target(rule.properties.ListenerArn, 'AWS::ElasticLoadBalancingV2::Listener');
    const forwards = list(rule.properties.Actions).some((action) => text(at(action, 'Type')) === 'forward');
    if (!forwards || !publicListeners(context).some((each) => each.listener === listener))
      return skip('lets nobody in from the Internet');
    const conditions = list(rule.properties.Conditions).filter(
      (condition) => text(at(condition, 'Field')) === 'host-header',
    );
    if (conditions.length === 0) return fail('forwards under any name');
    const names = conditions.flatMap((condition) =>
      list(at(condition, 'HostHeaderConfig', 'Values') ?? at(condition, 'Values')),
    );
    const served = hostsOf(graph);
    const others = names.flatMap((name) => text(name) ?? []).filter((name) => !served.includes(name));
    return others.length > 0
      ? fail(`serves ${others.join(', ')}, which is no name of the distribution`)
      : pass(`serves ${names.length} names`);
  },
});
