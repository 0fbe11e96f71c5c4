/**
 * When AWS stops patching a Lambda runtime ("deprecation date").
 * As of November 2026, https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html; a runtime that is not
 * listed counts as unsupported for this project's own functions, so that a new one makes somebody look the date up.
 */
const endOfSupport: Readonly<Record<string, string>> = {
  'nodejs14.x': '2023-12-04',
  'nodejs16.x': '2024-06-12',
  'nodejs18.x': '2025-09-01',
  'nodejs20.x': '2026-04-30',
  'nodejs22.x': '2027-04-30',
  'nodejs24.x': '2028-04-30',
  'python3.7': '2023-12-04',
  'python3.8': '2024-10-14',
  'python3.9': '2025-12-15',
  'python3.10': '2026-10-31',
  'python3.11': '2027-06-30',
  'python3.12': '2028-10-31',
  'python3.13': '2029-06-30',
  'python3.14': '2029-06-30',
  java11: '2027-06-30',
  java17: '2027-06-30',
  java21: '2029-06-30',
  java25: '2029-06-30',
  dotnet8: '2026-11-10',
  dotnet10: '2028-11-14',
  'ruby3.3': '2027-03-31',
  'ruby3.4': '2028-03-31',
  'provided.al2': '2026-07-31',
  'provided.al2023': '2029-06-30',
};

/** Runtimes of this kind of which no newer one was ever patched again, or that are older than the oldest dated one. */
const ended =
  /^(?:nodejs(?:\d?|\d+\.\d+|1[0-3]\.x|[0-9]\.x)|nodejs(?:4\.3|4\.3-edge|6\.10|8\.10)|python2\.\d|python3\.[0-6]|java8(?:\.al2)?|dotnetcore\d.*|dotnet[567](?:\.\d)?|ruby2\.\d|ruby3\.[0-2]|go1\.x|provided)$/;

/** Whether a runtime ended before the table begins. */
export function hasEnded(runtime: string): boolean {
  return !isKnownRuntime(runtime) && ended.test(runtime);
}

/** Whether a runtime is a later one of its kind than any that the table lists: AWS takes no runtime in before it patches it. */
export function isNewer(runtime: string): boolean {
  const numbers = (name: string) => (name.match(/\d+/g) ?? []).map(Number);
  const [one = 0, two = 0] = numbers(runtime);
  const kin = Object.keys(endOfSupport).filter((each) => kindOf(each) === kindOf(runtime));
  return (
    kin.length > 0 &&
    kin.map(numbers).every(([major = 0, minor = 0]) => one > major || (one === major && two > minor))
  );
}

const kindOf = (runtime: string) => runtime.replace(/\d+/g, '#');

/** How long before the end somebody has to act. */
export const runtimeNoticeDays = 120;

/** Whether a date is known; of a runtime newer than this table nothing can be said. */
export function isKnownRuntime(runtime: string): boolean {
  return Object.hasOwn(endOfSupport, runtime);
}

/** @returns days until the runtime's end of support; negative when it is past or unknown */
export function daysOfSupportLeft(runtime: string, now: Date): number {
  const end = endOfSupport[runtime];
  return end === undefined ? -1 : Math.floor((Date.parse(end) - now.getTime()) / (24 * 60 * 60 * 1000));
}
