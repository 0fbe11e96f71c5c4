import { at, isMap, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const required = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
];

/** The edge ACL holds the groups that answer the usual attacks, for every request, and limits rates. */
export const webAclRules = defineRule({
  invariant: 'NET2',
  finding: 'WebAclRules',
  en: 'The web ACL at the edge holds core, bad-input, SQL-injection and reputation rules and limits rates',
  ja: 'エッジのWeb ACLに基本・不正入力・SQLi・IP評価の各ルールとレート制限がある',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { declared }) {
    if (text(acl.properties.Scope) !== 'CLOUDFRONT') return skip('is not at the edge');
    if (!declared) return skip('which groups another application needs is its own decision');
    const rules = list(acl.properties.Rules);
    const groups = new Map(
      rules.flatMap((rule) => {
        const group = at(rule, 'Statement', 'ManagedRuleGroupStatement');
        const name = text(at(group, 'Name'));
        return name === undefined ? [] : [[name, group] as const];
      }),
    );
    const verdicts: Verdict[] = required.map((name) =>
      groups.has(name) ? pass(`${name} is there`) : fail(`${name} is missing`),
    );
    for (const [name, group] of groups) {
      const scope = at(group, 'ScopeDownStatement');
      if (required.includes(name) && scope !== undefined && !isNegation(scope)) {
        verdicts.push(fail(`${name} looks at some requests only (ScopeDownStatement)`));
      }
    }
    for (const rule of rules) {
      const scope = at(rule, 'Statement', 'RateBasedStatement', 'ScopeDownStatement');
      if (
        isMap(scope) &&
        /"PositionalConstraint":"EXACTLY"/.test(JSON.stringify(scope)) &&
        rules
          .filter((each) => at(each, 'Statement', 'RateBasedStatement') !== undefined)
          .every((each) => at(each, 'Statement', 'RateBasedStatement', 'ScopeDownStatement') !== undefined)
      )
        verdicts.push(fail('every rate limit looks at some requests only (ScopeDownStatement)'));
    }
    const limits = rules.flatMap(
      (rule) => numeric(at(rule, 'Statement', 'RateBasedStatement', 'Limit')) ?? [],
    );
    verdicts.push(
      limits.length === 0
        ? fail('no rule limits the rate of requests')
        : limits.every((limit) => limit <= 20_000)
          ? pass(`${limits.length} rules limit rates`)
          : fail(`a rate limit of ${Math.max(...limits)} stops nobody`),
    );
    return verdicts;
  },
});

/** "All requests but these few" still covers the site. */
function isNegation(statement: Value): boolean {
  return isMap(statement) && statement.NotStatement !== undefined;
}
