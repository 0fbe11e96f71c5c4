import { declarationKeys } from '../../../declarations/keys.ts';
import { declaredNames } from '../../model/declarations.ts';
import type { Resource } from '../../model/templates.ts';
import { at, isMap, list, map, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A shop that sells to some countries only has no reason to answer the others, where most attacks come from. */
export const countries = defineRule({
  invariant: 'NET2',
  finding: 'Countries',
  en: 'Visitors from other countries than the declared ones are refused',
  ja: '宣言した国以外からのアクセスを拒否する',
  appliesTo: ['AWS::WAFv2::WebACL', 'AWS::CloudFront::Distribution'],
  judge(resource) {
    const declared = declaredNames(resource, declarationKeys.countries);
    if (!declared) return skip('declares no countries');
    const admitted =
      resource.type === 'AWS::WAFv2::WebACL' ? admittedByRules(resource) : admittedByDistribution(resource);
    if (!admitted) return fail(`refuses no country; expected all but ${declared.join(', ')}`);
    const others = admitted.filter((each) => !declared.includes(each));
    return others.length > 0
      ? fail(`admits ${others.join(', ')} besides the declared ${declared.join(', ')}`)
      : pass(`admits ${admitted.join(', ')} only`);
  },
});

/** The countries that a blocking rule exempts, when one blocks all others. */
function admittedByRules({ properties }: Resource): readonly string[] | undefined {
  for (const rule of list(properties.Rules)) {
    if (map(at(rule, 'Action')).Block === undefined) continue;
    const statement = at(rule, 'Statement');
    const parts = list(at(statement, 'AndStatement', 'Statements') ?? statement);
    // Exceptions for some paths stand beside it, each as a negation; any other part would leave requests out.
    if (!parts.every((part) => isMap(part) && part.NotStatement !== undefined)) continue;
    const geographic = parts.map((part) => at(part, 'NotStatement', 'Statement', 'GeoMatchStatement'));
    const found = geographic.find((each) => each !== undefined);
    if (found !== undefined) return texts(at(found, 'CountryCodes'));
  }
  return undefined;
}

function admittedByDistribution({ properties }: Resource): readonly string[] | undefined {
  const restriction = at(properties, 'DistributionConfig', 'Restrictions', 'GeoRestriction');
  return text(at(restriction, 'RestrictionType')) === 'whitelist'
    ? texts(at(restriction, 'Locations'))
    : undefined;
}

function texts(value: Value | undefined): string[] {
  return list(value).flatMap((each) => text(each) ?? []);
}
