import { asWritten } from '../../model/values.ts';
import { defineRule, expectProperty } from '../rule.ts';

/** TLS 1.2_2021 or a newer policy. */
export const viewerTls = defineRule({
  invariant: 'NET2',
  finding: 'ViewerTls',
  en: 'CloudFront speaks TLS 1.2_2021 or newer',
  ja: 'CloudFrontのTLSポリシーはTLSv1.2_2021以降である',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge(distribution) {
    return expectProperty(
      distribution,
      ['DistributionConfig', 'ViewerCertificate', 'MinimumProtocolVersion'],
      (value) => /^TLSv1\.(2_20(2[1-9]|[3-9]\d)|[3-9](_\d{4})?)$/.test(asWritten(value)),
      'TLSv1.2_2021 or newer',
    );
  },
});
