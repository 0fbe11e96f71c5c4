import { z } from 'zod';
import { clockTime } from './texts.ts';

const everyAdvice = 'write 4, 6, 8, 12 or 24 hours, such as "12 hours", or 1 to 30 days, such as "7 days"';

/** Secrets Manager rotates every four hours at most often; only divisors of a day fall on the same hours each day. */
function isRotationPeriod(period: string): boolean {
  const hours = hoursOf(period);
  return period.includes('hour') ? [4, 6, 8, 12, 24].includes(hours) : hours <= 30 * 24;
}

/** @param period such as "12 hours" or "7 days" */
export function hoursOf(period: string): number {
  const [count, unit] = period.split(' ');
  return Number(count) * (unit?.startsWith('day') ? 24 : 1);
}

export const rotation = z.strictObject({
  every: z
    .string()
    .regex(/^[1-9]\d* (hours?|days?)$/, everyAdvice)
    .refine(isRotationPeriod, everyAdvice)
    .default('7 days')
    .describe('How often every credential changes: from 4 hours to 30 days.'),
  windowStart: clockTime
    .refine((time) => time.endsWith(':00'), 'write a full hour such as "17:00"; windows open on the hour')
    .default('17:00')
    .describe('Start of the rotation window, in UTC (17:00 UTC is 02:00 in Japan).'),
  windowHours: z
    .int()
    .min(1)
    .max(12)
    .default(2)
    .describe('Length of the rotation window in hours; it must end on the same UTC day.'),
});
