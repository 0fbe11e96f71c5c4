import { asWritten, text } from '../../model/values.ts';
import { attribute } from '../load-balancer-attributes.ts';
import { defineRule, expectValue, skip } from '../rule.ts';

/** Malformed headers and ambiguous requests do not reach the shop: they are how requests are smuggled past a web ACL. */
export const loadBalancerHeaders = defineRule({
  invariant: 'NET3',
  finding: 'LoadBalancerHeaders',
  en: 'Load balancers drop malformed headers and ambiguous requests',
  ja: 'ロードバランサーは不正なヘッダーと曖昧なリクエストを破棄する',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge(balancer, { declared }) {
    if ((text(balancer.properties.Type) ?? 'application') !== 'application')
      return skip('is not an application load balancer');
    const attributes = balancer.properties.LoadBalancerAttributes;
    return [
      expectValue(
        attribute(attributes, 'routing.http.drop_invalid_header_fields.enabled'),
        'drop_invalid_header_fields',
        (value) => asWritten(value) === 'true',
        'true',
      ),
      expectValue(
        attribute(attributes, 'routing.http.desync_mitigation_mode'),
        'desync_mitigation_mode',
        (value) => value === undefined || value === 'defensive' || value === 'strictest',
        'defensive or strictest',
      ),
      expectValue(
        attribute(attributes, 'routing.http.xff_header_processing.mode'),
        'xff_header_processing.mode',
        (value) => value === undefined || value === 'append' || !declared,
        'append, so that no visitor chooses the address that the shop sees',
      ),
      expectValue(
        attribute(attributes, 'waf.fail_open.enabled'),
        'waf.fail_open.enabled',
        (value) => value === undefined || asWritten(value) === 'false',
        'false, so that nothing passes when the web ACL cannot be asked',
      ),
    ];
  },
});
