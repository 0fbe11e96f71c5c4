import { at, list, numeric } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** What was refused is shown as refused: a page in its place hides that somebody tried, and may be cached as one. */
export const refusalShown = defineRule({
  invariant: 'ADM1',
  finding: 'RefusalShown',
  en: 'CloudFront passes a 403 on as it is',
  ja: 'CloudFrontは403をそのまま返す',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const replaced = list(at(properties, 'DistributionConfig', 'CustomErrorResponses')).some(
      (each) =>
        numeric(at(each, 'ErrorCode')) === 403 &&
        ![undefined, 403].includes(numeric(at(each, 'ResponseCode'))),
    );
    return replaced ? fail('answers something else in place of 403') : pass('passes 403 on');
  },
});
