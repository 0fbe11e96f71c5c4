import type { ValueMap } from '../../model/values.ts';
import { asWritten, at, display, list, map } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** CloudFront speaks TLS 1.2 to its origins, also inside AWS. */
export const originTls = defineRule({
  invariant: 'NET2',
  finding: 'OriginTls',
  en: 'CloudFront reaches its origins over TLS 1.2',
  ja: 'CloudFrontからオリジンへの通信はTLS 1.2である',
  appliesTo: ['AWS::CloudFront::Distribution', 'AWS::CloudFront::VpcOrigin'],
  judge(resource) {
    if (resource.type === 'AWS::CloudFront::VpcOrigin') {
      return judgeOrigin('the VPC origin', map(resource.properties.VpcOriginEndpointConfig));
    }
    const origins = list(at(resource.properties, 'DistributionConfig', 'Origins'));
    const custom = origins.filter((origin) => at(origin, 'CustomOriginConfig') !== undefined);
    if (custom.length === 0) return pass('has no custom origin');
    return custom.map((origin) =>
      judgeOrigin(display(at(origin, 'Id')), map(at(origin, 'CustomOriginConfig'))),
    );
  },
});

function judgeOrigin(name: string, config: ValueMap): Verdict {
  if (config.OriginProtocolPolicy !== 'https-only') {
    return fail(
      `${name}: OriginProtocolPolicy is ${display(config.OriginProtocolPolicy ?? 'not set')}; expected https-only`,
    );
  }
  const protocols = list(config.OriginSSLProtocols ?? config.OriginSslProtocols);
  return protocols.length > 0 && protocols.every((protocol) => /^TLSv1\.[2-9]$/.test(asWritten(protocol)))
    ? pass(`${name} is reached over TLS 1.2`)
    : fail(`${name}: OriginSSLProtocols is ${display(protocols)}; expected TLSv1.2`);
}
