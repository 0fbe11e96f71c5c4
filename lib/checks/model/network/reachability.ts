import { constructPath } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, at, isTrue, list, map, numeric, text, type Value, type ValueMap } from '../values.ts';
import { covers, everyAddress, ipv4Range, isPublicRange, rangesOverlap } from './addresses.ts';
import { type NetworkNode, networkNodes } from './interfaces.ts';
import { aclsAllow } from './network-acls.ts';
import { internetRoutes } from './routes.ts';
import { type GroupRule, isPublicPeer, type Peer, referredRange, SecurityGroups } from './security-groups.ts';

export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via: readonly string[];
}

/**
 * Who can open a connection to whom, on which port. A rule whose peer or port only a deploy knows is taken to let
 * the connection through.
 */
export class Reachability {
  readonly graph: EnvironmentGraph;
  readonly nodes: readonly NetworkNode[];
  private readonly groups: SecurityGroups;

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
    this.groups = new SecurityGroups(graph);
    this.nodes = [...networkNodes(graph)];
  }

  rulesOf(group: Resource): readonly GroupRule[] {
    return this.groups.rulesOf(group);
  }

  /** A rule as it is written, for groups inside and outside the templates. */
  readRule(direction: GroupRule['direction'], written: ValueMap, source: Resource): readonly GroupRule[] {
    return this.groups.readRule(direction, written, source);
  }

  /** Whether the subnet has a way to or from the Internet, and through what. */
  internetRoutes(subnet: Resource): ReturnType<typeof internetRoutes> {
    return internetRoutes(subnet, this.graph);
  }

  nodesWith(group: Resource): readonly NetworkNode[] {
    return this.nodes.filter((node) => node.groups.includes(group));
  }

  // ------------------------------------------------------------------------------------------------- paths

  /** The rules through which one node may open a connection to a port of another; empty when it cannot. */
  connection(from: NetworkNode, to: NetworkNode, port: number): readonly GroupRule[] {
    if (from === to) return [];
    const egress = this.letting(from.groups, 'egress', to, port);
    if (from.groups.length > 0 && egress.length === 0) return [];
    const ingress = this.letting(to.groups, 'ingress', from, port);
    if (ingress.length === 0) return [];
    const routed =
      from.subnets.length === 0 ||
      to.subnets.length === 0 ||
      from.subnets.some((source) => to.subnets.some((target) => aclsAllow(source, target, port, this.graph)));
    if (!routed) return [];
    if (from.kind === 'vpn' && !this.vpnAuthorized(from, to)) return [];
    return [...ingress, ...egress];
  }

  private letting(
    groups: readonly Resource[],
    direction: GroupRule['direction'],
    peer: NetworkNode,
    port: number,
  ): GroupRule[] {
    return groups.flatMap((group) =>
      this.rulesOf(group).filter(
        (rule) =>
          rule.direction === direction &&
          ['tcp', '6', '-1', 'all'].includes(rule.protocol) &&
          rule.ports.from <= port &&
          port <= rule.ports.to &&
          this.peerIncludes(rule.peer, peer),
      ),
    );
  }

  private peerIncludes(peer: Peer, node: NetworkNode): boolean {
    switch (peer.kind) {
      case 'group':
        return node.groups.includes(peer.group);
      case 'addresses': {
        const blocks = node.subnets.flatMap((subnet) => ipv4Range(subnet.properties.CidrBlock) ?? []);
        return blocks.length === 0
          ? covers(peer.range, everyAddress) || !isPublicRange(peer.range)
          : blocks.some((block) => rangesOverlap(peer.range, block));
      }
      case 'addresses6':
        return peer.text === '::/0';
      case 'prefix-list': {
        if (!peer.resource) return false;
        const blocks = list(peer.resource.properties.Entries).flatMap(
          (entry) => ipv4Range(at(entry, 'Cidr')) ?? [],
        );
        return blocks.some((range) => this.peerIncludes({ kind: 'addresses', range, text: '' }, node));
      }
      case 'unknown':
        // An imported group is not one of ours; a block that is not known may hold anything.
        return (
          typeof peer.value === 'string' && !peer.value.startsWith('sg-') && !this.isCustomGroup(peer.value)
        );
    }
  }

  private isCustomGroup(value: Value): boolean {
    const type = this.graph.target(value)?.type;
    return (
      type !== undefined && (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    );
  }

  private vpnAuthorized(vpn: NetworkNode, to: NetworkNode): boolean {
    const targets = this.graph
      .referring(vpn.resource, 'AWS::EC2::ClientVpnAuthorizationRule', 'ClientVpnEndpointId')
      .map(
        (rule) =>
          ipv4Range(rule.properties.TargetNetworkCidr) ??
          referredRange(rule.properties.TargetNetworkCidr ?? '', this.graph),
      );
    return targets.some(
      (range) =>
        range === undefined ||
        to.subnets.length === 0 ||
        to.subnets.some((subnet) =>
          rangesOverlap(range, ipv4Range(subnet.properties.CidrBlock) ?? everyAddress),
        ),
    );
  }

  /** Every connection between nodes that the rules allow, and what the Internet reaches. */
  paths(): readonly Path[] {
    const found: Path[] = [];
    for (const to of this.nodes) {
      for (const from of this.nodes) {
        for (const port of to.ports ?? openPorts(this, to)) {
          const rules = this.connection(from, to, port);
          if (rules.length === 0) continue;
          const via = [...new Set(rules.map((rule) => constructPath(rule.source)))];
          found.push({ from: from.name, to: to.name, ports: asWritten(port), via });
        }
      }
      for (const rule of this.publicIngress(to)) {
        found.push({
          from: 'Internet',
          to: to.name,
          ports:
            rule.ports.from === rule.ports.to
              ? asWritten(rule.ports.from)
              : `${rule.ports.from}-${rule.ports.to}`,
          via: [constructPath(rule.source)],
        });
      }
    }
    for (const distribution of this.graph.ofType('AWS::CloudFront::Distribution')) {
      for (const origin of this.vpcOriginsOf(distribution)) {
        found.push({
          from: 'Internet',
          to: constructPath(origin.balancer),
          ports: asWritten(origin.port),
          via: [constructPath(distribution), constructPath(origin.resource)],
        });
      }
    }
    return found;
  }

  /** Load balancers behind a distribution, with the port it connects to. */
  vpcOriginsOf(distribution: Resource): { resource: Resource; balancer: Resource; port: number }[] {
    const { graph } = this;
    return list(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) => {
      const resource = graph.target(
        at(origin, 'VpcOriginConfig', 'VpcOriginId'),
        'AWS::CloudFront::VpcOrigin',
      );
      const config = map(resource?.properties.VpcOriginEndpointConfig);
      const balancer = graph.target(config.Arn, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      if (!resource || !balancer) return [];
      const plain = config.OriginProtocolPolicy === 'http-only';
      return [
        {
          resource,
          balancer,
          port: numeric(plain ? config.HTTPPort : config.HTTPSPort) ?? (plain ? 80 : 443),
        },
      ];
    });
  }

  /** Rules that let the Internet in, for a node that has a public address and a route. */
  private publicIngress(node: NetworkNode): readonly GroupRule[] {
    const exposed =
      node.kind === 'load-balancer'
        ? text(node.resource.properties.Scheme) !== 'internal'
        : node.subnets.some(
            (subnet) =>
              isTrue(subnet.properties.MapPublicIpOnLaunch) &&
              internetRoutes(subnet, this.graph).some((route) => route.through === 'GatewayId'),
          );
    if (!exposed) return [];
    return node.groups.flatMap((group) =>
      this.rulesOf(group).filter((rule) => rule.direction === 'ingress' && isPublicPeer(rule.peer)),
    );
  }
}

function openPorts(reachability: Reachability, node: NetworkNode): number[] {
  const ports = node.groups.flatMap((group) =>
    reachability
      .rulesOf(group)
      .filter((rule) => rule.direction === 'ingress')
      .map((rule) => rule.ports.from),
  );
  return [...new Set(ports)];
}
