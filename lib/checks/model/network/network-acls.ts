import type { Answer } from '../answers.ts';
import { readings } from '../readings.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import {
  at,
  hasUnknown,
  isFalse,
  isMap,
  isTrue,
  numeric,
  soleToken,
  type Value,
  type ValueMap,
} from '../values.ts';
import { type Block, blockOf, split } from './address-sets.ts';
import { everyPort, type PortRange, protocolOf, referredRange } from './security-groups.ts';

/** Ports that a client's own end of a connection has: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html */
const ephemeralPorts: PortRange = { from: 1024, to: 65535 };

/** Packets of one connection, seen from a subnet: the other end's addresses, and the ports they go to. */
interface Packets {
  readonly subnet: Resource;
  readonly egress: boolean;
  readonly peer: readonly Block[];
  readonly protocol: string;
  readonly ports: PortRange;
  /** Whether they open the connection, rather than answer. */
  readonly opening: boolean;
}

export interface Side {
  /** Undefined where no network ACL stands, or none that is known. */
  readonly subnet: Resource | undefined;
  readonly addresses: readonly Block[];
}

/**
 * Whether a connection passes the network ACLs of both ends and its answers come back. Inside one subnet none is
 * asked; a subnet without one of its own has the VPC's, which lets everything through unless entries are added to it.
 */
export function aclsAllow(
  from: Side,
  to: Side,
  asked: { readonly protocol: string; readonly ports: PortRange },
  graph: EnvironmentGraph,
): Answer {
  if (from.subnet === to.subnet) return 'yes';
  const answers = { protocol: asked.protocol, ports: ephemeralPorts, opening: false };
  const opens = { ...asked, opening: true };
  const crossings: Packets[] = [];
  if (from.subnet) {
    crossings.push({ subnet: from.subnet, egress: true, peer: to.addresses, ...opens });
    crossings.push({ subnet: from.subnet, egress: false, peer: to.addresses, ...answers });
  }
  if (to.subnet) {
    crossings.push({ subnet: to.subnet, egress: false, peer: from.addresses, ...opens });
    crossings.push({ subnet: to.subnet, egress: true, peer: from.addresses, ...answers });
  }
  let answer: Answer = 'yes';
  for (const packets of crossings) {
    const passes = aclAllows(packets, graph);
    // What asks gets in even where no answer comes back.
    if (passes === 'no' && packets.opening) return 'no';
    if (passes !== 'yes') answer = 'unknown';
  }
  return answer;
}

function aclAllows(packets: Packets, graph: EnvironmentGraph): Answer {
  let answer: Answer | undefined;
  let sure = false;
  const add = (more: Answer) => {
    answer = answer === undefined || answer === more ? more : 'unknown';
  };
  for (const association of graph.ofType('AWS::EC2::SubnetNetworkAclAssociation')) {
    const isOf = mayRefer(association.properties.SubnetId, packets.subnet, graph);
    if (isOf === 'no') continue;
    const acls = graph.possible(association.properties.NetworkAclId);
    sure ||= isOf === 'yes' && !association.conditional && acls.length > 0;
    for (const { value } of acls) {
      const acl = aclOf(value, graph);
      add(acl ? entriesAllow(entriesOf(acl, graph), packets, graph) : 'unknown');
    }
  }
  if (!sure) {
    const vpc = graph.target(packets.subnet.properties.VpcId, 'AWS::EC2::VPC');
    add(vpc ? entriesAllow([...entriesOf(vpc, graph), ...everythingPasses], packets, graph) : 'yes');
  }
  return answer ?? 'yes';
}

/** The ACL that a value means: one of the templates, or the default one of their VPC, which the VPC stands for. */
export function aclOf(value: Value | undefined, graph: EnvironmentGraph): Resource | undefined {
  const vpc = soleToken(value)?.attribute === 'DefaultNetworkAcl' && graph.target(value, 'AWS::EC2::VPC');
  return vpc || graph.target(value, 'AWS::EC2::NetworkAcl');
}

/** ACLs that a subnet has, or may have. */
export function aclsOf(subnet: Resource, graph: EnvironmentGraph): readonly Resource[] {
  const own = graph
    .ofType('AWS::EC2::SubnetNetworkAclAssociation')
    .filter(({ properties }) => mayRefer(properties.SubnetId, subnet, graph) !== 'no')
    .flatMap(({ properties }) => graph.possible(properties.NetworkAclId))
    .flatMap(({ value }) => aclOf(value, graph) ?? []);
  const vpc = graph.target(subnet.properties.VpcId, 'AWS::EC2::VPC');
  return vpc ? [...own, vpc] : own;
}

/** An entry of an ACL as it may be read, with what is certain of it. */
interface Entry {
  readonly properties: ValueMap;
  readonly certain: boolean;
}

