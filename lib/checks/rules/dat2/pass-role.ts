import { identityEdits } from '../../model/access/access-tables.ts';
import { coversAction, type Statement, statementsOf, texts } from '../../model/access/policies.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { map, tokensIn } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { policyDocuments, policyHolders } from './policy-documents.ts';

/** Handing a role to a service is using it: the roles are named. Nobody edits policies. */
export const passRole = defineRule({
  invariant: 'DAT2',
  finding: 'PassRole',
  en: 'Whoever may pass roles names them, and nobody may rewrite policies',
  ja: 'PassRoleは対象ロールを特定し、誰もポリシーを書き換えられない',
  appliesTo: policyHolders,
  judge(holder, { graph }) {
    const statements = policyDocuments(holder, graph).filter((statement) => statement.effect === 'Allow');
    if (statements.length === 0) return skip('holds no statement of its own');
    for (const statement of statements) {
      const edit = identityEdits.find(
        (action) => coversAction(statement, action) === 'yes' && !onlyRefuses(statement, action, graph),
      );
      if (edit) return fail(`allows ${edit}: whoever has it can grant itself everything`);
      if (coversAction(statement, 'iam:PassRole') !== 'yes') continue;
      const unnamed =
        statement.notResources ??
        statement.resources.filter((resource) => /[*?]/.test(resource) && tokensIn(resource).length === 0);
      if (unnamed.length > 0) return fail(`may pass any role that matches ${unnamed.join(', ')}`);
      if (
        statement.resources.length > 0 &&
        Object.keys(statement.conditions).length === 0 &&
        statement.actions.includes('iam:*')
      )
        return fail('may pass roles with iam:*');
    }
    return pass('passes named roles only');
  },
});

/** Whether all that may be attached are policies of these templates that allow nothing: whoever does it takes rights away. */
function onlyRefuses({ actions, conditions }: Statement, action: string, graph: EnvironmentGraph): boolean {
  const keys = Object.entries(map(conditions.ArnEquals)).filter(([key]) => /^iam:PolicyARN$/i.test(key));
  const policies = keys.flatMap(([, values]) => texts(values));
  return (
    action === 'iam:AttachRolePolicy' &&
    actions.includes(action) &&
    policies.length > 0 &&
    policies.every((arn) => {
      const policy = graph.target(arn, 'AWS::IAM::ManagedPolicy');
      const statements = policy ? statementsOf(policy, policy.properties.PolicyDocument, graph) : [];
      return statements.length > 0 && statements.every(({ effect, certain }) => certain && effect === 'Deny');
    })
  );
}
