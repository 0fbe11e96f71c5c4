import { describe, expect, it } from 'vitest';
import { parseShop } from '../../lib/config/index.ts';
import { UserError } from '../../lib/user-error.ts';
import { customPlatform, smallShop } from '../support/shops.ts';

/** A valid shop with parts of it overwritten; `undefined` removes a setting. */
function shop(changes: object): object {
  return overwrite(smallShop(), changes);
}

function production(changes: object): object {
  return shop({ environments: { production: changes } });
}

/** Production as it is, and a copy of it named staging with a domain of its own. */
function staging(changes: object): object {
  const { environments } = smallShop();
  const copy = overwrite(environments.production, { domain: 'staging.example.jp', ...changes });
  return { ...smallShop(), environments: { ...environments, staging: copy } };
}

function custom(changes: object, ofProduction: object = {}): object {
  return { ...production(ofProduction), platform: overwrite(customPlatform(), changes) };
}

function overwrite(value: object, changes: object): object {
  const result: Record<string, unknown> = { ...value };
  for (const [key, change] of Object.entries(changes)) {
    const old = result[key];
    if (change === undefined) delete result[key];
    else if (isPlain(old) && isPlain(change)) result[key] = overwrite(old, change);
    else result[key] = change;
  }
  return result;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function problemsOf(input: unknown): readonly string[] {
  try {
    parseShop(input);
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

const certificate = (region: string, account: string) =>
  `arn:aws:acm:${region}:${account}:certificate/00000000-1111-2222-3333-444444444444`;

type Case = [title: string, shop: unknown, problems: readonly string[]];

const regions =
  'ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-southeast-1, ap-southeast-2, ca-central-1, eu-central-1, eu-north-1, eu-west-1, eu-west-2, eu-west-3, sa-east-1, us-east-1, us-east-2, us-west-2';

const soon = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

const cases: Record<string, readonly Case[]> = {
  'what only a second look shows': [
    [
      'an availability zone for a region, or only a space behind it',
      production({ region: 'ap-northeast-1 ' }),
      [
        `environments.production.region: found "ap-northeast-1 "; did you mean "ap-northeast-1"? Write one of ${regions}`,
      ],
    ],
    [
      'an address whose first part is longer than mail allows',
      production({ alarms: { emails: [`${'x'.repeat(65)}@example.jp`] } }),
      [
        `environments.production.alarms.emails[0]: found "${'x'.repeat(65)}@example.jp"; write an e-mail address such as "owner@example.jp"`,
      ],
    ],
    [
      'names AWS would refuse',
      {
        ...smallShop(),
        name: 'aws-shop',
        environments: { 'pro--duction': smallShop().environments.production },
      },
      [
        'name: found "aws-shop"; write another name; AWS keeps names that begin like this for itself',
        'environments.pro--duction: found the name "pro--duction"; write the environment name without two hyphens in a row; AWS takes no such name',
      ],
    ],
    [
      'an environment the CDK cannot name',
      { ...smallShop(), environments: { constructor: smallShop().environments.production } },
      [
        'environments.constructor: found the name "constructor"; write another name, such as "production"; the CDK cannot take this one',
      ],
    ],
    [
      'an admin path opened again by a slash',
      custom({ adminPaths: ['/staff'], publicPaths: ['/staff/'] }),
      [
        'platform.publicPaths[0]: found "/staff/", which is an admin path too; remove it here or in adminPaths',
      ],
    ],
    [
      'an admin path that closes what every customer needs',
      {
        ...smallShop(),
        platform: { preset: 'woocommerce', adminPaths: ['/Cart', '/wp-content/uploads/lists'] },
      },
      [
        'platform.adminPaths[0]: found "/Cart", which would close the preset\'s "/cart" to customers; write a narrower path',
      ],
    ],
    [
      'an exception without a reason, and one said twice',
      production({
        patching: {
          exceptions: [
            { cve: 'CVE-2026-12345', until: soon, reason: ' '.repeat(30) },
            { cve: 'CVE-2026-12345', until: soon, reason: 'The shop does not load the module.' },
          ],
        },
      }),
      [
        `environments.production.patching.exceptions[0].reason: found "${' '.repeat(30)}"; say in a sentence why the shop is safe meanwhile`,
        'environments.production.patching.exceptions[1].cve: found "CVE-2026-12345", which entry [0] of the list says already; remove one',
      ],
    ],
    [
      'a repository by its address, a branch no repository can have',
      production({
        patching: {
          source: {
            connectionArn:
              'arn:aws:codeconnections:ap-northeast-1:111122223333:connection/00000000-1111-2222-3333-444444444444',
            repository: 'owner/shop.git',
            branch: 'my branch',
          },
        },
      }),
      [
        'environments.production.patching.source.repository: found "owner/shop.git"; write the repository as "owner/name", without ".git"',
        'environments.production.patching.source.branch: found "my branch"; write the name of a branch, such as "main"',
      ],
    ],
    [
      'a variable with a control character, and none at all',
      custom({ environment: { MODE: 'a\0b' }, databaseEnvironment: null }),
      [
        'platform.environment.MODE: found "a\\u0000b"; write a text of at most 1024 printable characters',
        'platform.databaseEnvironment: found null; write an object: { host: …, name: …, user: …, password: … }',
      ],
    ],
    [
      'a list for variables',
      custom({ environment: ['MODE=x'] }),
      ['platform.environment: found a list; write an object: { DB_HOST: … }'],
    ],
    [
      'a setting twice, once in another case',
      custom({ adminpaths: ['/x'] }),
      [
        'platform.adminpaths: unknown setting; did you mean "adminPaths"? It is there already, so remove this one',
      ],
    ],
    [
      'an admin host above the shop',
      production({ admin: { host: 'example.jp' } }),
      [
        'environments.production.admin.host: found "example.jp", which would hide "shop.example.jp" from the shop; write a name of its own, such as "admin.shop.example.jp"',
      ],
    ],
    [
      'two zones of one name',
      staging({
        hostedZone: { id: 'Z9999999999ABCDEFGHIJ' },
        network: { cidr: '10.21.0.0/16' },
        admin: { vpn: { clientCidr: '10.251.0.0/22' } },
      }),
      [
        'environments.staging.hostedZone.id: found "Z9999999999ABCDEFGHIJ", but environments.production.hostedZone says that "example.jp" is Z0123456789ABCDEFGHIJ, and the Internet asks one of them; write the same id, or the zone of a name below, such as "staging.example.jp"',
      ],
    ],
    [
      'a VPN certificate for two environments',
      (() => {
        const vpn = { certificateArn: certificate('ap-northeast-1', '111122223333') };
        const { environments, ...rest } = staging({ admin: { vpn } }) as ReturnType<typeof smallShop>;
        return overwrite({ ...rest, environments }, { environments: { production: { admin: { vpn } } } });
      })(),
      [
        'environments.staging.admin.vpn.certificateArn: found the certificate of environments.production; write one of its own, as `secure-shop vpn init --environment staging` prints it',
      ],
    ],
    [
      'a VPC of every address, and nothing about what it overlaps',
      production({ network: { cidr: '0.0.0.0/0' } }),
      [
        'environments.production.network.cidr: found "0.0.0.0/0", which is too large; write a block from /16 to /22, such as "10.20.0.0/16"',
      ],
    ],
  ],
  'account and region': [
    [
      'an account id that is too short',
      production({ account: '12345' }),
      [
        'environments.production.account: found "12345"; write the AWS account id as 12 digits in quotes, such as "111122223333"',
      ],
    ],
    [
      'an account id with dashes',
      production({ account: '1111-2222-3333' }),
      [
        'environments.production.account: found "1111-2222-3333"; write the AWS account id as 12 digits in quotes, such as "111122223333"',
      ],
    ],
    [
      'an account id without quotes',
      production({ account: 111122223333 }),
      [
        'environments.production.account: found 111122223333 without quotes; write the AWS account id as 12 digits in quotes, such as "111122223333"',
      ],
    ],
    [
      'a region that does not exist',
      production({ region: 'ap-northeast-9' }),
      [
        `environments.production.region: found "ap-northeast-9"; did you mean "ap-northeast-1"? Write one of ${regions}`,
      ],
    ],
    [
      'a city for a region',
      production({ region: 'tokyo' }),
      [`environments.production.region: found "tokyo"; write one of ${regions}`],
    ],
    [
      'a region CloudFront delivers no logs to',
      production({ region: 'ap-east-1' }),
      [
        `environments.production.region: found "ap-east-1"; CloudFront delivers no access logs to that region, so the shop cannot run there; write one of ${regions}`,
      ],
    ],
    [
      'a region of another partition',
      production({ region: 'cn-north-1' }),
      [
        `environments.production.region: found "cn-north-1"; the shop can only run in AWS's commercial regions; write one of ${regions}`,
      ],
    ],
    [
      'a region with too few zones',
      production({ region: 'us-west-1' }),
      [
        'environments.production.region: found "us-west-1"; us-west-1 has only two zones for new accounts; write "us-west-2"',
      ],
    ],
    [
      'a zone for a region',
      production({ region: 'ap-northeast-1a' }),
      [
        'environments.production.region: found "ap-northeast-1a"; this is an availability zone; write its region, "ap-northeast-1"',
      ],
    ],
    [
      'a zone of another region',
      production({ network: { availabilityZones: ['ap-northeast-1a', 'us-east-1a'] } }),
      [
        'environments.production.network.availabilityZones[1]: found "us-east-1a"; write a zone of ap-northeast-1: "ap-northeast-1a", "ap-northeast-1b", "ap-northeast-1c" or "ap-northeast-1d"',
      ],
    ],
    [
      'one zone',
      production({ network: { availabilityZones: ['ap-northeast-1a'] } }),
      ['environments.production.network.availabilityZones: found one entry; name at least two zones'],
    ],
    [
      'two zones where the tier needs three',
      production({
        tier: 'high-availability',
        network: { availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'] },
      }),
      [
        'environments.production.network.availabilityZones: found 2 zones; tier "high-availability" needs three: write three or remove the list',
      ],
    ],
    [
      'certificates of another region or account',
      production({
        certificates: {
          edgeArn: certificate('ap-northeast-1', '111122223333'),
          loadBalancerArn: certificate('us-east-1', '999922223333'),
        },
      }),
      [
        "environments.production.certificates.edgeArn: found an ARN of region ap-northeast-1; CloudFront's certificate must be of region us-east-1",
        "environments.production.certificates.loadBalancerArn: found an ARN of region us-east-1 and account 999922223333; the load balancer's certificate must be of region ap-northeast-1 and account 111122223333",
      ],
    ],
    [
      'a VPN certificate and a SAML provider of another account',
      production({
        admin: {
          vpn: {
            certificateArn: certificate('ap-northeast-1', '999922223333'),
            samlProviderArn: 'arn:aws:iam::999922223333:saml-provider/Staff',
          },
        },
      }),
      [
        "environments.production.admin.vpn.certificateArn: found an ARN of account 999922223333; the VPN server's certificate must be of account 111122223333",
        'environments.production.admin.vpn.samlProviderArn: found an ARN of account 999922223333; the SAML provider must be of account 111122223333',
      ],
    ],
    [
      'an ARN that is none',
      production({ certificates: { edgeArn: 'my-certificate' } }),
      [
        'environments.production.certificates.edgeArn: found "my-certificate"; write the ARN of an ACM certificate, such as "arn:aws:acm:ap-northeast-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"',
      ],
    ],
    [
      'services of the account created twice',
      staging({ detection: { accountServices: 'create' } }),
      [
        'environments.staging.detection.accountServices: found "create", but environments.production creates them in account 111122223333, region ap-northeast-1 already; write "existing" or remove it',
      ],
    ],
    [
      'a disposable production',
      production({ disposable: true }),
      [
        'environments.production.disposable: found true in "production"; a production environment keeps its data: remove it, or name the environment "staging"',
      ],
    ],
    [
      'a disposable production by another name',
      shop({
        environments: {
          production: undefined,
          'shop-prod': { ...smallShop().environments.production, disposable: true },
        },
      }),
      [
        'environments.shop-prod.disposable: found true in "shop-prod"; a production environment keeps its data: remove it, or name the environment "staging"',
      ],
    ],
  ],
  'host names': [
    [
      'a domain outside the hosted zone',
      production({ domain: 'shop.other.jp' }),
      [
        'environments.production.domain: found "shop.other.jp"; write a name in the hosted zone "example.jp", such as "shop.example.jp"',
      ],
    ],
    [
      'a domain that only ends like the hosted zone',
      production({ domain: 'evilexample.jp' }),
      [
        'environments.production.domain: found "evilexample.jp"; write a name in the hosted zone "example.jp", such as "shop.example.jp"',
      ],
    ],
    [
      'a domain written as an address',
      production({ domain: 'https://shop.example.jp/' }),
      [
        'environments.production.domain: found "https://shop.example.jp/"; write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
      ],
    ],
    [
      'a domain no certificate takes',
      production({ domain: `${'a'.repeat(60)}.example.jp` }),
      [
        'environments.production.domain: found "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.jp"; write a name of at most 64 characters; no certificate takes a longer one',
      ],
    ],
    [
      'an alias outside the hosted zone',
      production({ aliases: ['www.other.jp'] }),
      [
        'environments.production.aliases[0]: found "www.other.jp"; write a name in the hosted zone "example.jp", such as "shop.example.jp"',
      ],
    ],
    [
      'the domain again as an alias',
      production({ aliases: ['shop.example.jp'] }),
      [
        'environments.production.aliases[0]: found "shop.example.jp", which is environments.production.domain already; remove it or write another name',
      ],
    ],
    [
      'an alias twice',
      production({ aliases: ['www.example.jp', 'www.example.jp'] }),
      [
        'environments.production.aliases[1]: found "www.example.jp", which entry [0] of the list says already; remove one',
      ],
    ],
    [
      'an alias in capitals',
      production({ aliases: ['WWW.example.jp'] }),
      [
        'environments.production.aliases[0]: found "WWW.example.jp"; write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
      ],
    ],
    [
      'the domain as the admin host',
      production({ admin: { host: 'shop.example.jp' } }),
      [
        'environments.production.admin.host: found "shop.example.jp", which is environments.production.domain already; write another name',
      ],
    ],
    [
      'an admin host outside the hosted zone',
      production({ admin: { host: 'admin.corp.jp' } }),
      [
        'environments.production.admin.host: found "admin.corp.jp"; write a name in the hosted zone "example.jp", such as "shop.example.jp"',
      ],
    ],
    [
      'an alias where the admin host is by default',
      production({ aliases: ['admin.shop.example.jp'] }),
      [
        'environments.production.admin.host: missing, and its default would be "admin.shop.example.jp", which is environments.production.aliases[0] already; write another private name',
      ],
    ],
    [
      'one domain in two environments',
      staging({ domain: 'shop.example.jp' }),
      [
        'environments.staging.domain: found "shop.example.jp", which is environments.production.domain already; write another name',
      ],
    ],
    [
      'an alias that is the domain of another environment',
      staging({ aliases: ['shop.example.jp'] }),
      [
        'environments.staging.aliases[0]: found "shop.example.jp", which is environments.production.domain already; remove it or write another name',
      ],
    ],
    [
      "the www form of another environment's domain",
      staging({ domain: 'www.shop.example.jp' }),
      [
        'environments.staging.domain: found "www.shop.example.jp", the www form of environments.production.domain, where customers expect the same shop; write another name, such as "staging.shop.example.jp"',
      ],
    ],
    [
      'one hosted zone in two accounts',
      staging({ account: '222233334444' }),
      [
        'environments.staging.hostedZone.id: found "Z0123456789ABCDEFGHIJ", which environments.production uses from account 111122223333; a hosted zone belongs to one account: write one of account 222233334444, such as a delegated zone for "staging"',
      ],
    ],
    [
      'one hosted zone by two names',
      staging({ hostedZone: { name: 'staging.example.jp' } }),
      [
        'environments.staging.hostedZone.name: found "staging.example.jp", but environments.production.hostedZone says that Z0123456789ABCDEFGHIJ is "example.jp"; write the same name or another id',
      ],
    ],
  ],
  networks: [
    [
      'a public VPC',
      production({ network: { cidr: '8.8.0.0/16' } }),
      [
        'environments.production.network.cidr: found "8.8.0.0/16", which holds addresses that are not private; write a block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
    ],
    [
      'a VPC that is too small',
      production({ network: { cidr: '10.0.0.0/24' } }),
      [
        'environments.production.network.cidr: found "10.0.0.0/24", which is too small; write a block from /16 to /22, such as "10.20.0.0/16"',
      ],
    ],
    [
      'a VPC that is too large',
      production({ network: { cidr: '10.0.0.0/8' } }),
      [
        'environments.production.network.cidr: found "10.0.0.0/8", which is too large; write a block from /16 to /22, such as "10.20.0.0/16"',
      ],
    ],
    [
      'a VPC where AWS services have addresses of their own',
      production({ network: { cidr: '172.17.0.0/16' } }),
      [
        'environments.production.network.cidr: found "172.17.0.0/16", which overlaps 172.17.0.0/16, a range that AWS services use themselves; write "10.20.0.0/16"',
      ],
    ],
    [
      'a VPC whose address is not the first of its block',
      production({ network: { cidr: '10.20.30.0/16' } }),
      [
        'environments.production.network.cidr: found "10.20.30.0/16"; write an IPv4 block such as "10.20.0.0/16" whose address is the first of the block',
      ],
    ],
    [
      'VPN clients inside the VPC',
      production({ admin: { vpn: { clientCidr: '10.20.0.0/22' } } }),
      [
        'environments.production.admin.vpn.clientCidr: found "10.20.0.0/22", which overlaps "10.20.0.0/16" in environments.production.network.cidr; write a block apart from it',
      ],
    ],
    [
      'too few addresses for VPN clients',
      production({ admin: { vpn: { clientCidr: '10.250.0.0/24' } } }),
      [
        'environments.production.admin.vpn.clientCidr: found "10.250.0.0/24", which is too small; write a block from /12 to /22, such as "10.250.0.0/22"',
      ],
    ],
    [
      'public addresses for VPN clients',
      production({ admin: { vpn: { clientCidr: '100.64.0.0/16' } } }),
      [
        'environments.production.admin.vpn.clientCidr: found "100.64.0.0/16", which holds addresses that are not private; write a block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
    ],
    [
      'peers that overlap or are public',
      production({
        network: {
          peerCidrs: ['10.20.128.0/20', '10.250.0.0/16', '203.0.113.0/24', '10.251.0.0/16', '10.251.4.0/24'],
        },
      }),
      [
        'environments.production.network.peerCidrs[2]: found "203.0.113.0/24", which holds addresses that are not private; write a block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
        'environments.production.network.peerCidrs[0]: found "10.20.128.0/20", which overlaps "10.20.0.0/16" in environments.production.network.cidr; write a block apart from it',
        'environments.production.network.peerCidrs[1]: found "10.250.0.0/16", which overlaps "10.250.0.0/22" in environments.production.admin.vpn.clientCidr; write a block apart from it',
        'environments.production.network.peerCidrs[4]: found "10.251.4.0/24", which overlaps "10.251.0.0/16" in environments.production.network.peerCidrs[3]; write a block apart from it',
      ],
    ],
    [
      'allowed domains that let anybody in',
      production({
        network: { allowedDomains: ['*', '*.com', '*.co.jp', 'http://x.com', '*.amazonaws.com', '10.0.0.1'] },
      }),
      [
        'environments.production.network.allowedDomains[0]: found "*"; write a domain name such as "api.example.com" or "*.example.com"',
        'environments.production.network.allowedDomains[1]: found "*.com"; write a domain name such as "api.example.com" or "*.example.com"',
        'environments.production.network.allowedDomains[2]: found "*.co.jp"; anyone can have a name there; write the names the shop needs, without "*"',
        'environments.production.network.allowedDomains[3]: found "http://x.com"; write a domain name such as "api.example.com" or "*.example.com"',
        'environments.production.network.allowedDomains[4]: found "*.amazonaws.com"; anyone can have a name there; write the names the shop needs, without "*"',
        'environments.production.network.allowedDomains[5]: found "10.0.0.1"; write a domain name such as "api.example.com" or "*.example.com"',
      ],
    ],
  ],
  'rotation, logs and hours': [
    [
      'a rotation above 30 days',
      production({ rotation: { every: '31 days' } }),
      [
        'environments.production.rotation.every: found "31 days"; write 4, 6, 8, 12 or 24 hours, such as "12 hours", or 1 to 30 days, such as "7 days"',
      ],
    ],
    [
      'a rotation below 4 hours',
      production({ rotation: { every: '3 hours' } }),
      [
        'environments.production.rotation.every: found "3 hours"; write 4, 6, 8, 12 or 24 hours, such as "12 hours", or 1 to 30 days, such as "7 days"',
      ],
    ],
    [
      'a rotation in words',
      production({ rotation: { every: 'weekly' } }),
      [
        'environments.production.rotation.every: found "weekly"; write 4, 6, 8, 12 or 24 hours, such as "12 hours", or 1 to 30 days, such as "7 days"',
      ],
    ],
    [
      'a rotation window across midnight UTC',
      production({ rotation: { windowStart: '23:00' } }),
      [
        'environments.production.rotation.windowHours: found 2, and a window from 23:00 would cross midnight UTC; write at most 1 or an earlier windowStart',
      ],
    ],
    [
      'a rotation window whose repetition crosses midnight UTC',
      production({ rotation: { every: '6 hours', windowStart: '17:00', windowHours: 3 } }),
      [
        'environments.production.rotation.windowHours: found 3, and with rotation.every (6 hours), the window from 23:00 would cross midnight UTC; write at most 1 or an earlier windowStart',
      ],
    ],
    [
      'a rotation window longer than the period',
      production({ rotation: { every: '4 hours', windowStart: '16:00', windowHours: 5 } }),
      [
        'environments.production.rotation.windowHours: found 5, longer than rotation.every (4 hours); write at most 4',
      ],
    ],
    [
      'a rotation window at half past',
      production({ rotation: { windowStart: '17:30' } }),
      [
        'environments.production.rotation.windowStart: found "17:30"; write a full hour such as "17:00"; windows open on the hour',
      ],
    ],
    [
      'log retention under a year',
      production({ logRetentionDays: 30 }),
      [
        'environments.production.logRetentionDays: found 30; keep logs at least 365 days, in a number that CloudWatch Logs takes: write 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653',
      ],
    ],
    [
      'log retention CloudWatch does not know',
      production({ logRetentionDays: 500 }),
      [
        'environments.production.logRetentionDays: found 500; keep logs at least 365 days, in a number that CloudWatch Logs takes: write 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653',
      ],
    ],
    [
      'endless log retention',
      production({ logRetentionDays: Number.POSITIVE_INFINITY }),
      [
        'environments.production.logRetentionDays: found Infinity; keep logs at least 365 days, in a number that CloudWatch Logs takes: write 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653',
      ],
    ],
    [
      'VPN hours that end before they begin',
      production({ admin: { vpn: { hours: { from: '20:00', to: '08:00' } } } }),
      [
        'environments.production.admin.vpn.hours.to: found "08:00", not after `from` ("20:00"); write a later time of the same day, or remove the hours to keep the VPN open',
      ],
    ],
    [
      'holidays that are no dates',
      production({ admin: { vpn: { hours: { closedOn: ['2026-02-30', '1/1/2027'] } } } }),
      [
        'environments.production.admin.vpn.hours.closedOn[0]: found "2026-02-30"; write a date as "YYYY-MM-DD"',
        'environments.production.admin.vpn.hours.closedOn[1]: found "1/1/2027"; write a date as "YYYY-MM-DD"',
      ],
    ],
    [
      'an abbreviated time zone',
      production({ timeZone: 'JST' }),
      ['environments.production.timeZone: found "JST"; write "Asia/Tokyo"'],
    ],
    [
      'a misspelt time zone',
      production({ timeZone: 'Asia/Tokio' }),
      [
        'environments.production.timeZone: found "Asia/Tokio"; did you mean "Asia/Tokyo"? Write an IANA time zone such as "Asia/Tokyo"',
      ],
    ],
  ],
  people: [
    [
      'an e-mail address that is none',
      production({ alarms: { emails: ['owner'] } }),
      [
        'environments.production.alarms.emails[0]: found "owner"; write an e-mail address such as "owner@example.jp"',
      ],
    ],
    [
      'no e-mail address',
      production({ alarms: { emails: [] } }),
      [
        'environments.production.alarms.emails: found none; name at least one address, or no alarm reaches a person',
      ],
    ],
    [
      'an e-mail address without a list',
      production({ alarms: { emails: 'owner@example.jp' } }),
      ['environments.production.alarms.emails: found "owner@example.jp"; write a list: ["owner@example.jp"]'],
    ],
    [
      'an e-mail address twice',
      production({ alarms: { emails: ['owner@example.jp', 'Owner@example.jp'] } }),
      [
        'environments.production.alarms.emails[1]: found "Owner@example.jp", which entry [0] of the list says already; remove one',
      ],
    ],
    [
      'nobody',
      production({ admin: { people: [] } }),
      [
        'environments.production.admin.people: found none; name at least one person, or nobody can reach the admin screens',
      ],
    ],
    [
      'two people of one name',
      production({
        admin: {
          people: [
            { name: 'hana', email: 'hana@example.jp' },
            { name: 'hana', email: 'hanako@example.jp' },
          ],
        },
      }),
      [
        'environments.production.admin.people[1].name: found "hana", as environments.production.admin.people[0] is named already; write another name, so that each certificate belongs to one person',
      ],
    ],
    [
      "a person's full name",
      production({ admin: { people: [{ name: 'Hana Sato', email: 'hana@example.jp' }] } }),
      [
        'environments.production.admin.people[0].name: found "Hana Sato"; write the name in lower-case letters, digits and hyphens, 3 to 32 characters, starting with a letter',
      ],
    ],
    [
      'names for people',
      production({ admin: { people: ['hana'] } }),
      ['environments.production.admin.people[0]: found "hana"; write an object: { name: …, email: … }'],
    ],
  ],
  'the web ACL': [
    [
      'countries by name, in lower case, unknown',
      production({ waf: { allowCountries: ['Japan', 'kr', 'UK', 'ZZ', 81] } }),
      [
        'environments.production.waf.allowCountries[0]: found "Japan"; write "JP"',
        'environments.production.waf.allowCountries[1]: found "kr"; write "KR"',
        'environments.production.waf.allowCountries[2]: found "UK"; write "GB"',
        'environments.production.waf.allowCountries[3]: found "ZZ"; write a country as its two capitals in ISO 3166, such as "JP"',
        'environments.production.waf.allowCountries[4]: found 81 without quotes; write a country as its two capitals in ISO 3166, such as "JP"',
      ],
    ],
    [
      'a country twice',
      production({ waf: { allowCountries: ['JP', 'JP'] } }),
      [
        'environments.production.waf.allowCountries[1]: found "JP", which entry [0] of the list says already; remove one',
      ],
    ],
    [
      'a login limit that never acts',
      production({ waf: { rateLimits: { all: 100, login: 200 } } }),
      [
        'environments.production.waf.rateLimits.login: found 200, above rateLimits.all (100), which blocks first; write at most 100',
      ],
    ],
    [
      'account takeover prevention without a login path',
      custom({}, { waf: { accountTakeoverPrevention: true } }),
      [
        'environments.production.waf.accountTakeoverPrevention: found true, but no login path to watch; write platform.loginPaths, or remove it',
      ],
    ],
  ],
  paths: [
    [
      'an admin path without a leading slash',
      shop({ platform: { adminPaths: ['staff'] } }),
      [
        'platform.adminPaths[0]: found "staff"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'an empty admin path',
      shop({ platform: { adminPaths: [''] } }),
      [
        'platform.adminPaths[0]: found an empty text; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'every path an admin path',
      shop({ platform: { adminPaths: ['/'] } }),
      [
        'platform.adminPaths[0]: found "/"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'an admin path that means every path',
      shop({ platform: { adminPaths: ['//', '/.', '/staff/..'] } }),
      [
        'platform.adminPaths[0]: found "//"; write the path without "//", "/./" or "/../"',
        'platform.adminPaths[1]: found "/."; write the path without "//", "/./" or "/../"',
        'platform.adminPaths[2]: found "/staff/.."; write the path without "//", "/./" or "/../"',
      ],
    ],
    [
      'an admin path with a slash at its end',
      shop({ platform: { adminPaths: ['/staff/'] } }),
      [
        'platform.adminPaths[0]: found "/staff/"; write the path without a slash at its end; it covers everything below it',
      ],
    ],
    [
      'an admin path with a wildcard',
      shop({ platform: { adminPaths: ['/staff/*'] } }),
      [
        'platform.adminPaths[0]: found "/staff/*"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      'a percent-encoded admin path',
      shop({ platform: { adminPaths: ['/%73taff'] } }),
      [
        'platform.adminPaths[0]: found "/%73taff"; write a path that starts with a slash and is more than "/", such as "/staff", in letters, digits and . _ ~ - only',
      ],
    ],
    [
      "an admin path that closes the preset's login",
      shop({ platform: { adminPaths: ['/My-Account'] } }),
      [
        `platform.adminPaths[0]: found "/My-Account", which would close the preset's "/my-account" to customers; write a narrower path`,
      ],
    ],
    [
      "an admin path above the preset's checkout",
      shop({ platform: { adminPaths: ['/wp-json'] } }),
      [
        `platform.adminPaths[0]: found "/wp-json", which would close the preset's "/wp-json/wc/store" to customers; write a narrower path`,
      ],
    ],
    [
      "an admin path that closes the preset's health check",
      shop({ platform: { adminPaths: ['/healthz'] } }),
      [
        `platform.adminPaths[0]: found "/healthz", which would close the preset's health path "/healthz"; write a narrower path`,
      ],
    ],
    [
      'an admin path the preset closes already',
      shop({ platform: { adminPaths: ['/WP-Admin/reports'] } }),
      [
        'platform.adminPaths[0]: found "/WP-Admin/reports", which the preset closes already through "/wp-admin"; remove it',
      ],
    ],
    [
      'a login path below an admin path',
      shop({ platform: { loginPaths: ['/wp-admin/login'] } }),
      [
        'platform.loginPaths[0]: found "/wp-admin/login", which the preset closes to the Internet through its admin path "/wp-admin"; customers could not reach it',
      ],
    ],
    [
      'a path both admin and public',
      custom({ publicPaths: ['/Staff'] }),
      [
        'platform.publicPaths[0]: found "/Staff", which is an admin path too; remove it here or in adminPaths',
      ],
    ],
    [
      'a public path below no admin path',
      custom({ publicPaths: ['/news'] }),
      [
        'platform.publicPaths[0]: found "/news", which lies below no admin path and is open anyway; remove it',
      ],
    ],
    [
      "customers' paths below an admin path",
      custom({
        loginPaths: ['/STAFF/login'],
        checkoutPaths: ['/staff'],
        uploadPaths: ['/staff/photos'],
        healthPath: '/staff/health',
      }),
      [
        'platform.loginPaths[0]: found "/STAFF/login", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.checkoutPaths[0]: found "/staff", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.uploadPaths[0]: found "/staff/photos", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.healthPath: found "/staff/health", which platform.adminPaths[0] "/staff" closes to the Internet; write one outside',
      ],
    ],
  ],
  'a custom platform': [
    [
      'no port and no health path',
      custom({ port: undefined, healthPath: undefined }),
      [
        'platform.port: missing; write a whole number from 1024 to 65535 (TCP port the container listens on; 1024 or above, as it does not run as root)',
        'platform.healthPath: missing; write a path that starts with a slash and is more than "/", such as "/health", in letters, digits and . _ ~ - only (Path that answers 200 when the shop and its database work)',
      ],
    ],
    [
      'a port below 1024',
      custom({ port: 80 }),
      ['platform.port: found 80; write a whole number from 1024 to 65535'],
    ],
    [
      'a port in quotes',
      custom({ port: '3000' }),
      ['platform.port: found "3000" in quotes; write a whole number from 1024 to 65535'],
    ],
    [
      'no admin path',
      custom({ adminPaths: [] }),
      [
        'platform.adminPaths: found none; name at least one admin path, so that it can be closed to the Internet',
      ],
    ],
    [
      'settings of a custom platform on a preset',
      shop({ platform: { port: 8080, updateDomains: [] } }),
      [
        'platform.port: unknown setting; "port" belongs in platform (preset: "custom")',
        'platform.updateDomains: unknown setting; "updateDomains" belongs in platform (preset: "custom")',
      ],
    ],
    [
      'one variable from two sources',
      custom({
        environment: { DATABASE_HOST: 'localhost', DEBUG: '1' },
        secretEnvironment: ['SESSION_KEY', 'DEBUG', 'SESSION_KEY'],
        media: { kind: 'bucket', environmentVariable: 'DATABASE_USER' },
      }),
      [
        'platform.secretEnvironment[2]: found "SESSION_KEY", which entry [0] of the list says already; remove one',
        'platform.environment.DATABASE_HOST: found "DATABASE_HOST", which platform.databaseEnvironment.host sets already; write another name',
        'platform.environment.DEBUG: found "DEBUG", which platform.secretEnvironment[1] sets already; write another name',
        'platform.media.environmentVariable: found "DATABASE_USER", which platform.databaseEnvironment.user sets already; write another name',
      ],
    ],
    [
      'variables AWS sets',
      custom({
        environment: { ECS_CONTAINER_METADATA_URI: 'x' },
        secretEnvironment: ['AWS_SECRET_ACCESS_KEY'],
      }),
      [
        'platform.secretEnvironment[0]: found "AWS_SECRET_ACCESS_KEY", which AWS sets or which must not be set by hand; remove it',
        'platform.environment.ECS_CONTAINER_METADATA_URI: found "ECS_CONTAINER_METADATA_URI", which AWS sets or which must not be set by hand; remove it',
      ],
    ],
    [
      'secrets among the plain variables',
      custom({
        environment: {
          STRIPE: `sk_${'live'}_abcdefghijklmnop`,
          SMTP_PASSWORD: 'hunter2',
          DATABASE_URL: 'postgres://shop:hunter2@db/shop',
        },
      }),
      [
        'platform.environment.STRIPE: found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
        'platform.environment.SMTP_PASSWORD: found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
        'platform.environment.DATABASE_URL: found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
      ],
    ],
    [
      'writable folders that undo the read-only file system',
      custom({ writableFolders: ['/', '/etc', '/usr/bin', '/tmp/..'] }),
      [
        'platform.writableFolders[0]: found "/"; write an absolute folder such as "/var/www/html/wp-content/uploads"',
        'platform.writableFolders[1]: found "/etc"; write a folder of the shop, not one of the operating system',
        'platform.writableFolders[2]: found "/usr/bin"; write a folder of the shop, not one of the operating system',
        'platform.writableFolders[3]: found "/tmp/.."; write the folder without "//", "/./" or "/../"',
      ],
    ],
    [
      'writable folders in each other and around the media',
      custom({
        writableFolders: ['/tmp', '/tmp/cache', '/srv/media/thumbnails', '/srv'],
        media: { kind: 'file-system', mountPath: '/srv/media' },
      }),
      [
        'platform.writableFolders[1]: found "/tmp/cache", which is writable already through "/tmp"; remove it',
        'platform.writableFolders[2]: found "/srv/media/thumbnails", which is writable already through "/srv"; remove it',
        'platform.writableFolders[3]: found "/srv", which holds the media folder "/srv/media"; write a narrower folder',
      ],
    ],
    [
      'the media folder writable twice',
      custom({ writableFolders: ['/srv/media'], media: { kind: 'file-system', mountPath: '/srv/media' } }),
      [
        'platform.writableFolders[0]: found "/srv/media", which holds the media folder "/srv/media"; write a narrower folder',
      ],
    ],
  ],
  'names and shapes': [
    [
      'a misspelt setting',
      production({ reigon: 'ap-northeast-1', region: undefined }),
      ['environments.production.reigon: unknown setting; did you mean "region"?'],
    ],
    [
      'a setting that is there already',
      shop({ enviroments: {} }),
      ['enviroments: unknown setting; did you mean "environments"? It is there already, so remove this one'],
    ],
    [
      'a setting of another place',
      shop({ waf: {} }),
      ['waf: unknown setting; "waf" belongs in environments.NAME'],
    ],
    [
      'a setting nobody knows',
      production({ waf: { geo: ['JP'] } }),
      [
        'environments.production.waf.geo: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, rateLimits',
      ],
    ],
    [
      'a misspelt choice',
      production({ tier: 'high-availablity' }),
      [
        'environments.production.tier: found "high-availablity"; did you mean "high-availability"? Write "starter", "standard" or "high-availability"',
      ],
    ],
    [
      'a misspelt payment provider',
      shop({ payment: { provider: 'strype' } }),
      [
        'payment.provider: found "strype"; did you mean "stripe"? Write "stripe", "payjp", "square", "gmo-payment-gateway", "paypal" or "none"',
      ],
    ],
    [
      'a platform that is not known',
      shop({ platform: { preset: 'shopify' } }),
      ['platform.preset: found "shopify"; write "woocommerce", "ec-cube" or "custom"'],
    ],
    [
      'a platform without preset',
      shop({ platform: { preset: undefined } }),
      ['platform.preset: missing; write "woocommerce", "ec-cube" or "custom"'],
    ],
    [
      'a text for an object',
      shop({ payment: 'stripe' }),
      ['payment: found "stripe"; write an object: { provider: "stripe" }'],
    ],
    [
      'a required part missing',
      shop({ payment: undefined }),
      [
        'payment: missing; write an object: { provider: "stripe" } (How customers pay. Card data never touches the shop)',
      ],
    ],
    [
      'no environment',
      shop({ environments: undefined }),
      [
        'environments: missing; write an object: { production: … } (Environments by name, such as `production` and `staging`)',
      ],
    ],
    [
      'an empty list of environments',
      { ...smallShop(), environments: {} },
      ['environments: found none; define at least one environment, such as "production"'],
    ],
    [
      'a list for the environments',
      { ...smallShop(), environments: [smallShop().environments.production] },
      ['environments: found a list; write an object: { production: … }'],
    ],
    [
      'an environment in capitals',
      { ...smallShop(), environments: { Production: smallShop().environments.production } },
      [
        'environments.Production: found the name "Production"; write the environment name in lower-case letters, digits and hyphens, 3 to 16 characters, starting with a letter',
      ],
    ],
    [
      'a yes for true',
      production({ disposable: 'yes' }),
      ['environments.production.disposable: found "yes"; write true or false, without quotes'],
    ],
    [
      'null for a value',
      production({ aliases: null, tier: null, network: null }),
      [
        'environments.production.aliases: found null; write a list: [ … ]',
        'environments.production.tier: found null; write "starter", "standard" or "high-availability"',
        'environments.production.network: found null; write an object: { cidr: …, availabilityZones: …, peerCidrs: … }',
      ],
    ],
  ],
  'values no config can hold': [
    [
      'not a number',
      production({ logRetentionDays: Number.NaN, rotation: { windowHours: 2n } }),
      [
        'environments.production.rotation.windowHours: found 2n, a BigInt; write a whole number from 1 to 12',
        'environments.production.logRetentionDays: found NaN; keep logs at least 365 days, in a number that CloudWatch Logs takes: write 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653',
      ],
    ],
    [
      'functions, symbols, dates, maps and promises',
      production({
        domain: () => 'shop.example.jp',
        region: Symbol('tokyo'),
        hostedZone: new Date(0),
        alarms: new Map(),
        admin: Promise.resolve(),
      }),
      [
        `environments.production.region: found a symbol; write one of ${regions}`,
        'environments.production.domain: found a function; write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
        'environments.production.hostedZone: found a Date; write an object: { id: …, name: … }',
        'environments.production.alarms: found a Map; write an object: { emails: … }',
        'environments.production.admin: found a promise; write an object: { people: … }',
      ],
    ],
    [
      'nothing',
      undefined,
      ['default export: found nothing; write an object: { name: …, payment: …, environments: … }'],
    ],
    [
      'an empty object',
      {},
      [
        'name: missing; write the shop name in lower-case letters, digits and hyphens, 3 to 20 characters, starting with a letter (Short name of the shop; it begins the name of every stack)',
        'payment: missing; write an object: { provider: "stripe" } (How customers pay. Card data never touches the shop)',
        'environments: missing; write an object: { production: … } (Environments by name, such as `production` and `staging`)',
      ],
    ],
    [
      'a list',
      [],
      ['default export: found an empty list; write an object: { name: …, payment: …, environments: … }'],
    ],
    [
      'a very long list',
      production({ aliases: new Array(5_000_000) }),
      ['environments.production.aliases: found a list of 5000000 entries; write a list: [ … ]'],
    ],
    [
      'a very long text',
      production({ domain: 'a'.repeat(1_000_000) }),
      [
        'environments.production.domain: found a text of 1000000 characters; write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
      ],
    ],
    [
      'characters a terminal would obey',
      production({ domain: '\u001b[31mshop\u202e' }),
      [
        'environments.production.domain: found "\\u001b[31mshop\\u202e"; write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
      ],
    ],
    [
      'a secret for a domain',
      production({ domain: `sk_${'live'}_51HabcdefABCDEF` }),
      [
        'environments.production.domain: found a text of 23 characters (not shown: it looks like a secret); write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
      ],
    ],
    [
      "a secret for a setting's name",
      production({ waf: { [`AKIA${'IOSFODNN7EXAMPLE'}`]: true } }),
      [
        'environments.production.waf[a text of 20 characters (not shown: it looks like a secret)]: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, rateLimits',
      ],
    ],
    [
      "names of an object's own machinery",
      production({ waf: JSON.parse('{"__proto__": 1, "constructor": 2}') }),
      [
        'environments.production.waf.__proto__: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, rateLimits',
        'environments.production.waf.constructor: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, rateLimits',
      ],
    ],
  ],
};

describe.each(Object.entries(cases))('problems with %s', (_, group) => {
  it.each(group)('%s', (_, shop, problems) => {
    expect(problemsOf(shop)).toEqual(problems);
  });
});

describe('all problems at once', () => {
  it('lists mistakes of every kind in one run', () => {
    const problems = problemsOf(
      overwrite(staging({ domain: 'shop.example.jp', tier: 'huge', network: { cidr: '10.250.0.0/16' } }), {
        name: 'X',
        platform: { preset: 'ec-cube', adminPaths: ['/shopping'] },
        payment: undefined,
        waf: {},
      }),
    );
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'waf',
      'name',
      'payment',
      'environments.staging.tier',
      'platform.adminPaths[0]',
      'environments.staging.domain',
      'environments.staging.admin.vpn.clientCidr',
    ]);
  });

  it('reads what stands under a misspelt name, so that its mistakes are named in the same run', () => {
    const { environments, ...rest } = smallShop();
    const { production } = environments;
    const problems = problemsOf({
      ...rest,
      enviroments: {
        production: { ...production, logRetentionDays: undefined, logRetentionDay: 30, domian: 1 },
      },
    });
    expect(problems.map((problem) => problem.split(';')[0])).toEqual([
      'enviroments: unknown setting',
      'enviroments.production.logRetentionDay: unknown setting',
      'enviroments.production.domian: unknown setting',
      'enviroments.production.logRetentionDay: found 30',
    ]);
  });

  it('compares the good settings of an environment whose other settings are wrong', () => {
    const problems = problemsOf(
      production({
        account: 'mine',
        region: 'nowhere',
        admin: { people: [], vpn: { clientCidr: '10.20.4.0/22' } },
        rotation: { every: 'often', windowStart: '23:00', windowHours: 3 },
      }),
    );
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'environments.production.account',
      'environments.production.region',
      'environments.production.admin.people',
      'environments.production.rotation.every',
      'environments.production.admin.vpn.clientCidr',
      'environments.production.rotation.windowHours',
    ]);
  });
});
