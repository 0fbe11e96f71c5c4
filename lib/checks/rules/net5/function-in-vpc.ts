import type { Access } from '../../model/access/access.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list } from '../../model/values.ts';
import { isDeploymentHelper, roleOf } from '../functions.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A function outside the VPC reaches every host of the Internet, past the DNS firewall and every group. */
export const functionInVpc = defineRule({
  invariant: 'NET5',
  finding: 'FunctionInVpc',
  en: 'Functions run inside the VPC, behind the allow-list',
  ja: '関数はVPC内で動作し、許可リストの対象となる',
  appliesTo: ['AWS::Lambda::Function'],
  judge(code, { graph, access, declared }) {
    const { properties } = code;
    if (!declared) return skip('not part of a declared shop');
    if (isDeploymentHelper(code)) return skip('runs during deployment');
    const subnets = list(at(properties, 'VpcConfig', 'SubnetIds'));
    if (subnets.length > 0) return pass('runs inside the VPC');
    if (knowsNothing(code, graph, access)) return pass('runs outside the VPC, and reads nothing of the shop');
    return fail('runs outside the VPC: what it sends passes no firewall of the shop');
  },
});

/** A function besides what was promised that reads no store and no secret has nothing to send. */
function knowsNothing(code: Resource, graph: EnvironmentGraph, access: Access): boolean {
  const role = roleOf(code, graph);
  return (
    graph.promises.isBeside(code) &&
    role !== undefined &&
    !access
      .targets()
      .some((target) => access.readersOf(target).some(({ principal }) => principal.resource === role))
  );
}
