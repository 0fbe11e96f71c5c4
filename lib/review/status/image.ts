import { patchStatus, unreadFindings } from '../../environment/patching/status.ts';
import { type Answer, problem, ready } from '../account/check.ts';
import { patchContextOf } from './patches.ts';
import { days, minute, type Question } from './question.ts';

/** Which image runs, how old it is, what its last scan found, and when it is rebuilt. */
export const image: Question = {
  id: 'image',
  title: 'Image',
  source: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
  async ask(operated) {
    const { now, pause } = operated;
    const status = await patchStatus(patchContextOf(operated, { now: () => now, pause, say: () => {} }));
    const { running, ageDays, findings, scanned, lastRun, nextRun } = status;
    const counts = Object.entries(findings ?? {}).map(
      ([severity, count]) => `${count} ${severity.toLowerCase()}`,
    );
    const facts: Answer[] = running
      ? [
          ready(
            'image',
            [
              running.slice(0, 'sha256:'.length + 12),
              ageDays !== undefined && `${days(ageDays)} old`,
              findings && `findings: ${counts.join(', ') || 'none'}`,
              scanned && `scanned ${minute(scanned)}`,
            ]
              .filter(Boolean)
              .join(', '),
          ),
        ]
      : [];
    const runs = `${lastRun ? `${lastRun.status}${lastRun.started ? `, ${minute(lastRun.started)}` : ''}` : 'none yet'}; next ${minute(nextRun)}`;
    return [
      ...facts,
      ready('rebuild', `last run ${runs}`),
      ...status.attention.map(
        (line): Answer => ({
          ...problem('image', line, ['docs/runbooks/patching.md']),
          ...(line.startsWith(unreadFindings) && { standing: 'hidden' }),
        }),
      ),
    ];
  },
};
