import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { UserError } from '../../cli/user-error.ts';
import type { Environment, Platform } from '../../config/index.ts';
import { type ManagedGroup, managedGroups } from '../../config/managed-rule-groups.ts';
import { commonManagedGroups } from '../../config/platform.ts';
import { managedRuleLabel } from '../../declarations/managed-rule-label.ts';
import { bodySizeRule } from './body-size.ts';
import { pathsBelow } from './paths-below.ts';
import { paymentNotices } from './payment-notices.ts';
import {
  allOf,
  anyOf,
  block,
  labelled,
  not,
  type Rule,
  type Statement,
  type UnorderedRule,
} from './statements.ts';

/** AWS's rule groups, those of the platform among them; in the mode `count` they only observe. */
export function managedRules(environment: Environment, platform: Platform): UnorderedRule[] {
  const { waf } = environment;
  const names: ManagedGroup[] = [...commonManagedGroups, ...platform.managedRuleGroups];
  const rules = [
    ...names.map((name) => managed(name, managedGroups[name].group, { counted: countedRules(name, waf) })),
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
    ...instead(environment, platform),
    bodySizeRule(environment, platform),
  ];
}

type Waf = Environment['waf'];

/** Rules of AWS's that refuse customers or payment providers: they only label here, and ours decide. */
const replaced: Partial<Record<ManagedGroup, readonly string[]>> = {
  // Payment providers and link previews call from hosting providers.
  'anonymous-ip': ['HostingProviderIPList'],
  core: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'],
};

function labelOf(group: ManagedGroup, rule: string): string {
  return `awswaf:managed:aws:${managedGroups[group].namespace}:${managedRuleLabel(rule)}`;
}

function countedRules(name: ManagedGroup, waf: Waf): string[] {
  const excepted = waf.exceptions.filter(({ group }) => group === name).map(({ rule }) => rule);
  return [...new Set([...(replaced[name] ?? []), ...excepted])];
}

/** What blocks in place of rules that only label, outside their exceptions. */
function instead({ waf }: Environment, platform: Platform): UnorderedRule[] {
  const action = waf.mode === 'count' ? { count: {} } : block(403);
  const outside = (label: string, exceptions: readonly Statement[]) =>
    allOf([labelled(label), ...(exceptions.length > 0 ? [not(anyOf(exceptions))] : [])]);
  const named = (exception: Waf['exceptions'][number]) => `${exception.group}-${exception.rule}`;
  const excepted = [...new Set(waf.exceptions.map(named))].flatMap((name) => {
    const exceptions = waf.exceptions.filter((exception) => named(exception) === name);
    const [first] = exceptions;
    // One without paths holds everywhere.
    if (!first || exceptions.some(({ paths }) => paths.length === 0)) return [];
    return [outside(labelOf(first.group, first.rule), pathsBelow(exceptions.flatMap(({ paths }) => paths)))];
  });
  return [
    {
      name: 'no-user-agent',
      statement: outside(labelOf('core', 'NoUserAgent_HEADER'), paymentNotices(platform)),
      action,
    },
    ...(excepted.length > 0 ? [{ name: 'outside-exceptions', statement: anyOf(excepted), action }] : []),
  ];
}

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
