import type { Environment } from './config/index.ts';

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const minutesPerDay = 24 * 60;

/** Two hours, as RDS writes them: `mon:19:00-mon:21:00`, UTC. */
export function maintenanceWindow({ day, start }: Environment['maintenance']): string {
  const from = days.indexOf(day) * minutesPerDay + minutesOf(start);
  return `${weekMinute(from)}-${weekMinute(from + 120)}`;
}

/** The hour that ends two hours before maintenance begins: RDS refuses windows that overlap. `15:00-16:00`, UTC. */
export function backupWindow({ start }: Environment['maintenance']): string {
  const from = minutesOf(start) - 180 + minutesPerDay;
  return `${clock(from)}-${clock(from + 60)}`;
}

/** Six hours after maintenance began, far from both windows of the database. UTC. */
export function backupStart({ start }: Environment['maintenance']): { hour: string; minute: string } {
  const minute = (minutesOf(start) + 360) % minutesPerDay;
  return { hour: String(Math.floor(minute / 60)), minute: String(minute % 60) };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function weekMinute(minute: number): string {
  const day = days[Math.floor(minute / minutesPerDay) % days.length] ?? 'sunday';
  return `${day.slice(0, 3)}:${clock(minute)}`;
}

function clock(minute: number): string {
  const ofDay = minute % minutesPerDay;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}
