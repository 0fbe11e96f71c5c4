import type { Resource } from '../../model/templates.ts';
import { at, isTrue, numeric, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Whoever opens a session on a host is recorded while it lasts, and it ends. */
export const sessionRecorded = defineRule({
  invariant: 'LOG1',
  finding: 'SessionRecorded',
  en: 'Sessions on hosts are recorded as they happen, encrypted, and end',
  ja: 'ホストのセッションは暗号化して記録され、期限がある',
  appliesTo: ['AWS::SSM::Document', 'AWS::EC2::Instance'],
  judge({ type, properties }, { graph, declared }): Verdict | readonly Verdict[] {
    if (type === 'AWS::EC2::Instance') {
      if (!declared) return skip('not part of a declared shop');
      return graph.ofType('AWS::SSM::Document').some(opensSessions)
        ? pass('is reached in sessions that a document describes')
        : fail('no document of these templates says how its sessions are recorded');
    }
    if (text(properties.DocumentType) !== 'Session') return skip('opens no session');
    if (!declared) return skip('not part of a declared shop');
    const inputs = at(properties, 'Content', 'inputs');
    const minutes = numeric(at(inputs, 'maxSessionDuration'));
    const idle = numeric(at(inputs, 'idleSessionTimeout'));
    const verdicts: Verdict[] = [
      graph.target(at(inputs, 'cloudWatchLogGroupName'), 'AWS::Logs::LogGroup')
        ? pass('is recorded')
        : fail('is recorded in no log group of these templates (cloudWatchLogGroupName)'),
    ];
    for (const name of ['cloudWatchEncryptionEnabled', 'cloudWatchStreamingEnabled'])
      if (!isTrue(at(inputs, name))) verdicts.push(fail(`${name} is not true`));
    if (minutes === undefined || minutes > 24 * 60)
      verdicts.push(fail(`maxSessionDuration is ${minutes ?? 'not set'}; expected a day or less`));
    if (idle === undefined || idle > 60)
      verdicts.push(fail(`idleSessionTimeout is ${idle ?? 'not set'}; expected 60 minutes or fewer`));
    return verdicts;
  },
});

function opensSessions({ properties }: Resource): boolean {
  return text(properties.DocumentType) === 'Session';
}
