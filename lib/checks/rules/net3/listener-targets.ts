import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** What a listener lets through reaches the shop's own tasks, and nothing else; nobody is sent to another site. */
export const listenerTargets = defineRule({
  invariant: 'NET3',
  finding: 'ListenerTargets',
  en: 'Listeners lead to tasks of these templates and redirect to the same host only',
  ja: 'リスナーの転送先はテンプレート内のタスクに限られる',
  appliesTo: [
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  ],
  judge({ type, properties }, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (type === 'AWS::ElasticLoadBalancingV2::TargetGroup') {
      const fixed = list(properties.Targets).map((target) => at(target, 'Id'));
      return fixed.length > 0
        ? fail(`holds ${fixed.map((each) => display(each ?? 'a target')).join(', ')} besides the tasks`)
        : pass('holds the tasks that register with it');
    }
    return list(properties.Actions ?? properties.DefaultActions).flatMap((action) =>
      judgeAction(action, graph),
    );
  },
});

function judgeAction(action: Value, graph: EnvironmentGraph): Verdict[] {
  const host = text(at(action, 'RedirectConfig', 'Host'));
  if (host !== undefined && host !== '#{host}') return [fail(`sends visitors to ${host}`)];
  const groups = [
    at(action, 'TargetGroupArn'),
    ...list(at(action, 'ForwardConfig', 'TargetGroups')).map((group) => at(group, 'TargetGroupArn')),
  ].flatMap((value) => value ?? []);
  if (groups.length === 0) return [pass('forwards nowhere')];
  return groups.map((value) => {
    const group = graph.target(value, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    return group
      ? pass(`leads to ${group.logicalId}`)
      : fail(`leads to ${display(value)}, which these templates do not make`);
  });
}
