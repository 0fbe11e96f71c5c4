import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import type { Environment, Platform, Shop, ShopInput } from '../../../lib/config/index.ts';
import { adminPathPatterns } from '../../../lib/environment/perimeter/admin-paths.ts';
import { EdgeWebAcl } from '../../../lib/environment/perimeter/web-acl.ts';
import { customPlatform, shopWith } from '../../review/rehearsal/fixture.ts';

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: object;
  readonly OverrideAction?: object;
  readonly RuleLabels?: object;
  readonly VisibilityConfig: object;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: {
      readonly Name: string;
      readonly RuleActionOverrides?: object;
      readonly ManagedRuleGroupConfigs?: object;
    };
    readonly RateBasedStatement?: { readonly Limit: number; readonly ScopeDownStatement?: object };
  };
}

function templateOf(shop: Shop): Template {
  const stack = new Stack(new App(), 'Perimeter');
  const environment = shop.environments.production;
  if (!environment) throw new Error('no production');
  new EdgeWebAcl(stack, 'WebAcl', {
    shopName: shop.name,
    environment,
    platform: shop.platform,
    logGroup: new logs.LogGroup(stack, 'Logs', { logGroupName: 'aws-waf-logs-shop' }),
  });
  return Template.fromStack(stack);
}

function rulesOf(shop: Shop): Map<string, Rule> {
  const [acl] = Object.values(templateOf(shop).findResources('AWS::WAFv2::WebACL'));
  const rules: Rule[] = acl?.Properties.Rules;
  return new Map(rules.map((rule) => [rule.Name, rule]));
}

const woocommerce = { preset: 'woocommerce' } as const;
type Waf = NonNullable<ShopInput['environments'][string]['waf']>;
const withWaf = (waf: Waf, platform: ShopInput['platform'] = woocommerce) => shopWith(platform, { waf });

/** A platform as it may come from a library user, past the checks of the config file. */
function withPlatform(changes: Partial<Platform>, waf: Waf = {}): Shop {
  const shop = withWaf(waf, { preset: 'ec-cube' });
  return { ...shop, platform: { ...shop.platform, ...changes } };
}

