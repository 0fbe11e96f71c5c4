/**
 * @import { PageInvariant } from '../model.ts'
 * @import { Page } from './main.js'
 */

/**
 * How an invariant stands in the environments that are shown. Findings that somebody accepted are no proof: the
 * statement does not hold for them.
 *
 * @param {Page} page
 * @param {PageInvariant} invariant
 */
export function standing(page, invariant) {
  const counts = { compliant: 0, open: 0, undecided: 0, acknowledged: 0 };
  /** @type {Set<string>} */
  const accepted = new Set();
  /** @type {Set<string>} */
  const doubts = new Set();
  for (const [index, environment] of invariant.environments.entries()) {
    if (!page.shows(page.data.environments[index]?.name ?? '')) continue;
    counts.compliant += environment.compliant;
    counts.open += environment.open;
    counts.undecided += environment.undecided;
    counts.acknowledged += environment.acknowledged;
    for (const rule of environment.accepted) accepted.add(rule);
    for (const doubt of environment.doubts) doubts.add(doubt[page.language]);
  }
  return { counts, state: stateOf(counts), accepted: [...accepted], doubts: [...doubts] };
}

/**
 * @param {{ compliant: number, open: number, undecided: number, acknowledged: number }} counts
 * @returns {'broken' | 'undecided' | 'acknowledged' | 'holds' | 'unchecked'}
 */
function stateOf({ compliant, open, undecided, acknowledged }) {
  if (open > 0) return 'broken';
  if (acknowledged > 0) return 'acknowledged';
  if (undecided > 0) return 'undecided';
  return compliant > 0 ? 'holds' : 'unchecked';
}
