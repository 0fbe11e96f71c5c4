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
  anomalyMonitorArn: z
    .string()
    .regex(
      /^arn:aws:ce::\d{12}:anomalymonitor\/[0-9a-f-]{36}$/,
      'write the ARN of a monitor, such as "arn:aws:ce::111122223333:anomalymonitor/01234567-89ab-cdef-0123-456789abcdef"',
    )
    .optional()
    .describe(
      'ARN of the monitor of the account in AWS Cost Anomaly Detection, such as `aws ce get-anomaly-monitors` shows: the alarm topic hears at once of spending unlike that of the weeks before, from a tenth of `monthly` on. An account has one monitor of its services, which AWS makes when Cost Explorer is first opened, so that none is made here. Default: none is listened to.',
    ),
});