describe('the edge web ACL', () => {
  const rules = rulesOf(shopWith(woocommerce));

  it.each(['loginPaths', 'checkoutPaths', 'uploadPaths', 'noticePaths'] as const)(
    'takes %s as long as the config takes them',
    (list) => {
      const longest = `/${'account-of-a-customer.'.repeat(5)}`.slice(0, 100);
      expect(
        rulesOf(shopWith(Object.assign({}, customPlatform, { [list]: [longest] }))).size,
      ).toBeGreaterThan(5);
    },
  );

  it('asks its own rules first, then AWS’s groups', () => {
    expect([...rules.keys()]).toEqual([
      'deceptive-path',
      'admin-paths',
      'admin-rest-route',
      'admin-functions',
      'tries-login',
      'tries-card',
      'rate-all',
      'rate-changes',
      'rate-login',
      'rate-login-address',
      'rate-checkout',
      'rate-checkout-address',
      'rate-pages',
      'ip-reputation',
      'anonymous-ip',
      'core',
      'known-bad-inputs',
      'sql-injection',
      'php',
      'wordpress',
      'large-bodies',
      'no-user-agent',
    ]);
    const priorities = [...rules.values()].map(({ Priority }) => Priority);
    expect(priorities).toEqual([...new Set(priorities)].sort((a, b) => a - b));
  });

  it('blocks by default with every rule, and counts with none but those that only label', () => {
    for (const [name, { Action, OverrideAction, RuleLabels }] of rules) {
      if (RuleLabels) expect([name, Action]).toEqual([name, { Count: {} }]);
      else
        expect([name, JSON.stringify(Action ?? OverrideAction)]).not.toEqual([
          name,
          expect.stringContaining('Count'),
        ]);
    }
    expect(rules.get('admin-paths')?.Action).toEqual({ Block: { CustomResponse: { ResponseCode: 403 } } });
    const tooMany = {
      Block: {
        CustomResponse: {
          ResponseCode: 429,
          CustomResponseBodyKey: 'too-many-requests',
          ResponseHeaders: [{ Name: 'Retry-After', Value: '300' }],
        },
      },
    };
    for (const name of ['rate-all', 'rate-changes', 'rate-login', 'rate-checkout-address'])
      expect([name, rules.get(name)?.Action]).toEqual([name, tooMany]);
    expect(rules.get('rate-pages')?.Action).toEqual({ Challenge: {} });
    expect(rules.get('core')?.OverrideAction).toEqual({ None: {} });
  });

  it('measures every rule', () => {
    for (const [name, { VisibilityConfig }] of rules) {
      expect(VisibilityConfig).toEqual({
        CloudWatchMetricsEnabled: true,
        MetricName: `hana-candles-production-edge-${name}`,
        SampledRequestsEnabled: true,
      });
    }
  });

  it('measures itself under a name that AWS WAF does not reserve, and no other shop or environment uses', () => {
    const [acl] = Object.values(templateOf(shopWith(woocommerce)).findResources('AWS::WAFv2::WebACL'));
    expect(acl?.Properties.VisibilityConfig.MetricName).toBe('hana-candles-production-edge');
  });

  it('leaves every rule in its place when the config adds others', () => {
    const more = rulesOf(
      withWaf({
        allowCountries: ['JP'],
        botControl: true,
        accountTakeoverPrevention: true,
        acceptExtraCapacity: true,
      }),
    );
    expect(more.size).toBe(rules.size + 3);
    for (const [name, { Priority }] of rules)
      expect([name, more.get(name)?.Priority]).toEqual([name, Priority]);
  });

  it('lets payment providers call from hosting providers', () => {
    expect(rules.get('anonymous-ip')?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides).toEqual([
      { Name: 'HostingProviderIPList', ActionToUse: { Count: {} } },
    ]);
  });

  it('logs without cookies and credentials, to the group without a wildcard at the end', () => {
    const template = templateOf(shopWith(woocommerce));
    const [logging] = Object.values(template.findResources('AWS::WAFv2::LoggingConfiguration'));
    expect(logging?.Properties.RedactedFields).toEqual([
      { SingleHeader: { Name: 'cookie' } },
      { SingleHeader: { Name: 'authorization' } },
    ]);
    expect(JSON.stringify(logging?.Properties.LogDestinationConfigs)).toMatch(/log-group:.*"Ref":"Logs/);
    expect(JSON.stringify(logging?.Properties.LogDestinationConfigs)).not.toContain(':*');
  });

  it('only observes with AWS’s groups in the first week, and keeps its own rules', () => {
    const counting = rulesOf(withWaf({ mode: 'count' }));
    for (const [name, { Action, OverrideAction, Statement }] of counting) {
      if (Statement.ManagedRuleGroupStatement) expect([name, OverrideAction]).toEqual([name, { Count: {} }]);
      // These answer for rules of AWS's groups.
      else if (['no-user-agent', 'large-bodies'].includes(name)) expect(Action).toEqual({ Count: {} });
      else expect([name, Action]).toEqual([name, rules.get(name)?.Action]);
    }
  });

  it('takes the configured rate limits', () => {
    const rateLimits = { all: 400, changes: 200, login: 15, checkout: 10, pages: 30 };
    const limited = rulesOf(withWaf({ rateLimits }));
    const limits = [...limited.values()].flatMap(({ Name, Statement }) =>
      Statement.RateBasedStatement ? [[Name, Statement.RateBasedStatement.Limit]] : [],
    );
    expect(Object.fromEntries(limits)).toEqual({
      'rate-all': 400,
      'rate-changes': 200,
      'rate-login': 15,
      'rate-login-address': 75,
      'rate-checkout': 10,
      'rate-checkout-address': 50,
      'rate-pages': 30,
    });
    expect(limited.get('rate-all')?.Statement.RateBasedStatement?.ScopeDownStatement).toBeUndefined();
  });

  it('has no rate rule for paths the platform does not name', () => {
    const rules = rulesOf(withPlatform({ loginPaths: [], checkoutPaths: [] }));
    expect(rules.has('rate-checkout')).toBe(false);
    expect(rules.has('rate-pages')).toBe(false);
    // A password is known by its field.
    expect(rules.has('rate-login')).toBe(true);
  });

  it('keeps other countries out, payment notifications excepted', () => {
    const { Statement, Action } = rulesOf(withWaf({ allowCountries: ['JP'] })).get('countries') ?? {};
    expect(Action).toEqual({ Block: { CustomResponse: { ResponseCode: 403 } } });
    expect(JSON.stringify(Statement)).toContain('"CountryCodes":["JP"]');
    expect(JSON.stringify(Statement)).toContain('/+wc-api|');
  });

  it('adds bot control and account takeover prevention with the form of the platform', () => {
    const waf = { botControl: true, accountTakeoverPrevention: true, acceptExtraCapacity: true };
    const configOf = (shop: Shop) =>
      rulesOf(shop).get('account-takeover')?.Statement.ManagedRuleGroupStatement?.ManagedRuleGroupConfigs;
    const config = (LoginPath: string, user: string, password: string) => [
      {
        AWSManagedRulesATPRuleSet: {
          LoginPath,
          RequestInspection: {
            PayloadType: 'FORM_ENCODED',
            UsernameField: { Identifier: user },
            PasswordField: { Identifier: password },
          },
        },
      },
    ];
    expect(configOf(withWaf(waf))).toEqual(config('/my-account', 'username', 'password'));
    expect(configOf(withWaf(waf, { preset: 'ec-cube' }))).toEqual(
      config('/mypage/login', 'login_email', 'login_pass'),
    );
    expect(rulesOf(withWaf(waf)).has('bot-control')).toBe(true);
  });

  it('lets customers’ long texts and uploads pass where AWS’s group would not', () => {
    const counted = rules.get('core')?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides;
    expect(counted).toEqual([
      { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
      { Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } },
    ]);
    const large = rulesOf(shopWith(customPlatform)).get('large-bodies');
    expect(large?.Action).toEqual({ Block: { CustomResponse: { ResponseCode: 413 } } });
    expect(JSON.stringify(large?.Statement)).toContain('/+reviews/+photos');
    const [acl] = Object.values(templateOf(shopWith(woocommerce)).findResources('AWS::WAFv2::WebACL'));
    expect(acl?.Properties.AssociationConfig).toEqual({
      RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: 'KB_64' } },
    });
  });

  it('refuses the addresses that the config blocks, before anything is counted', () => {
    const shop = withWaf({ blockedAddresses: ['203.0.113.7', '198.51.100.0/24', '2001:db8::/32'] });
    const sets = Object.values(templateOf(shop).findResources('AWS::WAFv2::IPSet'));
    expect(sets.map(({ Properties }) => [Properties.IPAddressVersion, Properties.Addresses])).toEqual([
      ['IPV4', ['203.0.113.7/32', '198.51.100.0/24']],
      ['IPV6', ['2001:db8::/32']],
    ]);
    const blocking = rulesOf(shop).get('blocked-addresses');
    expect(blocking?.Action).toEqual({ Block: { CustomResponse: { ResponseCode: 403 } } });
    expect(blocking?.Priority).toBeLessThan(rulesOf(shop).get('rate-all')?.Priority ?? 0);
    expect(rules.has('blocked-addresses')).toBe(false);
  });
});

