/**
 * When AWS stops patching a Lambda runtime ("deprecation date").
 * As of November 2026, https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html; a runtime that is not
 * listed is treated as unsupported, so that a new one makes somebody look the date up.
 */
const endOfSupport: Readonly<Record<string, string>> = {
  'nodejs20.x': '2026-04-30',
  'nodejs22.x': '2027-04-30',
  'nodejs24.x': '2028-04-30',
  'python3.13': '2029-06-30',
};

/** How long before the end somebody has to act. */
export const runtimeNoticeDays = 120;

/** @returns days until the runtime's end of support; negative when it is past or unknown */
export function daysOfSupportLeft(runtime: string, now: Date): number {
  const end = endOfSupport[runtime];
  return end === undefined ? -1 : Math.floor((Date.parse(end) - now.getTime()) / (24 * 60 * 60 * 1000));
}
