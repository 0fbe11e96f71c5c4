import { dataClassOf } from '../../model/declarations.ts';
import { at, display, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** The shop's origin has no public address, and buckets answer CloudFront alone. */
export const privateOrigin = defineRule({
  invariant: 'NET2',
  finding: 'PrivateOrigin',
  en: 'Origins answer CloudFront only',
  ja: 'オリジンはCloudFrontだけに応答する',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge(distribution, { declared, graph }) {
    return list(at(distribution.properties, 'DistributionConfig', 'Origins')).map((origin): Verdict => {
      const name = display(at(origin, 'Id') ?? 'an origin');
      if (at(origin, 'VpcOriginConfig') !== undefined) return pass(`${name} is inside the VPC`);
      if (at(origin, 'S3OriginConfig') !== undefined) {
        const bucket = graph
          .ofType('AWS::S3::Bucket')
          .find(
            (each) =>
              graph.target(at(origin, 'DomainName'), each.type) === each ||
              (text(each.properties.BucketName) !== undefined &&
                text(at(origin, 'DomainName'))?.startsWith(`${text(each.properties.BucketName)}.s3`)),
          );
        const dataClass = bucket && dataClassOf(bucket);
        if (declared && dataClass !== undefined && dataClass !== 'public')
          return fail(`${name} hands out ${dataClass} to whoever asks`);
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
