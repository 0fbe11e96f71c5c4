import {
  type AddressRange,
  covers,
  everyAddress,
  ipv4Range,
  isPublicRange,
  rangesOverlap,
} from './addresses.ts';
import { constructPath } from './declarations.ts';
import type { EnvironmentGraph, Resource } from './templates.ts';
import {
  asWritten,
  at,
  display,
  isMap,
  isTrue,
  list,
  map,
  numeric,
  text,
  type Value,
  type ValueMap,
} from './values.ts';

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const everyPort: PortRange = { from: 0, to: 65535 };

/** The other end of a security-group or network-ACL rule. */
export type Peer =
  | { readonly kind: 'addresses'; readonly range: AddressRange; readonly text: string }
  | { readonly kind: 'addresses6'; readonly text: string }
  | { readonly kind: 'group'; readonly group: Resource }
  | { readonly kind: 'prefix-list'; readonly value: Value; readonly resource: Resource | undefined }
  /** A group, list or block that only a deploy knows. */
  | { readonly kind: 'unknown'; readonly value: Value };

export interface GroupRule {
  readonly direction: 'ingress' | 'egress';
  readonly peer: Peer;
  readonly ports: PortRange;
  /** Whether the ports are known; if not, `ports` is everything. */
  readonly portsKnown: boolean;
  readonly protocol: string;
  /** The resource in which the rule is written: the group or a separate rule. */
  readonly source: Resource;
}

/** Something with a network interface in the VPC. */
export interface NetworkNode {
  readonly resource: Resource;
  readonly name: string;
  readonly kind:
    | 'task'
    | 'function'
    | 'instance'
    | 'load-balancer'
    | 'database'
    | 'file-system'
    | 'endpoint'
    | 'vpn'
    | 'proxy'
    | 'cache'
    | 'build';
  readonly groups: readonly Resource[];
  readonly subnets: readonly Resource[];
  /** Ports it listens on; undefined for whatever its groups let in. */
  readonly ports: readonly number[] | undefined;
}

export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via: readonly string[];
}

const dataPorts: Readonly<Record<string, number>> = {
  mysql: 3306,
  mariadb: 3306,
  postgres: 5432,
  sqlserver: 1433,
  oracle: 1521,
  docdb: 27017,
  neptune: 8182,
};

/**
 * Who can open a connection to whom, on which port. A rule whose peer or port only a deploy knows is taken to let
 * the connection through.
 */
