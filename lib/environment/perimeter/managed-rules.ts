import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { UserError } from '../../cli/user-error.ts';
import type { Environment, Platform } from '../../config/index.ts';
import { pathsBelow } from './paths-below.ts';
import { allOf, anyOf, block, not, type Rule, type Statement, type UnorderedRule } from './statements.ts';

/** AWS's rule groups, those of the platform among them; in the mode `count` they only observe. */
export function managedRules({ waf }: Environment, platform: Platform): UnorderedRule[] {
  const uploads = platform.uploadPaths.length > 0;
  const rules = [
    managed('ip-reputation', 'AWSManagedRulesAmazonIpReputationList'),
    managed('anonymous-ip', 'AWSManagedRulesAnonymousIpList', {
      // Payment providers and link previews call from hosting providers.
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
): UnorderedRule {
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
    action: mode === 'count' ? { count: {} } : block(413),
  };
}

function managed(
  name: string,
  group: string,
  {
    counted = [],
    configuration,
  }: { counted?: string[]; configuration?: wafv2.CfnWebACL.ManagedRuleGroupConfigProperty[] } = {},
): UnorderedRule {
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
  };
}

/** @returns the name of the rule group that a rule asks */
export function managedGroupOf({ statement }: Rule): string | undefined {
  const group = (statement as Statement).managedRuleGroupStatement;
  return group && 'name' in group ? group.name : undefined;
}
