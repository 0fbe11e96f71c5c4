import type { Answer } from '../answers.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, isTrue, list, map, numeric, text } from '../values.ts';
import { blockOf } from './address-sets.ts';
import type { NetworkNode } from './interfaces.ts';
import { internetRoutes, letsIn } from './routes.ts';
import {
  type GroupRule,
  isPublicPeer,
  type Peer,
  prefixListBlocks,
  type SecurityGroups,
} from './security-groups.ts';

/** A rule that lets the Internet in, and whether it surely does. */
export interface Entrance {
  readonly rule: GroupRule;
  readonly decided: boolean;
}

/** Rules that let the Internet in, for a node that has a public address and a route. */
export function publicIngress(
  node: NetworkNode,
  groups: SecurityGroups,
  graph: EnvironmentGraph,
): readonly Entrance[] {
  const exposed = isExposed(node, graph);
  if (exposed === 'no') return [];
  return node.groups.flatMap((group) =>
    groups.rulesOf(group).flatMap((rule): readonly Entrance[] => {
      const open = rule.direction === 'ingress' ? isOpen(rule.peer) : 'no';
      if (open === 'no') return [];
      return [{ rule, decided: exposed === 'yes' && open === 'yes' && rule.certain && rule.portsKnown }];
    }),
  );
}

/** Whether the Internet's packets get as far as the node's groups. */
function isExposed(node: NetworkNode, graph: EnvironmentGraph): Answer {
  if (node.kind === 'load-balancer') {
    const scheme = node.resource.properties.Scheme;
    if (hasUnknown(scheme)) return 'unknown';
    return text(scheme) === 'internal' ? 'no' : 'yes';
  }
  const routes = node.subnets.map((subnet) => ({
    subnet,
    routes: internetRoutes(subnet, graph).filter(letsIn),
  }));
  const routed = routes.filter((each) => each.routes.length > 0);
  if (routed.length === 0 && node.subnetsKnown) return 'no';
  const given = node.kind === 'function' ? false : node.publicAddress;
  const mapped = routed.some(({ subnet, routes }) => mapsPublicly(subnet, node) || routes.some(isOfIpv6));
  if (given === true || mapped) return routed.length > 0 ? 'yes' : 'unknown';
  if (given === undefined) return 'unknown';
  // Instances get what their subnet says; others only what is asked for them.
  return node.kind === 'instance' && !node.subnetsKnown ? 'unknown' : 'no';
}

/** Databases, functions and endpoints take no public address from their subnet, except that it was always shown. */
function mapsPublicly({ properties }: Resource, { publicAddress }: NetworkNode): boolean {
  return publicAddress !== undefined && isTrue(properties.MapPublicIpOnLaunch);
}

/** Every address of IPv6 is a public one. */
function isOfIpv6({ route }: { readonly route: Resource }): boolean {
  return route.properties.DestinationIpv6CidrBlock !== undefined && route.properties.GatewayId !== undefined;
}

function isOpen(peer: Peer): Answer {
  if (isPublicPeer(peer)) return 'yes';
  if (peer.kind === 'prefix-list') {
    const blocks = prefixListBlocks(peer.resource);
    if (!blocks) return 'no';
    return blocks.some((block) => blockOf(block) === undefined)
      ? 'unknown'
      : publicBlocks(blocks)
        ? 'yes'
        : 'no';
  }
  return peer.kind === 'unknown' && hasUnknown(peer.value) ? 'unknown' : 'no';
}

function publicBlocks(blocks: readonly unknown[]): boolean {
  return blocks.some(
    (block) =>
      typeof block === 'string' && !/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(block),
  );
}

export interface VpcOrigin {
  readonly resource: Resource;
  readonly balancer: Resource;
  readonly port: number;
}

/** Load balancers behind a distribution, with the port it connects to. */
export function vpcOriginsOf(distribution: Resource, graph: EnvironmentGraph): readonly VpcOrigin[] {
  return list(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) => {
    const resource = graph.target(at(origin, 'VpcOriginConfig', 'VpcOriginId'), 'AWS::CloudFront::VpcOrigin');
    const config = map(resource?.properties.VpcOriginEndpointConfig);
    const balancer = graph.target(config.Arn, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    if (!resource || !balancer) return [];
    const plain = config.OriginProtocolPolicy === 'http-only';
    const port = numeric(plain ? config.HTTPPort : config.HTTPSPort) ?? (plain ? 80 : 443);
    return [{ resource, balancer, port }];
  });
}
