import { isOpen, type Row } from '../../../checks/recorder/row.ts';
import { type Change, factLines } from '../baseline.ts';
import { byCause, wrong } from '../causes.ts';
import { shownLocation, shownResource } from '../locations.ts';
import { placeOf } from '../places.ts';
import type { Review } from '../review.ts';
import { reservations } from '../standings.ts';
import { md } from './markdown.ts';
import { nextDeployMarkdown } from './next-deploy.ts';
import { statusMarkdown } from './status.ts';

/** GitHub takes comments of at most 65,536 characters; what does not fit is in the page. */
const mostCharacters = 60_000;
const mostFindings = 50;

/** `summary.md`: what a pull request needs to know. */
export function summaryMarkdown(review: Review): string {
  const text = summary(review);
  if (text.length <= mostCharacters) return text;
  // Between two lines, so that no table or escape is cut in half.
  const end = text.lastIndexOf('\n', mostCharacters);
  return `${text.slice(0, end)}\n\nThe rest is in the report.\n`;
}

function summary(review: Review): string {
  const { title, packs, rows, notices, change, nextDeploy, failing } = review;
  const open = rows.filter(isOpen);
  const shown = change ? change.added : open;
  const causes = byCause(shown);
  return [
    `## Security review: ${md(title)}`,
    '',
    verdict(review, open.length, failing.length),
    '',
    ...reserved(review),
    ...notices.map(({ text }) => `> [!WARNING]\n> ${md(text.en)}\n`),
    '| Pack | Rules | Compliant | Acknowledged | Open |',
    '|---|---:|---:|---:|---:|',
    ...packs.map(
      ({ pack, rules, outcomes, open: count }) =>
        `| ${md(pack)} | ${rules} | ${outcomes.compliant} | ${outcomes.acknowledged} | ${count > 0 ? `**${count}**` : 0} |`,
    ),
    '',
    ...(nextDeploy ? nextDeployMarkdown(nextDeploy) : []),
    ...review.statuses.flatMap(statusMarkdown),
    ...(shown.length > 0
      ? [
          change ? '### New findings' : '### Open findings',
          '',
          '| Rule | Resource | What is wrong |',
          '|---|---|---|',
          ...causes.slice(0, mostFindings).map(findingLine),
          ...(causes.length > mostFindings
            ? ['', `and ${causes.length - mostFindings} more in the report.`]
            : []),
          '',
        ]
      : []),
    ...(change && change.accepted.length > 0
      ? [
          '### Newly accepted',
          '',
          '| Rule | Resource | Reason |',
          '|---|---|---|',
          ...change.accepted.slice(0, mostFindings).map(acceptedLine),
          '',
        ]
      : []),
    ...(change ? ['### Changes besides the findings', '', '```', ...changedFacts(change), '```', ''] : []),
    ...(change && change.resolved.length > 0
      ? [
          `Resolved since the baseline: ${change.resolved.length}. Remaining from it: ${change.remaining}.`,
          '',
        ]
      : []),
    ...(change && change.unasked > 0
      ? [`Of packs that did not run, and so not known: ${change.unasked} findings of the baseline.`, '']
      : []),
  ].join('\n');
}

function verdict({ change, rows }: Review, open: number, failing: number): string {
  if (rows.length === 0) return '**Nothing was checked.** No rule applies to any of these resources.';
  if (open === 0)
    return '**No open finding.** Every rule that applies holds, or its finding is acknowledged with a reason.';
  if (change && failing === 0) return `**No new finding.** ${open} findings of the baseline are still open.`;
  if (change)
    return `**${change.added.length} new findings**, ${change.remaining} of the baseline still open.`;
  return `**${open} open ${open === 1 ? 'finding' : 'findings'}.**`;
}

/** What stands against an invariant that no open finding is against: it holds only but for that. */
function reserved({ rows, proofs }: Review): string[] {
  const lines = reservations(rows, proofs).map(({ id, accepted, doubts }) => {
    const parts = [
      ...(accepted.length > 0 ? [`does not hold, accepted: ${accepted.join(', ')}`] : []),
      ...(doubts.length > 0 ? [`holds, but for ${doubts.length} undecided: ${few(doubts)}`] : []),
    ];
    return `- **${id}** ${md(parts.join('; '))}`;
  });
  return lines.length > 0 ? [...lines, ''] : [];
}

function few(names: readonly string[]): string {
  const most = 5;
  return [...names.slice(0, most), ...(names.length > most ? ['...'] : [])].join(', ');
}

function acceptedLine({ finding, resource, reason, acknowledgement }: Row): string {
  const where = [shownResource(resource), acknowledgement?.source && shownLocation(acknowledgement.source)];
  return `| ${md(finding)} | ${md(where.filter(Boolean).join(', '))} | ${md(reason ?? '')} |`;
}

/** In a block of code, where nothing is markup but its end. */
function changedFacts(change: Change): string[] {
  const lines = factLines(change, mostFindings);
  return lines.length > 0
    ? lines.map((line) => line.replaceAll('`', "'").replace(/\p{Cc}/gu, ' '))
    : ['none'];
}

/** What one change would mend, on a line. */
function findingLine(cause: readonly Row[]): string {
  const [first] = cause;
  if (!first) return '';
  const { resource, outcome, reason } = first;
  const source = placeOf(first);
  const where = [shownResource(resource), source && shownLocation(source)].filter(Boolean).join(', ');
  const what = outcome === 'error' ? `The rule threw: ${reason}` : wrong(first);
  return `| ${md(cause.map(({ finding }) => finding).join(', '))} | ${md(where)} | ${md(what)} |`;
}
