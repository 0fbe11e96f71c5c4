import { custom, type ProblemCases, production, staging } from './broken-shops.ts';

const contractor = { account: '777788889999', externalId: '0123456789abcdef', until: '2027-03-31' };

export const operation: ProblemCases = {
  'copies of backups in a second account': [
    [
      'an account that is the first',
      production({ backups: { account: '111122223333' } }),
      [
        `environments.production.backups.account: found "111122223333", which is the shop's own; write the id of a second account, or remove it`,
      ],
    ],
    [
      'an account that is the contractor’s',
      production({ backups: { account: '777788889999' }, contractor }),
      [
        'environments.production.backups.account: found "777788889999", the account of the contractor, who would hold a copy of every customer; write the id of an account that nobody works in',
      ],
    ],
    [
      'of an environment that takes itself away',
      staging({ disposable: true, backups: { account: '222233334444' } }),
      [
        'environments.staging.backups.account: found "222233334444", and backups of a disposable environment are copied nowhere; remove it',
      ],
    ],
  ],
  'who opens exports, and from where': [
    [
      'two people with one identity',
      production({
        admin: { people: ['hana', 'ken'].map((name) => ({ name, email: `${name}@example.jp` })) },
        exports: {
          people: ['hana', 'ken'].map((name) => ({
            name,
            signsInAs: 'arn:aws:iam::111122223333:user/shared',
          })),
          from: ['203.0.113.7'],
        },
      }),
      [
        `environments.production.exports.people[1].signsInAs: found "arn:aws:iam::111122223333:user/shared", as which hana signs in: each could open what is the other's; write an identity that one person alone has`,
      ],
    ],
    [
      'two people of Identity Center with one address',
      production({
        admin: { people: ['hana', 'ken'].map((name) => ({ name, email: 'shop@example.jp' })) },
        exports: {
          people: ['hana', 'ken'].map((name) => ({ name, signsInAs: 'arn:aws:iam::111122223333:role/Desk' })),
          from: ['203.0.113.7'],
        },
      }),
      [
        `environments.production.exports.people[1].signsInAs: found "arn:aws:iam::111122223333:role/Desk", as which hana signs in: each could open what is the other's; write an identity that one person alone has`,
      ],
    ],
    [
      'everybody in two halves, and addresses that nobody has outside',
      production({
        exports: {
          people: [{ name: 'hana', signsInAs: 'arn:aws:iam::111122223333:user/hana' }],
          from: ['0.0.0.0/1', '2001::/16', '10.20.0.5'],
        },
      }),
      ['0.0.0.0/1', '2001::/16', '10.20.0.5'].map(
        (each, index) =>
          `environments.production.exports.from[${index}]: found "${each}"; write public addresses of the firm, in blocks no wider than "203.0.0.0/16" or "2001:db8::/32"`,
      ),
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
      'a contractor whose hours end before they begin',
      production({ contractor: { ...contractor, hours: { from: '20:00', to: '08:00' } } }),
      [
        'environments.production.contractor.hours.to: found "08:00", not after `from` ("20:00"); write a later time of the same day, or remove the hours to keep the role open',
      ],
    ],
    [
      "a contractor of the shop's own account",
      production({ contractor: { ...contractor, account: '111122223333' } }),
      [
        'environments.production.contractor.account: found "111122223333", which is the shop\'s own; write the account of the contractor, or name its people in admin.people',
      ],
    ],
    [
      'a contractor with an id to guess, and no end',
      production({ contractor: { account: '7777-8888-9999', externalId: 'secret', until: 'next year' } }),
      [
        'environments.production.contractor.account: found "7777-8888-9999"; write the contractor\'s AWS account id as 12 digits in quotes, such as "777788889999"',
        'environments.production.contractor.externalId: found "secret"; write 16 to 128 letters, digits or + = , . @ : / - _ that nobody guesses, such as the output of `openssl rand -hex 16`',
        'environments.production.contractor.until: found "next year"; write the last day of the contract as "YYYY-MM-DD"',
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
      'a secure browser where AWS has none',
      production({ region: 'ap-northeast-3', admin: { secureBrowser: {} } }),
      [
        'environments.production.admin.secureBrowser: found a secure browser in ap-northeast-3, where Amazon WorkSpaces Secure Browser does not exist; remove it, or choose one of ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, ca-central-1, eu-central-1, eu-west-1, eu-west-2, us-east-1, us-west-2',
      ],
    ],
    [
      'a secure browser from an address that its portal does not know',
      production({ admin: { secureBrowser: { from: ['2001:db8::/32'] } } }),
      [
        'environments.production.admin.secureBrowser.from[0]: found "2001:db8::/32"; write IPv4 addresses: the portal knows no others',
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
};
