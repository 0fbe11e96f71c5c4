import type { Environment } from '../config/index.ts';
import { weekdays } from './weekdays.ts';

type Maintenance = Environment['maintenance'];

/** How long every maintenance window lasts. */
export const maintenanceHours = 2;

const minutesPerDay = 24 * 60;

/** As RDS writes it: `mon:19:00-mon:21:00`, UTC. */
export function maintenanceWindow({ day, start }: Maintenance): string {
  const from = weekdays.indexOf(day) * minutesPerDay + minutesOf(start);
  return `${weekMinute(from)}-${weekMinute(from + maintenanceHours * 60)}`;
}

/** Its beginning as EventBridge and Systems Manager write it: `cron(0 19 ? * MON *)`, UTC. */
export function maintenanceCron({ day, start }: Maintenance): string {
  const minutes = minutesOf(start);
  return `cron(${minutes % 60} ${Math.floor(minutes / 60)} ? * ${day.slice(0, 3).toUpperCase()} *)`;
}

/** When the next window begins that has not begun yet. */
export function nextMaintenance({ day, start }: Maintenance, now: Date): Date {
  const next = new Date(now);
  next.setUTCHours(0, minutesOf(start), 0, 0);
  next.setUTCDate(next.getUTCDate() + ((weekdays.indexOf(day) - next.getUTCDay() + 7) % 7));
  if (next <= now) next.setUTCDate(next.getUTCDate() + 7);
  return next;
}

/** The hour that ends two hours before maintenance begins: RDS refuses windows that overlap. `15:00-16:00`, UTC. */
export function backupWindow({ start }: Maintenance): string {
  const from = minutesOf(start) - 180 + minutesPerDay;
  return `${clock(from)}-${clock(from + 60)}`;
}

interface TimeOfDay {
  readonly hour: string;
  readonly minute: string;
}

/**
 * Six and ten hours after maintenance began, far from both windows of the database and, on the first of the month,
 * from each other. UTC.
 */
export function backupStart({ start }: Maintenance): {
  readonly daily: TimeOfDay;
  readonly monthly: TimeOfDay;
} {
  return { daily: timeOfDay(minutesOf(start) + 6 * 60), monthly: timeOfDay(minutesOf(start) + 10 * 60) };
}

function timeOfDay(minutes: number): TimeOfDay {
  const minute = minutes % minutesPerDay;
  return { hour: String(Math.floor(minute / 60)), minute: String(minute % 60) };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function weekMinute(minute: number): string {
  const day = weekdays[Math.floor(minute / minutesPerDay) % weekdays.length] ?? 'sunday';
  return `${day.slice(0, 3)}:${clock(minute)}`;
}

function clock(minute: number): string {
  const ofDay = minute % minutesPerDay;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}
