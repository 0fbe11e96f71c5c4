import { type Case, type ProblemCases, production, staging } from './broken-shops.ts';

const underscore = 'no host name has an underscore: no certificate takes it';
const letters = 'DNS knows other letters than a to z in Punycode only';

/** What is written instead of a name: what is said of it, and the name that is meant, if that can be told. */
const slips: readonly (readonly [name: string, written: string, told?: string, meant?: string])[] = [
  ['a slash at its end', 'www.example.jp/', 'it ends with a slash', 'www.example.jp'],
  ['a path', 'shop.example.jp/cart?id=1', 'it ends with a path', 'shop.example.jp'],
  ['a port', 'shop.example.jp:8443', 'it ends with a port', 'shop.example.jp'],
  ['a dot at its end', 'shop.example.jp.', 'it ends with a dot', 'shop.example.jp'],
  ['a scheme', 'https://shop.example.jp', 'it begins with a scheme', 'shop.example.jp'],
  ['capitals', 'Shop.Example.JP', 'it is not in lower case', 'shop.example.jp'],
  ['blanks around it', '\tshop.example.jp \u3000', 'it has blanks around it', 'shop.example.jp'],
  ['a blank', 'my shop.example.jp', 'no host name has a blank', 'my-shop.example.jp'],
  ['an underscore', 'my_shop.example.jp', underscore, 'my-shop.example.jp'],
  ['Japanese letters', '花.example.jp', letters, 'xn--jh1a.example.jp'],
  ['full-width letters', 'ｓｈｏｐ．example。jp', letters, 'shop.example.jp'],
  [
    'all of it',
    ' HTTP://花_Shop.example.jp.:80/ ',
    `it has blanks around it; it begins with a scheme; it ends with a slash; it ends with a port; it ends with a dot; ${underscore}; it is not in lower case; ${letters}`,
    'xn---shop-ti7n.example.jp',
  ],
  ['a person', 'owner@example.jp'],
  ['no top level', 'https://localhost/'],
  ['numbers', '203.0.113.7'],
];
const otherwise =
  'write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"';

export const hosts: ProblemCases = {
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
    ...slips.map(
      ([name, written, told, meant]): Case => [
        `a domain with ${name}`,
        production({ domain: written }),
        [
          `environments.production.domain: found ${JSON.stringify(written)}; ${meant ? `${told}; write "${meant}"` : otherwise}`,
        ],
      ],
    ),
    [
      'hosts that the shop may reach, written as addresses',
      production({ network: { allowedDomains: ['https://api.example.com/v1', '*.Example.com.'] } }),
      [
        'environments.production.network.allowedDomains[0]: found "https://api.example.com/v1"; it begins with a scheme; it ends with a path; write "api.example.com"',
        'environments.production.network.allowedDomains[1]: found "*.Example.com."; it ends with a dot; it is not in lower case; write "*.example.com"',
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
        'environments.production.aliases[0]: found "WWW.example.jp"; it is not in lower case; write "www.example.jp"',
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
      'an alias under which the shop is shown before its domain leads to it',
      production({ aliases: ['preview.shop.example.jp'] }),
      [
        'environments.production.aliases[0]: found "preview.shop.example.jp", which shows "shop.example.jp" while dns is "later"; remove it or write another name',
      ],
    ],
    [
      'an admin host there',
      production({ admin: { host: 'preview.shop.example.jp' } }),
      [
        'environments.production.admin.host: found "preview.shop.example.jp", which shows "shop.example.jp" while dns is "later"; write another name',
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
};