describe('exceptions from rules of AWS', () => {
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const reason = 'Reviews with links are refused; the shop shows them as text.';
  const exception = { group: 'core', rule: 'CrossSiteScripting_BODY', reason, until } as const;

  it('let a rule only count everywhere', () => {
    const excepted = rulesOf(withWaf({ exceptions: [exception] }));
    expect(excepted.get('core')?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides).toContainEqual({
      Name: 'CrossSiteScripting_BODY',
      ActionToUse: { Count: {} },
    });
    expect(excepted.has('outside-exceptions')).toBe(false);
  });

  it('let it block outside the paths they are for', () => {
    const exceptions = [
      { ...exception, paths: ['/contact'] },
      { ...exception, paths: ['/reviews'] },
      { ...exception, group: 'sql-injection' as const, rule: 'SQLi_QUERYARGUMENTS', paths: ['/search'] },
    ];
    const excepted = rulesOf(withWaf({ exceptions }));
    const elsewhere = excepted.get('outside-exceptions');
    expect(elsewhere?.Action).toEqual({ Block: { CustomResponse: { ResponseCode: 403 } } });
    expect(JSON.stringify(elsewhere?.Statement)).toContain(
      '"awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body"',
    );
    expect(JSON.stringify(elsewhere?.Statement)).toMatch(/contact.*reviews/);
    expect(JSON.stringify(elsewhere?.Statement)).toContain(
      '"awswaf:managed:aws:sql-database:SQLi_QueryArguments"',
    );
    expect(elsewhere?.Priority).toBeGreaterThan(excepted.get('core')?.Priority ?? 99);
  });

  it('are acknowledged on the web ACL, with their reason and date', () => {
    const stack = new Stack(new App(), 'Perimeter');
    const shop = withWaf({ exceptions: [exception] });
    const environment = shop.environments.production as Environment;
    new EdgeWebAcl(stack, 'WebAcl', {
      shopName: shop.name,
      environment,
      platform: shop.platform,
      logGroup: new logs.LogGroup(stack, 'Logs', { logGroupName: 'aws-waf-logs-shop' }),
    });
    const metadata = JSON.stringify(stack.node.findAll().flatMap(({ node }) => node.metadata));
    expect(metadata).toContain('NET2[WebAclBlocks]');
    expect(metadata).toContain(`CrossSiteScripting_BODY of core until ${until}`);
    expect(metadata).toContain(reason);
  });
});

