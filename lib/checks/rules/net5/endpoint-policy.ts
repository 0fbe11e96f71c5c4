import { resourcePolicyStatements } from '../../model/access.ts';
import { isRestricted } from '../../model/policies.ts';
import { asWritten } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** An endpoint leads to a service that other accounts use as well: without a policy it is a way out past the firewall. */
export const endpointPolicy = defineRule({
  invariant: 'NET5',
  finding: 'EndpointPolicy',
  en: 'VPC endpoints have a policy that keeps traffic to known resources',
  ja: 'VPCエンドポイントのポリシーが宛先を限定する',
  appliesTo: ['AWS::EC2::VPCEndpoint'],
  judge(endpoint, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const statements = resourcePolicyStatements(endpoint, graph).filter(
      (statement) => statement.effect === 'Allow',
    );
    if (/vpce-svc-/.test(asWritten(endpoint.properties.ServiceName ?? '')))
      return fail(`leads to ${asWritten(endpoint.properties.ServiceName)}, a service of somebody else`);
    if (statements.length === 0) return fail('has no policy: it leads to the resources of every account');
    return statements.map((statement): Verdict => {
      const open =
        !isRestricted(statement.conditions, graph, ['aws:resourceaccount', 'aws:resourceorgid']) &&
        (statement.resources.some((each) => /^arn:[^:]*:(\*|s3:::\*)/.test(each)) ||
          statement.notResources !== undefined ||
          statement.resources.length === 0 ||
          statement.resources.includes('*'));
      if (statement.notActions || statement.actions.includes('*')) return fail('allows every action');
      return open
        ? fail(`allows ${statement.actions.join(', ')} on the resources of every account`)
        : pass('names resources or accounts');
    });
  },
});
