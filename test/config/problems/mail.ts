import { custom, type ProblemCases, production } from './broken-shops.ts';

const ways = 'write "none", or an object: { host: …, from: … } or { provider: "ses" }';
const smtp = { host: 'smtp.example.com', from: 'shop@example.jp' };
const secret = (region: string, account: string) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:shop-mail-AbCdEf`;

export const mail: ProblemCases = {
  'how mails leave': [
    [
      'a preset that does not say how',
      production({ mail: undefined }),
      [`environments.production.mail: missing, so no customer would hear of an order; ${ways}`],
    ],
    [
      'a word that is none of them',
      production({ mail: 'smtp' }),
      [`environments.production.mail: found "smtp"; ${ways}`],
    ],
    ['a list', production({ mail: [smtp] }), [`environments.production.mail: found a list; ${ways}`]],
    [
      'a server without a sender',
      production({ mail: { host: 'smtp.example.com' } }),
      [
        'environments.production.mail.from: missing; write an e-mail address such as "owner@example.jp" (Sender of the mails; the mail server must let the login send from it)',
      ],
    ],
    [
      'a port without TLS',
      production({ mail: { ...smtp, port: 25 } }),
      [
        'environments.production.mail.port: found 25; write a mail submission port that speaks TLS: 465, 587, 2465 or 2587',
      ],
    ],
    [
      'another provider',
      production({ mail: { provider: 'sendgrid' } }),
      ['environments.production.mail.provider: found "sendgrid"; write "ses"'],
    ],
    [
      'a sender that SES cannot sign for',
      production({ mail: { provider: 'ses', from: 'shop@gmail.com' } }),
      [
        'environments.production.mail.from: found "shop@gmail.com", for which SES signs only with a name of the shop; write an address at its domain, such as "shop@shop.example.jp"',
      ],
    ],
    [
      'a sender that only ends like the domain',
      production({ mail: { provider: 'ses', from: 'shop@evilshop.example.jp' } }),
      [
        'environments.production.mail.from: found "shop@evilshop.example.jp", for which SES signs only with a name of the shop; write an address at its domain, such as "shop@shop.example.jp"',
      ],
    ],
    [
      'a password in the place of a secret',
      production({ mail: { ...smtp, secret: 'hunter2' } }),
      [
        'environments.production.mail.secret: found "hunter2"; write the full ARN of a secret, such as "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:shop-mail-AbCdEf"',
      ],
    ],
    [
      'a secret of another region',
      production({ mail: { ...smtp, secret: secret('us-east-1', '111122223333') } }),
      [
        'environments.production.mail.secret: found a secret of account 111122223333 in us-east-1; write one of account 111122223333 in ap-northeast-1, where the tasks of the shop read it',
      ],
    ],
    [
      'a secret of its own',
      production({ mail: { ...smtp, secret: secret('ap-northeast-1', '111122223333') } }),
      [],
    ],
    ['a custom platform that does not say how', custom({}), []],
  ],
};
