import { z } from 'zod';

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'write the 64 hexadecimal digits that `secure-shop scripts learn` prints');

const script = z.strictObject({
  source: z
    .string()
    .min(1)
    .describe(
      'Address of the script; a path when it is of the shop, `inline` when it stands in the page, `generated` when another script makes it.',
    ),
  hash: hash
    .optional()
    .describe(
      'SHA-256 of the file, or of the structure of code in the page. Default: whatever its provider serves.',
    ),
  reason: z
    .string()
    .min(10, 'say in a sentence why the payment page needs this script (PCI DSS 6.4.3)')
    .describe('Why the payment page needs it.'),
});

export const scripts = z.array(script);

const texts = z.array(z.string());

/** What of a payment page is watched besides its scripts, as `secure-shop scripts learn` writes it. */
export const page = z.strictObject({
  visit: z
    .array(z.string().regex(/^\//, 'write a path such as "/checkout"'))
    .min(1, 'write the paths of a customer on the way to pay, such as "/?add-to-cart=12" and "/checkout"')
    .default(['/checkout'])
    .describe('Paths that lead a customer to the payment page, in order; the last one is that page.'),
  names: texts.default([]).describe('Hosts that texts of scripts name.'),
  hosts: texts.default([]).describe('Hosts that the page asks, and for what.'),
  forms: texts.default([]).describe('Where forms send to.'),
  frames: texts.default([]).describe('What frames show.'),
  handlers: texts.default([]).describe('Event handlers in the markup.'),
  cardFields: texts.default([]).describe('Fields of the page itself that ask for a card.'),
  workers: texts.default([]).describe('Workers and service workers.'),
  headers: z.record(z.string(), z.string()).default({}).describe('Headers that protect the page.'),
});
