import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import { type Level, levels } from './levels.ts';

/** What was told, by the mark of each key: how bad it was, and on which day since 1970. */
export type Told = ReadonlyMap<string, { readonly level: Level; readonly day: number }>;

/** A finding that is still seen after this time is told again. */
export const retoldAfterDays = 30;

const day = 86_400_000;

/** Characters of a hash, in base 64: of a thousand findings two share one with a chance of one in 500 million. */
const markLength = 8;
const dayLength = 4;
const entryLength = markLength + 1 + dayLength;
/** What a parameter of the standard tier, which costs nothing, holds: 315 findings. */
const mostEntries = Math.floor(4096 / entryLength);

/**
 * Which findings a person has not heard of yet, each once, whichever service tells of it.
 *
 * @param told an empty one when it cannot be read: better twice than never
 */
export function untold(findings: readonly Finding[], told: Told, now: Date): Finding[] {
  const chosen: Finding[] = [];
  const seen = new Map(told);
  for (const finding of findings.toSorted(byWorth)) {
    const known = finding.keys.flatMap((key) => seen.get(mark(key)) ?? []);
    const isKnown = known.some(
      (entry) =>
        levels.indexOf(entry.level) >= levels.indexOf(finding.level) &&
        Math.abs(dayOf(now) - entry.day) < retoldAfterDays,
    );
    if (isKnown) continue;
    chosen.push(finding);
    for (const key of finding.keys) seen.set(mark(key), { level: finding.level, day: dayOf(now) });
  }
  return chosen;
}

/** Of two that are the same the one to tell: the worse, or as whoever found it says it. */
function byWorth(one: Finding, other: Finding): number {
  return (
    levels.indexOf(other.level) - levels.indexOf(one.level) || Number(one.passedOn) - Number(other.passedOn)
  );
}

/** With these told as well. The oldest are forgotten when there is no room: they are told again when they come again. */
export function remember(told: Told, findings: readonly Finding[], now: Date): Told {
  const all = new Map(told);
  for (const { keys, level } of findings)
    for (const key of keys) {
      // At the end, where the newest stand.
      all.delete(mark(key));
      all.set(mark(key), { level, day: dayOf(now) });
    }
  return new Map([...all].slice(-mostEntries));
}

/** @throws Error when it is not a memory */
export function readTold(text: string): Told {
  const entries = text.match(new RegExp(`.{1,${entryLength}}`, 'gs')) ?? [];
  return new Map(
    entries.map((entry) => {
      const [, hash = '', digit = '', date = ''] = /^([\w-]{8})([0-3])([0-9a-z]{4})$/.exec(entry) ?? [];
      const level = levels[Number(digit)];
      if (hash === '' || level === undefined) throw new Error('the memory of told findings is damaged');
      return [hash, { level, day: Number.parseInt(date, 36) }] as const;
    }),
  );
}

export function writeTold(told: Told): string {
  return [...told]
    .map(
      ([hash, { level, day }]) =>
        `${hash}${levels.indexOf(level)}${day.toString(36).padStart(dayLength, '0')}`,
    )
    .join('');
}

function mark(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, markLength);
}

function dayOf(time: Date): number {
  return Math.floor(time.getTime() / day);
}
