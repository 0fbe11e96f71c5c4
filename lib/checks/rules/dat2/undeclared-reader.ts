import type { Grant } from '../../model/access/access.ts';
import { storeTypes } from '../../model/access/stores.ts';
import { type Context, defineRule, type Finding, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/**
 * The principals that can read a store, a secret, or decrypt with a key are those it declares. Reported on the store
 * and on the policy that lets the others in.
 */
export const undeclaredReader = defineRule({
  invariant: 'DAT2',
  finding: 'UndeclaredReader',
  en: 'Whoever can read customer data, a secret, or decrypt with its key is declared',
  ja: '顧客データ・シークレットの読み手と復号できる者はすべて宣言されている',
  appliesTo: storeTypes,
  judgeAll(context) {
    const { access } = context;
    return access.targets().flatMap((target): Finding[] => {
      const declared = access.declaredReaders(target);
      const grants = access.readersOf(target);
      const judged = grants.map((grant) => ({ grant, verdict: judge(grant, declared, context) }));
      const bad = judged.filter(
        ({ verdict }) => verdict.outcome === 'non-compliant' || verdict.outcome === 'undecided',
      );
      const [worst] = bad.map(({ verdict }) => verdict).sort((a, b) => a.outcome.localeCompare(b.outcome));
      if (!worst) {
        const readers = [...new Set(grants.map((grant) => grant.principal.name))];
        const reason = readers.length === 0 ? 'nobody can read it' : `read by ${readers.join(', ')}`;
        return [
          {
            resource: target,
            ...(declared || context.declared ? pass(reason) : skip(`${reason}; no readers are declared`)),
          },
        ];
      }
      const reasons = bad
        .filter(({ verdict }) => verdict.outcome === worst.outcome)
        .map(({ verdict }) => verdict.reason);
      return [
        { resource: target, outcome: worst.outcome, reason: reasons.join('; ') },
        ...bad
          .filter(({ grant }) => grant.source !== target)
          .map(({ grant, verdict }) => ({
            resource: grant.source,
            ...verdict,
            reason: `${target.logicalId}: ${verdict.reason}`,
          })),
      ];
    });
  },
});

function judge(grant: Grant, declared: ReadonlySet<string> | undefined, context: Context): Verdict {
  const { principal } = grant;
  const how = [grant.action, ...grant.via.map((step) => `by ${step}`)].join(' ');
  // Callers outside the templates are never declared by path.
  if (!principal.resource && !(principal.ofAccount && !context.declared)) {
    const reason = `${principal.name} can use ${how}`;
    return grant.decided ? fail(reason) : unsure(reason);
  }
  if (!declared && !context.declared) return pass('no readers are declared');
  if (declared?.has(principal.name)) return pass(`${principal.name} is declared`);
  const reason = `${principal.name} can use ${how} and is not a declared reader`;
  return grant.decided ? fail(reason) : unsure(reason);
}
