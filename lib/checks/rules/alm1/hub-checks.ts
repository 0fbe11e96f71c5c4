import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

const recorderType = 'AWS::Config::ConfigurationRecorder';
/** Of the standards the one control that looks at the recorder: another rule does. */
const mayBeOff = /\/Config\.1$/;

/** A hub by itself collects findings; what makes them are standards, and what these look at is recorded. */
export const hubChecks = defineRule({
  invariant: 'ALM1',
  finding: 'HubChecks',
  en: 'Security Hub checks against a standard whose controls are on, and sees what is recorded',
  ja: 'Security Hubが有効な統制の基準で検査し、記録を参照できる',
  appliesTo: ['AWS::SecurityHub::Hub'],
  judge(hub, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const standards = graph.ofType('AWS::SecurityHub::Standard');
    return [
      standards.length > 0 || hub.properties.EnableDefaultStandards === true
        ? pass('checks against a standard')
        : fail('checks against no standard'),
      ...standards.flatMap(switchedOff).map((control) => fail(`${control} is switched off`)),
      isRecorded(graph) ? pass('sees what is recorded') : fail('nothing records what its controls look at'),
    ];
  },
});

function switchedOff({ properties }: Resource): string[] {
  return list(properties.DisabledStandardsControls)
    .map((each) => text(at(each, 'StandardsControlArn')) ?? 'a control without a name')
    .filter((control) => !mayBeOff.test(control));
}

/** Here, or by what the account has already. */
function isRecorded(graph: EnvironmentGraph): boolean {
  const existing = graph.declaration?.existing;
  return (
    graph.ofType(recorderType).length > 0 ||
    (Array.isArray(existing) && existing.some((each) => text(each) === recorderType))
  );
}
