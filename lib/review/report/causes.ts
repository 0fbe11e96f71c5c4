import { isOpen, type Row } from '../../checks/recorder/row.ts';
import { packName } from '../../declarations/pack-name.ts';
import { statementOf } from './statement.ts';

/** A broken promise says that something changed; a rule that found what changed says the same, and what it means. */
const promised = /\[Promised\]$/;

/** What is wrong of a resource, in words. */
export function wrong({ outcome, reason, rule }: Row): string {
  if (outcome === 'error') return `The rule could not decide: ${reason}`;
  const told = rule.pack === packName && outcome !== 'acknowledged' ? reason : undefined;
  return told || statementOf(rule);
}

/**
 * Open findings that one change would mend, together: the same said by several packs of one resource, and a broken
 * promise with what a rule of ours found there. The first of each tells most.
 */
export function byCause(rows: readonly Row[]): Row[][] {
  const causes = new Map<string, Row[]>();
  const ownCauses = new Map<string, string>();
  const isBroken = (row: Row) => promised.test(row.finding) && isOpen(row);
  for (const row of [...rows.filter((row) => !isBroken(row)), ...rows.filter(isBroken)]) {
    const { environment, stack, logicalId, path } = row.resource;
    const place = JSON.stringify([environment, stack, logicalId || path]);
    const found = isBroken(row) ? ownCauses.get(place) : undefined;
    const key = found ?? place + wrong(row);
    causes.set(key, [...(causes.get(key) ?? []), row]);
    if (row.rule.pack === packName && isOpen(row) && !ownCauses.has(place)) ownCauses.set(place, key);
  }
  return [...causes.values()];
}
