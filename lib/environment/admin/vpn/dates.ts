const day = 24 * 60 * 60 * 1000;

/** Such as "2027-02-20", in UTC. */
export function isoDate(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Whole days from now until then; negative when it has passed. */
export function inDays(moment: Date, now: Date): number {
  return Math.floor((moment.getTime() - now.getTime()) / day);
}
