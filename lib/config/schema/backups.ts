import { z } from 'zod';

export const backups = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'write the AWS account id as 12 digits in quotes, such as "222233334444"')
    .optional()
    .describe(
      'A second AWS account of the same organization: each daily backup is copied into its locked vault as well, in the same region. Default: copies stay in the account, in another region.',
    ),
  newestOrderDays: z
    .number()
    .min(1, 'write a number of days from 1 up')
    .max(90, 'write at most 90 days; a backup whose newest order is older tells nothing')
    .default(1)
    .describe(
      'How much older than the backup the newest order in it may be, in days: the monthly restore test tells a person of an older one. More than 1 for a shop that sells nothing on some days.',
    ),
});
