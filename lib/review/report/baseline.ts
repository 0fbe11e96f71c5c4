import { isOpen, openOutcomes, type Row } from '../../checks/recorder/row.ts';
import { UserError } from '../../cli/user-error.ts';
import { isObject } from './template-file.ts';
import { parseJson, readText } from './template-text.ts';

/** What was open, or could not be decided, in an earlier review. */
export interface Baseline {
  readonly file: string;
  readonly open: Counts;
  readonly undecided: Counts;
}

/** How often a rule found something on a resource: a second finding beside a known one is new. */
type Counts = ReadonlyMap<string, number>;

/** What a review found that its baseline did not, and the other way round. */
export interface Change {
  readonly baseline: string;
  readonly added: readonly Row[];
  /** What could be decided then, and cannot now. */
  readonly undecided: readonly Row[];
  readonly remaining: number;
  /** Findings of the baseline that are gone, as `rule` and `resource`. */
  readonly resolved: readonly { readonly rule: string; readonly resource: string }[];
}

const separator = '\u0000';

/** What makes two findings the same one in two reviews. The words of a reason may change with every release. */
function rowKey({ finding, resource }: Row): string {
  return keyOf(finding, resource.environment, resource.stack, resource.logicalId || resource.path);
}

function keyOf(finding: string, environment: string, stack: string, resource: string): string {
  return [finding, environment, stack, resource].join(separator);
}

/**
 * Reads what an earlier `secure-shop review` wrote: `rows.json`, or the output of `--json`.
 *
 * @throws UserError when the file holds anything else
 */
export function readBaseline(file: string): Baseline {
  const parsed = parseJson(file, readText(file));
  const rows = isObject(parsed) ? parsed.rows : parsed;
  if (!Array.isArray(rows)) {
    throw new UserError([
      `${file}: holds no rows; name the rows.json of an earlier review, or what "review --json" printed`,
    ]);
  }
  const open = new Map<string, number>();
  const undecided = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    if (!isObject(row) || typeof row.rule !== 'string' || !isObject(row.resource)) {
      throw new UserError([
        `${file}: row ${index + 1} has no rule and resource, so it is no row of a review`,
      ]);
    }
    const isUndecided = row.outcome === 'undecided';
    if (!isUndecided && !openOutcomes.has(row.outcome as Row['outcome'])) continue;
    const { environment = '', stack = '', logicalId, path = '' } = row.resource;
    const key = keyOf(row.rule, String(environment), String(stack), String(logicalId || path));
    const counts = isUndecided ? undecided : open;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { file, open, undecided };
}

/** @returns the rows that the baseline holds no equal of, and what it holds beyond them */
function beyond(known: Counts, rows: readonly Row[]): { added: Row[]; left: Counts } {
  const left = new Map(known);
  const added = rows.filter((row) => {
    const count = left.get(rowKey(row)) ?? 0;
    if (count > 0) left.set(rowKey(row), count - 1);
    return count === 0;
  });
  return { added, left };
}

export function changeSince(baseline: Baseline, rows: readonly Row[]): Change {
  const now = rows.filter(isOpen);
  const { added, left } = beyond(baseline.open, now);
  const { added: undecided } = beyond(
    baseline.undecided,
    rows.filter(({ outcome }) => outcome === 'undecided'),
  );
  const resolved = [...left].flatMap(([key, count]) => {
    const [rule = '', , stack = '', resource = ''] = key.split(separator);
    return Array.from({ length: count }, () => ({
      rule,
      resource: [stack, resource].filter(Boolean).join('/'),
    }));
  });
  return { baseline: baseline.file, added, undecided, remaining: now.length - added.length, resolved };
}
