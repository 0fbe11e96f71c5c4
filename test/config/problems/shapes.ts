import { smallShop } from '../../support/shops.ts';
import { type ProblemCases, production, regions, shop } from './broken-shops.ts';

export const shapes: ProblemCases = {
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
        'environments.production.waf.geo: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, exceptions, blockedAddresses, rateLimits',
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
        'environments.production.waf[a text of 20 characters (not shown: it looks like a secret)]: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, exceptions, blockedAddresses, rateLimits',
      ],
    ],
    [
      "names of an object's own machinery",
      production({ waf: JSON.parse('{"__proto__": 1, "constructor": 2}') }),
      [
        'environments.production.waf.__proto__: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, exceptions, blockedAddresses, rateLimits',
        'environments.production.waf.constructor: unknown setting; the settings here are mode, allowCountries, botControl, accountTakeoverPrevention, acceptExtraCapacity, exceptions, blockedAddresses, rateLimits',
      ],
    ],
  ],
};
