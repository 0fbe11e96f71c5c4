import { isOpen, type Outcome, openOutcomes, type Row } from '../../checks/recorder/row.ts';
import { UserError } from '../../cli/user-error.ts';
import { isObject } from '../templates/template-file.ts';
import { parseJson, readText } from '../templates/template-text.ts';
import { nameOfFact } from './contents.ts';
import { type FactKind, type Facts, factKinds, factName } from './facts.ts';

/** What an earlier review found. */
export interface Baseline {
  readonly file: string;
  readonly open: Counts;
  readonly undecided: Counts;
  readonly acknowledged: Counts;
  /** Undefined in a baseline of a release that wrote none down. */
  readonly facts: Facts | undefined;
}

/** How often a rule found something on a resource: a second finding beside a known one is new. */
type Counts = ReadonlyMap<string, number>;

/** What a review found that its baseline did not, and the other way round. */
export interface Change {
  readonly baseline: string;
  readonly added: readonly Row[];
  /** What could be decided then, and cannot now. */
  readonly undecided: readonly Row[];
  /** What somebody accepted since, or accepts for another reason. */
  readonly accepted: readonly Row[];
  readonly remaining: number;
  /** Findings of the baseline of packs that did not run now: nothing is known of them. */
  readonly unasked: number;
  /** Findings of the baseline that hold now, or whose resource is gone, as `rule` and `resource`. */
  readonly resolved: readonly { readonly rule: string; readonly resource: string }[];
  /** Readers, connections and the like that came or went, by kind; undefined when the baseline holds none. */
  readonly facts: readonly FactChange[] | undefined;
}

export interface FactChange {
  readonly kind: FactKind;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** There before and now, with another value. */
  readonly changed: readonly string[];
}

const separator = '\u0000';

/** What makes two findings the same one in two reviews. The words of a reason may change with every release. */
function rowKey({ finding, resource }: Row): string {
  return keyOf(finding, resource.environment, resource.stack, resource.logicalId || resource.path);
}

function keyOf(finding: string, environment: string, stack: string, resource: string): string {
  return [finding, environment, stack, resource].join(separator);
}

/** A reason for which something is accepted is what a reviewer signed: another one is another acceptance. */
function acceptanceKey(key: string, reason: unknown): string {
  return [key, String(reason ?? '')].join(separator);
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
  const counts = { open: new Map<string, number>(), undecided: new Map(), acknowledged: new Map() };
  for (const [index, row] of rows.entries()) {
    if (!isObject(row) || typeof row.rule !== 'string' || !isObject(row.resource)) {
      throw new UserError([
        `${file}: row ${index + 1} has no rule and resource, so it is no row of a review`,
      ]);
    }
    const kind = kindOf(row.outcome as Outcome);
    if (!kind) continue;
    const { environment = '', stack = '', logicalId, path = '' } = row.resource;
    const same = keyOf(row.rule, String(environment), String(stack), String(logicalId || path));
    const key = kind === 'acknowledged' ? acceptanceKey(same, row.reason) : same;
    counts[kind].set(key, (counts[kind].get(key) ?? 0) + 1);
  }
  return { file, ...counts, facts: isObject(parsed) ? readFacts(parsed.facts) : undefined };
}

function kindOf(outcome: Outcome): 'open' | 'undecided' | 'acknowledged' | undefined {
  if (openOutcomes.has(outcome)) return 'open';
  return outcome === 'undecided' || outcome === 'acknowledged' ? outcome : undefined;
}

function readFacts(written: unknown): Facts | undefined {
  if (!isObject(written)) return undefined;
  return Object.fromEntries(
    factKinds.flatMap((kind) => {
      const facts = written[kind];
      return Array.isArray(facts) ? [[kind, facts.map(String)]] : [];
    }),
  );
}

/** @returns the rows that the baseline holds no equal of, and what it holds beyond them */
function beyond(
  known: Counts,
  rows: readonly Row[],
  key: (row: Row) => string = rowKey,
): { added: Row[]; left: Counts } {
  const left = new Map(known);
  const added = rows.filter((row) => {
    const count = left.get(key(row)) ?? 0;
    if (count > 0) left.set(key(row), count - 1);
    return count === 0;
  });
  return { added, left };
}

