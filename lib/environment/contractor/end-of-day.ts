/**
 * The moment at which a day is over.
 *
 * @param date such as `2027-03-31`
 * @param timeZone such as `Asia/Tokyo`
 */
export function endOfDay(date: string, timeZone: string): Date {
  const midnight = new Date(`${date}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + 1);
  const guess = new Date(midnight.getTime() - offsetAt(midnight, timeZone));
  // Where clocks change between the two, the offset of the guess is the right one.
  return new Date(midnight.getTime() - offsetAt(guess, timeZone));
}

/** Milliseconds by which the zone's clocks are ahead of UTC. */
function offsetAt(moment: Date, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
