import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { isRestricted } from '../../model/access/restrictions.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { asWritten, isTrue, list, text } from '../../model/values.ts';
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
    const bypass = waysAround(endpoint, graph);
    if (bypass) return fail(bypass);
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

/** How traffic passes by an endpoint, whose policy then decides about nothing. */
function waysAround({ properties }: Resource, graph: EnvironmentGraph): string | undefined {
  if (text(properties.VpcEndpointType) === 'Interface')
    return isTrue(properties.PrivateDnsEnabled)
      ? undefined
      : 'names lead past it, and past its policy (PrivateDnsEnabled is not true)';
  const routed = list(properties.RouteTableIds).map((each) => graph.target(each, 'AWS::EC2::RouteTable'));
  const around = graph
    .ofType('AWS::EC2::Route')
    .filter((route) => route.properties.NatGatewayId !== undefined)
    .flatMap((route) => graph.target(route.properties.RouteTableId, 'AWS::EC2::RouteTable') ?? [])
    .filter((table) => !routed.includes(table));
  return around.length > 0
    ? `${around.map(({ logicalId }) => logicalId).join(', ')} leads past it, and past its policy (RouteTableIds)`
    : undefined;
}
