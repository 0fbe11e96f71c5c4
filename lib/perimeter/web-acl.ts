import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { declareAdminPaths, declareGuardedPaths, declareRuleGroups } from '../checks/declare.ts';
import type { Environment, Platform } from '../config/index.ts';
import { UserError } from '../user-error.ts';
import { adminPathRules, allOf, anyOf, isWordPress, not } from './admin-paths.ts';
import { capacityOf, includedCapacity, maximumCapacity } from './capacity.ts';
import { caseless, patternsOf } from './spelling.ts';
import { keepLogs } from './web-acl-logs.ts';

type Rule = wafv2.CfnWebACL.RuleProperty;
type Statement = wafv2.CfnWebACL.StatementProperty;

export interface EdgeWebAclProps {
  readonly environment: Environment;
  readonly platform: Platform;
  /** Encrypted, its name starting with `aws-waf-logs-`. */
  readonly logGroup: logs.ILogGroup;
}

/**
 * The web ACL before CloudFront: what the Internet may ask of the shop at all (NET2, ADM1).
 *
 * It blocks. In the mode `count` AWS's own rule groups only observe, because they are the ones that may mistake a
 * customer for an attacker; admin paths and rate limits stay as they are. Costs 5 USD a month, 1 USD a rule and
 * 0.60 USD per million requests.
 */
export class EdgeWebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EdgeWebAclProps) {
    super(scope, id);
    const { environment, platform } = props;

    const rules = [
      ...adminPathRules(this, { platform, scope: 'CLOUDFRONT' }),
      ...prioritize(10, [
        ...geographicRules(environment, platform),
        ...rateRules(environment, platform),
        ...managedRules(environment, platform),
      ]),
    ];
    checkCapacity(rules, props);

    const acl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: 'CLOUDFRONT',
      description: `Internet to the shop, ${environment.name}`,
      defaultAction: { allow: {} },
      rules,
      visibilityConfig: visibility('all'),
    });
    declareAdminPaths(acl, platform);
    declareGuardedPaths(acl, [...platform.loginPaths, ...platform.checkoutPaths]);
    declareRuleGroups(
      acl,
      rules.flatMap((rule) => managedGroupOf(rule) ?? []),
    );
    if (environment.waf.mode === 'count') {
      acknowledge(acl, {
        rule: 'NET2[WebAclBlocks]',
        reason:
          'The config asks the managed rule groups to count only, meant for the first week while false alarms are looked for. Compensated: admin paths, rate and country rules block all the same, and every review says so first.',
      });
    }
    this.arn = acl.attrArn;

    keepLogs(acl, props.logGroup);
  }
}

function geographicRules({ waf }: Environment, platform: Platform): Omit<Rule, 'priority'>[] {
  if (waf.allowCountries.length === 0) return [];
  return [
    {
      name: 'countries',
      statement: allOf([
        not({ geoMatchStatement: { countryCodes: waf.allowCountries } }),
        ...(isWordPress(platform) ? [not(paymentNotification())] : []),
      ]),
      action: { block: { customResponse: { responseCode: 403 } } },
      visibilityConfig: visibility('countries'),
    },
  ];
}

/** WooCommerce's address for payment providers, whose servers may stand in a country the shop does not sell to. */
function paymentNotification(): Statement {
  return anyOf([
    {
      byteMatchStatement: {
        fieldToMatch: { uriPath: {} },
        positionalConstraint: 'STARTS_WITH',
        searchString: '/wc-api/',
        textTransformations: asWritten,
      },
    },
    {
      sizeConstraintStatement: {
        fieldToMatch: { singleQueryArgument: { Name: 'wc-api' } },
        comparisonOperator: 'GT',
        size: 0,
        textTransformations: asWritten,
      },
    },
  ]);
}

const asWritten = [{ priority: 0, type: 'NONE' }];

function rateRules({ waf }: Environment, platform: Platform): Omit<Rule, 'priority'>[] {
  const limits = waf.rateLimits;
  const perAddress = (limit: number, scopeDownStatement?: Statement): Statement => ({
    rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300, scopeDownStatement },
  });
  // A challenge is solved by a browser unseen; the script that tries stolen passwords or card numbers fails it.
  const challenge = { challenge: {} };
  const rules: Omit<Rule, 'priority'>[] = [
    {
      name: 'rate-all',
      statement: perAddress(limits.all),
      action: { block: { customResponse: { responseCode: 429 } } },
      visibilityConfig: visibility('rate-all'),
    },
  ];
  if (platform.loginPaths.length > 0) {
    rules.push({
      name: 'rate-login',
      statement: perAddress(limits.login, anyOf(pathsBelow(platform.loginPaths))),
      action: challenge,
      visibilityConfig: visibility('rate-login'),
    });
  }
  const checkout = pathsBelow(platform.checkoutPaths);
  if (isWordPress(platform)) checkout.push(classicCheckout());
  if (checkout.length > 0) {
    rules.push({
      name: 'rate-checkout',
      statement: perAddress(limits.checkout, anyOf(checkout)),
      action: challenge,
      visibilityConfig: visibility('rate-checkout'),
    });
  }
  return rules;
}

/** Classic checkout pages of WooCommerce and its payment plugins post to `/?wc-ajax=checkout` and the like. */
function classicCheckout(): Statement {
  return {
    regexMatchStatement: {
      fieldToMatch: { singleQueryArgument: { Name: 'wc-ajax' } },
      regexString: '(?:^checkout|payment|stripe|ppc|order$)',
      textTransformations: asWritten,
    },
  };
}

