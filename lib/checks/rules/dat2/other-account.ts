import { isForeignAccount } from '../../model/access/restrictions.ts';
import { backupAccountOf, contractOf } from '../../model/declarations.ts';
import { display, isMap, type Value } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/**
 * Accounts of AWS itself, which publish images, layers and agents:
 * https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-ecr-repository-gdu-agent.html
 */
const published = /:(repository\/aws-guardduty-agent-|layer:AWS|layer:LambdaInsights)/;

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
    if (!declared || graph.account === undefined) return [];
    return graph.resources.flatMap((resource): Finding[] => {
      const named = accountsIn(resource.properties);
      if (named.length === 0) return [];
      const known = [contractOf(resource)?.account, backupAccountOf(resource)].flatMap((each) => each ?? []);
      const found = named.filter(
        (each) =>
          isForeignAccount(each, graph.account) &&
          !published.test(each) &&
          !known.some((account) => each.includes(account)),
      );
      return [
        {
          resource,
          ...(found.length > 0
            ? fail(`refers to another account: ${[...new Set(found)].slice(0, 3).map(display).join(', ')}`)
            : pass('stays in its account')),
        },
      ];
    });
  },
});

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
