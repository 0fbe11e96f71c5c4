import { scheduleDays } from '../../model/schedules.ts';
import { at, isTrue, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

const namespace = 'SecureShop/PaymentPage';
/** What the watch counts, and whether silence is a reason to ring. */
const counts: Readonly<Record<string, 'breaching' | 'notBreaching'>> = {
  LoudChanges: 'notBreaching',
  OtherChanges: 'notBreaching',
  PageRead: 'breaching',
};
/** PCI DSS 11.6.1 asks for once in seven days. */
const mostDays = 7;

/** A canary that compares the payment page runs, often enough, and a person hears of what it counts. */
export const pageWatched = defineRule({
  invariant: 'ALM1',
  finding: 'PageWatched',
  en: 'A change of the payment page is seen within a week and reaches a person',
  ja: '決済ページの変更を一週間以内に検知し、人に知らせる',
  appliesTo: ['AWS::Synthetics::Canary'],
  judge(canary, { graph }) {
    const name = at(canary.properties.RunConfig, 'EnvironmentVariables', 'WATCH_NAME');
    const verdicts: Verdict[] = [];
    if (!isTrue(canary.properties.StartCanaryAfterCreation)) verdicts.push(fail('it is not started'));
    const every = text(at(canary.properties.Schedule, 'Expression')) ?? '';
    if (!(scheduleDays(every) <= mostDays)) verdicts.push(fail(`it runs at "${every}"`));
    const until = text(at(canary.properties.Schedule, 'DurationInSeconds')) ?? '0';
    if (until !== '0') verdicts.push(fail(`it ends after ${until} s`));
    for (const [metric, missing] of Object.entries(counts)) {
      const heard = graph
        .ofType('AWS::CloudWatch::Alarm')
        .some(
          ({ properties }) =>
            properties.Namespace === namespace &&
            properties.MetricName === metric &&
            properties.TreatMissingData === missing &&
            list(properties.AlarmActions).length > 0 &&
            list(properties.Dimensions).some((each) => at(each, 'Value') === name),
        );
      if (!heard) verdicts.push(fail(`no alarm rings on ${metric}`));
    }
    return verdicts.length > 0 ? verdicts : pass(`runs at "${every}", and a person hears of it`);
  },
});
