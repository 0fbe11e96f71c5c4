import { isAnyAccount, isForeignAccount } from '../../model/access/restrictions.ts';
import { backupAccountOf, contractOf } from '../../model/declarations.ts';
import { display, isMap, tokensIn, type Value } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass, unsure, type Verdict } from '../rule.ts';

/**
 * Accounts of AWS itself, which publish images, layers and agents:
 * https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-ecr-repository-gdu-agent.html
 */
const published = /:(repository\/aws-guardduty-agent-|layer:AWS|layer:LambdaInsights)/;

/** A certificate is used in its own account: https://docs.aws.amazon.com/acm/latest/userguide/acm-services.html */
const ownByNature = /^arn:[^:]*:acm:/;

/** Where words stand that nothing acts on. */
const words = ['Description', 'Tags', 'AlarmDescription', 'GroupDescription', 'Comment'];

/**
 * Data, logs and permissions that lead to another account are out of the reach of everything else that is checked
 * here, whatever kind of resource leads there.
 */
export const otherAccount = defineRule({
  invariant: 'DAT2',
  finding: 'OtherAccount',
  en: 'Nothing in the shop refers to another account',
  ja: 'ショップのリソースは他アカウントを参照しない',
  appliesTo: ['*'],
  judgeAll({ graph, declared }) {
    const own = declared ? [] : graph.resources.flatMap(({ properties }) => ownAccounts(properties));
    return graph.resources.flatMap((resource): Finding[] => {
      const named = accountsIn(resource.properties);
      if (named.length === 0) return [];
      const known = [contractOf(resource)?.account, backupAccountOf(resource)].flatMap((each) => each ?? []);
      const found = named.filter(
        (each) =>
          (isForeignAccount(each, graph.account) || isAnyAccount(each, graph)) &&
          !published.test(each) &&
          !ownByNature.test(each) &&
          ![...known, ...own].some((account) => each.includes(account)),
      );
      return [
        {
          resource,
          ...(found.length > 0 ? judgeForeign(found, declared) : pass('stays in its account')),
        },
      ];
    });
  },
});

/** Accounts that ARNs of the templates' own resources name, as the CDK writes them. */
function ownAccounts(properties: Value): string[] {
  return accountsIn(properties)
    .filter((each) => tokensIn(each).length > 0)
    .flatMap((arn) => arn.split(':')[4] ?? []);
}

/** Whether other people's templates mean an account that they name, nothing in them tells. */
function judgeForeign(found: readonly string[], declared: boolean): Verdict {
  const accounts = [...new Set(found)].slice(0, 3).map(display).join(', ');
  return declared
    ? fail(`refers to another account: ${accounts}`)
    : unsure(`refers to an account by its number, and nothing tells whose it is: ${accounts}`);
}

const arnWithin = /arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:\d{12}:[^\s"',]*/g;

/** Accounts by their number, and ARNs and registries that hold one. */
function accountsIn(value: Value | undefined, depth = 0): string[] {
  if (depth > 12) return [];
  if (typeof value === 'string') {
    if (/^\d{12}$/.test(value)) return [value];
    const registry = /(\d{12})\.dkr\.ecr\./.exec(value)?.[1];
    return [...(value.match(arnWithin) ?? []), ...(registry === undefined ? [] : [registry])];
  }
  if (Array.isArray(value)) return value.flatMap((each) => accountsIn(each as Value, depth + 1));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    words.includes(key) ? [] : accountsIn(each, depth + 1),
  );
}
