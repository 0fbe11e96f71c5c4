import type { Row } from '../../../checks/recorder/row.ts';
import type { Review } from '../review.ts';

const header = ['Rule ID', 'Resource ID', 'Compliance', 'Exception Reason', 'Rule Level', 'Rule Info'];

/** `findings.csv`: the columns and words of the report that cdk-nag 2 wrote, all packs in one file. */
export function findingsCsv({ rows }: Review): string {
  return [header, ...rows.map(cells)].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function cells({ rule, finding, resource, outcome, reason }: Row): string[] {
  const compliance = {
    compliant: 'Compliant',
    'non-compliant': 'Non-Compliant',
    acknowledged: 'Suppressed',
    'not-applicable': 'N/A',
    error: 'UNKNOWN',
    undecided: 'UNKNOWN',
  }[outcome];
  return [
    finding,
    resource.path,
    compliance,
    outcome === 'acknowledged' ? (reason ?? '') : 'N/A',
    rule.severity === 'error' ? 'Error' : 'Warning',
    rule.info,
  ];
}

/**
 * A cell that begins like a formula would be run by a spreadsheet: an apostrophe makes it text. White space and marks
 * without width before the sign, and signs of full width, do not keep it from that.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function quoted(cell: string): string {
  const text = /^[\s\uFEFF\u200B-\u200D\u2060]*[=+\-@|＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
