import { at, list } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A rotation that fails, or stops half-way, is heard: otherwise the old credential stays and nobody knows. */
export const rotationWatched = defineRule({
  invariant: 'SEC2',
  finding: 'RotationWatched',
  en: 'A failed rotation raises an alarm',
  ja: '失敗したローテーションが通知される',
  appliesTo: ['AWS::SecretsManager::RotationSchedule'],
  judge({ properties }, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const secret = graph.target(properties.SecretId, 'AWS::SecretsManager::Secret');
    const events = graph.ofType('AWS::Events::Rule').filter((rule) => {
      const detail = at(rule.properties, 'EventPattern', 'detail');
      // A pattern may name the secrets it is about; one that does not is about all.
      const named = list(at(detail, 'additionalEventData', 'SecretId'));
      return (
        list(at(detail, 'eventName')).includes('RotationFailed') &&
        rule.properties.State !== 'DISABLED' &&
        list(rule.properties.Targets).length > 0 &&
        (named.length === 0 ||
          named.some((each) => graph.target(each, 'AWS::SecretsManager::Secret') === secret))
      );
    });
    if (events.length > 0) return pass(`${events[0]?.logicalId} hears RotationFailed`);
    return fail('nothing reports that its rotation failed');
  },
});