describe('the capacity of the web ACL', () => {
  it('is within 2,000 units for both presets, room left for a login path', () => {
    for (const preset of ['woocommerce', 'ec-cube'] as const) {
      const waf = { allowCountries: ['JP'] };
      expect(() => rulesOf(shopWith({ preset, loginPaths: ['/members/sign-in'] }, { waf }))).not.toThrow();
    }
  });

  it('is an error above that, which names the largest rules', () => {
    expect(problemsOf(withWaf({ botControl: true }))).toEqual([
      expect.stringMatching(
        /^environments\.production\.waf: the rules need \d+ capacity units, and above 2000 AWS charges more: drop a rule group, or accept the price with acceptExtraCapacity: true \(core 700, known-bad-inputs 200, .*\)$/,
      ),
    ]);
    expect(problemsOf(withWaf({ botControl: true, acceptExtraCapacity: true }))).toEqual([]);
  });

  it('is an error above 5,000 units, accepted or not', () => {
    const loginPaths = Array.from(
      { length: 3000 },
      (_, index) => `/members/sign-in-number-${index}/and-a-long-tail`,
    );
    const shop = withPlatform({ loginPaths }, { acceptExtraCapacity: true });
    expect(problemsOf(shop)).toEqual([expect.stringMatching(/capacity units, and AWS WAF takes 5000: drop/)]);
  });

  it('needs a login path for account takeover prevention', () => {
    const waf = { accountTakeoverPrevention: true, acceptExtraCapacity: true };
    const shop = withPlatform({ loginPaths: [] }, {});
    const environment = {
      ...shop.environments.production,
      waf: { ...shop.environments.production?.waf, ...waf },
    };
    expect(problemsOf({ ...shop, environments: { production: environment as Environment } })).toEqual([
      'waf.accountTakeoverPrevention: the rule group watches one login path, and platform.loginPaths names none',
    ]);
  });
});

describe('admin path patterns', () => {
  const platformWith = (adminPaths: string[]) => shopWith({ preset: 'ec-cube', adminPaths }).platform;

  it('keep to the quotas of AWS WAF', () => {
    const patterns = adminPathPatterns(
      platformWith(Array.from({ length: 40 }, (_, index) => `/staff-${index}`)),
    );
    expect(patterns.length).toBeLessThanOrEqual(10);
    for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(200);
  });

  it('are refused beyond the quotas, with what to write instead', () => {
    const long = `/${'very-long-name/'.repeat(6)}end`;
    expect(() => adminPathPatterns(platformWith([long]))).toThrow(
      `platform.adminPaths: "${long}" is too long for AWS WAF: name a folder above it`,
    );
    const many = Array.from({ length: 99 }, (_, index) => `/back-office-of-department-${index}`);
    expect(() => adminPathPatterns(platformWith(many))).toThrow(
      /^platform\.adminPaths: 101 paths need \d+ patterns, and AWS WAF takes 10: name folders that hold several of them$/,
    );
  });
});

function problemsOf(shop: Shop): readonly string[] {
  try {
    rulesOf(shop);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  return [];
}
