import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { isCidrBlock, isPrivate, parseCidr } from '../cidr.ts';
import { looksSecret } from '../secrets.ts';

export const slug = (what: string, max: number) =>
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

/** A host name, and whatever may stand before it. */
const hostPattern = (before: string) => new RegExp(`^(?=.{4,253}$)${before}${labels}${topLevel}$`);

const domainPattern = hostPattern('');

export const domainName = z.string().regex(domainPattern, {
  error: ({ input }) =>
    hostAdvice(
      input,
      domainPattern,
      'write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
    ),
});

/** What is written around a host name or into one, how it is told, and what is meant, in the order in which it is taken away. */
const slips: readonly (readonly [at: RegExp, told: string, meant: (found: string) => string])[] = [
  [/^\s+|\s+$/g, 'it has blanks around it', () => ''],
  [/^[a-z][a-z\d+.-]*:\/\//i, 'it begins with a scheme', () => ''],
  [/[/?#].+$/s, 'it ends with a path', () => ''],
  [/\/$/, 'it ends with a slash', () => ''],
  [/:\d*$/, 'it ends with a port', () => ''],
  [/[.。．｡]$/, 'it ends with a dot', () => ''],
  [/\s+/g, 'no host name has a blank', () => '-'],
  [/_+/g, 'no host name has an underscore: no certificate takes it', () => '-'],
  [/^(?=.*[A-Z]).*$/s, 'it is not in lower case', (name) => name.toLowerCase()],
  // Browsers and certificates know a name in other letters as "xn--...": https://www.rfc-editor.org/rfc/rfc5891
  [/^.*[^\0-\x7f].*$/s, 'DNS knows other letters than a to z in Punycode only', domainToASCII],
];

/** Each slip and the name that is meant, where what was written leads to one. */
function hostAdvice(input: unknown, pattern: RegExp, otherwise: string): string {
  if (typeof input !== 'string' || input.length > 1000 || looksSecret(input)) return otherwise;
  let meant = input;
  const told: string[] = [];
  for (const [at, slip, instead] of slips) {
    const next = meant.replace(at, instead);
    if (next !== meant) told.push(slip);
    meant = next;
  }
  return pattern.test(meant) ? `${told.join('; ')}; write "${meant}"` : otherwise;
}

/** The longest name ACM puts into a certificate: the common name of RFC 5280. */
export const certifiedName = domainName.refine(
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

const allowedPattern = hostPattern('(\\*\\.)?');

/** A host as an allow-list may hold it: a domain name, optionally with a leading wildcard label. */
export const allowedDomain = z
  .string()
  .regex(allowedPattern, {
    error: ({ input }) =>
      hostAdvice(input, allowedPattern, 'write a domain name such as "api.example.com" or "*.example.com"'),
  })
  .refine(
    (domain) => !sharedSuffixes.has(domain.replace(/^\*\./, '')) || !domain.startsWith('*.'),
    'anyone can have a name there; write the names the shop needs, without "*"',
  );

const emailAdvice = 'write an e-mail address such as "owner@example.jp"';
/** RFC 5321 ends the part before the @ at 64 characters. */
export const emailAddress = z.email(emailAdvice).refine((address) => address.indexOf('@') <= 64, emailAdvice);

export const cidr = z
  .string()
  .refine(isCidrBlock, 'write an IPv4 block such as "10.20.0.0/16" whose address is the first of the block');

/** AWS WAF takes every block but one that holds all addresses. */
export const addressBlock = z.string().refine((written) => {
  const [address = '', size] = written.split(/\/(.*)/s);
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0;
  return bits > 0 && (size === undefined || (/^[1-9]\d{0,2}$/.test(size) && Number(size) <= bits));
}, 'write an address or a block such as "203.0.113.7", "198.51.100.0/24" or "2001:db8::/32"');

/** A few addresses on the Internet: a block of half of them would be everybody, and a private one nobody. */
export const officeAddress = addressBlock.refine((written) => {
  const [address = '', size] = written.split('/');
  const widest = address.includes(':') ? 32 : 16;
  const block = parseCidr(`${address}/32`);
  return (size === undefined || Number(size) >= widest) && !(block && isPrivate(block));
}, 'write public addresses of the firm, in blocks no wider than "203.0.0.0/16" or "2001:db8::/32"');

/** The account and region are compared with those of the environment in rules/account.ts. */
export const certificateArn = z
  .string()
  .regex(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    'write the ARN of an ACM certificate, such as "arn:aws:acm:ap-northeast-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"',
  );

export const secretArn = z
  .string()
  .regex(
    /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
    'write the full ARN of a secret, such as "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:shop-mail-AbCdEf"',
  );

export const samlProviderArn = z
  .string()
  .regex(
    /^arn:aws:iam::\d{12}:saml-provider\/[\w._-]{1,128}$/,
    'write the ARN of an IAM SAML provider, such as "arn:aws:iam::111122223333:saml-provider/Staff"',
  );

export const exactPath = (example: string) =>
  z
    .string()
    .regex(
      /^\/[A-Za-z0-9._~/-]+$/,
      `write a path that starts with a slash and is more than "/", such as "${example}", in letters, digits and . _ ~ - only`,
    )
    .refine((path) => !/\/\/|\/\.{1,2}(\/|$)/.test(path), 'write the path without "//", "/./" or "/../"')
    .refine((path) => path.length <= 100, 'write a path of at most 100 characters');

/** A path that stands for itself and everything below it. */
export const urlPath = (example: string) =>
  exactPath(example).refine(
    (path) => !path.endsWith('/'),
    'write the path without a slash at its end; it covers everything below it',
  );

export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "HH:MM" from "00:00" to "23:59"');

export const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

export const environmentVariable = z
  .string()
  .regex(
    /^[A-Z_][A-Z0-9_]*$/,
    'write an environment variable name in capitals, digits and underscores, such as "DB_HOST"',
  );

/** Writable program folders would undo the read-only root file system. */
const systemFolders =
  /^\/((bin|boot|dev|etc|lib|lib32|lib64|proc|root|sbin|sys|usr\/(local\/)?(bin|lib|sbin))(\/|$)|(home|opt|usr|usr\/local|usr\/share|var|var\/lib|var\/www)$)/;

export const absoluteFolder = z
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
