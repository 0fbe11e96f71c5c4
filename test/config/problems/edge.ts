import { custom, type ProblemCases, production, shop } from './broken-shops.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const soon = day(30);
const reason = 'Customers send links; the shop shows them as text.';
const exception = { group: 'core', rule: 'CrossSiteScripting_BODY', until: soon, reason };
const excepting = (...exceptions: object[]) => production({ waf: { exceptions } });
const at = (rest: string) => `environments.production.waf.exceptions[0].${rest}`;

const groups =
  '"ip-reputation", "anonymous-ip", "core", "known-bad-inputs", "sql-injection", "php", "wordpress", "linux" or "unix"';
const functions =
  '"/wc-auth", "/wp-json/jetpack", "/wp-json/wccom-site", "/wp-json/wc-telemetry", "/wp-json/wc/private", "/wp-json/wc/v3", "/wp-json/wp" or "/xmlrpc.php"';

export const edge: ProblemCases = {
  'exceptions of the web ACL': [
    ['one as it should be', excepting({ ...exception, paths: ['/contact'] }), []],
    ['a misspelt group', excepting({ ...exception, group: 'cores' }), [expectedGroup('cores', 'core')]],
    [
      "a group by AWS's name",
      excepting({ ...exception, group: 'AWSManagedRulesCommonRuleSet' }),
      [at(`group: found "AWSManagedRulesCommonRuleSet"; write ${groups}`)],
    ],
    [
      'a misspelt rule',
      excepting({ ...exception, rule: 'CrossSiteScriptng_BODY' }),
      [at('rule: found "CrossSiteScriptng_BODY"; did you mean "CrossSiteScripting_BODY"?')],
    ],
    [
      'a rule in other letters',
      excepting({ ...exception, rule: 'crosssitescripting_body' }),
      [at('rule: found "crosssitescripting_body"; did you mean "CrossSiteScripting_BODY"?')],
    ],
    [
      'a rule of another group',
      excepting({ ...exception, rule: 'SQLi_BODY' }),
      [
        at(
          'rule: found "SQLi_BODY"; it is a rule of the group "sql-injection": write group: "sql-injection"',
        ),
      ],
    ],
    [
      'a rule that nobody knows',
      excepting({ ...exception, group: 'php', rule: 'Everything' }),
      [
        at(
          'rule: found "Everything"; write "PHPHighRiskMethodsVariables_HEADER", "PHPHighRiskMethodsVariables_QUERYSTRING" or "PHPHighRiskMethodsVariables_BODY"',
        ),
      ],
    ],
    [
      'a rule with a space in its name',
      excepting({ ...exception, rule: 'SQLi BODY' }),
      [at('rule: found "SQLi BODY"; write the name of a rule, such as "CrossSiteScripting_BODY"')],
    ],
    [
      'a group that the shop does not ask',
      excepting({ ...exception, group: 'linux', rule: 'LFI_URIPATH' }),
      [at('group: found "linux", which this shop does not ask; remove the exception')],
    ],
    [
      'a day that has passed',
      excepting({ ...exception, until: day(-2) }),
      [
        at(
          `until: found "${day(-2)}"; write a date that has not passed, or remove the exception: its rule blocks again`,
        ),
      ],
    ],
    [
      'a day in half a year',
      excepting({ ...exception, until: day(180) }),
      [
        at(
          `until: found "${day(180)}"; write a date within the next 90 days: an exception is for finding a better answer`,
        ),
      ],
    ],
    [
      'a day that no calendar has',
      excepting({ ...exception, until: '2026-02-30' }),
      [at('until: found "2026-02-30"; write a date as "YYYY-MM-DD"')],
    ],
    [
      'no reason to speak of',
      excepting({ ...exception, reason: 'because' }),
      [at('reason: found "because"; say in a sentence why the shop is safe meanwhile')],
    ],
    [
      'the same twice',
      excepting({ ...exception, paths: ['/a', '/b'] }, { ...exception, paths: ['/b', '/a'] }),
      ['environments.production.waf.exceptions[1]: found the same as entry [0] of the list; remove one'],
    ],
  ],
  'addresses of attackers': [
    [
      'all of them, and none',
      production({
        waf: { blockedAddresses: ['0.0.0.0/0', '::/0', '203.0.113.7/33', 'evil.example', '203.0.113.7'] },
      }),
      ['0.0.0.0/0', '::/0', '203.0.113.7/33', 'evil.example'].map(
        (address, index) =>
          `environments.production.waf.blockedAddresses[${index}]: found "${address}"; write an address or a block such as "203.0.113.7", "198.51.100.0/24" or "2001:db8::/32"`,
      ),
    ],
  ],
  'paths and functions of the platform': [
    [
      'a function that nothing closes',
      shop({ platform: { openFunctions: ['/wp-json/jetpak', '/wp-admin'] } }),
      [
        `platform.openFunctions[0]: found "/wp-json/jetpak"; did you mean "/wp-json/jetpack"? Write ${functions}`,
        `platform.openFunctions[1]: found "/wp-admin"; write ${functions}`,
      ],
    ],
    [
      'functions of WordPress in EC-CUBE',
      shop({ platform: { preset: 'ec-cube', openFunctions: ['/xmlrpc.php'] } }),
      [
        'platform.openFunctions: unknown setting; "openFunctions" belongs in platform (preset: "woocommerce")',
      ],
    ],
    [
      'paths that are none',
      shop({ platform: { noticePaths: ['receive'], uploadPaths: ['/photos/*'] } }),
      [
        'platform.noticePaths[0]: found "receive"; write a path that starts with a slash and is more than "/", such as "/payment/receive", in letters, digits and . _ ~ - only',
        'platform.uploadPaths[0]: found "/photos/*"; write a path that starts with a slash and is more than "/", such as "/reviews/photos", in letters, digits and . _ ~ - only',
      ],
    ],
  ],
  'folders of files': [
    [
      'pages among them',
      custom({
        loginPaths: ['/login'],
        checkoutPaths: ['/checkout'],
        staticPaths: ['/login', '/checkout'],
        mediaPaths: ['/photos'],
        uploadPaths: ['/photos/new'],
      }),
      [
        'platform.staticPaths[0]: found "/login", below which loginPaths names "/login"; write folders that hold files only',
        'platform.staticPaths[1]: found "/checkout", below which checkoutPaths names "/checkout"; write folders that hold files only',
        'platform.mediaPaths[0]: found "/photos", below which uploadPaths names "/photos/new"; write folders that hold files only',
      ],
    ],
    [
      'admin screens among them, and pictures twice',
      custom({ staticPaths: ['/staff/assets', '/media/old'], mediaPaths: ['/media'] }),
      [
        'platform.staticPaths[0]: found "/staff/assets", which platform.adminPaths[0] "/staff" closes to the Internet; customers could not reach it',
        'platform.staticPaths[1]: found "/media/old", which mediaPaths holds already through "/media"; remove one',
      ],
    ],
  ],
  'screens that export customers': [
    [
      'closed where nobody knows them',
      custom({}, { customerData: { screens: 'closed' } }),
      [
        'environments.production.customerData.screens: found "closed", and nobody knows the export screens of a custom platform; name them in exportPaths',
      ],
    ],
    [
      'named and left open',
      production({ customerData: { screens: 'open', exportPaths: ['/wp-admin/x.php'] } }),
      [
        'environments.production.customerData.exportPaths: found paths to close, and screens is "open"; remove one of the two',
      ],
    ],
    [
      'so wide that nobody could work',
      custom({}, { customerData: { exportPaths: ['/staff', '/staff/orders/csv', '/Health'] } }),
      [
        'environments.production.customerData.exportPaths[0]: found "/staff", which would close "/staff" to everybody; write the path of the export screen alone',
        'environments.production.customerData.exportPaths[2]: found "/Health", which would close "/health" to everybody; write the path of the export screen alone',
      ],
    ],
  ],
  'headers and hosts of pages': [
    [
      'a preload that names nothing below',
      production({ hsts: { preload: true, includeSubdomains: false } }),
      [
        'environments.production.hsts.preload: browsers take a domain into their list only with all hosts below it: set includeSubdomains to true, or remove preload',
      ],
    ],
    [
      'hosts that are addresses, or everybody',
      shop({ payment: { extraStyleHosts: ['https://cdn.example.com'], extraFontHosts: ['*.github.io'] } }),
      [
        'payment.extraStyleHosts[0]: found "https://cdn.example.com"; it begins with a scheme; write "cdn.example.com"',
        'payment.extraFontHosts[0]: found "*.github.io"; anyone can have a name there; write the names the shop needs, without "*"',
      ],
    ],
  ],
};

function expectedGroup(written: string, meant: string): string {
  return at(`group: found "${written}"; did you mean "${meant}"? Write ${groups}`);
}
