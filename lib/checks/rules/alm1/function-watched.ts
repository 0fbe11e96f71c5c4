import { alarmOf } from '../../model/alarms.ts';
import { at, list, numeric, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A function of the shop that fails says so to somebody. */
export const functionWatched = defineRule({
  invariant: 'ALM1',
  finding: 'FunctionWatched',
  en: 'Errors of every function raise an alarm',
  ja: '各関数のエラーがアラームになる',
  appliesTo: ['AWS::Lambda::Function'],
  judge(subject, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (subject.properties.VpcConfig === undefined)
      return skip('runs during deployments, which show its failure');
    const watched = graph
      .ofType('AWS::CloudWatch::Alarm')
      .map((alarm) => alarmOf(alarm.properties))
      .some(
        (properties) =>
          text(properties.Namespace) === 'AWS/Lambda' &&
          text(properties.MetricName) === 'Errors' &&
          (numeric(properties.Threshold) ?? 0) <= 100 &&
          list(properties.Dimensions).some(
            (each) => graph.target(at(each, 'Value'), subject.type) === subject,
          ),
      );
    return watched ? pass('its errors raise an alarm') : fail('no alarm watches its errors');
  },
});
