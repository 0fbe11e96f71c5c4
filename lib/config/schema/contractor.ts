import { z } from 'zod';
import { clockTime, weekday } from './texts.ts';

const hours = z
  .strictObject({
    days: z
      .array(weekday)
      .min(1)
      .default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
      .describe('Days on which the contractor may work.'),
    from: clockTime.default('09:00').describe('When the role opens, in the time zone of the shop.'),
    to: clockTime
      .default('18:00')
      .describe('When it closes, in the time zone of the shop; later than `from`. Sessions end then, too.'),
  })
  .describe('Hours in which the role can be used.');

export const contractor = z.strictObject({
  account: z
    .string()
    .regex(
      /^\d{12}$/,
      'write the contractor\'s AWS account id as 12 digits in quotes, such as "777788889999"',
    )
    .describe("AWS account of the contractor, 12 digits; not the shop's own."),
  externalId: z
    .string()
    .regex(
      /^[\w+=,.@:/-]{16,128}$/,
      'write 16 to 128 letters, digits or + = , . @ : / - _ that nobody guesses, such as the output of `openssl rand -hex 16`',
    )
    .describe(
      'Text that the contractor presents with every sign-in, made by you for this shop alone. It keeps one customer of the contractor out of the shop of another; it is no password.',
    ),
  until: z.iso
    .date('write the last day of the contract as "YYYY-MM-DD"')
    .describe('Last day of the contract, in the time zone of the shop. Afterwards the role opens nothing.'),
  hours: hours.optional().describe('Hours in which the role can be used. Default: always.'),
});
