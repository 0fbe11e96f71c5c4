import { at, list } from '../../model/values.ts';
import { isDeploymentHelper } from '../functions.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A function outside the VPC reaches every host of the Internet, past the DNS firewall and every group. */
export const functionInVpc = defineRule({
  invariant: 'NET5',
  finding: 'FunctionInVpc',
  en: 'Functions run inside the VPC, behind the allow-list',
  ja: '関数はVPC内で動作し、許可リストの対象となる',
  appliesTo: ['AWS::Lambda::Function'],
  judge(code, { declared }) {
    const { properties } = code;
    if (!declared) return skip('not part of a declared shop');
    if (isDeploymentHelper(code)) return skip('runs during deployment');
    const subnets = list(at(properties, 'VpcConfig', 'SubnetIds'));
    return subnets.length > 0
      ? pass('runs inside the VPC')
      : fail('runs outside the VPC: what it sends passes no firewall of the shop');
  },
});
