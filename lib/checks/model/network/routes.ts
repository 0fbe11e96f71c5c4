import type { Answer } from '../answers.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { hasUnknown, isUnknown, list, type Value } from '../values.ts';
import { type Block, blockOf } from './address-sets.ts';
import { ipv4Range, isPublicRange } from './addresses.ts';
import { prefixListBlocks } from './security-groups.ts';

export interface SubnetRoute {
  readonly route: Resource;
  /** Whether the subnet surely has it. */
  readonly certain: boolean;
}

/** Routes of the table that a subnet uses. */
export function routesOf(subnet: Resource, graph: EnvironmentGraph): readonly SubnetRoute[] {
  const uses = graph
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .map((association) => ({ association, answer: mayRefer(association.properties.SubnetId, subnet, graph) }))
    .filter(({ answer }) => answer !== 'no');
  const main = uses.some(({ association, answer }) => answer === 'yes' && !association.conditional)
    ? []
    : routesOfOtherTables(graph).map((route) => ({ route, certain: false }));
  const own = uses.flatMap(({ association, answer }) => {
    const { RouteTableId } = association.properties;
    const sure = answer === 'yes' && !association.conditional;
    return graph.ofType('AWS::EC2::Route').flatMap((route): readonly SubnetRoute[] => {
      const shared = sharesTable(RouteTableId, route.properties.RouteTableId, graph);
      return shared === 'no' ? [] : [{ route, certain: sure && shared === 'yes' && !route.conditional }];
    });
  });
  return [...own, ...main];
}

/** Routes in tables that the templates do not make, any of which may be the main one of a VPC. */
function routesOfOtherTables(graph: EnvironmentGraph): readonly Resource[] {
  return graph
    .ofType('AWS::EC2::Route')
    .filter(({ properties }) => isOtherTable(properties.RouteTableId, graph));
}

export function isOtherTable(value: Value | undefined, graph: EnvironmentGraph): boolean {
  return graph.possible(value).some(({ value: each }) => !graph.target(each, 'AWS::EC2::RouteTable'));
}

/** Whether a subnet uses the main table of a VPC that the templates do not make. */
export function hasUnknownTable(subnet: Resource, graph: EnvironmentGraph): boolean {
  return (
    !graph.target(subnet.properties.VpcId, 'AWS::EC2::VPC') &&
    !graph
      .ofType('AWS::EC2::SubnetRouteTableAssociation')
      .some(({ properties }) => mayRefer(properties.SubnetId, subnet, graph) === 'yes')
  );
}

function sharesTable(
  used: Resource['properties'][string],
  written: Resource['properties'][string],
  graph: EnvironmentGraph,
): Answer {
  if (written === undefined || used === undefined) return 'no';
  if (used === written) return 'yes';
  let answer: Answer = isUnknown(used) || isUnknown(written) ? 'unknown' : 'no';
  for (const { value, certain } of graph.possible(used)) {
    const table = graph.target(value, 'AWS::EC2::RouteTable');
    const refers = table ? mayRefer(written, table, graph) : 'no';
    if (refers === 'yes' && certain) return 'yes';
    if (refers !== 'no') answer = 'unknown';
  }
  return answer;
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
  'CoreNetworkArn',
];

export interface InternetRoute extends SubnetRoute {
  readonly through: string;
}

/** Whether the subnet has a way to or from the Internet, and through what. */
export function internetRoutes(subnet: Resource, graph: EnvironmentGraph): readonly InternetRoute[] {
  return routesOf(subnet, graph).flatMap(({ route, certain }) => {
    const { properties } = route;
    const range = ipv4Range(properties.DestinationCidrBlock);
    const reachesOut =
      (range ? isPublicRange(range) : properties.DestinationCidrBlock !== undefined) ||
      properties.DestinationIpv6CidrBlock !== undefined ||
      properties.DestinationPrefixListId !== undefined;
    const through = throughOf(route);
    return reachesOut && through && !leadsInside(route, graph) ? [{ route, through, certain }] : [];
  });
}

/** The property that says what a route leads through. */
export function throughOf({ properties }: Resource): string | undefined {
  return gateways.find((key) => properties[key] !== undefined);
}

/** A gateway of a private network, or of S3 and DynamoDB, is none of the Internet. */
function leadsInside({ properties }: Resource, graph: EnvironmentGraph): boolean {
  const gateway = graph.target(properties.GatewayId ?? properties.VpcEndpointId);
  if (gateway?.type === 'AWS::EC2::VPNGateway') return true;
  if (gateway?.type !== 'AWS::EC2::VPCEndpoint') return properties.GatewayId === 'local';
  const kind = gateway.properties.VpcEndpointType ?? 'Gateway';
  return !hasUnknown(kind) && (kind === 'Gateway' || kind === 'Interface');
}

export function letsIn({ through }: InternetRoute): boolean {
  return entrances.includes(through);
}

/** Addresses that a route is for; undefined when only a deploy knows them. */
export function destinationsOf(
  { properties }: Resource,
  graph: EnvironmentGraph,
): readonly Block[] | undefined {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = properties;
  const listed = DestinationPrefixListId && graph.target(DestinationPrefixListId, 'AWS::EC2::PrefixList');
  const written = [
    ...list(DestinationCidrBlock),
    ...list(DestinationIpv6CidrBlock),
    ...(listed ? (prefixListBlocks(listed) ?? []) : []),
  ];
  const blocks = written.map(blockOf);
  if (blocks.includes(undefined) || (DestinationPrefixListId !== undefined && !listed)) return undefined;
  return blocks.flatMap((block) => block ?? []);
}
