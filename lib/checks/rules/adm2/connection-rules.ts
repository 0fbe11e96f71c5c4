import { declarationKeys } from '../../../declarations/keys.ts';
import { at, list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** The function that decides who connects was told the people and the hours of the config. */
export const connectionRules = defineRule({
  invariant: 'ADM2',
  finding: 'ConnectionRules',
  en: 'The VPN connection handler knows the declared people and hours only',
  ja: 'VPNの接続ハンドラーは宣言した利用者と時間帯だけを許可する',
  appliesTo: ['AWS::Lambda::Function'],
  judge({ metadata, properties }) {
    const declared = metadata[declarationKeys.connectionRules];
    if (declared === undefined) return skip('declares no people who may connect');
    const told = parse(text(at(properties, 'Environment', 'Variables', 'RULES')));
    const people = list(at(declared, 'people'));
    const strangers = list(at(told, 'people'))
      .map((person) => at(person, 'name'))
      .filter((name) => name === undefined || !people.includes(name));
    const hours = [at(declared, 'hours'), at(told, 'hours')].map((each) => JSON.stringify(each ?? null));
    return [
      told === undefined ? fail('RULES holds no rules that can be read') : pass('has rules'),
      strangers.length > 0
        ? fail(
            `lets ${strangers.map((each) => text(each) ?? 'somebody').join(', ')} in, whom nobody declared`,
          )
        : pass('knows the declared people only'),
      hours[0] === hours[1]
        ? pass('knows the declared hours')
        : fail(`lets people in at other hours than declared: ${hours[1]}; expected ${hours[0]}`),
    ];
  },
});

function parse(rules: string | undefined): Value | undefined {
  try {
    return rules === undefined ? undefined : (JSON.parse(rules) as Value);
  } catch {
    return undefined;
  }
}
