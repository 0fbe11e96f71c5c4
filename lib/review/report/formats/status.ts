import type { Evidence } from '../../account/evidence.ts';
import { md } from './markdown.ts';

const most = 20;

/** The section of `summary.md`: what was not well; the rest stands in the page. */
export function statusMarkdown({ environment, began, counts, answers }: Evidence): string[] {
  const open = answers.filter(({ standing }) => standing !== 'ready');
  const rest = open.length - most;
  return [
    `### How ${md(environment)} fares`,
    '',
    `Asked ${md(began)}: ${counts.problem} overdue or wrong, ${counts.look} to look at, ${counts.hidden} not seen, ${counts.ready} as they should be.`,
    '',
    ...open.slice(0, most).map(({ standing, about, says }) => `- **${standing}** ${md(about)}: ${md(says)}`),
    ...(rest > 0 ? ['', `and ${rest} more in the report.`] : []),
    ...(open.length > 0 ? [''] : []),
  ];
}