export class Reachability {
  readonly graph: EnvironmentGraph;
  readonly nodes: readonly NetworkNode[];
  private readonly rules = new Map<Resource, readonly GroupRule[]>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
    this.nodes = [...this.findNodes()];
  }

  // ------------------------------------------------------------------------------------------------- groups

  /** Every rule of a group, inline or separate. Without an egress rule a group lets everything out. */
  rulesOf(group: Resource): readonly GroupRule[] {
    const known = this.rules.get(group);
    if (known) return known;
    const { graph } = this;
    const rules: GroupRule[] = [];
    const add = (direction: GroupRule['direction'], written: Value | undefined, source: Resource) => {
      if (isMap(written)) rules.push(...this.readRule(direction, written, source));
    };
    for (const written of list(group.properties.SecurityGroupIngress)) add('ingress', written, group);
    for (const written of list(group.properties.SecurityGroupEgress)) add('egress', written, group);
    for (const rule of graph.ofType('AWS::EC2::SecurityGroupIngress')) {
      if (this.isGroup(rule.properties.GroupId, group)) add('ingress', rule.properties, rule);
    }
    for (const rule of graph.ofType('AWS::EC2::SecurityGroupEgress')) {
      if (this.isGroup(rule.properties.GroupId, group)) add('egress', rule.properties, rule);
    }
    // CloudFormation takes EC2's "everything out" away as soon as one egress rule exists, separate ones included:
    // https://github.com/aws/aws-cdk/issues/987
    if (!rules.some((rule) => rule.direction === 'egress')) {
      const peer: Peer = { kind: 'addresses', range: everyAddress, text: '0.0.0.0/0' };
      rules.push({
        direction: 'egress',
        peer,
        ports: everyPort,
        portsKnown: true,
        protocol: '-1',
        source: group,
      });
    }
    this.rules.set(group, rules);
    return rules;
  }

  /** A rule as it is written, for groups inside and outside the templates. */
  readRule(direction: GroupRule['direction'], written: ValueMap, source: Resource): GroupRule[] {
    const protocol = asWritten(written.IpProtocol ?? '-1').toLowerCase();
    const all = protocol === '-1' || protocol === 'all';
    const from = numeric(written.FromPort);
    const to = numeric(written.ToPort);
    const portsKnown = all || (from !== undefined && to !== undefined);
    const ports = all || from === undefined || to === undefined || from < 0 ? everyPort : { from, to };
    return this.peersOf(written).map((peer) => ({ direction, peer, ports, portsKnown, protocol, source }));
  }

  private peersOf(written: ValueMap): Peer[] {
    const peers: Peer[] = [];
    if (written.CidrIp !== undefined) {
      const range = ipv4Range(written.CidrIp) ?? this.vpcRange(written.CidrIp);
      peers.push(
        range
          ? { kind: 'addresses', range, text: display(written.CidrIp) }
          : { kind: 'unknown', value: written.CidrIp },
      );
    }
    if (written.CidrIpv6 !== undefined) peers.push({ kind: 'addresses6', text: display(written.CidrIpv6) });
    for (const value of [written.SourceSecurityGroupId, written.DestinationSecurityGroupId]) {
      if (value === undefined) continue;
      const group = this.graph.target(value, 'AWS::EC2::SecurityGroup');
      peers.push(group ? { kind: 'group', group } : { kind: 'unknown', value });
    }
    for (const value of [written.SourcePrefixListId, written.DestinationPrefixListId]) {
      if (value === undefined) continue;
      peers.push({ kind: 'prefix-list', value, resource: this.graph.target(value, 'AWS::EC2::PrefixList') });
    }
    return peers;
  }

  /** A block written as "the block of the VPC" or of a subnet. */
  private vpcRange(value: Value): AddressRange | undefined {
    const resource = this.graph.target(value, 'AWS::EC2::VPC', 'AWS::EC2::Subnet');
    return resource && ipv4Range(resource.properties.CidrBlock);
  }

  private isGroup(value: Value | undefined, group: Resource): boolean {
    return this.graph.target(value, 'AWS::EC2::SecurityGroup') === group;
  }

  // ------------------------------------------------------------------------------------------------ subnets

  /** Routes of the table that a subnet uses. */
  routesOf(subnet: Resource): readonly Resource[] {
    const { graph } = this;
    const association = graph.referring(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId')[0];
    const table = graph.target(association?.properties.RouteTableId, 'AWS::EC2::RouteTable');
    return table ? graph.referring(table, 'AWS::EC2::Route', 'RouteTableId') : [];
  }

  /** Whether the subnet has a way to or from the Internet, and through what. */
  internetRoutes(subnet: Resource): readonly { readonly route: Resource; readonly through: string }[] {
    return this.routesOf(subnet).flatMap((route) => {
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

  /** Whether packets between the two subnets pass both network ACLs; the default ACL lets everything through. */
  private aclsAllow(from: Resource, to: Resource, port: number): boolean {
    const source = ipv4Range(from.properties.CidrBlock) ?? everyAddress;
    const destination = ipv4Range(to.properties.CidrBlock) ?? everyAddress;
    return this.aclAllows(from, true, destination, port) && this.aclAllows(to, false, source, port);
  }

  private aclAllows(subnet: Resource, egress: boolean, peer: AddressRange, port: number): boolean {
    const { graph } = this;
    const association = graph.referring(subnet, 'AWS::EC2::SubnetNetworkAclAssociation', 'SubnetId')[0];
    const acl = graph.target(association?.properties.NetworkAclId, 'AWS::EC2::NetworkAcl');
    if (!acl) return true;
    const entries = graph
      .referring(acl, 'AWS::EC2::NetworkAclEntry', 'NetworkAclId')
      .filter((entry) => isTrue(entry.properties.Egress) === egress)
      .sort((a, b) => (numeric(a.properties.RuleNumber) ?? 0) - (numeric(b.properties.RuleNumber) ?? 0));
    for (const { properties } of entries) {
      const range = ipv4Range(properties.CidrBlock);
      const from = numeric(at(properties, 'PortRange', 'From')) ?? 0;
      const to = numeric(at(properties, 'PortRange', 'To')) ?? 65535;
      const protocol = asWritten(properties.Protocol ?? '-1');
      if (range && !rangesOverlap(range, peer)) continue;
      if (protocol !== '-1' && (protocol !== '6' || port < from || port > to)) continue;
      return properties.RuleAction === 'allow';
    }
    return false;
  }

  // -------------------------------------------------------------------------------------------------- nodes

  private *findNodes(): Generator<NetworkNode> {
    const { graph } = this;
    const node = (
      resource: Resource,
      kind: NetworkNode['kind'],
      groups: Value | undefined,
      subnets: Value | undefined,
      ports?: readonly number[],
    ): NetworkNode => ({
      resource,
      name: constructPath(resource),
      kind,
      groups: list(groups).flatMap((value) => graph.target(value, 'AWS::EC2::SecurityGroup') ?? []),
      subnets: list(subnets).flatMap((value) => graph.target(value, 'AWS::EC2::Subnet') ?? []),
      ports,
    });
    for (const service of graph.ofType('AWS::ECS::Service', 'AWS::ECS::TaskSet')) {
      const vpc = at(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      yield node(service, 'task', at(vpc, 'SecurityGroups'), at(vpc, 'Subnets'));
    }
    for (const code of graph.ofType('AWS::Lambda::Function')) {
      const vpc = map(code.properties.VpcConfig);
      if (list(vpc.SecurityGroupIds).length > 0)
        yield node(code, 'function', vpc.SecurityGroupIds, vpc.SubnetIds);
    }
    for (const project of graph.ofType('AWS::CodeBuild::Project')) {
      const vpc = map(project.properties.VpcConfig);
      if (list(vpc.SecurityGroupIds).length > 0)
        yield node(project, 'build', vpc.SecurityGroupIds, vpc.Subnets);
    }
    for (const instance of graph.ofType('AWS::EC2::Instance')) {
      const { properties } = instance;
      yield node(instance, 'instance', properties.SecurityGroupIds, properties.SubnetId);
    }
    for (const template of graph.ofType('AWS::EC2::LaunchTemplate')) {
      const data = map(template.properties.LaunchTemplateData);
      yield node(template, 'instance', data.SecurityGroupIds, undefined);
    }
    for (const balancer of graph.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const listeners = graph.referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn');
      const ports = listeners.flatMap((listener) => numeric(listener.properties.Port) ?? []);
      const { properties } = balancer;
      yield node(balancer, 'load-balancer', properties.SecurityGroups, properties.Subnets, ports);
    }
    for (const cluster of graph.ofType(
      'AWS::RDS::DBCluster',
      'AWS::Neptune::DBCluster',
      'AWS::DocDB::DBCluster',
    )) {
      const group = graph.target(cluster.properties.DBSubnetGroupName, 'AWS::RDS::DBSubnetGroup');
      yield node(cluster, 'database', cluster.properties.VpcSecurityGroupIds, group?.properties.SubnetIds, [
        databasePort(cluster),
      ]);
    }
    for (const instance of graph.ofType('AWS::RDS::DBInstance')) {
      if (instance.properties.DBClusterIdentifier !== undefined) continue;
      const group = graph.target(instance.properties.DBSubnetGroupName, 'AWS::RDS::DBSubnetGroup');
      yield node(instance, 'database', instance.properties.VPCSecurityGroups, group?.properties.SubnetIds, [
        databasePort(instance),
      ]);
    }
    for (const proxy of graph.ofType('AWS::RDS::DBProxy')) {
      yield node(proxy, 'proxy', proxy.properties.VpcSecurityGroupIds, proxy.properties.VpcSubnetIds);
    }
    for (const cache of graph.ofType(
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::ElastiCache::ServerlessCache',
    )) {
      const { properties } = cache;
      yield node(cache, 'cache', properties.SecurityGroupIds, properties.SubnetIds, [
        numeric(properties.Port) ?? 6379,
      ]);
    }
    for (const target of graph.ofType('AWS::EFS::MountTarget')) {
      yield node(target, 'file-system', target.properties.SecurityGroups, target.properties.SubnetId, [2049]);
    }
    for (const endpoint of graph.ofType('AWS::EC2::VPCEndpoint')) {
      const { properties } = endpoint;
      if (list(properties.SecurityGroupIds).length === 0) continue;
      yield node(endpoint, 'endpoint', properties.SecurityGroupIds, properties.SubnetIds, [443]);
    }
    for (const vpn of graph.ofType('AWS::EC2::ClientVpnEndpoint')) {
      const associations = graph.referring(
        vpn,
        'AWS::EC2::ClientVpnTargetNetworkAssociation',
        'ClientVpnEndpointId',
      );
      const subnets = associations.flatMap((association) => association.properties.SubnetId ?? []);
      yield node(vpn, 'vpn', vpn.properties.SecurityGroupIds, subnets);
    }
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
      from.subnets.some((source) => to.subnets.some((target) => this.aclsAllow(source, target, port)));
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
          this.vpcRange(rule.properties.TargetNetworkCidr ?? ''),
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
              this.internetRoutes(subnet).some((route) => route.through === 'GatewayId'),
          );
    if (!exposed) return [];
    return node.groups.flatMap((group) =>
      this.rulesOf(group).filter((rule) => rule.direction === 'ingress' && isPublicPeer(rule.peer)),
    );
  }
}

export function isPublicPeer(peer: Peer): boolean {
  if (peer.kind === 'addresses') return isPublicRange(peer.range);
  return peer.kind === 'addresses6' && !/^f[cd]/i.test(peer.text);
}

function databasePort(database: Resource): number {
  const engine = text(database.properties.Engine) ?? '';
  const usual = Object.entries(dataPorts).find(([name]) => engine.includes(name))?.[1] ?? 5432;
  // Aurora's older engine name says nothing of the dialect.
  return numeric(database.properties.Port) ?? (engine === 'aurora' ? 3306 : usual);
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

export function describePeer(rule: GroupRule): string {
  const { peer } = rule;
  switch (peer.kind) {
    case 'addresses':
    case 'addresses6':
      return peer.text;
    case 'group':
      return `members of ${peer.group.logicalId}`;
    default:
      return display(peer.value);
  }
}

/** The CDK writes "no egress at all" as one impossible rule. */
export function isNowhere(peer: Peer): boolean {
  return peer.kind === 'addresses' && peer.text === '255.255.255.255/32';
}
