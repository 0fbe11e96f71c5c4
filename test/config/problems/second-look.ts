import { smallShop } from '../../support/shops.ts';
import {
  certificate,
  custom,
  overwrite,
  type ProblemCases,
  production,
  regions,
  soon,
  staging,
} from './broken-shops.ts';

export const secondLook: ProblemCases = {
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
};
