import { z } from 'zod';
import { clockTime, weekday } from './texts.ts';

export const maintenance = z.strictObject({
  day: weekday.default('monday').describe('UTC day of the maintenance window.'),
  start: clockTime.default('19:00').describe('Start of the maintenance window in UTC; it lasts two hours.'),
});

const patchException = z.strictObject({
  cve: z
    .string()
    .regex(
      /^(CVE-\d{4}-\d{4,10}|GHSA(-[0-9a-z]{4}){3})$/,
      'write the identifier of the vulnerability, such as "CVE-2026-12345"',
    )
    .describe('The vulnerability the scan gate shall let pass.'),
  until: z.iso
    .date('write a date as "YYYY-MM-DD"')
    .refine(
      (date) => Date.parse(date) < Date.now() + 90 * 24 * 60 * 60 * 1000,
      'write a date within the next 90 days: an exception is a delay, not a decision to keep a hole',
    )
    .describe('Last day of the exception, within 90 days. After it the gate stops the image again.'),
  reason: z
    .string()
    .refine((reason) => reason.trim().length >= 20, 'say in a sentence why the shop is safe meanwhile')
    .describe('Why the shop is safe meanwhile; the security reviewer reads it.'),
});

export const patching = z.strictObject({
  exceptions: z
    .array(patchException)
    .max(
      40,
      'write at most 40: more open holes than that want another base image, and a function holds no more',
    )
    .default([])
    .describe(
      'Known vulnerabilities that may stay for a while: the scan gate lets them pass until their date.',
    ),
  source: z
    .strictObject({
      connectionArn: z
        .string()
        .regex(
          /^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[0-9a-f-]{36}$/,
          'write the ARN of a connection, such as "arn:aws:codeconnections:REGION:ACCOUNT:connection/..."',
        )
        .describe('Connection to the source host, authorized once by hand in the console.'),
      repository: z
        .string()
        .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/, 'write the repository as "owner/name"')
        .refine((name) => !name.endsWith('.git'), 'write the repository as "owner/name", without ".git"')
        .describe('Repository whose root holds the Dockerfile of the shop, as `owner/name`.'),
      branch: z
        .string()
        // What git allows in a name, in characters that need no quoting anywhere.
        .regex(
          /^(?!.*(\.\.|\/\/|\.lock$|[/.]$))[A-Za-z0-9][\w./+@#-]*$/,
          'write the name of a branch, such as "main"',
        )
        .default('main')
        .describe('Branch that is built.'),
    })
    .optional()
    .describe('A repository of your own to build from. Default: the build context of the platform.'),
  operationsHost: z
    .boolean()
    .default(false)
    .describe(
      'Adds a small private host for maintenance, reached through Session Manager only and patched in the maintenance window (about 10 USD a month).',
    ),
});
