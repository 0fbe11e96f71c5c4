import { asWritten, at } from '../../model/values.ts';
import { behaviors } from '../behaviors.ts';
import { defineRule, expectValue } from '../rule.ts';

const safe = ['https-only', 'redirect-to-https'];

/** Every behaviour of a distribution turns plain HTTP away. */
export const viewerProtocol = defineRule({
  invariant: 'NET2',
  finding: 'ViewerProtocol',
  en: 'CloudFront serves pages over HTTPS only',
  ja: 'CloudFrontはHTTPSのみで応答する',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge({ properties }) {
    return behaviors(properties.DistributionConfig).map(([name, behavior]) =>
      expectValue(
        at(behavior, 'ViewerProtocolPolicy'),
        `${name}.ViewerProtocolPolicy`,
        (value) => safe.includes(asWritten(value)),
        safe.join(' or '),
      ),
    );
  },
});
