import { at, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** What no rule of a listener knows is refused: unknown hosts reach no task. */
export const listenerDefault = defineRule({
  invariant: 'NET3',
  finding: 'ListenerDefault',
  en: 'Listeners refuse what no rule of theirs names',
  ja: 'リスナーは規則にない要求を拒否する',
  appliesTo: ['AWS::ElasticLoadBalancingV2::Listener'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const kinds = list(properties.DefaultActions).map((action) => text(at(action, 'Type')));
    return kinds.includes('forward')
      ? fail('forwards by default: requests under any name reach the shop')
      : pass('refuses by default');
  },
});
