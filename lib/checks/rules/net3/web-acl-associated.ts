import { asWritten, hasUnknown, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure } from '../rule.ts';

/** A second web ACL stands at the load balancer, for whoever comes around the edge. */
export const webAclAssociated = defineRule({
  invariant: 'NET3',
  finding: 'WebAclAssociated',
  en: 'Each load balancer has a web ACL of its own',
  ja: '各ロードバランサーにWeb ACLが関連付けられている',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge(balancer, { graph, declared }) {
    if ((text(balancer.properties.Type) ?? 'application') !== 'application')
      return skip('is not an application load balancer');
    const [association] = graph.referring(balancer, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn');
    if (association) {
      const acl = graph.target(association.properties.WebACLArn, 'AWS::WAFv2::WebACL');
      if (!acl && !declared && hasUnknown(association.properties.WebACLArn))
        return unsure('which web ACL its WebACLAssociation names is known only after deployment');
      if (!acl && !/:regional\/webacl\//.test(asWritten(association.properties.WebACLArn))) {
        return fail('its WebACLAssociation names no web ACL of these templates');
      }
      return !acl || text(acl.properties.Scope) === 'REGIONAL'
        ? pass('has a web ACL')
        : fail(`${acl.logicalId} is not of REGIONAL scope`);
    }
    if (!declared && text(balancer.properties.Scheme) === 'internal') return skip('is internal');
    return fail('no WebACLAssociation names it');
  },
});
