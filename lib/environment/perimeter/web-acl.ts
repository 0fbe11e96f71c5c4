import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { UserError } from '../../cli/user-error.ts';
import type { Environment, Platform } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import {
  declareAdminPaths,
  declareCountries,
  declareGuardedPaths,
  declareRuleGroups,
} from '../../declarations/declare.ts';
import { adminPathRules } from './admin-paths.ts';
import { capacityOf, includedCapacity, maximumCapacity } from './capacity.ts';
import { managedGroupOf, managedRules } from './managed-rules.ts';
import { rateRules } from './rate-rules.ts';
import { placeRules } from './rule-places.ts';
import {
  allOf,
  anyOf,
  asWritten,
  block,
  not,
  type Rule,
  type Statement,
  type UnorderedRule,
  visibility,
} from './statements.ts';
import { keepLogs } from './web-acl-logs.ts';
import { isWordPress } from './wordpress.ts';

export interface EdgeWebAclProps {
  readonly shopName: string;
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

    const name = `${props.shopName}-${environment.name}-edge`;
    const rules = placeRules(name, [
      ...adminPathRules(this, { platform, scope: 'CLOUDFRONT' }),
      ...geographicRules(environment, platform),
      ...rateRules(environment, platform),
      ...managedRules(environment, platform),
    ]);
    checkCapacity(rules, props);

    const acl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: 'CLOUDFRONT',
      description: `Internet to the shop, ${environment.name}`,
      defaultAction: { allow: {} },
      rules,
      visibilityConfig: visibility(name),
    });
    declareAdminPaths(acl, platform);
    declareGuardedPaths(acl, [...platform.loginPaths, ...platform.checkoutPaths]);
    declareRuleGroups(
      acl,
      rules.flatMap((rule) => managedGroupOf(rule) ?? []),
    );
    if (environment.waf.allowCountries.length > 0) declareCountries(acl, environment.waf.allowCountries);
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

function geographicRules({ waf }: Environment, platform: Platform): UnorderedRule[] {
  if (waf.allowCountries.length === 0) return [];
  return [
    {
      name: 'countries',
      statement: allOf([
        not({ geoMatchStatement: { countryCodes: waf.allowCountries } }),
        ...(isWordPress(platform) ? [not(paymentNotification())] : []),
      ]),
      action: block(403),
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
