import { declarationKeys } from '../../../declarations/keys.ts';
import { parseRequest } from '../../model/requests/request.ts';
import { answerOfWebAcl } from '../../model/requests/web-acl.ts';
import { at, list, map, numeric, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Where passwords and cards are tried, a limit of its own is lower than the one over the whole shop. */
export const guardedPaths = defineRule({
  invariant: 'NET2',
  finding: 'GuardedPaths',
  en: 'Sign-in and checkout paths have a rate limit of their own',
  ja: 'ログインと決済のパスに専用のレート制限がある',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge(acl, { graph }) {
    const paths = list(acl.metadata[declarationKeys.guardedPaths]).flatMap((path) => text(path) ?? []);
    if (paths.length === 0) return skip('declares no path where passwords or cards are tried');
    const rates = list(acl.properties.Rules).filter(
      (rule) => at(rule, 'Statement', 'RateBasedStatement', 'ScopeDownStatement') !== undefined,
    );
    return paths.map((path): Verdict => {
      const limited = rates.find((rule) => {
        const scope = map(at(rule, 'Statement', 'RateBasedStatement', 'ScopeDownStatement'));
        const only = { Name: 'limited', Priority: 0, Statement: scope, Action: { Block: {} } };
        const properties = { ...acl.properties, Rules: [only], DefaultAction: { Allow: {} } };
        const { outcome } = answerOfWebAcl(
          graph,
          { ...acl, properties },
          parseRequest({ url: path, method: 'POST' }),
        );
        return outcome.action === 'block' && map(at(rule, 'Action')).Count === undefined;
      });
      const limit = numeric(at(limited, 'Statement', 'RateBasedStatement', 'Limit'));
      return limit === undefined
        ? fail(`nothing limits how often ${path} is tried`)
        : pass(`${path} may be tried ${limit} times in a while`);
    });
  },
});
