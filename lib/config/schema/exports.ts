import { z } from 'zod';
import { officeAddress, slug } from './texts.ts';

const person = z.strictObject({
  name: slug('the name', 24).describe('Name of one of `admin.people`; their exports lie under it.'),
  signsInAs: z
    .string()
    .regex(
      /^arn:aws:iam::\d{12}:(user|role)\/[\w+=,.@/-]{1,512}$/,
      'write the ARN of the IAM user or role with which this person signs in, such as "arn:aws:iam::111122223333:user/yui"',
    )
    .describe(
      'ARN of the IAM user, or of the IAM Identity Center role, with which this person signs in. A user needs MFA; a role lets in only whoever has the address of `admin.people` as user name.',
    ),
});

const query = z
  .string()
  .min(10, 'write a SELECT with a unique number as its column "id"')
  .max(20_000, 'write at most 20,000 characters')
  .refine((sql) => /^\s*(select|with)\s/i.test(sql) && !sql.includes(';'), {
    error: 'write one SELECT without a semicolon, with a unique number as its column "id"',
  });

export const exports = z.strictObject({
  people: z
    .array(person)
    .min(1, 'name at least one person, or take `exports` out')
    .max(10, 'name at most 10 people; the fewer, the better')
    .describe('Who may open exports, each their own only.'),
  from: z
    .array(officeAddress)
    .min(1, 'name at least one address from which exports may be opened')
    .max(10, 'write at most 10 addresses')
    .describe('Public addresses from which exports may be opened, such as those of the office.'),
  days: z
    .int()
    .min(1, 'write at least 1 day')
    .max(30, 'write at most 30 days')
    .default(7)
    .describe('Days after which an export is deleted.'),
  queries: z
    .strictObject({
      customers: query.describe('SELECT of the customers; its column `id` is a unique number.'),
      orders: query.describe('SELECT of the orders; its column `id` is a unique number.'),
    })
    .optional()
    .describe('What is exported of a custom platform. Default of the presets: their own.'),
});
