import { asWritten, at, display, isFalse, text } from '../../model/values.ts';
import { defineRule, fail, pass, unsure } from '../rule.ts';

/** Each distribution has a web ACL made for CloudFront. */
export const webAclAttached = defineRule({
  invariant: 'NET2',
  finding: 'WebAclAttached',
  en: 'Each distribution has a web ACL',
  ja: '各ディストリビューションにWeb ACLが付いている',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge(distribution, { graph, declared }) {
    const config = distribution.properties.DistributionConfig;
    const value = at(config, 'WebACLId');
    if (isFalse(at(config, 'Enabled'))) return pass('the distribution is switched off');
    if (value === undefined || value === '') {
      // A distribution of static files only has no application to defend.
      const origins = at(config, 'Origins');
      const dynamic =
        !Array.isArray(origins) || origins.some((origin) => at(origin, 'S3OriginConfig') === undefined);
      return declared || dynamic
        ? fail('WebACLId is not set')
        : pass('serves static files from a bucket only');
    }
    const acl = graph.target(value, 'AWS::WAFv2::WebACL');
    if (acl) {
      return text(acl.properties.Scope) === 'CLOUDFRONT'
        ? pass(`is guarded by ${acl.logicalId}`)
        : fail(`${acl.logicalId} is not of CLOUDFRONT scope`);
    }
    if (declared) return fail(`is guarded by ${display(value)}, which these templates do not show`);
    return /:global\/webacl\//.test(asWritten(value))
      ? pass('is guarded by a web ACL outside these templates')
      : unsure('WebACLId is known only after deployment');
  },
});
