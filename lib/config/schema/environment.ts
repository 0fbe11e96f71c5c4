import { z } from 'zod';
import { isSupportedRegion, regionAdvice } from '../regions.ts';
import { alternatives } from '../suggest.ts';
import { isTimeZone, timeZoneAdvice } from '../time-zone.ts';
import { admin } from './admin.ts';
import { backups } from './backups.ts';
import { budget } from './budget.ts';
import { contractor } from './contractor.ts';
import { customerData } from './customer-data.ts';
import { database } from './database.ts';
import { detection } from './detection.ts';
import { exports } from './exports.ts';
import { mail } from './mail.ts';
import { network } from './network.ts';
import { maintenance, patching } from './patching.ts';
import { rotation } from './rotation.ts';
import { certificateArn, certifiedName, domainName, emailAddress } from './texts.ts';
import { waf } from './waf.ts';

const certificates = z.strictObject({
  edgeArn: certificateArn
    .optional()
    .describe('Existing certificate for CloudFront, in us-east-1. Default: a new one, validated by DNS.'),
  loadBalancerArn: certificateArn
    .optional()
    .describe(
      'Existing certificate for the load balancer, in the region of the environment; it names the domain and its aliases. Default: a new one, validated by DNS.',
    ),
  adminArn: certificateArn
    .optional()
    .describe(
      'Existing certificate for the admin host, in the region of the environment. Default: a new one, validated by DNS.',
    ),
});

/** https://hstspreload.org/#submission-requirements */
const hsts = z
  .strictObject({
    includeSubdomains: z
      .boolean()
      .default(false)
      .describe(
        'Browsers then insist on HTTPS for every host below the domain as well, such as those of other systems of the firm, for two years from the last visit.',
      ),
    preload: z
      .boolean()
      .default(false)
      .describe(
        'Allows browsers to ship the domain in their list of HTTPS-only sites, which takes months to leave. Needs `includeSubdomains`.',
      ),
  })
  .refine(({ includeSubdomains, preload }) => includeSubdomains || !preload, {
    path: ['preload'],
    error:
      'browsers take a domain into their list only with all hosts below it: set includeSubdomains to true, or remove preload',
  });

/** CloudWatch Logs takes no other values from a year up. */
const retentionDays = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const retentionAdvice = `keep logs at least 365 days, in a number that CloudWatch Logs takes: write ${alternatives(retentionDays)}`;

export const tierNames = ['starter', 'standard', 'high-availability'] as const;

export const environment = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'write the AWS account id as 12 digits in quotes, such as "111122223333"')
    .describe('AWS account id, 12 digits.'),
  region: z
    .string()
    .refine(isSupportedRegion, { error: (issue) => regionAdvice(issue.input) })
    .describe('Home region, such as `ap-northeast-1`; the web ACL and its logs live in us-east-1 besides.'),
  domain: certifiedName.describe('Host name customers type.'),
  aliases: z
    .array(domainName)
    .max(8, 'write at most 8 aliases; a certificate holds ten names')
    .default([])
    .describe('Further host names that show the same shop, such as the `www.` form.'),
  dns: z
    .enum(['now', 'later'])
    .default('now')
    .describe(
      '`later` leaves the records of the domain and its aliases as they are, and shows the shop under `preview.<domain>`: for a domain under which an older shop still sells. `now` moves them here.',
    ),
  hostedZone: z
    .strictObject({
      id: z
        .string()
        .regex(/^Z[A-Z0-9]{5,31}$/, 'write the Route 53 hosted zone id, such as "Z0123456789ABCDEFGHIJ"')
        .describe('Route 53 hosted zone id.'),
      name: domainName.describe('Name of the hosted zone; the domain and its aliases lie in it.'),
    })
    .describe('The public hosted zone that holds the domain.'),
  alarms: z
    .strictObject({
      emails: z
        .array(emailAddress)
        .min(1, 'name at least one address, or no alarm reaches a person')
        .describe('Who is told. AWS sends each address a mail that must be confirmed.'),
      language: z
        .enum(['en', 'ja'])
        .default('en')
        .describe(
          'Language in which findings of threats are told: what happened, how bad, what to do first.',
        ),
      digest: z
        .enum(['weekly', 'off'])
        .default('weekly')
        .describe(
          'A mail on Monday morning, in that language: what was blocked, rotated, patched, backed up and tested, who was connected, what is due.',
        ),
    })
    .describe('Who gets the alarms.'),
  admin: admin.describe('Who runs the shop, and how they get in.'),
  contractor: contractor
    .optional()
    .describe(
      'A firm that runs the shop for you: a role it assumes from its own AWS account, which can release and restart and read no customer data. Default: nobody.',
    ),
  exports: exports
    .optional()
    .describe(
      'The customer-data desk: who may open exports of customers and orders, and from where. Default: nobody, and there is no desk.',
    ),
  customerData: customerData
    .prefault({})
    .describe('How customer data may leave the shop software itself, besides the desk.'),
  tier: z
    .enum(tierNames)
    .default('standard')
    .describe(
      'Size and availability: `starter` (one task, smallest database, all in one zone: the shop is away while that zone of AWS is), `standard` (two tasks and a standby database over two zones), `high-availability` (three zones). A tier changes size, never a control.',
    ),
  database: database.prefault({}).describe('The database.'),
  backups: backups.prefault({}).describe('Backups, and the monthly test that restores and reads one.'),
  disposable: z
    .boolean()
    .default(false)
    .describe('Staging that may be deleted: removal is allowed, locks are not final. Never for production.'),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: (issue) => timeZoneAdvice(issue.input) })
    .default('Asia/Tokyo')
    .describe('Time zone of the shop, for VPN hours.'),
  network: network.prefault({}).describe('The VPC.'),
  mail: mail
    .optional()
    .describe(
      'How mails leave the shop: a mail server, Amazon SES, or `none` for a shop whose customers get no mail. The presets need one of the three. Default of a custom platform: over HTTPS only, through the API of a mail service in `network.allowedDomains`.',
    ),
  certificates: certificates.prefault({}).describe('Certificates you already have.'),
  hsts: hsts
    .prefault({})
    .describe(
      'What HTTPS-only (HSTS) covers besides the hosts of the shop, which insist on HTTPS in any case.',
    ),
  waf: waf.prefault({}).describe('The web ACL.'),
  rotation: rotation.prefault({}).describe('Rotation of credentials.'),
  maintenance: maintenance
    .prefault({})
    .describe('When the database engine is patched, hosts are patched and the shop image is rebuilt.'),
  patching: patching.prefault({}).describe('How the shop is kept patched.'),
  detection: detection.prefault({}).describe('Services that watch the account.'),
  budget: budget.prefault({}).describe('What the account may cost.'),
  logRetentionDays: z
    .int()
    .min(365, retentionAdvice)
    .refine((days) => retentionDays.includes(days), retentionAdvice)
    .default(400)
    .describe('Days for which logs are kept and cannot be deleted.'),
});
