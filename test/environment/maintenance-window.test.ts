import { describe, expect, it } from 'vitest';
import {
  backupStart,
  backupWindow,
  maintenanceCron,
  maintenanceWindow,
  nextMaintenance,
} from '../../lib/environment/maintenance-window.ts';

describe('maintenance windows', () => {
  it.each([
    ['monday', '19:00', 'mon:19:00-mon:21:00', 'cron(0 19 ? * MON *)', '16:00-17:00', '1:0'],
    ['saturday', '23:00', 'sat:23:00-sun:01:00', 'cron(0 23 ? * SAT *)', '20:00-21:00', '5:0'],
    ['sunday', '01:30', 'sun:01:30-sun:03:30', 'cron(30 1 ? * SUN *)', '22:30-23:30', '7:30'],
  ] as const)('on %s at %s', (day, start, maintenance, cron, backup, plan) => {
    expect(maintenanceWindow({ day, start })).toBe(maintenance);
    expect(maintenanceCron({ day, start })).toBe(cron);
    expect(backupWindow({ day, start })).toBe(backup);
    const { daily, monthly } = backupStart({ day, start });
    expect(`${daily.hour}:${daily.minute}`).toBe(plan);
    expect(monthly).toEqual({ hour: String((Number(daily.hour) + 4) % 24), minute: daily.minute });
  });

  // 2026-11-22 is a Sunday.
  it.each([
    ['later today', '2026-11-22T01:29:59Z', '2026-11-22T01:30:00Z'],
    ['in a week, when it has just begun', '2026-11-22T01:30:00Z', '2026-11-29T01:30:00Z'],
    ['on the coming Sunday', '2026-11-28T23:00:00Z', '2026-11-29T01:30:00Z'],
    ['in the next year', '2026-12-27T12:00:00Z', '2027-01-03T01:30:00Z'],
  ])('begin next %s', (_, now, next) => {
    expect(nextMaintenance({ day: 'sunday', start: '01:30' }, new Date(now))).toEqual(new Date(next));
  });
});
