import type { EnvironmentGraph, Resource } from '../templates.ts';
import { ipv4Range, isPublicRange } from './addresses.ts';

/** Routes of the table that a subnet uses. */
export function routesOf(subnet: Resource, graph: EnvironmentGraph): readonly Resource[] {
  const association = graph.referring(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId')[0];
  const table = graph.target(association?.properties.RouteTableId, 'AWS::EC2::RouteTable');
  return table ? graph.referring(table, 'AWS::EC2::Route', 'RouteTableId') : [];
}

/** Whether the subnet has a way to or from the Internet, and through what. */
export function internetRoutes(
  subnet: Resource,
  graph: EnvironmentGraph,
): readonly { readonly route: Resource; readonly through: string }[] {
  return routesOf(subnet, graph).flatMap((route) => {
    const range = ipv4Range(route.properties.DestinationCidrBlock);
    const reachesOut =
      (range ? isPublicRange(range) : route.properties.DestinationCidrBlock !== undefined) ||
      route.properties.DestinationIpv6CidrBlock !== undefined ||
      route.properties.DestinationPrefixListId !== undefined;
    const through = [
      'GatewayId',
      'NatGatewayId',
      'EgressOnlyInternetGatewayId',
      'InstanceId',
      'NetworkInterfaceId',
      'CarrierGatewayId',
    ].find((key) => route.properties[key] !== undefined);
    return reachesOut && through ? [{ route, through }] : [];
  });
}
