import { at, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** The path that was looked at is the path that arrives: what is put before it afterwards was refused by nobody. */
export const pathKept = defineRule({
  invariant: 'ADM1',
  finding: 'PathKept',
  en: 'Nothing changes a path between the refusal and the shop',
  ja: '拒否判定の後にパスが書き換えられない',
  appliesTo: ['AWS::CloudFront::Distribution', 'AWS::ElasticLoadBalancingV2::ListenerRule'],
  judge({ type, properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
      return list(properties.Transforms).length > 0
        ? fail('rewrites what it forwards (Transforms)')
        : pass('forwards what was asked for');
    const prefixed = list(at(properties, 'DistributionConfig', 'Origins')).filter(
      (origin) =>
        at(origin, 'S3OriginConfig') === undefined &&
        !['', undefined].includes(text(at(origin, 'OriginPath'))),
    );
    return prefixed.length > 0
      ? fail(
          `asks the origin below ${prefixed.map((each) => text(at(each, 'OriginPath'))).join(', ')} (OriginPath)`,
        )
      : pass('asks the origin for the same path');
  },
});
