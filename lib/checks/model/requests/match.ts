/** Whether a statement matches; `maybe` when only AWS knows: managed rules, countries, rates over time. */
export type Match = 'yes' | 'no' | 'maybe';

export function matchIf(holds: boolean): Match {
  return holds ? 'yes' : 'no';
}

export function opposite(match: Match): Match {
  return match === 'yes' ? 'no' : match === 'no' ? 'yes' : 'maybe';
}

export function allOf(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('maybe') ? 'maybe' : 'yes';
}

export function anyOf(matches: readonly Match[]): Match {
  return opposite(allOf(matches.map(opposite)));
}
