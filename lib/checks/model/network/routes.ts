import type { EnvironmentGraph, Resource } from '../templates.ts';
import { ipv4Range, isPublicRange } from './addresses.ts';

/** Routes of the table that a subnet uses. */
export function routesOf(subnet: Resource, graph: EnvironmentGraph): readonly Resource[] {
  return graph
    .referring(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId')
    .flatMap((association) => graph.target(association.properties.RouteTableId, 'AWS::EC2::RouteTable') ?? [])
    .flatMap((table) => graph.referring(table, 'AWS::EC2::Route', 'RouteTableId'));
}

/** What a route may lead through, by property. */
const gateways = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'NetworkInterfaceId',
  'CarrierGatewayId',
  // A firewall, or a load balancer for one, sends on what it lets pass.
  'VpcEndpointId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'CoreNetworkArn',
  'LocalGatewayId',
] as const;

/** Gateways behind which the Internet's own packets come in, rather than answers alone. */
const entrances: readonly string[] = [
  'GatewayId',
  'CarrierGatewayId',
  'VpcEndpointId',
  'InstanceId',
  'NetworkInterfaceId',
  'TransitGatewayId',
];

export interface InternetRoute {
  readonly route: Resource;
  readonly through: string;
}

/** Whether the subnet has a way to or from the Internet, and through what. */
export function internetRoutes(subnet: Resource, graph: EnvironmentGraph): readonly InternetRoute[] {
  return routesOf(subnet, graph).flatMap((route) => {
    const { properties } = route;
    const range = ipv4Range(properties.DestinationCidrBlock);
    const reachesOut =
      (range ? isPublicRange(range) : properties.DestinationCidrBlock !== undefined) ||
      properties.DestinationIpv6CidrBlock !== undefined ||
      properties.DestinationPrefixListId !== undefined;
    const through = gateways.find((key) => properties[key] !== undefined);
    return reachesOut && through && !leadsInside(route, graph) ? [{ route, through }] : [];
  });
}

/** A gateway of a private network, or of S3 and DynamoDB, is none of the Internet. */
function leadsInside({ properties }: Resource, graph: EnvironmentGraph): boolean {
  const gateway = graph.target(properties.GatewayId ?? properties.VpcEndpointId);
  if (gateway?.type === 'AWS::EC2::VPNGateway') return true;
  if (gateway?.type !== 'AWS::EC2::VPCEndpoint') return properties.GatewayId === 'local';
  const kind = gateway.properties.VpcEndpointType ?? 'Gateway';
  return kind === 'Gateway' || kind === 'Interface';
}

export function letsIn({ through }: InternetRoute): boolean {
  return entrances.includes(through);
}
