import { z } from 'zod';
import { countryAdvice, isCountry } from '../countries.ts';
import { managedGroupNames } from '../managed-rule-groups.ts';
import { addressBlock, urlPath } from './texts.ts';

const rateLimits = z.strictObject({
  all: z
    .int()
    .min(100)
    .max(20_000)
    .default(2000)
    .describe('Requests per address in five minutes over the whole shop, then refused (429).'),
  changes: z
    .int()
    .min(10)
    .max(20_000)
    .default(300)
    .describe('Requests per address in five minutes that send something (all but GET, HEAD, OPTIONS).'),
  login: z
    .int()
    .min(10)
    .max(20_000)
    .default(20)
    .describe(
      'Sign-ins, registrations and password resets per shopper in five minutes, then refused (429); five times as many per address.',
    ),
  checkout: z
    .int()
    .min(10)
    .max(20_000)
    .default(20)
    .describe(
      'Orders, payments and coupons per shopper in five minutes, then refused (429); five times as many per address.',
    ),
  pages: z
    .int()
    .min(10)
    .max(20_000)
    .default(100)
    .describe('Views of sign-in and checkout pages per address in five minutes, then challenged.'),
});

const days = 24 * 60 * 60 * 1000;

const exception = z.strictObject({
  group: z.enum(managedGroupNames).describe('Rule group that mistakes customers for attackers.'),
  rule: z
    .string()
    .regex(/^[A-Za-z0-9_]+$/, 'write the name of a rule, such as "CrossSiteScripting_BODY"')
    .describe(
      'The rule of that group, as the web ACL logs and AWS name it, such as `CrossSiteScripting_BODY`.',
    ),
  paths: z
    .array(urlPath('/contact'))
    .default([])
    .describe('Where it only counts, with everything below. Default: everywhere.'),
  reason: z
    .string()
    .refine((reason) => reason.trim().length >= 20, 'say in a sentence why the shop is safe meanwhile')
    .describe('Why the shop is safe meanwhile; the security reviewer reads it.'),
  until: z.iso
    .date('write a date as "YYYY-MM-DD"')
    .refine(
      (date) => Date.parse(date) < Date.now() + 90 * days,
      'write a date within the next 90 days: an exception is for finding a better answer',
    )
    .refine(
      (date) => Date.parse(date) + days > Date.now(),
      'write a date that has not passed, or remove the exception: its rule blocks again',
    )
    .describe('Last day of the exception, within 90 days. After it the config is refused.'),
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
    .describe('Accepts the price of more than 2,000 capacity units.'),
  exceptions: z
    .array(exception)
    .default([])
    .describe(
      'Rules of AWS that only count for a while, because they refuse customers. Every report names them.',
    ),
  blockedAddresses: z
    .array(addressBlock)
    .max(1000, 'write at most 1,000 addresses or blocks')
    .default([])
    .describe('Addresses and blocks of attackers, IPv4 or IPv6; they are refused everything.'),
  rateLimits: rateLimits.prefault({}).describe('Rate rules.'),
});
