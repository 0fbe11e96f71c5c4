import { at, isTrue } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';

/** Changes to resources are recorded, not only calls. */
export const configRecorder = defineRule({
  invariant: 'LOG1',
  finding: 'ConfigRecorder',
  en: 'AWS Config records changes and delivers them',
  ja: 'AWS Configが変更を記録し配信する',
  appliesTo: ['AWS::Config::ConfigurationRecorder'],
  judge({ properties }, { graph, declared }) {
    const delivered = graph.ofType('AWS::Config::DeliveryChannel').length > 0;
    const all =
      isTrue(at(properties, 'RecordingGroup', 'AllSupported')) ||
      at(properties, 'RecordingGroup', 'RecordingStrategy') !== undefined;
    return [
      delivered ? pass('is delivered') : fail('no DeliveryChannel delivers what it records'),
      all || !declared || properties.RecordingGroup === undefined
        ? pass('records what is supported')
        : fail('RecordingGroup.AllSupported is not true'),
    ];
  },
});
