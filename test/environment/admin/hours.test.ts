import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '../../../lib/config/index.ts';
import { isOpen } from '../../../lib/environment/admin/hours.ts';

const office: BusinessHours = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  from: '08:00',
  to: '20:00',
  closedOn: ['2026-11-23'],
};

describe('hours of the admin VPN', () => {
  it.each([
    ['opens with the first minute', '2026-11-24T08:00:00+09:00', true],
    ['is closed the second before', '2026-11-24T07:59:59+09:00', false],
    ['stays open through the last minute', '2026-11-24T20:00:59+09:00', true],
    ['is closed the minute after', '2026-11-24T20:01:00+09:00', false],
    ['is closed on Saturdays', '2026-11-28T12:00:00+09:00', false],
    ['is closed on holidays', '2026-11-23T12:00:00+09:00', false],
    ['goes by the day in the shop, not in UTC', '2026-11-24T08:30:00+09:00', true],
  ])('%s', (_what, moment, open) => {
    expect(isOpen(office, 'Asia/Tokyo', new Date(moment))).toBe(open);
  });

  it.each([
    // New York springs forward on 2027-03-14 and falls back on 2026-11-01.
    ['winter', '2027-03-12T08:00:00-05:00', '2027-03-12T07:59:00-05:00'],
    ['summer', '2027-03-15T08:00:00-04:00', '2027-03-15T07:59:00-04:00'],
    ['autumn', '2026-11-02T08:00:00-05:00', '2026-11-02T07:59:00-05:00'],
  ])('follows the clock on the wall in %s', (_season, first, before) => {
    expect(isOpen(office, 'America/New_York', new Date(first))).toBe(true);
    expect(isOpen(office, 'America/New_York', new Date(before))).toBe(false);
  });

  it('is open all day when the hours say so, also in the hour that comes twice', () => {
    const always: BusinessHours = {
      days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
      from: '00:00',
      to: '23:59',
      closedOn: [],
    };
    for (let minute = 0; minute < 26 * 60; minute += 10) {
      const moment = new Date(Date.parse('2026-11-01T00:00:00-04:00') + minute * 60_000);
      expect(isOpen(always, 'America/New_York', moment)).toBe(true);
    }
  });

  it('refuses to guess when the time zone is unknown', () => {
    expect(() => isOpen(office, 'Asia/Nowhere', new Date())).toThrow(RangeError);
  });
});
