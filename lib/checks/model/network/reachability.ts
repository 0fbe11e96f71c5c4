import { type Answer, both, either } from '../answers.ts';
import { constructPath } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { numeric, type ValueMap } from '../values.ts';
import { everyAddress, ipv4Range, rangesOverlap } from './addresses.ts';
import { publicIngress, type VpcOrigin, vpcOriginsOf } from './entrances.ts';
import { type NetworkNode, networkNodes } from './interfaces.ts';
import { aclsAllow, entriesOf } from './network-acls.ts';
import { type Addresses, addressesOf, type Family, peerIncludes } from './peers.ts';
import { type InternetRoute, internetRoutes } from './routes.ts';
import { type GroupRule, type PortRange, referredRange, SecurityGroups } from './security-groups.ts';

export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via: readonly string[];
  /** False when the templates leave open whether the connection is let through. */
  readonly decided: boolean;
}

/** Whether a connection gets through, and the rules that let it. */
export interface Connection {
  readonly answer: Answer;
  readonly rules: readonly GroupRule[];
}

const none: Connection = { answer: 'no', rules: [] };

/**
 * Who can open a connection to whom, on which port. What is not among the answers surely cannot, whatever a deploy
 * decides; a rule whose peer or port only a deploy knows leaves the answer open.
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
  internetRoutes(subnet: Resource): readonly InternetRoute[] {
    return internetRoutes(subnet, this.graph);
  }

  nodesWith(group: Resource): readonly NetworkNode[] {
    return this.nodes.filter((node) => node.groups.includes(group));
  }

  /** The rules through which one node may open a connection to a port of another; empty when it surely cannot. */
  connection(from: NetworkNode, to: NetworkNode, port: number): readonly GroupRule[] {
    return this.reaches(from, to, port).rules;
  }

  /** Whether one node can open a connection to a port of another. */
  reaches(from: NetworkNode, to: NetworkNode, port: number): Connection {
    if (from.resource === to.resource) return none;
    const authorized = from.kind === 'vpn' ? this.vpnAuthorized(from, to) : 'yes';
    if (authorized === 'no') return none;
    let best = none;
    for (const family of [4, 6] as const) {
      for (const source of placesOf(from)) {
        for (const target of placesOf(to)) {
          const found = this.between(from, source, to, target, family, port);
          if (found.answer === 'yes' || best.answer === 'no') best = found;
          if (best.answer === 'yes') return { ...best, answer: both(best.answer, authorized) };
        }
      }
    }
    return best.answer === 'no' ? none : best;
  }

  private between(
    from: NetworkNode,
    source: Resource | undefined,
    to: NetworkNode,
    target: Resource | undefined,
    family: Family,
    port: number,
  ): Connection {
    const origin = addressesOf(from, source, family);
    const destination = addressesOf(to, target, family);
    if (origin.blocks.length === 0 || destination.blocks.length === 0) return none;
    const ingress = this.letting(to, 'ingress', from, origin, family, port);
    if (ingress.answer === 'no') return none;
    const egress = this.letting(from, 'egress', to, destination, family, port);
    if (egress.answer === 'no') return none;
    const ends = { from: source, to: target };
    const passes =
      ends.from && ends.to
        ? aclsAllow(
            { subnet: ends.from, addresses: origin.blocks },
            { subnet: ends.to, addresses: destination.blocks },
            port,
            this.graph,
          )
        : 'yes';
    const answer = both(both(ingress.answer, egress.answer), passes);
    return answer === 'no' ? none : { answer, rules: [...ingress.rules, ...egress.rules] };
  }

  /** Whether the groups of a node let a peer through; without groups of its own it has the VPC's, whose members agree. */
  private letting(
    node: NetworkNode,
    direction: GroupRule['direction'],
    peer: NetworkNode,
    addresses: Addresses,
    family: Family,
    port: number,
  ): Connection {
    let answer: Answer = 'no';
    const rules: GroupRule[] = [];
    for (const rule of node.groups.flatMap((group) => this.groups.rulesOf(group))) {
      if (rule.direction !== direction) continue;
      const lets = both(ruleCovers(rule, port), peerIncludes(rule.peer, peer, addresses, family, this.graph));
      if (lets === 'no') continue;
      rules.push(rule);
      answer = either(answer, rule.certain ? lets : both(lets, 'unknown'));
    }
    if (answer === 'yes') return { answer, rules };
    const isDefault = node.groups.length === 0 && node.otherGroups.length === 0;
    if (isDefault) {
      const alike = peer.groups.length === 0;
      if (direction === 'egress') answer = 'yes';
      else if (alike) answer = either(answer, 'unknown');
    } else if (node.otherGroups.length > 0) answer = either(answer, 'unknown');
    return { answer, rules };
  }

  private vpnAuthorized(vpn: NetworkNode, to: NetworkNode): Answer {
    const rules = this.graph.referring(
      vpn.resource,
      'AWS::EC2::ClientVpnAuthorizationRule',
      'ClientVpnEndpointId',
    );
    let answer: Answer = 'no';
    for (const { properties, conditional } of rules) {
      const written = properties.TargetNetworkCidr;
      const range = ipv4Range(written) ?? referredRange(written ?? '', this.graph);
      const included =
        to.subnets.length === 0 ||
        to.subnets.some((subnet) =>
          rangesOverlap(range ?? everyAddress, ipv4Range(subnet.properties.CidrBlock) ?? everyAddress),
        );
      if (included) answer = either(answer, conditional || range === undefined ? 'unknown' : 'yes');
    }
    return answer;
  }

  /** Every connection between nodes that may be let through, and what the Internet reaches. */
  paths(): readonly Path[] {
    return [...this.inside(), ...this.fromInternet()];
  }

  private *inside(): Generator<Path> {
    for (const to of this.nodes) {
      for (const from of this.nodes) {
        for (const ports of this.listening(from, to)) {
          const { answer, rules } = this.reaches(from, to, ports.from);
          if (answer === 'no') continue;
          const via = [...new Set(rules.map((rule) => constructPath(rule.source)))];
          yield { from: from.name, to: to.name, ports: portText(ports), via, decided: answer === 'yes' };
        }
      }
    }
  }

  /** Ports to ask about: one range for each stretch on which every rule and ACL says the same. */
  private listening(from: NetworkNode, to: NetworkNode): readonly PortRange[] {
    if (to.ports) return to.ports.map((port) => ({ from: port, to: port }));
    if (from.resource === to.resource) return [];
    const open = [...to.groups]
      .flatMap((group) => this.groups.rulesOf(group))
      .filter(({ direction }) => direction === 'ingress')
      .map(({ ports }) => ports);
    if (to.otherGroups.length > 0 || to.groups.length === 0) open.push({ from: 0, to: 65535 });
    const begins = new Set(
      [...open, ...this.portsNamed(from, to)].flatMap((range) => [range.from, range.to + 1]),
    );
    const edges = [...begins].filter((port) => port >= 0 && port <= 65535).sort((a, b) => a - b);
    return edges.flatMap((begin, index): readonly PortRange[] => {
      const end = (edges[index + 1] ?? 65536) - 1;
      const range = { from: begin, to: end };
      return open.some((each) => each.from <= begin && end <= each.to) ? [range] : [];
    });
  }

  private portsNamed(from: NetworkNode, to: NetworkNode): readonly PortRange[] {
    const egress = from.groups
      .flatMap((group) => this.groups.rulesOf(group))
      .filter(({ direction }) => direction === 'egress');
    const acls = [...from.subnets, ...to.subnets].flatMap((subnet) => {
      const [association] = this.graph.referring(subnet, 'AWS::EC2::SubnetNetworkAclAssociation', 'SubnetId');
      const acl = this.graph.target(association?.properties.NetworkAclId, 'AWS::EC2::NetworkAcl');
      return acl ? entriesOf(acl, this.graph) : [];
    });
    return [
      ...egress.map(({ ports }) => ports),
      ...acls.flatMap(({ properties }) => {
        const range = properties.PortRange as ValueMap | undefined;
        const [begin, end] = [numeric(range?.From), numeric(range?.To)];
        return begin === undefined || end === undefined ? [] : [{ from: begin, to: end }];
      }),
    ];
  }

  private *fromInternet(): Generator<Path> {
    for (const to of this.nodes) {
      for (const { rule, decided } of publicIngress(to, this.groups, this.graph)) {
        yield {
          from: 'Internet',
          to: to.name,
          ports: portText(rule.ports),
          via: [constructPath(rule.source)],
          decided,
        };
      }
    }
    for (const distribution of this.graph.ofType('AWS::CloudFront::Distribution')) {
      for (const { resource, balancer, port } of this.vpcOriginsOf(distribution)) {
        yield {
          from: 'Internet',
          to: constructPath(balancer),
          ports: portText({ from: port, to: port }),
          via: [constructPath(distribution), constructPath(resource)],
          decided: true,
        };
      }
    }
  }

  /** Load balancers behind a distribution, with the port it connects to. */
  vpcOriginsOf(distribution: Resource): readonly VpcOrigin[] {
    return vpcOriginsOf(distribution, this.graph);
  }
}

/** The subnets a node may be in; one that nobody knows stands for all others. */
function placesOf(node: NetworkNode): readonly (Resource | undefined)[] {
  return node.subnetsKnown ? node.subnets : [...node.subnets, undefined];
}

function ruleCovers(rule: GroupRule, port: number): Answer {
  const tcp = ['tcp', '6', '-1', 'all'].includes(rule.protocol);
  if (!tcp && !rule.protocol.includes('\uE000')) return 'no';
  if (port < rule.ports.from || rule.ports.to < port) return 'no';
  return rule.portsKnown && tcp ? 'yes' : 'unknown';
}

function portText({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
