import { constructPath } from '../../model/declarations.ts';
import { defineRule, type Finding, fail, pass, unsure } from '../rule.ts';
import { operatorsIn } from './operators.ts';

/** Whoever operates cannot read, not even declared. */
export const operatorReads = defineRule({
  invariant: 'OPS1',
  finding: 'OperatorReads',
  en: 'Nobody who operates the shop can read customer data, a secret, or decrypt with its key',
  ja: '運用者は顧客データ・シークレットを読めず、そのキーで復号もできない',
  appliesTo: ['AWS::IAM::Role'],
  judgeAll({ graph, access, declared }) {
    if (!declared) return [];
    return operatorsIn(graph).map((role): Finding => {
      const read = access.targets().flatMap((target) =>
        access
          .readersOf(target)
          .filter(({ principal }) => principal.resource === role)
          .map(({ action, decided }) => ({ what: `${action} on ${constructPath(target)}`, decided })),
      );
      if (read.length === 0) return { resource: role, ...pass('reads nothing of customers, and no secret') };
      const sure = read.filter(({ decided }) => decided);
      const named = (sure.length > 0 ? sure : read).slice(0, 3).map(({ what }) => what);
      const reason = `${sure.length > 0 ? 'can use' : 'may be able to use'} ${named.join(', ')}`;
      return { resource: role, ...(sure.length > 0 ? fail(reason) : unsure(reason)) };
    });
  },
});
