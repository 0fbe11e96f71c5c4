import { type Answer, both, either } from '../answers.ts';
import { constructPath } from '../declarations.ts';
import { doubtAbout, unknownsIn } from '../doubts.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { hasUnknown, text, type ValueMap } from '../values.ts';
import { allIpv4, allIpv6, type Block, blockOf, split } from './address-sets.ts';
import { everyAddress, ipv4Range, rangesOverlap } from './addresses.ts';
import { type End, isRouted, otherNetworks } from './between-vpcs.ts';
import { carried, rangeOf, type VpcOrigin, vpcOriginsOf } from './carried.ts';
import { ingressOf, publicIngress, unfilteredRules } from './entrances.ts';
import { type NetworkNode, networkNodes } from './interfaces.ts';
import { aclsAllow } from './network-acls.ts';
import { addressesOf, type Family, groupsInForce, hasOtherGroups, peerIncludes } from './peers.ts';
import { listening, portText, protocolsOf } from './ports.ts';
import { publicEndpoints } from './public-endpoints.ts';
import { type InternetRoute, internetRoutes } from './routes.ts';
import { type GroupRule, type Peer, referredRange, SecurityGroups } from './security-groups.ts';

export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via: readonly string[];
  /** False when the templates leave open whether the connection is let through. */
  readonly decided: boolean;
  /** What it is left open by, where it is. */
  readonly doubt?: string | undefined;
}

/** Whether a connection gets through, and the rules that let it. */
export interface Connection {
  readonly answer: Answer;
  readonly rules: readonly GroupRule[];
}

const none: Connection = { answer: 'no', rules: [] };

