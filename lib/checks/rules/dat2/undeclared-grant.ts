import { constructPath } from '../../model/declarations.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';
import { policyHolders } from './policy-documents.ts';

/**
 * An identity policy gives reading to declared readers only, also where the secret or key refuses the others: a
 * refusal that is loosened one day must not find the permission waiting.
 */
export const undeclaredGrant = defineRule({
  invariant: 'DAT2',
  finding: 'UndeclaredGrant',
  en: 'No identity policy gives reading to a role that is not a declared reader',
  ja: '宣言されていないロールに読み取りを与えるIDポリシーがない',
  appliesTo: policyHolders,
  judgeAll({ access, declared }) {
    if (!declared) return [];
    const findings = new Map<Finding['resource'], Finding>();
    for (const target of access.targets()) {
      const readers = access.declaredReaders(target);
      for (const grant of access.grantedReaders(target)) {
        // What only a deploy could tell is reported on the store itself, by DAT2[UndeclaredReader].
        if (!grant.decided) continue;
        const { principal, source, action } = grant;
        const undeclared = principal.resource !== undefined && !readers?.has(principal.name);
        if (undeclared) {
          const reason = `gives ${principal.name} ${action} on ${constructPath(target)}, which declares no such reader`;
          findings.set(source, { resource: source, ...fail(reason) });
        } else if (!findings.has(source)) {
          findings.set(source, { resource: source, ...pass('gives reading to declared readers') });
        }
      }
    }
    return [...findings.values()];
  },
});
