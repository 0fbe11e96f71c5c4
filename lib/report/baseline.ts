import { isOpen, openOutcomes, type Row } from '../checks/recorder/row.ts';
import { UserError } from '../cli/user-error.ts';
import { isObject } from './template-file.ts';
import { parseJson, readText } from './template-text.ts';

/** The open findings of an earlier review. */
export interface Baseline {
  readonly file: string;
  readonly open: ReadonlySet<string>;
}

/** What a review found that its baseline did not, and the other way round. */
export interface Change {
  readonly baseline: string;
  readonly added: readonly Row[];
  readonly remaining: number;
  /** Findings of the baseline that are gone, as `rule` and `resource`. */
  readonly resolved: readonly { readonly rule: string; readonly resource: string }[];
}

const separator = '\u0000';

/** What makes two findings the same one in two reviews. */
export function rowKey({ finding, resource }: Row): string {
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
  const open = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (!isObject(row) || typeof row.rule !== 'string' || !isObject(row.resource)) {
      throw new UserError([
        `${file}: row ${index + 1} has no rule and resource, so it is no row of a review`,
      ]);
    }
    if (!openOutcomes.has(row.outcome as Row['outcome'])) continue;
    const { environment = '', stack = '', logicalId, path = '' } = row.resource;
    open.add(keyOf(row.rule, String(environment), String(stack), String(logicalId || path)));
  }
  return { file, open };
}

export function changeSince(baseline: Baseline, rows: readonly Row[]): Change {
  const now = rows.filter(isOpen);
  const keys = new Set(now.map(rowKey));
  const added = now.filter((row) => !baseline.open.has(rowKey(row)));
  const resolved = [...baseline.open]
    .filter((key) => !keys.has(key))
    .map((key) => {
      const [rule = '', , stack = '', resource = ''] = key.split(separator);
      return { rule, resource: [stack, resource].filter(Boolean).join('/') };
    });
  return { baseline: baseline.file, added, remaining: now.length - added.length, resolved };
}
