import { hasToken, text } from '../../../checks/model/values.ts';
import { valuesAt } from './checks.ts';
import { type Demand, eachRow, type Found } from './demand.ts';
import { docs } from './pages.ts';

interface ScheduleRow {
  readonly type: string;
  readonly path: string;
  readonly forms: readonly ('cron' | 'rate' | 'at')[];
  readonly source: string;
}

const rows: readonly ScheduleRow[] = [
  {
    type: 'AWS::Events::Rule',
    path: 'ScheduleExpression',
    forms: ['cron', 'rate'],
    source: `${docs}/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html`,
  },
  {
    type: 'AWS::Scheduler::Schedule',
    path: 'ScheduleExpression',
    forms: ['cron', 'rate', 'at'],
    source: `${docs}/scheduler/latest/UserGuide/schedule-types.html`,
  },
  {
    type: 'AWS::Backup::BackupPlan',
    path: 'BackupPlan.BackupPlanRule.*.ScheduleExpression',
    forms: ['cron'],
    source: `${docs}/aws-backup/latest/devguide/API_BackupRule.html`,
  },
  {
    type: 'AWS::Backup::RestoreTestingPlan',
    path: 'ScheduleExpression',
    forms: ['cron'],
    source: `${docs}/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html`,
  },
  {
    type: 'AWS::SSM::MaintenanceWindow',
    path: 'Schedule',
    forms: ['cron', 'rate', 'at'],
    source: `${docs}/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html`,
  },
];

const names = (words: string) => words.split(' ').join('|');
const days = names('SUN MON TUE WED THU FRI SAT');
const months = names('JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC');

interface Field {
  /** As in https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: string;
  /** What else a part of the field may be. */
  readonly also?: RegExp;
}

const fields: readonly Field[] = [
  { name: 'Minutes', from: 0, to: 59 },
  { name: 'Hours', from: 0, to: 23 },
  { name: 'Day-of-month', from: 1, to: 31, also: /^(\?|L|LW|\d{1,2}W)$/ },
  { name: 'Month', from: 1, to: 12, words: months },
  {
    name: 'Day-of-week',
    from: 1,
    to: 7,
    words: days,
    also: new RegExp(`^(\\?|L|([1-7]|${days})(L|#[1-5]))$`),
  },
  { name: 'Year', from: 1970, to: 2199 },
];

function cronProblem(inside: string): string | undefined {
  const written = inside.trim().split(/\s+/);
  if (written.length !== fields.length) return `has ${written.length} fields, not ${fields.length}`;
  const wrong = fields.find((field, index) => !isFieldOf(field, (written[index] ?? '').toUpperCase()));
  if (wrong) return `has no ${wrong.name} that AWS takes`;
  // One of the two says nothing, and only one may.
  return (written[2] === '?') === (written[4] === '?')
    ? 'names days of month and of week at once, of which one must be ?'
    : undefined;
}

function isFieldOf({ from, to, words = '(?!)', also = /(?!)/ }: Field, written: string): boolean {
  const value = `(?:\\d{1,4}|${words})`;
  const form = new RegExp(`^(?:\\*|${value}(?:-${value})?)(?:/\\d{1,4})?$`);
  return written
    .split(',')
    .every(
      (part) =>
        also.test(part) ||
        (form.test(part) &&
          [...(part.split('/')[0] ?? '').matchAll(/\d+/g)].every(
            ([n]) => Number(n) >= from && Number(n) <= to,
          )),
    );
}

function problemOf(expression: string, forms: ScheduleRow['forms']): string | undefined {
  const [, form = '', inside = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  if (!forms.some((each) => each === form))
    return `is none of ${forms.map((each) => `${each}(...)`).join(', ')}`;
  if (form === 'cron') return cronProblem(inside);
  if (form === 'at')
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside) ? undefined : 'is no date and time';
  const [, count = '', unit = ''] = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(inside) ?? [];
  // rate(1 hours) is refused as well as rate(5 minute).
  return count !== '' && (count === '1') === !unit.endsWith('s') ? undefined : 'is no rate that AWS takes';
}

/** When something runs, in AWS's own words for it. */
export const schedules: Demand = eachRow(
  'schedule-expressions',
  rows,
  ({ path, forms, source }, { properties }) =>
    valuesAt(properties, path.split('.')).flatMap((value): Found[] => {
      const expression = text(value);
      if (expression === undefined || hasToken(expression)) return [];
      const problem = problemOf(expression, forms);
      if (problem === undefined) return [];
      return [
        {
          says: `has the schedule ${expression}, which ${problem} (ValidationException)`,
          way: 'Write six fields, such as cron(0 18 * * ? *), or a rate.',
          source,
        },
      ];
    }),
);
