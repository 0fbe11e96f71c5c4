import type { Answer } from '../answers.ts';
import { constructPath } from '../declarations.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { display, hasUnknown, isUnknown, type Value } from '../values.ts';
import { type Block, split } from './address-sets.ts';
import type { NetworkNode } from './interfaces.ts';
import { destinationsOf, isOtherTable, routesOf, throughOf } from './routes.ts';

/** One end of a connection: a node, in one of its subnets or in none that is known. */
export interface End {
  readonly node: NetworkNode;
  readonly subnet: Resource | undefined;
  readonly addresses: readonly Block[];
}

/**
 * Whether packets find their way between two ends, and back. Inside a VPC they do; between two a peering connection or
 * whatever else joins networks must lead there: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export function isRouted(from: End, to: End, graph: EnvironmentGraph): Answer {
  const [here, there] = [from.node.vpc, to.node.vpc];
  if (here === there) return 'yes';
  if (here === undefined || there === undefined || hasUnknown(here) || hasUnknown(there)) return 'unknown';
  if (!from.subnet || !to.subnet) return 'unknown';
  const out = ways(from.subnet, to.addresses, graph);
  const back = ways(to.subnet, from.addresses, graph);
  let answer: Answer = 'no';
  for (const way of out) {
    if (!back.some((each) => each.by === way.by || !way.peering || !each.peering)) continue;
    const joins = way.peering ? joinsBoth(way.peering, here, there, graph) : 'unknown';
    const sure = way.certain && back.some((each) => each.by === way.by && each.certain);
    if (joins === 'yes' && sure) return 'yes';
    if (joins !== 'no') answer = 'unknown';
  }
  return answer;
}

interface Way {
  readonly by: Value | undefined;
  readonly peering: Resource | undefined;
  readonly certain: boolean;
}

/** Properties of routes that lead to other networks. */
const joining: readonly string[] = [
  'VpcPeeringConnectionId',
  'TransitGatewayId',
  'CoreNetworkArn',
  'LocalGatewayId',
  'VpcEndpointId',
  'InstanceId',
  'NetworkInterfaceId',
];

/** Routes of a subnet to other networks that take some of the addresses. */
function ways(subnet: Resource, addresses: readonly Block[], graph: EnvironmentGraph): readonly Way[] {
  return routesOf(subnet, graph).flatMap(({ route, certain }): readonly Way[] => {
    const through = throughOf(route);
    const by = through && route.properties[through];
    if (through === undefined || by === undefined || !leadsElsewhere(through, by, graph)) return [];
    const blocks = destinationsOf(route, graph);
    const left = blocks?.reduce<readonly Block[]>((rest, block) => split(rest, block).rest, addresses);
    const taken = left === undefined || left !== addresses;
    const met = blocks?.some((block) => split(addresses, block).within.length > 0) ?? true;
    if (!taken || !met) return [];
    const peering =
      through === 'VpcPeeringConnectionId' ? graph.target(by, 'AWS::EC2::VPCPeeringConnection') : undefined;
    return [{ by, peering, certain: certain && left?.length === 0 }];
  });
}

function leadsElsewhere(through: string, by: Value, graph: EnvironmentGraph): boolean {
  if (joining.includes(through)) return true;
  const gateway = graph.target(by);
  return through === 'GatewayId' && (isUnknown(by) || gateway?.type === 'AWS::EC2::VPNGateway');
}

function joinsBoth({ properties }: Resource, here: Value, there: Value, graph: EnvironmentGraph): Answer {
  const ends = [properties.VpcId, properties.PeerVpcId];
  if (ends.some((end) => end === undefined || hasUnknown(end))) return 'unknown';
  const isEnd = (vpc: Value) => {
    const resource = graph.target(vpc, 'AWS::EC2::VPC');
    return ends.some((end) => end === vpc || (resource && mayRefer(end, resource, graph) === 'yes'));
  };
  return isEnd(here) && isEnd(there) ? 'yes' : 'no';
}

/** Networks outside the templates to which a subnet has a route, and whose packets it can therefore answer. */
export function* otherNetworks(
  subnet: Resource,
  graph: EnvironmentGraph,
): Generator<{ readonly name: string; readonly blocks: readonly Block[] | undefined }> {
  for (const { route } of routesOf(subnet, graph)) {
    const through = throughOf(route);
    const by = through && route.properties[through];
    if (through === undefined || by === undefined || !leadsAway(through, by, subnet, graph)) continue;
    const gateway = graph.target(by);
    yield {
      name: `networks behind ${gateway ? constructPath(gateway) : display(by)}`,
      blocks: destinationsOf(route, graph),
    };
  }
  for (const { properties, ...propagation } of graph.ofType('AWS::EC2::VPNGatewayRoutePropagation')) {
    const gateway = graph.target(properties.VpnGatewayId, 'AWS::EC2::VPNGateway');
    const tables = graph
      .ofType('AWS::EC2::SubnetRouteTableAssociation')
      .filter((association) => mayRefer(association.properties.SubnetId, subnet, graph) !== 'no')
      .flatMap(
        (association) => graph.target(association.properties.RouteTableId, 'AWS::EC2::RouteTable') ?? [],
      );
    const isMain = tables.length === 0 && isOtherTable(properties.RouteTableIds, graph);
    if (isMain || tables.some((table) => mayRefer(properties.RouteTableIds, table, graph) !== 'no'))
      yield {
        name: `networks behind ${gateway ? constructPath(gateway) : propagation.logicalId}`,
        blocks: undefined,
      };
  }
}

/** Peering of two VPCs of the templates leads to nodes that are known. */
function leadsAway(through: string, by: Value, subnet: Resource, graph: EnvironmentGraph): boolean {
  if (through === 'GatewayId') return graph.target(by)?.type === 'AWS::EC2::VPNGateway';
  if (['InstanceId', 'NetworkInterfaceId', 'VpcEndpointId'].includes(through) || !joining.includes(through))
    return false;
  const peering = graph.target(by, 'AWS::EC2::VPCPeeringConnection');
  if (!peering) return true;
  const ends = [peering.properties.VpcId, peering.properties.PeerVpcId];
  return ends.some((end) => end !== subnet.properties.VpcId && !graph.target(end, 'AWS::EC2::VPC'));
}