/** @param skipped packs that did not run */
export function changeSince(
  baseline: Baseline,
  rows: readonly Row[],
  facts: Facts,
  skipped: readonly string[] = [],
): Change {
  const now = rows.filter(isOpen);
  const undecided = rows.filter(({ outcome }) => outcome === 'undecided');
  const acknowledged = rows.filter(({ outcome }) => outcome === 'acknowledged');
  const { added, left } = beyond(baseline.open, now);
  // What was open and is accepted, or cannot be decided any more, was not resolved.
  const gone = [...beyond(left, [...undecided, ...acknowledged]).left].filter(([, count]) => count > 0);
  const isUnasked = ([key]: readonly [string, number]) => skipped.some((pack) => key.startsWith(`${pack}-`));
  return {
    baseline: baseline.file,
    added,
    undecided: beyond(baseline.undecided, undecided).added,
    accepted: beyond(baseline.acknowledged, acknowledged, (row) => acceptanceKey(rowKey(row), row.reason))
      .added,
    remaining: now.length - added.length,
    unasked: gone.filter(isUnasked).reduce((sum, [, count]) => sum + count, 0),
    resolved: gone
      .filter((each) => !isUnasked(each))
      .flatMap(([key, count]) => {
        const [rule = '', , stack = '', resource = ''] = key.split(separator);
        return Array.from({ length: count }, () => ({
          rule,
          resource: [stack, resource].filter(Boolean).join('/'),
        }));
      }),
    facts: baseline.facts && factChanges(baseline.facts, facts),
  };
}

function factChanges(before: Facts, now: Facts): FactChange[] {
  const changes = factKinds.flatMap((kind) => {
    const [then, today] = [before[kind], now[kind]];
    return then && today ? [{ kind, ...differencesOf(then, today) }] : [];
  });
  // What came or went as a whole is said once, and not again setting by setting.
  const whole = changes.find(({ kind }) => kind === 'resource');
  const apart = [...(whole?.added ?? []), ...(whole?.removed ?? [])].map((resource) =>
    resource.replace(/ \([^()]*\)$/, ': '),
  );
  const isPart = (setting: string) => apart.some((resource) => setting.startsWith(resource));
  return changes
    .map(({ kind, added, removed, changed }) => ({
      kind,
      added: added.filter((fact) => kind !== 'content' || !isPart(fact)),
      removed: removed.filter((fact) => kind !== 'content' || !isPart(fact)),
      changed,
    }))
    .filter(({ added, removed, changed }) => added.length + removed.length + changed.length > 0);
}

function differencesOf(before: readonly string[], now: readonly string[]): Omit<FactChange, 'kind'> {
  const missingIn = (others: readonly string[]) => {
    const all = new Set(others);
    return (fact: string) => !all.has(fact);
  };
  const added = now.filter(missingIn(before)).map(nameOfFact);
  const removed = before.filter(missingIn(now)).map(nameOfFact);
  return {
    added: added.filter(missingIn(removed)),
    removed: removed.filter(missingIn(added)),
    changed: added.filter((fact) => !missingIn(removed)(fact)),
  };
}

/** The changed facts in words, at most so many of a kind. */
export function factLines({ facts, baseline }: Change, most = 10): string[] {
  if (!facts) return [`${baseline} holds no readers, connections and names to compare with.`];
  return facts.flatMap(({ kind, added, removed, changed }) => {
    const lines = [
      ...added.map((fact) => `+ ${fact}`),
      ...removed.map((fact) => `- ${fact}`),
      ...changed.map((fact) => `~ ${fact}`),
    ];
    const more = lines.length > most ? [`  ... and ${lines.length - most} more`] : [];
    const counts = [`${added.length} new`, `${removed.length} gone`];
    if (changed.length > 0) counts.push(`${changed.length} otherwise`);
    return [
      `Changed ${factName(kind).en}: ${counts.join(', ')}`,
      ...lines.slice(0, most).map((line) => `  ${line}`),
      ...more,
    ];
  });
}
