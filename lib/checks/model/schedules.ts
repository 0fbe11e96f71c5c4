/** Longest time between two runs of a schedule expression; infinite for one that cannot be read. */
export function scheduleDays(expression: string): number {
  const rate = /^rate\((\d+)\s+(minute|hour|day)s?\)$/.exec(expression);
  if (rate)
    return (
      Number(rate[1]) *
      ({ minute: 1 / 1440, hour: 1 / 24, day: 1 }[rate[2] ?? ''] ?? Number.POSITIVE_INFINITY)
    );
  const cron = /^cron\(\s*\S+\s+\S+\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(\S+))?\s*\)$/.exec(expression);
  if (!cron) return Number.POSITIVE_INFINITY;
  const [, dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = cron;
  if (year !== '*') return Number.POSITIVE_INFINITY;
  const months =
    month === '*' ? 1 : (stepOf(month) ?? (month.includes(',') ? 12 / month.split(',').length : 12));
  // Within a month: "every day", "every Nth day", a day of the week, "the second Monday" or a date.
  const days = daysWithin(dayOfMonth, dayOfWeek);
  return months > 1 ? months * 30.5 : days;
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
