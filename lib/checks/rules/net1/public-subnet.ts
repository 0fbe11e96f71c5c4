import { isTrue } from '../../model/values.ts';
import { defineRule, fail, pass, unsureOf } from '../rule.ts';

/** A subnet hands out no public addresses. */
export const publicSubnet = defineRule({
  invariant: 'NET1',
  finding: 'PublicSubnet',
  en: 'No subnet gives its members a public address',
  ja: 'どのサブネットもパブリックアドレスを割り当てない',
  appliesTo: ['AWS::EC2::Subnet'],
  judge(subnet, { declared, reachability }) {
    const { properties } = subnet;
    const gives = isTrue(properties.MapPublicIpOnLaunch) || isTrue(properties.AssignIpv6AddressOnCreation);
    const { MapPublicIpOnLaunch, AssignIpv6AddressOnCreation } = properties;
    if (!gives)
      return (
        unsureOf({ MapPublicIpOnLaunch, AssignIpv6AddressOnCreation }) ??
        pass('members get private addresses only')
      );
    const members = reachability.nodes.filter(
      (node) => node.subnets.includes(subnet) && node.kind !== 'load-balancer',
    );
    // Elsewhere a subnet for load balancers and NAT gateways is ordinary.
    if (!declared && members.length === 0) return pass('holds nothing but gateways and load balancers');
    return fail('gives its members public addresses');
  },
});
