/** The weekly rebuild, and a day of grace for a run that had to be repeated. */
export const oldestImageDays = 8;

export function ageInDays(pushedAt: Date, now: Date): number {
  return (now.getTime() - pushedAt.getTime()) / (24 * 60 * 60 * 1000);
}
