import { distance, closest as nearest } from 'fastest-levenshtein';

/** Longer texts are no slip of the keyboard, and comparing them would take long. */
const longestGuess = 64;

/** @returns the candidate that was probably meant: at most one wrong letter in three, whatever the case. */
export function closest(written: string, candidates: readonly string[]): string | undefined {
  if (written.length === 0 || written.length > longestGuess || candidates.length === 0) return undefined;
  const byLowerCase = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const guess = nearest(written.toLowerCase(), [...byLowerCase.keys()]);
  const allowed = Math.max(1, Math.floor(Math.max(guess.length, written.length) / 3));
  return distance(written.toLowerCase(), guess) <= allowed ? byLowerCase.get(guess) : undefined;
}

/** `"a", "b" or "c"` */
export function alternatives(values: readonly (string | number)[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  const last = quoted.pop();
  return quoted.length === 0 ? (last ?? '') : `${quoted.join(', ')} or ${last}`;
}
