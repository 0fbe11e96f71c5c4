import { z } from 'zod';

export const budget = z.strictObject({
  monthly: z
    .number()
    .min(1, 'write the US dollars that a month may cost, such as 300')
    .max(1_000_000, 'write the US dollars that a month may cost, such as 300')
    .optional()
    .describe(
      'US dollars that a month of the whole AWS account may cost. The alarm topic hears of 50, 80 and 100 % of it, and of a forecast above it. Default: what `secure-shop cost` estimates of the tier of each environment in the account, and a third more.',
    ),
});
