import { z } from 'zod';
import { countryAdvice, isCountry } from '../countries.ts';

const rateLimits = z.strictObject({
  all: z
    .int()
    .min(100)
    .max(20_000)
    .default(2000)
    .describe('Requests per address in five minutes over the whole shop, then blocked.'),
  login: z
    .int()
    .min(10)
    .max(20_000)
    .default(50)
    .describe('Requests per address in five minutes to login paths, then challenged.'),
  checkout: z
    .int()
    .min(10)
    .max(20_000)
    .default(50)
    .describe('Requests per address in five minutes to checkout paths, then challenged.'),
});

export const waf = z.strictObject({
  mode: z
    .enum(['block', 'count'])
    .default('block')
    .describe(
      '`count` only observes the managed rule groups, for a first week; every report says so loudly. Admin paths stay blocked.',
    ),
  allowCountries: z
    .array(z.string().refine(isCountry, { error: (issue) => countryAdvice(issue.input) }))
    .max(50, 'write at most 50 countries, or none for all')
    .default([])
    .describe('Countries the shop sells to; all others are blocked. Default: no geographic rule.'),
  botControl: z
    .boolean()
    .default(false)
    .describe('Adds the bot control rule group (about 10 USD a month and 1 USD per million requests).'),
  accountTakeoverPrevention: z
    .boolean()
    .default(false)
    .describe('Adds the account takeover rule group on the login path (priced per login attempt).'),
  acceptExtraCapacity: z
    .boolean()
    .default(false)
    .describe('Accepts the price of more than 1,500 capacity units.'),
  rateLimits: rateLimits.prefault({}).describe('Rate rules.'),
});
