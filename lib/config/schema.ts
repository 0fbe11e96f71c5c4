import { z } from 'zod';
import { isCidrBlock } from './cidr.ts';
import { countryAdvice, isCountry } from './countries.ts';
import { isSupportedRegion, regionAdvice } from './regions.ts';
import { alternatives } from './suggest.ts';
import { isTimeZone, timeZoneAdvice } from './time-zone.ts';

/**
 * The shape of `shop.config.ts`. Every `.describe()` is the reference documentation: docs/configuration.md
 * is generated from this file, and CI fails when the two differ.
 *
 * What one field can tell about itself is checked here; what needs two fields is checked in rules.ts.
 */

const slug = (what: string, max: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[a-z][a-z0-9-]{1,${max - 2}}[a-z0-9]$`),
      `write ${what} in lower-case letters, digits and hyphens, 3 to ${max} characters, starting with a letter`,
    )
    // It becomes part of the name of a database cluster.
    .refine(
      (name) => !name.includes('--'),
      `write ${what} without two hyphens in a row; AWS takes no such name`,
    );

const labels = '([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+';
const topLevel = '([a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])';

const domainName = z
  .string()
  .regex(
    new RegExp(`^(?=.{4,253}$)${labels}${topLevel}$`),
    'write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
  );

/** The longest name ACM puts into a certificate: the common name of RFC 5280. */
const certifiedName = domainName.refine(
  (name) => name.length <= 64,
  'write a name of at most 64 characters; no certificate takes a longer one',
);

/** Suffixes below which anyone can register a name: as a wildcard they would let customer data out to anybody. */
const sharedSuffixes = new Set(
  `co.jp or.jp ne.jp ac.jp ad.jp ed.jp go.jp gr.jp lg.jp co.uk org.uk com.au net.au co.nz co.kr com.cn com.tw com.hk
   com.sg com.br co.in co.th amazonaws.com s3.amazonaws.com cloudfront.net elb.amazonaws.com on.aws awsapps.com
   github.io gitlab.io githubusercontent.com herokuapp.com vercel.app netlify.app pages.dev workers.dev
   ngrok.io ngrok.app ngrok-free.app trycloudflare.com firebaseapp.com web.app appspot.com googleapis.com run.app
   azurewebsites.net windows.net fly.dev onrender.com glitch.me repl.co sakura.ne.jp xsrv.jp`.split(/\s+/),
);

/** A host as an allow-list may hold it: a domain name, optionally with a leading wildcard label. */
const allowedDomain = z
  .string()
  .regex(
    new RegExp(`^(?=.{4,253}$)(\\*\\.)?${labels}${topLevel}$`),
    'write a domain name such as "api.example.com" or "*.example.com"',
  )
  .refine(
    (domain) => !sharedSuffixes.has(domain.replace(/^\*\./, '')) || !domain.startsWith('*.'),
    'anyone can have a name there; write the names the shop needs, without "*"',
  );

const emailAdvice = 'write an e-mail address such as "owner@example.jp"';
/** RFC 5321 ends the part before the @ at 64 characters. */
const emailAddress = z.email(emailAdvice).refine((address) => address.indexOf('@') <= 64, emailAdvice);

const cidr = z
  .string()
  .refine(isCidrBlock, 'write an IPv4 block such as "10.20.0.0/16" whose address is the first of the block');

/** The account and region are compared with those of the environment in rules/account.ts. */
const certificateArn = z
  .string()
  .regex(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    'write the ARN of an ACM certificate, such as "arn:aws:acm:ap-northeast-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"',
  );

const samlProviderArn = z
  .string()
  .regex(
    /^arn:aws:iam::\d{12}:saml-provider\/[\w._-]{1,128}$/,
    'write the ARN of an IAM SAML provider, such as "arn:aws:iam::111122223333:saml-provider/Staff"',
  );

const exactPath = (example: string) =>
  z
    .string()
    .regex(
      /^\/[A-Za-z0-9._~/-]+$/,
      `write a path that starts with a slash and is more than "/", such as "${example}", in letters, digits and . _ ~ - only`,
    )
    .refine((path) => !/\/\/|\/\.{1,2}(\/|$)/.test(path), 'write the path without "//", "/./" or "/../"')
    .refine((path) => path.length <= 100, 'write a path of at most 100 characters');

/** A path that stands for itself and everything below it. */
const urlPath = (example: string) =>
  exactPath(example).refine(
    (path) => !path.endsWith('/'),
    'write the path without a slash at its end; it covers everything below it',
  );

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "HH:MM" from "00:00" to "23:59"');

const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

const environmentVariable = z
  .string()
  .regex(
    /^[A-Z_][A-Z0-9_]*$/,
    'write an environment variable name in capitals, digits and underscores, such as "DB_HOST"',
  );

/** Writable program folders would undo the read-only root file system. */
const systemFolders =
  /^\/((bin|boot|dev|etc|lib|lib32|lib64|proc|root|sbin|sys|usr\/(local\/)?(bin|lib|sbin))(\/|$)|(home|opt|usr|usr\/local|usr\/share|var|var\/lib|var\/www)$)/;

const absoluteFolder = z
  .string()
  .regex(
    /^\/[A-Za-z0-9._/-]*[A-Za-z0-9._-]$/,
    'write an absolute folder such as "/var/www/html/wp-content/uploads"',
  )
  .refine((folder) => !/\/\/|\/\.{1,2}(\/|$)/.test(folder), 'write the folder without "//", "/./" or "/../"')
  .refine(
    (folder) => !systemFolders.test(folder),
    'write a folder of the shop, not one of the operating system',
  );

// ---------------------------------------------------------------------------------------------------- platform

export const managedRuleGroupNames = ['php', 'wordpress', 'linux', 'unix'] as const;

const media = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('file-system')
      .describe('An encrypted EFS file system, mounted over TLS with IAM through an access point.'),
    mountPath: absoluteFolder.describe('Where the shop expects its media folder inside the container.'),
    userId: z
      .int()
      .min(1)
      .max(65534)
      .default(1000)
      .describe('POSIX user and group id that owns the files; never 0 (root).'),
  }),
  z.strictObject({
    kind: z.literal('bucket').describe('An encrypted, versioned S3 bucket that only the shop task can use.'),
    environmentVariable: environmentVariable.describe(
      'The environment variable through which the shop learns the bucket name.',
    ),
  }),
  z.strictObject({ kind: z.literal('none').describe('The shop keeps no media of its own.') }),
]);

const presetPlatform = (preset: 'woocommerce' | 'ec-cube', about: string) =>
  z.strictObject({
    preset: z.literal(preset).describe(about),
    adminPaths: z
      .array(urlPath('/staff'))
      .default([])
      .describe(
        "Admin paths besides the preset's own: each answers 403 to the Internet, with everything below it.",
      ),
    loginPaths: z
      .array(urlPath('/account/login'))
      .default([])
      .describe("Customer sign-in paths besides the preset's own; they get the stricter login rate rule."),
    checkoutPaths: z
      .array(urlPath('/checkout'))
      .default([])
      .describe("Checkout paths besides the preset's own; they get the card-testing rate rule."),
    architecture: z
      .enum(['arm64', 'x86_64'])
      .default('arm64')
      .describe('Processor of the image; arm64 costs about a fifth less.'),
  });

export const customPlatformSchema = z.strictObject({
  preset: z
    .literal('custom')
    .describe('Any shop software in a container of your own; everything the presets know is said here.'),
  engine: z.enum(['postgresql', 'mysql']).describe('Database engine the shop speaks.'),
  port: z
    .int()
    .min(1024)
    .max(65535)
    .describe('TCP port the container listens on; 1024 or above, as it does not run as root.'),
  healthPath: exactPath('/health').describe('Path that answers 200 when the shop and its database work.'),
  buildContext: z
    .string()
    .min(1, 'write a folder such as "./my-shop"')
    .describe(
      'Folder with the Dockerfile and versions.json that the patch pipeline builds from, relative to the config file; examples/custom-shop is one.',
    ),
  adminPaths: z
    .array(urlPath('/staff'))
    .min(1, 'name at least one admin path, so that it can be closed to the Internet')
    .describe('Paths that answer 403 to the Internet, with everything below them.'),
  publicPaths: z
    .array(exactPath('/staff/banner.png'))
    .default([])
    .describe('Exact paths below an admin path that customers need; everything else there stays closed.'),
  loginPaths: z
    .array(urlPath('/account/login'))
    .default([])
    .describe('Customer sign-in paths; they get the stricter login rate rule.'),
  checkoutPaths: z
    .array(urlPath('/checkout'))
    .default([])
    .describe('Checkout paths; they get the card-testing rate rule.'),
  uploadPaths: z
    .array(urlPath('/account/photos'))
    .default([])
    .describe('Paths that may receive bodies above 8 KB; body-size rules block everywhere else.'),
  userId: z
    .int()
    .min(1)
    .max(65534)
    .default(1000)
    .describe('POSIX user and group id the container runs as; never 0 (root).'),
  writableFolders: z
    .array(absoluteFolder)
    .default(['/tmp'])
    .describe('Folders the shop may write; the rest of the root file system is read-only.'),
  environment: z
    .record(
      environmentVariable,
      z.string().regex(/^[\P{Cc}\t\n]{0,1024}$/u, 'write a text of at most 1024 printable characters'),
    )
    .default({})
    .describe('Plain environment variables. Never a secret: those go to secretEnvironment.'),
  databaseEnvironment: z
    .strictObject({
      host: environmentVariable.describe('Variable with the host name of the database.'),
      port: environmentVariable
        .optional()
        .describe('Variable with its port, which is not the usual one of the engine.'),
      name: environmentVariable.describe('Variable with the name of the database.'),
      user: environmentVariable.describe('Variable with the user, which changes at each rotation.'),
      password: environmentVariable.describe('Variable with the password.'),
    })
    .prefault({
      host: 'DATABASE_HOST',
      port: 'DATABASE_PORT',
      name: 'DATABASE_NAME',
      user: 'DATABASE_USER',
      password: 'DATABASE_PASSWORD',
    })
    .describe('Environment variables through which the shop receives its database login.'),
  secretEnvironment: z
    .array(environmentVariable)
    .default([])
    .describe(
      'Application secrets (session keys, salts): each is generated, rotated and injected under this name.',
    ),
  managedRuleGroups: z
    .array(z.enum(managedRuleGroupNames))
    .default([])
    .describe('AWS managed WAF rule groups besides core, known bad inputs and SQL injection.'),
  updateDomains: z
    .array(allowedDomain)
    .default([])
    .describe('Domains the running shop must reach, such as its update server.'),
  media: media.default({ kind: 'none' }).describe('Where uploaded pictures live.'),
  architecture: z
    .enum(['arm64', 'x86_64'])
    .default('arm64')
    .describe('Processor of the image; arm64 costs about a fifth less.'),
});

const platform = z.discriminatedUnion('preset', [
  presetPlatform('woocommerce', 'WordPress with WooCommerce on Aurora MySQL.'),
  presetPlatform('ec-cube', 'EC-CUBE 4 on Aurora PostgreSQL.'),
  customPlatformSchema,
]);

const payment = z.strictObject({
  provider: z
    .enum(['stripe', 'payjp', 'square', 'gmo-payment-gateway', 'paypal', 'none'])
    .describe(
      'Payment provider whose hosted fields take the card data. Decides which hosts the content-security-policy and the DNS allow-list name.',
    ),
  extraScriptHosts: z
    .array(allowedDomain)
    .default([])
    .describe('Further hosts whose scripts the shop pages may run. Each weakens the page: keep it empty.'),
  extraFrameHosts: z
    .array(allowedDomain)
    .default([])
    .describe(
      'Further hosts the shop pages may show in a frame, such as the 3-D Secure page of a card issuer that the provider does not frame itself.',
    ),
});

// ------------------------------------------------------------------------------------------------- environment

const person = z.strictObject({
  name: slug('the name', 32).describe(
    'Name in the VPN certificate and in the logs; one certificate a person.',
  ),
  email: emailAddress.describe('Address of this person; with single sign-on, the one they sign in with.'),
});

const businessHours = z
  .strictObject({
    days: z
      .array(weekday)
      .min(1)
      .default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
      .describe('Days on which the VPN accepts connections.'),
    from: clockTime.default('08:00').describe('First minute, in the time zone of the shop.'),
    to: clockTime.default('20:00').describe('Last minute, in the time zone of the shop; later than `from`.'),
    closedOn: z
      .array(z.iso.date('write a date as "YYYY-MM-DD"'))
      .default([])
      .describe('Holidays on which the VPN stays closed.'),
  })
  .describe('Hours in which the VPN accepts connections.');

const vpn = z.strictObject({
  certificateArn: certificateArn
    .optional()
    .describe(
      'ACM certificate of the VPN server, in the region of the environment, as `secure-shop vpn init` prints it. Until it is given no VPN exists and the admin screens answer nobody.',
    ),
  clientCidr: cidr
    .default('10.250.0.0/22')
    .describe(
      'Private addresses handed to VPN clients, /12 to /22, apart from the VPC; cannot be changed later.',
    ),
  hours: businessHours
    .optional()
    .describe(
      'Hours in which the VPN accepts connections. Default: always, in tier `starter` 08:00 to 20:00 on weekdays.',
    ),
  sessionHours: z
    .union([z.literal(8), z.literal(10), z.literal(12), z.literal(24)])
    .default(8)
    .describe('Hours after which a VPN session ends.'),
  samlProviderArn: samlProviderArn
    .optional()
    .describe('IAM SAML provider: adds single sign-on (with its MFA) to the certificate.'),
});

const admin = z.strictObject({
  people: z
    .array(person)
    .min(1, 'name at least one person, or nobody can reach the admin screens')
    .describe('Who may reach the admin screens, each with a certificate of their own.'),
  host: certifiedName
    .optional()
    .describe('Private host name of the admin screens. Default: `admin.` before the domain.'),
  vpn: vpn.prefault({}).describe('The Client VPN through which admins come in.'),
});

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

const waf = z.strictObject({
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

const network = z.strictObject({
  cidr: cidr.default('10.20.0.0/16').describe('Private addresses of the VPC, /16 to /22.'),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'write a zone such as "ap-northeast-1a"'))
    .min(2, 'name at least two zones')
    .max(3, 'name at most three zones')
    .optional()
    .describe('Zones to use. Default: the first two of the region, three in tier `high-availability`.'),
  peerCidrs: z.array(cidr).default([]).describe('Networks that may be connected later and must not overlap.'),
  allowedDomains: z
    .array(allowedDomain)
    .default([])
    .describe(
      'Domains the shop may reach besides those of its platform and payment provider. DNS Firewall blocks the rest.',
    ),
});

const everyAdvice = 'write 4, 6, 8, 12 or 24 hours, such as "12 hours", or 1 to 30 days, such as "7 days"';

/** Secrets Manager rotates every four hours at most often; only divisors of a day fall on the same hours each day. */
function isRotationPeriod(period: string): boolean {
  const hours = hoursOf(period);
  return period.includes('hour') ? [4, 6, 8, 12, 24].includes(hours) : hours <= 30 * 24;
}

/** @param period such as "12 hours" or "7 days" */
export function hoursOf(period: string): number {
  const [count, unit] = period.split(' ');
  return Number(count) * (unit?.startsWith('day') ? 24 : 1);
}

const mail = z.strictObject({
  host: domainName.describe('Mail server through which the shop sends order mails.'),
  port: z
    .union([z.literal(465), z.literal(587), z.literal(2465), z.literal(2587)], {
      error: 'write a mail submission port that speaks TLS: 465, 587, 2465 or 2587',
    })
    .default(587)
    .describe('Its submission port; the only way out of the shop besides HTTPS.'),
});

const rotation = z.strictObject({
  every: z
    .string()
    .regex(/^[1-9]\d* (hours?|days?)$/, everyAdvice)
    .refine(isRotationPeriod, everyAdvice)
    .default('7 days')
    .describe('How often every credential changes: from 4 hours to 30 days.'),
  windowStart: clockTime
    .refine((time) => time.endsWith(':00'), 'write a full hour such as "17:00"; windows open on the hour')
    .default('17:00')
    .describe('Start of the rotation window, in UTC (17:00 UTC is 02:00 in Japan).'),
  windowHours: z
    .int()
    .min(1)
    .max(12)
    .default(2)
    .describe('Length of the rotation window in hours; it must end on the same UTC day.'),
});

const maintenance = z.strictObject({
  day: weekday.default('monday').describe('UTC day of the maintenance window.'),
  start: clockTime.default('19:00').describe('Start of the maintenance window in UTC; it lasts two hours.'),
});

const patchException = z.strictObject({
  cve: z
    .string()
    .regex(
      /^(CVE-\d{4}-\d{4,}|GHSA(-[0-9a-z]{4}){3})$/,
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

const patching = z.strictObject({
  exceptions: z
    .array(patchException)
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

const certificates = z.strictObject({
  edgeArn: certificateArn
    .optional()
    .describe('Existing certificate for CloudFront, in us-east-1. Default: a new one, validated by DNS.'),
  loadBalancerArn: certificateArn
    .optional()
    .describe(
      'Existing certificate for the load balancer, in the region of the environment. Default: a new one, validated by DNS.',
    ),
});

/** CloudWatch Logs takes no other values from a year up. */
const retentionDays = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const retentionAdvice = `keep logs at least 365 days, in a number that CloudWatch Logs takes: write ${alternatives(retentionDays)}`;

const detection = z.strictObject({
  accountServices: z
    .enum(['create', 'existing'])
    .optional()
    .describe(
      'GuardDuty and Access Analyzer exist once per account and region. `existing` when your organization or another app has turned them on already. Default: `create` in the first environment of each account and region, `existing` in the others.',
    ),
});

export const tierNames = ['starter', 'standard', 'high-availability'] as const;

export const environmentSchema = z.strictObject({
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
    })
    .describe('Who gets the alarms.'),
  admin: admin.describe('Who runs the shop, and how they get in.'),
  tier: z
    .enum(tierNames)
    .default('standard')
    .describe(
      'Size and availability: `starter` (one task, smallest database), `standard` (two tasks and a standby database over two zones), `high-availability` (three zones). A tier changes size, never a control.',
    ),
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
      'How order mails leave the shop. Default: over HTTPS only, through the API of a mail service in `network.allowedDomains`.',
    ),
  certificates: certificates.prefault({}).describe('Certificates you already have.'),
  waf: waf.prefault({}).describe('The web ACL.'),
  rotation: rotation.prefault({}).describe('Rotation of credentials.'),
  maintenance: maintenance
    .prefault({})
    .describe('When the database engine is patched, hosts are patched and the shop image is rebuilt.'),
  patching: patching.prefault({}).describe('How the shop is kept patched.'),
  detection: detection.prefault({}).describe('Services that watch the account.'),
  logRetentionDays: z
    .int()
    .min(365, retentionAdvice)
    .refine((days) => retentionDays.includes(days), retentionAdvice)
    .default(400)
    .describe('Days for which logs are kept and cannot be deleted.'),
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html and others. */
const shopName = slug('the shop name', 20).refine(
  (name) => !/^(aws|amazon|amzn|ssm)(-|$)/.test(name),
  'write another name; AWS keeps names that begin like this for itself',
);

const environmentName = slug('the environment name', 16).refine(
  (name) => name !== 'constructor',
  'write another name, such as "production"; the CDK cannot take this one',
);

export const shopSchema = z.strictObject({
  name: shopName.describe('Short name of the shop; it begins the name of every stack.'),
  platform: platform.prefault({ preset: 'woocommerce' }).describe('The shop software.'),
  payment: payment.describe('How customers pay. Card data never touches the shop.'),
  environments: z
    .record(environmentName, environmentSchema)
    .refine((all) => Object.keys(all).length > 0, 'define at least one environment, such as "production"')
    .describe('Environments by name, such as `production` and `staging`.'),
});

/** What a user writes. */
export type ShopInput = z.input<typeof shopSchema>;
/** What the stacks read: every default filled in. */
export type ParsedShop = z.output<typeof shopSchema>;
export type ParsedEnvironment = z.output<typeof environmentSchema>;
export type CustomPlatform = z.output<typeof customPlatformSchema>;
export type PaymentProvider = ParsedShop['payment']['provider'];
export type Tier = ParsedEnvironment['tier'];
