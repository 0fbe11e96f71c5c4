import { at, list, numeric, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A rule above a refusal opens what it names by path, and nothing else: a header or an address is no path. */
export const ruleOrder = defineRule({
  invariant: 'ADM1',
  finding: 'RuleOrder',
  en: 'What is forwarded before admin paths are refused is named by its path',
  ja: '管理パスの拒否より前に転送する規則はパスで特定する',
  appliesTo: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  judge(rule, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const priority = numeric(rule.properties.Priority) ?? 0;
    const forwards = list(rule.properties.Actions).some((action) => text(at(action, 'Type')) === 'forward');
    if (!forwards) return pass('forwards nothing');
    const listener = graph.target(rule.properties.ListenerArn, 'AWS::ElasticLoadBalancingV2::Listener');
    const refusals = listener
      ? graph
          .referring(listener, rule.type, 'ListenerArn')
          .filter(
            (each) =>
              (numeric(each.properties.Priority) ?? 0) > priority &&
              list(each.properties.Actions).some((action) => text(at(action, 'Type')) === 'fixed-response'),
          )
      : [];
    if (refusals.length === 0) return pass('stands below every refusal');
    const byPath = list(rule.properties.Conditions).some(
      (condition) => text(at(condition, 'Field')) === 'path-pattern',
    );
    const narrowed = list(rule.properties.Conditions).some((condition) =>
      ['source-ip', 'http-header'].includes(text(at(condition, 'Field')) ?? ''),
    );
    if (byPath && narrowed) return fail('opens a path to those who have an address or know a header');
    return byPath
      ? pass('names the paths it opens')
      : fail(`forwards any path before ${refusals.length} refusals are asked`);
  },
});
