import { isSwitchedOn } from '../../model/protections.ts';
import { asWritten } from '../../model/values.ts';
import { attribute } from '../load-balancer-attributes.ts';
import { defineRule, expectValue, pass, skip } from '../rule.ts';

/** A load balancer cannot be deleted by one call. */
export const loadBalancerProtected = defineRule({
  invariant: 'NET3',
  finding: 'LoadBalancerProtected',
  en: 'Load balancers are protected from deletion',
  ja: 'ロードバランサーが削除から保護されている',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge(balancer, { disposable, graph }) {
    if (disposable) return skip('the environment is disposable');
    const written = attribute(balancer.properties.LoadBalancerAttributes, 'deletion_protection.enabled');
    if (written === undefined && isSwitchedOn(balancer, graph)) return pass('a schedule switches it on');
    return expectValue(
      written,
      'deletion_protection.enabled',
      (value) => asWritten(value) === 'true',
      'true',
    );
  },
});
