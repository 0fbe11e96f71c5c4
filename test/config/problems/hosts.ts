import { type ProblemCases, production, staging } from './broken-shops.ts';

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
    [
      'a domain written as an address',
      production({ domain: 'https://shop.example.jp/' }),
      [
        'environments.production.domain: found "https://shop.example.jp/"; write a domain name in lower case without scheme, port or trailing dot, such as "shop.example.jp"',
      ],
    ],
    [
      'a domain with an underscore',
      production({ domain: 'my_shop.example.jp' }),
      [
        'environments.production.domain: found "my_shop.example.jp"; a host name has no underscore, and no certificate takes one; write a name such as "my-shop.example.jp"',
      ],
    ],
    [
      'a domain with a slash at its end',
      production({ domain: 'www.example.jp/' }),
      [
        'environments.production.domain: found "www.example.jp/"; write a domain name in lower case without scheme, port or trailing dot, such as "www.example.jp"',
      ],
    ],
    [
      'a Japanese domain',
      production({ domain: '花.example.jp' }),
      [
        'environments.production.domain: found "花.example.jp"; write the name as DNS knows it, in Punycode, such as "xn--jh1a.example.jp"',
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
        'environments.production.aliases[0]: found "WWW.example.jp"; write a domain name in lower case without scheme, port or trailing dot, such as "www.example.jp"',
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
