import { z } from 'zod';

export const backups = z.strictObject({
  newestOrderDays: z
    .number()
    .min(1, 'write a number of days from 1 up')
    .max(90, 'write at most 90 days; a backup whose newest order is older tells nothing')
    .default(1)
    .describe(
      'How much older than the backup the newest order in it may be, in days: the monthly restore test tells a person of an older one. More than 1 for a shop that sells nothing on some days.',
    ),
});
