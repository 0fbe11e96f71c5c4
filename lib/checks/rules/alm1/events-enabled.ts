import { at, list } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';

/** A rule or schedule that is switched off, or leads nowhere, is a control that does not run. */
export const eventsEnabled = defineRule({
  invariant: 'ALM1',
  finding: 'EventsEnabled',
  en: 'Every event rule and schedule is enabled and has a target',
  ja: '全てのイベントルールとスケジュールが有効で宛先を持つ',
  appliesTo: ['AWS::Events::Rule', 'AWS::Scheduler::Schedule'],
  judge({ properties, type }, { declared }) {
    if (properties.State === 'DISABLED')
      return declared ? fail('State is DISABLED') : pass('is switched off on purpose');
    const targets = type === 'AWS::Events::Rule' ? list(properties.Targets) : list(at(properties, 'Target'));
    return targets.length > 0 ? pass('is enabled') : fail('has no target');
  },
});
