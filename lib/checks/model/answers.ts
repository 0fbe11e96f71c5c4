/** Three-valued: `unknown` is what a template alone cannot decide, and never counts as a pass. */
export type Answer = 'yes' | 'no' | 'unknown';

export function both(a: Answer, b: Answer): Answer {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'unknown';
}

export function either(a: Answer, b: Answer): Answer {
  if (a === 'yes' || b === 'yes') return 'yes';
  return a === 'no' && b === 'no' ? 'no' : 'unknown';
}

export function not(a: Answer): Answer {
  return a === 'unknown' ? a : a === 'yes' ? 'no' : 'yes';
}
