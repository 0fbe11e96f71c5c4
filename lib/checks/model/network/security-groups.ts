import type { Answer } from '../answers.ts';
import { readings } from '../readings.ts';
import { tellsLater } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import {
  asWritten,
  at,
  display,
  hasUnknown,
  isMap,
  list,
  numeric,
  soleToken,
  unknown,
  type Value,
  type ValueMap,
} from '../values.ts';
import { type AddressRange, everyAddress, ipv4Range, isPublicRange } from './addresses.ts';

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
  | { readonly kind: 'unknown'; readonly value: Value; readonly isGroup: boolean };

/** The protocols that rules and ACLs give names to; others are their numbers. */
const protocolNames: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
  all: '-1',
};

/** `tcp`, `udp`, `-1` for all: https://www.iana.org/assignments/protocol-numbers */
export function protocolOf(written: Value | undefined): string {
  const protocol = asWritten(written ?? '-1').toLowerCase();
  return protocolNames[protocol] ?? protocol;
}

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

/** The group that a value means: one of the templates, or the default one of their VPC, which the VPC stands for. */
export function groupOf(value: Value | undefined, graph: EnvironmentGraph): Resource | undefined {
  const vpc = soleToken(value)?.attribute === 'DefaultSecurityGroup' && graph.target(value, 'AWS::EC2::VPC');
  return vpc || graph.target(value, 'AWS::EC2::SecurityGroup');
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
    const isDefault = group.type === 'AWS::EC2::VPC';
    const rules: GroupRule[] = isDefault ? this.defaultRules(group) : [];
    const add = (
      direction: GroupRule['direction'],
      written: Value | undefined,
      source: Resource,
      sure = !source.conditional || source === group,
    ) => {
      for (const { value, certain } of graph.possible(written, sure)) {
        if (isMap(value)) rules.push(...this.readings(direction, value, source, certain));
        else if (hasUnknown(value)) rules.push(unknownRule(direction, value, source));
      }
    };
    add('ingress', group.properties.SecurityGroupIngress, group);
    add('egress', group.properties.SecurityGroupEgress, group);
    for (const [type, direction] of [
      ['AWS::EC2::SecurityGroupIngress', 'ingress'],
      ['AWS::EC2::SecurityGroupEgress', 'egress'],
    ] as const) {
      for (const rule of graph.ofType(type)) {
        const isOf = this.isOf(rule.properties, group);
        if (isOf !== 'no') add(direction, rule.properties, rule, isOf === 'yes' && !rule.conditional);
      }
    }
    if (isDefault) {
      this.rules.set(group, rules);
      return rules;
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

  /** What the default group of a VPC lets through, unless a custom resource closes it. */
  private defaultRules(vpc: Resource): GroupRule[] {
    const closed = this.graph.resources.some(
      ({ type, properties }) =>
        type.startsWith('Custom::') &&
        Object.values(properties).some((value) => groupOf(value, this.graph) === vpc),
    );
    const rule = (direction: GroupRule['direction'], peer: Peer): GroupRule => ({
      direction,
      peer,
      ports: everyPort,
      portsKnown: true,
      protocol: '-1',
      source: vpc,
      certain: !closed,
    });
    return [
      rule('ingress', { kind: 'group', group: vpc }),
      rule('egress', { kind: 'addresses', range: everyAddress, text: '0.0.0.0/0' }),
      rule('egress', { kind: 'addresses6', text: '::/0' }),
    ];
  }

  /** A rule with each `Fn::If` in it decided either way. */
  private readings(
    direction: GroupRule['direction'],
    written: ValueMap,
    source: Resource,
    certain: boolean,
  ): GroupRule[] {
    const all = readings(written, this.graph);
    return all.flatMap((each) =>
      isMap(each) ? this.readRule(direction, each, source, certain && all.length === 1) : [],
    );
  }

  /** A rule as it is written, for groups inside and outside the templates. */
  readRule(
    direction: GroupRule['direction'],
    written: ValueMap,
    source: Resource,
    certain = true,
  ): GroupRule[] {
    const protocol = protocolOf(written.IpProtocol);
    // Of other protocols than TCP and UDP a rule gives no ports, or types and codes in their place.
    const all = !['tcp', 'udp'].includes(protocol) && !hasUnknown(protocol);
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
          : { kind: 'unknown', value: written.CidrIp, isGroup: false },
      );
    }
    if (written.CidrIpv6 !== undefined) peers.push({ kind: 'addresses6', text: display(written.CidrIpv6) });
    for (const value of [written.SourceSecurityGroupId, written.DestinationSecurityGroupId]) {
      if (value === undefined) continue;
      const group = groupOf(value, this.graph);
      peers.push(group ? { kind: 'group', group } : { kind: 'unknown', value, isGroup: true });
    }
    const named = written.SourceSecurityGroupName;
    if (named !== undefined) {
      const group = this.named(named);
      const value = unknown(`group ${display(named)}`);
      peers.push(group ? { kind: 'group', group } : { kind: 'unknown', value, isGroup: true });
    }
    for (const value of [written.SourcePrefixListId, written.DestinationPrefixListId]) {
      if (value === undefined) continue;
      peers.push({ kind: 'prefix-list', value, resource: this.graph.target(value, 'AWS::EC2::PrefixList') });
    }
    return peers;
  }

  /** Whether a rule that stands apart is one of a group, which it names by id or, in a default VPC, by name. */
  private isOf({ GroupId, GroupName }: ValueMap, group: Resource): Answer {
    if (GroupName !== undefined && group.type !== 'AWS::EC2::VPC')
      return hasUnknown(GroupName) ? 'unknown' : this.named(GroupName) === group ? 'yes' : 'no';
    let answer: Answer = 'no';
    for (const { value, certain } of this.graph.possible(GroupId)) {
      const found = groupOf(value, this.graph);
      if (found === group && certain) return 'yes';
      if (found === group || (!found && tellsLater(value, this.graph))) answer = 'unknown';
    }
    return answer;
  }

  private named(name: Value): Resource | undefined {
    return (
      groupOf(name, this.graph) ??
      this.graph.ofType('AWS::EC2::SecurityGroup').find(({ properties }) => properties.GroupName === name)
    );
  }
}

/** Rules that only a deploy knows may let anything through. */
export function unknownRule(direction: GroupRule['direction'], value: Value, source: Resource): GroupRule {
  const peer: Peer = { kind: 'unknown', value, isGroup: false };
  return { direction, peer, ports: everyPort, portsKnown: false, protocol: '-1', source, certain: false };
}

/** A block written as "the block of the VPC" or of a subnet. */
export function referredRange(value: Value, graph: EnvironmentGraph): AddressRange | undefined {
  if (soleToken(value)?.attribute !== 'CidrBlock') return undefined;
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
