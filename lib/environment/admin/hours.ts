import type { BusinessHours } from '../../config/index.ts';
import { weekdays } from '../weekdays.ts';

/**
 * Whether the VPN accepts connections at this moment, by the shop's local time: daylight saving time moves
 * the hours with it. From the first minute to the last, both included.
 *
 * @throws RangeError when the time zone is unknown
 */
export function isOpen(hours: BusinessHours, timeZone: string, now: Date): boolean {
  const { date, weekday, time } = wallClock(timeZone, now);
  if (hours.closedOn.includes(date)) return false;
  return hours.days.includes(weekday) && hours.from <= time && time <= hours.to;
}

function wallClock(
  timeZone: string,
  now: Date,
): { date: string; weekday: (typeof weekdays)[number]; time: string } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
  if (!weekday) throw new RangeError(`no calendar day "${date}"`);
  return { date, weekday, time: `${parts.hour}:${parts.minute}` };
}
