import { isFalse, isTrue, numeric, text } from '../../model/values.ts';
import { defineRule, expectProperty, fail, pass, skip, type Verdict } from '../rule.ts';

/** Keys are renewed every year and cannot be thrown away at once. */
export const keyRotation = defineRule({
  invariant: 'DAT1',
  finding: 'KeyRotation',
  en: 'Customer-managed keys rotate yearly and are not deleted at once',
  ja: 'カスタマー管理キーは毎年ローテーションし、即時に削除されない',
  appliesTo: ['AWS::KMS::Key'],
  judge(key, { declared, disposable }) {
    const spec = text(key.properties.KeySpec) ?? 'SYMMETRIC_DEFAULT';
    const verdicts: Verdict[] = [
      spec === 'SYMMETRIC_DEFAULT'
        ? expectProperty(key, ['EnableKeyRotation'], isTrue, 'true')
        : skip('asymmetric keys do not rotate'),
    ];
    const window = numeric(key.properties.PendingWindowInDays);
    if (!disposable && window !== undefined && window < (declared ? 30 : 7))
      verdicts.push(fail(`PendingWindowInDays is ${window}`));
    const period = numeric(key.properties.RotationPeriodInDays);
    if (period !== undefined && period > 366)
      verdicts.push(fail(`RotationPeriodInDays is ${period}; expected a year or less`));
    if (isFalse(key.properties.Enabled)) verdicts.push(fail('is disabled: what it encrypts cannot be read'));
    return verdicts.length > 0 ? verdicts : pass('rotates');
  },
});
