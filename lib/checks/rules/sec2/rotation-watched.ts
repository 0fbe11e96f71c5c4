import { at, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A rotation that fails, or stops half-way, is heard: otherwise the old credential stays and nobody knows. */
export const rotationWatched = defineRule({
  invariant: 'SEC2',
  finding: 'RotationWatched',
  en: 'A failed rotation raises an alarm',
  ja: '失敗したローテーションが通知される',
  appliesTo: ['AWS::SecretsManager::RotationSchedule'],
  judge({ properties }, { graph, declared }) {
    const rotation = graph.target(properties.RotationLambdaARN, 'AWS::Lambda::Function');
    if (!declared) return skip('not part of a declared shop');
    const events = graph.ofType('AWS::Events::Rule').filter((rule) => {
      const names = list(at(rule.properties, 'EventPattern', 'detail', 'eventName'));
      return (
        names.includes('RotationFailed') &&
        rule.properties.State !== 'DISABLED' &&
        list(rule.properties.Targets).length > 0
      );
    });
    if (events.length > 0) return pass(`${events[0]?.logicalId} hears RotationFailed`);
    const alarms = graph
      .ofType('AWS::CloudWatch::Alarm')
      .filter(
        (alarm) =>
          text(alarm.properties.MetricName) === 'Errors' &&
          list(alarm.properties.Dimensions).some(
            (dimension) => graph.target(at(dimension, 'Value'), 'AWS::Lambda::Function') === rotation,
          ),
      );
    return rotation && alarms.length > 0
      ? pass(`${alarms[0]?.logicalId} watches the function`)
      : fail('nothing reports that a rotation failed');
  },
});
