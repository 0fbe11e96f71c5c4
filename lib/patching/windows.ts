import type { Environment } from '../config/index.ts';

type Window = Environment['maintenance'];

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** As EventBridge and Systems Manager write it, in UTC. */
export function weeklyCron({ day, start }: Window): string {
  const [hour, minute] = start.split(':').map(Number);
  return `cron(${minute} ${hour} ? * ${day.slice(0, 3).toUpperCase()} *)`;
}

export function nextWeeklyRun({ day, start }: Window, now: Date): Date {
  const [hour = 0, minute = 0] = start.split(':').map(Number);
  const next = new Date(now);
  next.setUTCHours(hour, minute, 0, 0);
  next.setUTCDate(next.getUTCDate() + ((days.indexOf(day) - next.getUTCDay() + 7) % 7));
  if (next <= now) next.setUTCDate(next.getUTCDate() + 7);
  return next;
}
