/** The weekly rebuild, and a day of grace for a run that had to be repeated. */
export const oldestImageDays = 8;
