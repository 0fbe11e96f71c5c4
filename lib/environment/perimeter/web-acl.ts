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
  declareRefusedRequests,
  declareRuleGroups,
} from '../../declarations/declare.ts';
import { asBlock } from '../address-block.ts';
import { adminPathRules } from './admin-paths.ts';
import { capacityOf, foreseenCapacity, maximumCapacity } from './capacity.ts';
import { managedGroupOf, managedRules } from './managed-rules.ts';
import { paymentNotices } from './payment-notices.ts';
import { rateRules, responseBodies } from './rate-rules.ts';
import { placeRules } from './rule-places.ts';
import { guardedRequests, staffRequests } from './samples.ts';
import { allOf, anyOf, block, not, type Rule, type UnorderedRule, visibility } from './statements.ts';
import { keepLogs } from './web-acl-logs.ts';

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
      ...blockedAddresses(this, environment),
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
      customResponseBodies: responseBodies,
      // What stands behind the first 16 KB of a form would be seen by no rule.
      associationConfig: { requestBody: { CLOUDFRONT: { defaultSizeInspectionLimit: 'KB_64' } } },
      visibilityConfig: visibility(name),
    });
    declareAdminPaths(acl, platform);
    declareGuardedPaths(acl, guardedRequests(platform));
    declareRefusedRequests(acl, staffRequests(platform));
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
    for (const { group, rule, paths, until, reason } of environment.waf.exceptions) {
      const where = paths.length > 0 ? ` at ${paths.join(', ')}` : '';
      acknowledge(acl, {
        rule: 'NET2[WebAclBlocks]',
        reason: `The config excepts ${rule} of ${group} until ${until}${where}: ${reason} Compensated: the group's other rules block, and the config is refused after that day.`,
      });
    }
    this.arn = acl.attrArn;

    keepLogs(acl, props.logGroup);
  }
}

/** Attackers the shop has seen itself. */
function blockedAddresses(scope: Construct, { waf }: Environment): UnorderedRule[] {
  if (waf.blockedAddresses.length === 0) return [];
  const sets = (['IPV4', 'IPV6'] as const).flatMap((version) => {
    const addresses = waf.blockedAddresses.filter(
      (address) => address.includes(':') === (version === 'IPV6'),
    );
    if (addresses.length === 0) return [];
    return [
      new wafv2.CfnIPSet(scope, `Blocked${version}`, {
        scope: 'CLOUDFRONT',
        description: 'Addresses that may not visit the shop, from waf.blockedAddresses',
        ipAddressVersion: version,
        addresses: addresses.map(asBlock),
      }),
    ];
  });
  return [
    {
      name: 'blocked-addresses',
      statement: anyOf(sets.map((set) => ({ ipSetReferenceStatement: { arn: set.attrArn } }))),
      action: block(403),
    },
  ];
}

function geographicRules({ waf }: Environment, platform: Platform): UnorderedRule[] {
  if (waf.allowCountries.length === 0) return [];
  return [
    {
      name: 'countries',
      statement: allOf([
        not({ geoMatchStatement: { countryCodes: waf.allowCountries } }),
        // The payment provider's servers may stand in a country the shop does not sell to.
        ...paymentNotices(platform).map(not),
      ]),
      action: block(403),
    },
  ];
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
  if (total > foreseenCapacity && !environment.waf.acceptExtraCapacity) {
    throw new UserError([
      `${where}: the rules need ${total} capacity units, and above ${foreseenCapacity} AWS charges more: drop a rule group, or accept the price with acceptExtraCapacity: true (${largest})`,
    ]);
  }
}
