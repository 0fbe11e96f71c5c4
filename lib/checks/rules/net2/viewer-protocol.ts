import { asWritten, at, list, type Value } from '../../model/values.ts';
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

/** The default behaviour and each further one, by the path it is for. */
export function behaviors(config: Value | undefined): [string, Value | undefined][] {
  return [
    ['DefaultCacheBehavior', at(config, 'DefaultCacheBehavior')],
    ...list(at(config, 'CacheBehaviors')).map((behavior): [string, Value] => [
      `CacheBehavior ${asWritten(at(behavior, 'PathPattern'))}`,
      behavior,
    ]),
  ];
}
