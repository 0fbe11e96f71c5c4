import { ipv4Range, isPublicRange } from '../../model/network/addresses.ts';
import { display } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';

/** No route leads to an internet gateway; the way out is a NAT gateway. */
export const internetRoute = defineRule({
  invariant: 'NET1',
  finding: 'InternetRoute',
  en: 'No subnet routes to an internet gateway',
  ja: 'インターネットゲートウェイへのルートを持つサブネットがない',
  appliesTo: ['AWS::EC2::Route'],
  judge(route, { graph, declared, reachability }) {
    const { properties } = route;
    const range = ipv4Range(properties.DestinationCidrBlock);
    if (range && !isPublicRange(range) && properties.GatewayId === undefined)
      return pass('stays in private addresses');
    if (properties.NatGatewayId !== undefined) return pass('leads out through a NAT gateway');
    if (properties.VpcEndpointId !== undefined) return pass('leads to an endpoint');
    const table = graph.target(properties.RouteTableId, 'AWS::EC2::RouteTable');
    const users = table
      ? graph
          .referring(table, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId')
          .flatMap((association) => graph.target(association.properties.SubnetId, 'AWS::EC2::Subnet') ?? [])
      : [];
    const exposed = reachability.nodes.filter(
      (node) => node.kind !== 'load-balancer' && node.subnets.some((subnet) => users.includes(subnet)),
    );
    if (!declared && exposed.length === 0) return pass('serves gateways and load balancers only');
    const through = Object.keys(properties).find((key) =>
      /(Gateway|Instance|Interface|Peering\w*|Network)(Id|Arn)$/.test(key),
    );
    return fail(`leads to ${display(through ? properties[through] : 'an unnamed target')}`);
  },
});