/** Paths come in plain spelling, as the rules on admin paths let no other pass: only case and doubled slashes are left. */
function pathsBelow(paths: readonly string[]): Statement[] {
  const alternatives = paths.map((path) =>
    path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => `/+${caseless(segment)}`)
      .join(''),
  );
  return patternsOf(alternatives, (group) => `^(?:${group.join('|')})(?:[/;.]|$)`).map((regexString) => ({
    regexMatchStatement: { fieldToMatch: { uriPath: {} }, regexString, textTransformations: asWritten },
  }));
}

function managedRules({ waf }: Environment, platform: Platform): Omit<Rule, 'priority'>[] {
  const uploads = platform.uploadPaths.length > 0;
  const rules = [
    managed('ip-reputation', 'AWSManagedRulesAmazonIpReputationList'),
    managed('anonymous-ip', 'AWSManagedRulesAnonymousIpList', {
      // Payment providers, link previews and the shop's own canary call from hosting providers.
      counted: ['HostingProviderIPList'],
    }),
    managed('core', 'AWSManagedRulesCommonRuleSet', { counted: uploads ? ['SizeRestrictions_BODY'] : [] }),
    managed('known-bad-inputs', 'AWSManagedRulesKnownBadInputsRuleSet'),
    managed('sql-injection', 'AWSManagedRulesSQLiRuleSet'),
    ...platform.managedRuleGroups.map((name) => managed(name, platformGroups[name])),
    ...(waf.botControl
      ? [managed('bot-control', 'AWSManagedRulesBotControlRuleSet', { configuration: [botControl] })]
      : []),
    ...(waf.accountTakeoverPrevention
      ? [
          managed('account-takeover', 'AWSManagedRulesATPRuleSet', {
            configuration: [accountTakeover(platform)],
          }),
        ]
      : []),
  ];
  const overrideAction = waf.mode === 'count' ? { count: {} } : { none: {} };
  return [
    ...rules.map((rule) => ({ ...rule, overrideAction })),
    ...(uploads ? [largeBodiesElsewhere(waf.mode, platform.uploadPaths)] : []),
  ];
}

const platformGroups: Record<Platform['managedRuleGroups'][number], string> = {
  php: 'AWSManagedRulesPHPRuleSet',
  wordpress: 'AWSManagedRulesWordPressRuleSet',
  linux: 'AWSManagedRulesLinuxRuleSet',
  unix: 'AWSManagedRulesUnixRuleSet',
};

const botControl = { awsManagedRulesBotControlRuleSet: { inspectionLevel: 'COMMON' } };

function accountTakeover(platform: Platform): wafv2.CfnWebACL.ManagedRuleGroupConfigProperty {
  const [loginPath] = platform.loginPaths;
  if (!loginPath) {
    throw new UserError([
      'waf.accountTakeoverPrevention: the rule group watches one login path, and platform.loginPaths names none',
    ]);
  }
  const fields = {
    woocommerce: { user: 'username', password: 'password' },
    'ec-cube': { user: 'login_email', password: 'login_pass' },
    custom: { user: 'username', password: 'password' },
  }[platform.preset];
  return {
    awsManagedRulesAtpRuleSet: {
      loginPath,
      requestInspection: {
        payloadType: 'FORM_ENCODED',
        usernameField: { identifier: fields.user },
        passwordField: { identifier: fields.password },
      },
    },
  };
}

/** Core only counts bodies above 8 KB here; the label it leaves is turned into a block outside the upload paths. */
function largeBodiesElsewhere(
  mode: Environment['waf']['mode'],
  uploadPaths: readonly string[],
): Omit<Rule, 'priority'> {
  return {
    name: 'large-bodies',
    statement: allOf([
      {
        labelMatchStatement: {
          scope: 'LABEL',
          key: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body',
        },
      },
      not(anyOf(pathsBelow(uploadPaths))),
    ]),
    action: mode === 'count' ? { count: {} } : { block: { customResponse: { responseCode: 413 } } },
    visibilityConfig: visibility('large-bodies'),
  };
}

function managed(
  name: string,
  group: string,
  {
    counted = [],
    configuration,
  }: { counted?: string[]; configuration?: wafv2.CfnWebACL.ManagedRuleGroupConfigProperty[] } = {},
): Omit<Rule, 'priority'> {
  return {
    name,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        ruleActionOverrides:
          counted.length > 0
            ? counted.map((rule) => ({ name: rule, actionToUse: { count: {} } }))
            : undefined,
        managedRuleGroupConfigs: configuration,
      },
    },
    visibilityConfig: visibility(name),
  };
}

function managedGroupOf({ statement }: Rule): string | undefined {
  const group = (statement as Statement).managedRuleGroupStatement;
  return group && 'name' in group ? group.name : undefined;
}

function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}

function prioritize(first: number, rules: readonly Omit<Rule, 'priority'>[]): Rule[] {
  return rules.map((rule, index) => ({ ...rule, priority: first + index }));
}

function checkCapacity(rules: readonly Rule[], { environment }: EdgeWebAclProps): void {
  const byRule = capacityOf(rules);
  const total = [...byRule.values()].reduce((sum, units) => sum + units, 0);
  const where = `environments.${environment.name}.waf`;
  const largest = [...byRule]
    .sort(([, a], [, b]) => b - a)
    .map(([name, units]) => `${name} ${units}`)
    .join(', ');
  if (total > maximumCapacity) {
    throw new UserError([
      `${where}: the rules need ${total} capacity units, and AWS WAF takes ${maximumCapacity}: drop rule groups (${largest})`,
    ]);
  }
  if (total > includedCapacity && !environment.waf.acceptExtraCapacity) {
    throw new UserError([
      `${where}: the rules need ${total} capacity units, and above ${includedCapacity} AWS charges extra: drop a rule group, or accept the price with acceptExtraCapacity: true (${largest})`,
    ]);
  }
}