interface Asked {
  readonly family: Family;
  readonly port: number;
  /** As in a rule: `tcp`, `udp` or another. */
  readonly protocol: string;
}

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
  reaches(from: NetworkNode, to: NetworkNode, port: number, protocol = 'tcp'): Connection {
    if (from.resource === to.resource && !hasMany(to)) return none;
    const authorized = from.kind === 'vpn' ? this.vpnAuthorized(from, to) : 'yes';
    if (authorized === 'no') return none;
    let best = none;
    for (const family of [4, 6] as const) {
      for (const source of placesOf(from)) {
        for (const target of placesOf(to)) {
          const found = this.between(
            { node: from, subnet: source, addresses: this.origins(from, source, family) },
            { node: to, subnet: target, addresses: addressesOf(to, target, family, this.graph) },
            { family, port, protocol },
          );
          if (found.answer === 'yes' || best.answer === 'no') best = found;
          if (best.answer === 'yes') return { ...best, answer: both(best.answer, authorized) };
        }
      }
    }
    return best.answer === 'no' ? none : best;
  }

  /** Network load balancers may pass their clients on with the addresses these have. */
  private origins(from: NetworkNode, subnet: Resource | undefined, family: Family): readonly Block[] {
    const own = addressesOf(from, subnet, family, this.graph);
    const { Type } = from.resource.properties;
    const passesOn = from.kind === 'load-balancer' && (text(Type) === 'network' || hasUnknown(Type));
    return passesOn && own.length > 0 ? [family === 4 ? allIpv4 : allIpv6] : own;
  }

  private between(from: End, to: End, asked: Asked): Connection {
    if (from.addresses.length === 0 || to.addresses.length === 0) return none;
    const ingress = this.letting(to.node, 'ingress', from, asked);
    if (ingress.answer === 'no') return none;
    const egress = this.letting(from.node, 'egress', to, asked);
    if (egress.answer === 'no') return none;
    const routed = isRouted(from, to, this.graph);
    if (routed === 'no') return none;
    const ports = { from: asked.port, to: asked.port };
    const passes =
      from.subnet && to.subnet
        ? aclsAllow(from, to, { protocol: asked.protocol, ports }, this.graph)
        : this.aclsSomewhere();
    const answer = [ingress.answer, egress.answer, routed, passes].reduce(both);
    return answer === 'no' ? none : { answer, rules: [...ingress.rules, ...egress.rules] };
  }

  /** Whether what is in a subnet that nobody knows may stand behind a network ACL. */
  private aclsSomewhere(): Answer {
    return this.graph.ofType('AWS::EC2::NetworkAclEntry').length > 0 ? 'unknown' : 'yes';
  }

  /** Whether the groups of a node let a peer through. */
  private letting(node: NetworkNode, direction: GroupRule['direction'], peer: End, asked: Asked): Connection {
    let answer: Answer = 'no';
    const rules: GroupRule[] = [];
    const written = node.unfiltered
      ? unfilteredRules(node, direction)
      : groupsInForce(node, this.graph).flatMap((group) => this.groups.rulesOf(group));
    for (const rule of written) {
      if (rule.direction !== direction) continue;
      const lets = both(
        ruleCovers(rule, asked),
        peerIncludes(rule.peer, peer.node, peer.addresses, asked.family, this.graph),
      );
      if (lets === 'no') continue;
      rules.push(rule);
      answer = either(answer, rule.certain && node.certain ? lets : both(lets, 'unknown'));
    }
    if (answer !== 'yes' && hasOtherGroups(node, this.graph)) answer = 'unknown';
    return { answer, rules };
  }

  private vpnAuthorized(vpn: NetworkNode, to: NetworkNode): Answer {
    let answer: Answer = 'no';
    for (const { properties, conditional } of this.graph.ofType('AWS::EC2::ClientVpnAuthorizationRule')) {
      const isOf = mayRefer(properties.ClientVpnEndpointId, vpn.resource, this.graph);
      if (isOf === 'no') continue;
      const written = properties.TargetNetworkCidr;
      const range = ipv4Range(written) ?? referredRange(written ?? '', this.graph);
      const included =
        to.subnets.length === 0 ||
        to.subnets.some((subnet) =>
          rangesOverlap(range ?? everyAddress, ipv4Range(subnet.properties.CidrBlock) ?? everyAddress),
        );
      if (included) answer = either(answer, conditional || range === undefined ? 'unknown' : isOf);
    }
    return answer;
  }

  /** Every connection between nodes that may be let through, and what the Internet reaches. */
  paths(): readonly Path[] {
    const found = [...this.inside(), ...this.fromInternet(), ...this.fromOtherNetworks()];
    return [...new Map(found.map((path) => [JSON.stringify(path), path])).values()];
  }

  private *inside(): Generator<Path> {
    for (const to of this.nodes) {
      const protocols = protocolsOf(to, this.groups, this.graph);
      for (const from of this.nodes) {
        for (const protocol of protocols) {
          for (const ports of listening(from, to, protocol, this.groups, this.graph)) {
            const { answer, rules } = this.reaches(from, to, ports.from, protocol);
            if (answer === 'no') continue;
            const via = [...new Set(rules.map((rule) => constructPath(rule.source)))];
            const decided = answer === 'yes';
            const doubt = decided ? undefined : doubtOf(rules, to);
            yield { from: from.name, to: to.name, ports: portText(ports, protocol), via, decided, doubt };
          }
        }
      }
    }
  }

  private *fromInternet(): Generator<Path> {
    for (const to of this.nodes) {
      for (const { rule, ports, decided } of publicIngress(to, this.groups, this.graph)) {
        const via = [constructPath(rule.source)];
        const doubt = decided ? undefined : doubtOf([rule], to);
        yield { from: 'Internet', to: to.name, ports: portText(ports, rule.protocol), via, decided, doubt };
      }
    }
    for (const distribution of this.graph.ofType('AWS::CloudFront::Distribution')) {
      for (const { resource, balancer, port } of this.vpcOriginsOf(distribution)) {
        yield {
          from: 'Internet',
          to: constructPath(balancer),
          ports: portText(rangeOf(port)),
          via: [constructPath(distribution), constructPath(resource)],
          decided: port !== undefined,
          doubt: port === undefined ? doubtAbout(resource, ['the port it connects to']) : undefined,
        };
      }
    }
    for (const { to, resource, ports, decided } of publicEndpoints(this.graph)) {
      const doubt = decided ? undefined : doubtAbout(resource, ['its public endpoint, and who may use it']);
      for (const port of ports)
        yield {
          from: 'Internet',
          to,
          ports: portText({ from: port, to: port }),
          via: [constructPath(resource)],
          decided,
          doubt,
        };
    }
    for (const { from, to, by, ports } of carried(this.nodes, this.graph)) {
      for (const range of ports)
        yield {
          from,
          to: to.name,
          ports: portText(range),
          via: [constructPath(by)],
          decided: false,
          doubt: doubtAbout(by, ['what it lets through']),
        };
    }
  }

  /** Networks outside the templates that a peering connection, a transit gateway or a VPN joins to theirs. */
  private *fromOtherNetworks(): Generator<Path> {
    for (const to of this.nodes) {
      for (const subnet of to.subnets) {
        for (const { name, blocks } of otherNetworks(subnet, this.graph)) {
          for (const rule of ingressOf(to, this.groups, this.graph)) {
            if (!mayComeFrom(rule.peer, blocks)) continue;
            const asked = to.ports?.filter((port) => rule.ports.from <= port && port <= rule.ports.to);
            for (const ports of asked?.map((port) => ({ from: port, to: port })) ?? [rule.ports])
              yield {
                from: name,
                to: to.name,
                ports: portText(ports, rule.protocol),
                via: [constructPath(rule.source)],
                decided: false,
                doubt: doubtAbout(rule.source, [`the addresses of ${name}`]),
              };
          }
        }
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

/** What of a connection only a deploy knows. */
function doubtOf(rules: readonly GroupRule[], to: NetworkNode): string {
  const [first = undefined] = rules;
  const source = first?.source ?? to.resource;
  const unknowns = rules.flatMap(({ peer, protocol }) =>
    unknownsIn([peer.kind === 'group' ? '' : peer, protocol]),
  );
  if (unknowns.length > 0) return doubtAbout(source, unknowns);
  const optional = rules.find(({ certain, portsKnown }) => !certain || !portsKnown);
  if (optional) return doubtAbout(optional.source, ['whether the rule stands, or its ports']);
  return doubtAbout(source, ['the address that an interface gets, its groups, or a network ACL']);
}

/** Whether what is asked for a resource may be asked of another interface of it. */
function hasMany({ resource: { type } }: NetworkNode): boolean {
  return !/^AWS::(EC2::(Instance|NetworkInterface)|RDS::DBInstance|EFS::MountTarget|SageMaker::NotebookInstance)$/.test(
    type,
  );
}

function ruleCovers(rule: GroupRule, { port, protocol }: Asked): Answer {
  const isOf = rule.protocol === protocol || rule.protocol === '-1';
  if (!isOf && !hasUnknown(rule.protocol)) return 'no';
  if (port < rule.ports.from || rule.ports.to < port) return 'no';
  return rule.portsKnown && isOf ? 'yes' : 'unknown';
}

/** Whether a rule lets in addresses of a network; undefined for one whose addresses nobody knows. */
function mayComeFrom(peer: Peer, blocks: readonly Block[] | undefined): boolean {
  if (peer.kind === 'group' || (peer.kind === 'unknown' && peer.isGroup)) return false;
  const admitted = peer.kind === 'addresses' || peer.kind === 'addresses6' ? blockOf(peer.text) : undefined;
  return !blocks || !admitted || split(blocks, admitted).within.length > 0;
}
