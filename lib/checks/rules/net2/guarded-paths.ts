import { declarationKeys } from '../../../declarations/keys.ts';
import { sampleRequests } from '../../model/requests/samples.ts';
import { answerOfWebAcl } from '../../model/requests/web-acl.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** A change of the shop that tries nothing: what limits it as well is no limit on sign-ins or cards. */
const ordinaryChange = { url: '/', method: 'POST', body: 'quantity=1' };

/** Where passwords and cards are tried, a limit of its own is lower than the one over the whole shop. */
export const guardedPaths = defineRule({
  invariant: 'NET2',
  finding: 'GuardedPaths',
  en: 'Sign-in and checkout paths have a rate limit of their own',
  ja: 'ログインと決済のパスに専用のレート制限がある',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const samples = sampleRequests(acl.metadata[declarationKeys.guardedPaths], 'POST');
    if (samples.length === 0) return skip('declares no path where passwords or cards are tried');
    const [ordinary] = sampleRequests([ordinaryChange], 'POST').map(({ request }) =>
      limitsOn(request, acl, graph),
    );
    const perShopper = rateRules(acl).some(isPerShopper);
    return samples.map(({ name, request }): Verdict => {
      const own = limitsOn(request, acl, graph).filter((rule) => !ordinary?.includes(rule));
      if (own.length === 0) return fail(`nothing limits how often ${name} is tried`);
      if (own.every(isPerShopper)) return fail(`${name} may be tried from one address without end`);
      if (perShopper && !own.some(isPerShopper))
        return fail(`${name} is limited by address only, where shoppers share one`);
      const limits = own.map((rule) => numeric(at(rule, 'Statement', 'RateBasedStatement', 'Limit')));
      return pass(`${name} may be tried ${limits.join(' and ')} times in a while`);
    });
  },
});

/** The rate rules that count a request for certain. */
function limitsOn(
  request: Parameters<typeof answerOfWebAcl>[2],
  acl: Resource,
  graph: EnvironmentGraph,
): Value[] {
  const { limits } = answerOfWebAcl(graph, acl, request);
  const certain = limits.filter(({ counts }) => counts === 'yes').map(({ rule }) => rule);
  return rateRules(acl).filter((rule) => certain.includes(text(at(rule, 'Name')) ?? 'unnamed'));
}

function rateRules(acl: Resource): Value[] {
  return list(acl.properties.Rules).filter(
    (rule) => at(rule, 'Statement', 'RateBasedStatement') !== undefined,
  );
}

/** Counted by more than the address, so that shoppers behind one address have a limit each. */
function isPerShopper(rule: Value): boolean {
  return text(at(rule, 'Statement', 'RateBasedStatement', 'AggregateKeyType')) === 'CUSTOM_KEYS';
}
