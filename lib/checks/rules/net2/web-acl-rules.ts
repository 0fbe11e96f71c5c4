import { declarationKeys } from '../../../declarations/keys.ts';
import { at, isMap, list, map, numeric, text, type Value, type ValueMap } from '../../model/values.ts';
import { same } from '../promised/differences.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const behindGroups = ['AWSManagedRulesKnownBadInputsRuleSet'];
const edgeGroups = [
  'AWSManagedRulesCommonRuleSet',
  ...behindGroups,
  'AWSManagedRulesSQLiRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
];

/** The edge ACL holds the groups that answer the usual attacks, for every request, and limits rates. */
export const webAclRules = defineRule({
  invariant: 'NET2',
  finding: 'WebAclRules',
  en: 'The web ACL at the edge holds core, bad-input, SQL-injection and reputation rules and those it declares, and limits rates',
  ja: 'エッジのWeb ACLに基本・不正入力・SQLi・IP評価と宣言済みの各ルールとレート制限がある',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { declared, graph }) {
    if (!declared) return skip('which groups another application needs is its own decision');
    const rules = list(acl.properties.Rules);
    const meant = exclusionsOf(graph.promisedOf(acl));
    const isWhole = (scope: Value | undefined) =>
      scope === undefined || meant.some((each) => same(each, scope));
    const isEdge = text(acl.properties.Scope) === 'CLOUDFRONT';
    // Behind the edge stands what sees through its encodings; rates are counted where visitors have addresses.
    const declaredGroups = list(acl.metadata[declarationKeys.ruleGroups]).flatMap((name) => text(name) ?? []);
    const required = [...new Set([...(isEdge ? edgeGroups : behindGroups), ...declaredGroups])];
    const groups = new Map(
      rules.flatMap((rule) => {
        const group = at(rule, 'Statement', 'ManagedRuleGroupStatement');
        const name = text(at(group, 'Name'));
        return name === undefined || text(at(group, 'VendorName')) !== 'AWS' ? [] : [[name, group] as const];
      }),
    );
    const verdicts: Verdict[] = required.map((name) =>
      groups.has(name) ? pass(`${name} is there`) : fail(`${name} is missing`),
    );
    for (const [name, group] of groups) {
      const scope = at(group, 'ScopeDownStatement');
      if (required.includes(name) && !isWhole(scope)) {
        verdicts.push(fail(`${name} looks at some requests only (ScopeDownStatement)`));
      }
      const version = text(at(group, 'Version'));
      if (version !== undefined)
        verdicts.push(fail(`${name} stays at ${version}: what AWS adds later is not asked (Version)`));
    }
    if (!isEdge) return verdicts;
    return [...verdicts, ...judgeRates(rules, isWhole)];
  },
});

/** One limit over everything, and tighter ones where passwords and cards are tried. */
function judgeRates(rules: readonly Value[], isWhole: (scope: Value | undefined) => boolean): Verdict[] {
  const rates = rules.flatMap((rule) => {
    const rate = at(rule, 'Statement', 'RateBasedStatement');
    const limit = numeric(at(rate, 'Limit'));
    const by = text(at(rate, 'AggregateKeyType')) ?? 'IP';
    const keys = list(at(rate, 'CustomKeys')).flatMap((key) => Object.keys(map(key)));
    return limit === undefined ? [] : [{ limit, by, keys, scope: at(rate, 'ScopeDownStatement') }];
  });
  if (rates.length === 0) return [fail('no rule limits the rate of requests')];
  // Beside the address, what else a visitor is known by may be forged: then the address alone is counted as well.
  const byAddress = rates.filter(({ by }) => by === 'IP').map(({ scope }) => JSON.stringify(scope));
  const forged = rates.filter(
    ({ by, keys, scope }) =>
      by !== 'IP' &&
      !(by === 'CUSTOM_KEYS' && keys.includes('IP') && byAddress.includes(JSON.stringify(scope))),
  );
  const highest = Math.max(...rates.map(({ limit }) => limit));
  const overall = rates.filter(
    ({ scope }) => isWhole(scope) && at(methodsLeftOut(scope), 'Method') === undefined,
  );
  return [
    highest <= 20_000
      ? pass(`${rates.length} rules limit rates`)
      : fail(`a rate limit of ${highest} stops nobody`),
    ...forged.map(({ by }) => fail(`a rate limit counts by ${by}, which visitors write as they like`)),
    overall.length > 0
      ? pass('one limit is over the whole shop')
      : fail('every rate limit looks at some requests only (ScopeDownStatement)'),
    overall.some(({ limit }) => rates.some((each) => !overall.includes(each) && each.limit > limit))
      ? fail('a limit for some paths is looser than the one over the whole shop')
      : pass('sign-in and checkout are limited more tightly'),
  ];
}

/** "All but reading" leaves out most of what visitors ask. */
function methodsLeftOut(scope: Value | undefined): Value | undefined {
  return at(scope, 'NotStatement', 'Statement', 'RegexMatchStatement', 'FieldToMatch');
}

/** What a construct leaves out on purpose: "all requests but these". A negation that nobody promised may leave out all. */
function exclusionsOf(promised: ValueMap | undefined): readonly Value[] {
  return list(promised?.Rules).flatMap((rule) => {
    const statement = at(rule, 'Statement');
    const scopes = ['ManagedRuleGroupStatement', 'RateBasedStatement'].map((kind) =>
      at(statement, kind, 'ScopeDownStatement'),
    );
    return scopes.filter(isMap).filter((scope) => scope.NotStatement !== undefined);
  });
}
