import { closest } from './suggest.ts';

/** EventBridge Scheduler takes names of the IANA database, not abbreviations or offsets. */
export function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Z]\w+\/[\w/+-]+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function timeZoneAdvice(written: unknown): string {
  const advice = 'write an IANA time zone such as "Asia/Tokyo"';
  if (typeof written !== 'string') return advice;
  if (/^(jst|japan|tokyo|\+?0?9(:00)?|utc\+0?9|gmt\+0?9)$/i.test(written)) return 'write "Asia/Tokyo"';
  const close = closest(written, Intl.supportedValuesOf('timeZone'));
  return close === undefined ? advice : `did you mean "${close}"? W${advice.slice(1)}`;
}
