const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** A schedule expression in one of its spellings: days and months by number, `?` for a day that says nothing. */
export function spelledSchedule(expression: string): string {
  const rate = /^rate\((\d+)\s+(minute|hour|day)s?\)$/.exec(expression);
  if (rate) return `rate(${Math.round(scheduleDays(expression) * 1440)} minutes)`;
  const cron = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (cron?.length !== 6) return expression;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = cron.map((field, index) =>
    field
      .toUpperCase()
      .replace(/[A-Z]{3}/g, (name) => String((index === 4 ? weekdays : months).indexOf(name) + 1))
      .replace(/\d+/g, (number) => String(Number(number)))
      .split(',')
      .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .join(),
  );
  const isAny = (field: string | undefined) => field === '*' || field === '?';
  const days = [isAny(dayOfMonth) ? '*' : dayOfMonth, isAny(dayOfWeek) ? '?' : dayOfWeek];
  return `cron(${[minute, hour, days[0], month, days[1], year].join(' ')})`;
}

/** Longest time between two runs of a schedule expression; infinite for one that cannot be read. */
export function scheduleDays(expression: string): number {
  const rate = /^rate\((\d+)\s+(minute|hour|day)s?\)$/.exec(expression);
  if (rate)
    return (
      Number(rate[1]) *
      ({ minute: 1 / 1440, hour: 1 / 24, day: 1 }[rate[2] ?? ''] ?? Number.POSITIVE_INFINITY)
    );
  const cron = /^cron\(\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(\S+))?\s*\)$/.exec(expression);
  if (!cron) return Number.POSITIVE_INFINITY;
  const [, minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = cron;
  if (year !== '*') return Number.POSITIVE_INFINITY;
  const apart =
    month === '*' ? 1 : (stepOf(month) ?? (month.includes(',') ? 12 / month.split(',').length : 12));
  // Within a month: "every day", "every Nth day", a day of the week, "the second Monday" or a date.
  const days = daysWithin(dayOfMonth, dayOfWeek);
  if (apart > 1) return apart * 30.5;
  return days > 1 ? days : partOfDay(minute, hour);
}

/** The longest time between two runs of a day, the night between two days included. */
function partOfDay(minute: string, hour: string): number {
  const hours = timesOf(hour, 24);
  if (hours.length < 24) return gap(hours, 24) / 24;
  return gap(timesOf(minute, 60), 60) / 1440;
}

function gap(times: readonly number[], round: number): number {
  return Math.max(...times.map((time, i) => (times[i + 1] ?? (times[0] ?? 0) + round) - time));
}

/** When a field of minutes or hours holds: `5/12` at 5 and 17. What cannot be read is taken to hold once. */
function timesOf(field: string, round: number): number[] {
  const times = field.split(',').flatMap((part) => {
    const [, from = '0', to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const start = from === '*' ? 0 : Number(from);
    const last = to ? Number(to) : from === '*' || step ? round - 1 : start;
    const all: number[] = [];
    for (let time = start; time <= last; time += Math.max(1, Number(step ?? 1))) all.push(time);
    return all;
  });
  return [...new Set(times)].sort((one, other) => one - other);
}

function daysWithin(dayOfMonth: string, dayOfWeek: string): number {
  if (dayOfWeek !== '*' && dayOfWeek !== '?')
    return dayOfWeek.includes('#') || dayOfWeek.endsWith('L') ? 35 : 7;
  if (dayOfMonth === '*' || dayOfMonth === '?') return 1;
  const step = stepOf(dayOfMonth);
  if (step !== undefined) return step;
  const dates = dayOfMonth.split(',').map(Number);
  // A date once a month: months have up to 31 days, and "monthly" is what the invariant means by 30.
  // Many months lack their last days.
  if (dates.some((date) => date > 28)) return 62;
  return dates.length === 1
    ? 30
    : Math.max(
        ...dates.map((date, i) => (i === 0 ? date + 31 - Number(dates.at(-1)) : date - Number(dates[i - 1]))),
      );
}

function stepOf(field: string): number | undefined {
  const step = /^[^/]*\/(\d+)$/.exec(field)?.[1];
  return step === undefined ? undefined : Number(step);
}
