import { statementsOf } from '../../model/access/policies.ts';
import { contractOf } from '../../model/declarations.ts';
import { list, map, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** What `secure-shop contractor revoke` rewrites hangs on the role already, so that one call cuts everything off. */
export const contractorRevocable = defineRule({
  invariant: 'OPS1',
  finding: 'ContractorRevocable',
  en: 'A contractor can be cut off at once, open sessions included',
  ja: '委託先は、開いているセッションも含めて直ちに遮断できる',
  appliesTo: ['AWS::IAM::Role'],
  judge(role, { graph }) {
    if (!contractOf(role)) return skip('is not the role of a contractor');
    const policies = list(role.properties.ManagedPolicyArns).flatMap(
      (arn) => graph.target(arn, 'AWS::IAM::ManagedPolicy') ?? [],
    );
    const revoking = policies.find((policy) =>
      statementsOf(policy, policy.properties.PolicyDocument, graph).some(
        ({ effect, actions, resources, conditions }) =>
          effect === 'Deny' &&
          actions.includes('*') &&
          resources.includes('*') &&
          Object.keys(map(conditions.DateLessThan)).some((key) => /^aws:TokenIssueTime$/i.test(key)),
      ),
    );
    if (!revoking) return fail('holds no policy that refuses the sessions before a time');
    return text(revoking.properties.ManagedPolicyName) === undefined
      ? fail(`${revoking.logicalId} has no name by which "secure-shop contractor revoke" finds it`)
      : pass(`${revoking.logicalId} refuses sessions as soon as it is told a time`);
  },
});
