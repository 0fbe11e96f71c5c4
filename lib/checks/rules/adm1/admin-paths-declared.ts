import { declarationKeys } from '../../../declarations/keys.ts';
import { publicListeners } from '../../model/requests/from-internet.ts';
import { list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** An environment that is a shop says which paths are administrative, at the edge and at the load balancer. */
export const adminPathsDeclared = defineRule({
  invariant: 'ADM1',
  finding: 'AdminPathsDeclared',
  en: 'The edge web ACL and the public listener say which paths are administrative',
  ja: 'エッジのWeb ACLと公開リスナーが管理パスを宣言している',
  appliesTo: ['AWS::WAFv2::WebACL', 'AWS::ElasticLoadBalancingV2::Listener'],
  judge(resource, { graph, reachability, declared }): Verdict {
    if (!declared) return skip('not part of a declared shop');
    const isEdge = resource.type === 'AWS::WAFv2::WebACL' && text(resource.properties.Scope) === 'CLOUDFRONT';
    const isPublic = publicListeners(graph, reachability).some(({ listener }) => listener === resource);
    if (!isEdge && !isPublic) return skip('does not face the Internet');
    const paths = list(resource.metadata[declarationKeys.adminPaths]);
    return paths.length > 0 ? pass(`${paths.length} declared`) : fail('declares no admin path');
  },
});