/** Entry 100 of every default ACL, behind whatever is added. */
const everythingPasses: readonly Entry[] = [true, false].flatMap((Egress) =>
  [{ CidrBlock: '0.0.0.0/0' }, { Ipv6CidrBlock: '::/0' }].map((block) => ({
    properties: { RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', Egress, ...block },
    certain: true,
  })),
);

/** Entries of an ACL of the templates. */
export function entriesOf(acl: Resource, graph: EnvironmentGraph): readonly Entry[] {
  return graph.ofType('AWS::EC2::NetworkAclEntry').flatMap((entry) => {
    const { NetworkAclId } = entry.properties;
    const isOf =
      acl.type === 'AWS::EC2::VPC'
        ? aclOf(NetworkAclId, graph) === acl
          ? 'yes'
          : 'no'
        : mayRefer(NetworkAclId, acl, graph);
    if (isOf === 'no') return [];
    const all = readings(entry.properties, graph);
    const certain = isOf === 'yes' && !entry.conditional && all.length === 1;
    return all.flatMap((properties) => (isMap(properties) ? [{ properties, certain }] : []));
  });
}

interface Rectangle {
  readonly addresses: readonly Block[];
  readonly ports: PortRange;
}

/** Each entry, by its number, takes the addresses and ports it names out of what the later ones see. */
function entriesAllow(entries: readonly Entry[], packets: Packets, graph: EnvironmentGraph): Answer {
  const ofDirection = entries
    .filter(({ properties }) => isTrue(properties.Egress) === packets.egress || hasUnknown(properties.Egress))
    .map((entry) => ({ entry, number: numeric(entry.properties.RuleNumber) }))
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  if (ofDirection.some(({ number }) => number === undefined)) return 'unknown';
  let left: readonly Rectangle[] = [{ addresses: packets.peer, ports: packets.ports }];
  let refused = packets.peer;
  let passed = false;
  let doubt = false;
  for (const { entry } of ofDirection) {
    const reads = readEntry(entry, packets.protocol, graph);
    if (reads === undefined) continue;
    const next: Rectangle[] = [];
    for (const { addresses, ports } of left) {
      const overlap = intersection(ports, reads.ports);
      const { within, rest } = overlap ? split(addresses, reads.block) : { within: [], rest: addresses };
      if (within.length === 0 || !overlap) {
        next.push({ addresses, ports });
        continue;
      }
      if (!reads.certain) {
        doubt = true;
        next.push({ addresses, ports });
        continue;
      }
      if (reads.allows) {
        passed = true;
        for (const block of within) refused = split(refused, block).rest;
      }
      if (rest.length > 0) next.push({ addresses: rest, ports });
      for (const each of without(ports, overlap)) next.push({ addresses: within, ports: each });
    }
    left = next;
  }
  if (doubt) return 'unknown';
  if (!passed) return 'no';
  // Which address an end gets, a deploy decides; its own port the client picks.
  return refused.length === 0 ? 'yes' : 'unknown';
}

interface ReadEntry {
  readonly block: Block;
  readonly ports: PortRange;
  readonly allows: boolean;
  readonly certain: boolean;
}

/** @returns undefined for an entry about other protocols */
function readEntry(
  { properties, certain }: Entry,
  asked: string,
  graph: EnvironmentGraph,
): ReadEntry | undefined {
  const protocol = protocolOf(properties.Protocol);
  const all = protocol === '-1';
  if (!all && protocol !== asked && !hasUnknown(protocol)) return undefined;
  const written = properties.CidrBlock ?? properties.Ipv6CidrBlock;
  const block = blockOf(written) ?? referredBlock(written, graph);
  const from = numeric(at(properties, 'PortRange', 'From'));
  const to = numeric(at(properties, 'PortRange', 'To'));
  const action = properties.RuleAction;
  const hasPorts = ['tcp', 'udp'].includes(asked);
  const portsKnown =
    all || (hasPorts && (properties.PortRange === undefined || (from !== undefined && to !== undefined)));
  return {
    block: block ?? everything,
    ports: all || from === undefined || to === undefined ? everyPort : { from, to },
    allows: action === 'allow',
    certain:
      certain &&
      block !== undefined &&
      portsKnown &&
      (action === 'allow' || action === 'deny') &&
      !hasUnknown(protocol) &&
      (properties.Egress === undefined || isTrue(properties.Egress) || isFalse(properties.Egress)),
  };
}

function referredBlock(written: Value | undefined, graph: EnvironmentGraph): Block | undefined {
  const range = written === undefined ? undefined : referredRange(written, graph);
  return range && { first: BigInt(range.first), last: BigInt(range.last) };
}

const everything: Block = { first: 0n, last: 1n << 130n };

function intersection(a: PortRange, b: PortRange): PortRange | undefined {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from <= to ? { from, to } : undefined;
}

function without(ports: PortRange, taken: PortRange): readonly PortRange[] {
  return [
    { from: ports.from, to: taken.from - 1 },
    { from: taken.to + 1, to: ports.to },
  ].filter(({ from, to }) => from <= to);
}
