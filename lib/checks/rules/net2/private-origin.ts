import { at, display, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** The shop's origin has no public address, and buckets answer CloudFront alone. */
export const privateOrigin = defineRule({
  invariant: 'NET2',
  finding: 'PrivateOrigin',
  en: 'Origins answer CloudFront only',
  ja: 'オリジンはCloudFrontだけに応答する',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge(distribution, { declared }) {
    return list(at(distribution.properties, 'DistributionConfig', 'Origins')).map((origin): Verdict => {
      const name = display(at(origin, 'Id') ?? 'an origin');
      if (at(origin, 'VpcOriginConfig') !== undefined) return pass(`${name} is inside the VPC`);
      if (at(origin, 'S3OriginConfig') !== undefined) {
        const identity = text(at(origin, 'S3OriginConfig', 'OriginAccessIdentity'));
        return at(origin, 'OriginAccessControlId') !== undefined ||
          (identity !== undefined && identity !== '')
          ? pass(`${name} is read with CloudFront's signature`)
          : fail(`${name} is a bucket read without origin access control`);
      }
      return declared ? fail(`${name} is an origin on the Internet`) : pass(`${name} is another site`);
    });
  },
});
