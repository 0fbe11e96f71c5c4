import type { EnvironmentGraph, Resource } from '../templates.ts';
import {
  asWritten,
  at,
  display,
  hasUnknown,
  isMap,
  list,
  numeric,
  type Value,
  type ValueMap,
} from '../values.ts';
import { type AddressRange, ipv4Range, isPublicRange } from './addresses.ts';

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const everyPort: PortRange = { from: 0, to: 65535 };

/** The other end of a security-group rule. */
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
  /** Whether the rule is there whatever a deploy decides. */
  readonly certain: boolean;
}

/** The rules of security groups, wherever they are written. */
export class SecurityGroups {
  private readonly graph: EnvironmentGraph;
  private readonly rules = new Map<Resource, readonly GroupRule[]>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
  }

  /** Every rule of a group, inline or separate. Without an egress rule a group lets everything out. */
  rulesOf(group: Resource): readonly GroupRule[] {
    const known = this.rules.get(group);
    if (known) return known;
    const { graph } = this;
    const rules: GroupRule[] = [];
    const add = (direction: GroupRule['direction'], written: Value | undefined, source: Resource) => {
      for (const { value, certain } of graph.possible(written, !source.conditional || source === group)) {
        if (isMap(value)) rules.push(...this.readRule(direction, value, source, certain));
        else if (hasUnknown(value)) rules.push(unknownRule(direction, value, source));
      }
    };
    add('ingress', group.properties.SecurityGroupIngress, group);
    add('egress', group.properties.SecurityGroupEgress, group);
    for (const rule of graph.ofType('AWS::EC2::SecurityGroupIngress')) {
      if (this.isGroup(rule.properties.GroupId, group)) add('ingress', rule.properties, rule);
    }
    for (const rule of graph.ofType('AWS::EC2::SecurityGroupEgress')) {
      if (this.isGroup(rule.properties.GroupId, group)) add('egress', rule.properties, rule);
    }
    // CloudFormation takes EC2's "everything out" away as soon as one egress rule exists, separate ones included:
    // https://github.com/aws/aws-cdk/issues/987
    const egress = rules.filter((rule) => rule.direction === 'egress');
    if (!egress.some(({ certain }) => certain)) {
      const everywhere = [
        { CidrIp: '0.0.0.0/0', IpProtocol: '-1' },
        { CidrIpv6: '::/0', IpProtocol: '-1' },
      ];
      for (const written of everywhere)
        rules.push(...this.readRule('egress', written, group, egress.length === 0));
    }
    this.rules.set(group, rules);
    return rules;
  }

  /** A rule as it is written, for groups inside and outside the templates. */
  readRule(
    direction: GroupRule['direction'],
    written: ValueMap,
    source: Resource,
    certain = true,
  ): GroupRule[] {
    const protocol = asWritten(written.IpProtocol ?? '-1').toLowerCase();
    const all = protocol === '-1' || protocol === 'all';
    const from = numeric(written.FromPort);
    const to = numeric(written.ToPort);
    const portsKnown = all || (from !== undefined && to !== undefined);
    const ports = all || from === undefined || to === undefined || from < 0 ? everyPort : { from, to };
    return this.peersOf(written).map((peer) => ({
      direction,
      peer,
      ports,
      portsKnown,
      protocol,
      source,
      certain,
    }));
  }

  private peersOf(written: ValueMap): Peer[] {
    const peers: Peer[] = [];
    if (written.CidrIp !== undefined) {
      const range = ipv4Range(written.CidrIp) ?? referredRange(written.CidrIp, this.graph);
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

  private isGroup(value: Value | undefined, group: Resource): boolean {
    return this.graph
      .possible(value)
      .some(({ value: each }) => this.graph.target(each, 'AWS::EC2::SecurityGroup') === group);
  }
}

/** Rules that only a deploy knows may let anything through. */
function unknownRule(direction: GroupRule['direction'], value: Value, source: Resource): GroupRule {
  const peer: Peer = { kind: 'unknown', value };
  return { direction, peer, ports: everyPort, portsKnown: false, protocol: '-1', source, certain: false };
}

/** A block written as "the block of the VPC" or of a subnet. */
export function referredRange(value: Value, graph: EnvironmentGraph): AddressRange | undefined {
  const resource = graph.target(value, 'AWS::EC2::VPC', 'AWS::EC2::Subnet');
  return resource && ipv4Range(resource.properties.CidrBlock);
}

export function isPublicPeer(peer: Peer): boolean {
  if (peer.kind === 'addresses') return isPublicRange(peer.range);
  return peer.kind === 'addresses6' && !/^f[cd]/i.test(peer.text);
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

/** Blocks of a prefix list of the templates; undefined for one that they do not make. */
export function prefixListBlocks(list_: Resource | undefined): readonly Value[] | undefined {
  return list_ && list(list_.properties.Entries).map((entry) => at(entry, 'Cidr') ?? '');
}
