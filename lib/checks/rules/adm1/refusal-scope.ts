import { at, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { pathHeaders } from './spellings.ts';

/** A refusal looks at the path alone: whoever also asks for a method, a host or an address lets the others through. */
export const refusalScope = defineRule({
  invariant: 'ADM1',
  finding: 'RefusalScope',
  en: 'What refuses a path refuses it to everyone',
  ja: 'パスの拒否規則は誰に対しても適用される',
  appliesTo: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const refuses = list(properties.Actions).some(
      (action) =>
        text(at(action, 'Type')) === 'fixed-response' &&
        numeric(at(action, 'FixedResponseConfig', 'StatusCode')) === 403,
    );
    if (!refuses) return skip('refuses nothing');
    const conditions = list(properties.Conditions);
    // One condition alone is what the rule is about, whatever it looks at.
    const narrowing = conditions.length > 1 ? conditions.filter((condition) => !isPath(condition)) : [];
    return narrowing.length > 0
      ? fail(
          `refuses only where ${narrowing.map((each) => text(at(each, 'Field')) ?? '?').join(' and ')} match`,
        )
      : pass('looks at the path alone');
  },
});

function isPath(condition: Value): boolean {
  const header = text(at(condition, 'HttpHeaderConfig', 'HttpHeaderName'))?.toLowerCase() ?? '';
  return (
    text(at(condition, 'Field')) === 'path-pattern' ||
    (pathHeaders.includes(header) && list(at(condition, 'HttpHeaderConfig', 'Values')).includes('*'))
  );
}
