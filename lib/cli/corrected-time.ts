/**
 * This PC's clock, set right by what the SDK has learned from AWS's answers. A certificate dated by a clock that runs
 * ahead is refused until its time has come, a revocation list of tomorrow locks everybody out until then, and ages and
 * dates of exceptions are counted by AWS's days.
 */
export function correctedTime(
  clients: readonly { readonly config: { readonly systemClockOffset: number } }[],
): Date {
  const offsets = clients.map(({ config }) => config.systemClockOffset);
  const offset = offsets.reduce((widest, each) => (Math.abs(each) > Math.abs(widest) ? each : widest), 0);
  return new Date(Date.now() + offset);
}
