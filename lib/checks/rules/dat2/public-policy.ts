import { policyProperties } from '../../model/access/access-tables.ts';
import { isForBackupCopies } from '../../model/access/backup-account.ts';
import type { Statement } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import {
  isAnyAccount,
  isForeignAccount,
  isOriginAccessIdentity,
  isRestricted,
} from '../../model/access/restrictions.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { hasUnknown } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** No resource policy lets in everyone, or another account. */
export const publicPolicy = defineRule({
  invariant: 'DAT2',
  finding: 'PublicPolicy',
  en: 'No resource policy lets in everyone or another account',
  ja: 'どのリソースポリシーも全員や他アカウントを許可しない',
  appliesTo: Object.keys(policyProperties).filter(
    (type) => type !== 'AWS::EC2::VPCEndpoint' && type !== 'AWS::ApiGateway::RestApi',
  ),
  judge(policy, { graph }) {
    const statements = resourcePolicyStatements(policy, graph);
    if (statements.length === 0) return skip('has no resource policy');
    return statements.map((statement) => judge(statement, graph));
  },
});

/** Services that any customer of AWS can point at a resource of somebody else. */
const servesOthers = ['cloudfront.amazonaws.com', 's3.amazonaws.com', 'sns.amazonaws.com'];

function judge(statement: Statement, graph: EnvironmentGraph): Verdict {
  if (statement.effect === 'Deny') return pass('denies');
  if (statement.notPrincipals) return fail('allows everyone but those it names (NotPrincipal)');
  const shop = graph.declaration !== undefined && statement.source.type !== 'AWS::KMS::Key';
  if (
    shop &&
    (statement.notActions || statement.actions.some((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action)))
  )
    return fail(`allows ${statement.notActions ? 'all but a few actions' : statement.actions.join(', ')}`);
  const restricted = isRestricted(statement.conditions, graph);
  for (const [kind, values] of Object.entries(statement.principals ?? {})) {
    for (const value of values) {
      if (isOriginAccessIdentity(value, graph)) continue;
      if (value === '*' && !restricted) return fail(`allows everyone ${statement.actions.join(', ')}`);
      if (kind === 'CanonicalUser') return fail('allows an account by its canonical user id');
      if (kind === 'Service' && servesOthers.includes(value) && !restricted)
        return fail(
          `allows ${value} for any account: neither aws:SourceArn nor aws:SourceAccount is asked for`,
        );
      if (kind !== 'AWS') continue;
      if (isForBackupCopies(statement, value)) continue;
      if (isForeignAccount(value, graph.account)) return fail(`allows ${value} of another account`);
      if (isAnyAccount(value, graph) && statement.source.type !== 'AWS::KMS::Key')
        return unsure(`allows ${value}: whether that is another account, nobody says`);
      if (shop && !restricted && /^\d{12}$|:root$/.test(value))
        return fail(`allows every principal of the account ${statement.actions.join(', ')}`);
      if (hasUnknown(value)) return unsure('allows a principal known only after deployment');
    }
  }
  return pass('names its principals');
}
