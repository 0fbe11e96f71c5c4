import type { Answer } from '../answers.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, at, hasUnknown, isFalse, isTrue, numeric } from '../values.ts';
import { type Block, blockOf, split } from './address-sets.ts';
import type { PortRange } from './security-groups.ts';

/** Ports that a client's own end of a connection has: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html */
export const ephemeralPorts: PortRange = { from: 1024, to: 65535 };

/** Packets of one connection, seen from a subnet: the other end's addresses, and the ports they go to. */
interface Packets {
  readonly subnet: Resource;
  readonly egress: boolean;
  readonly peer: readonly Block[];
  readonly ports: PortRange;
}

/**
 * Whether a connection passes the network ACLs of both ends and its answers come back. Inside one subnet none is
 * asked; a subnet without one of its own has the VPC's, which lets everything through.
 */
export function aclsAllow(
  from: { readonly subnet: Resource; readonly addresses: readonly Block[] },
  to: { readonly subnet: Resource; readonly addresses: readonly Block[] },
  port: number,
  graph: EnvironmentGraph,
): Answer {
  if (from.subnet === to.subnet) return 'yes';
  const asked = { from: port, to: port };
  const crossings: readonly Packets[] = [
    { subnet: from.subnet, egress: true, peer: to.addresses, ports: asked },
    { subnet: to.subnet, egress: false, peer: from.addresses, ports: asked },
    { subnet: to.subnet, egress: true, peer: from.addresses, ports: ephemeralPorts },
    { subnet: from.subnet, egress: false, peer: to.addresses, ports: ephemeralPorts },
  ];
  let answer: Answer = 'yes';
  for (const packets of crossings) {
    const passes = aclAllows(packets, graph);
    // What asks gets in even where no answer comes back.
    if (passes === 'no' && packets.ports === asked) return 'no';
    if (passes !== 'yes') answer = 'unknown';
  }
  return answer;
}

function aclAllows(packets: Packets, graph: EnvironmentGraph): Answer {
  const association = graph.referring(packets.subnet, 'AWS::EC2::SubnetNetworkAclAssociation', 'SubnetId')[0];
  if (!association) return 'yes';
  const acl = graph.target(association.properties.NetworkAclId, 'AWS::EC2::NetworkAcl');
  if (!acl) return 'unknown';
  const allowed = entriesAllow(entriesOf(acl, graph), packets);
  return association.conditional && allowed === 'no' ? 'unknown' : allowed;
}

/** Entries of an ACL of the templates, first ones first. */
export function entriesOf(acl: Resource, graph: EnvironmentGraph): readonly Resource[] {
  const number = (entry: Resource) => numeric(entry.properties.RuleNumber) ?? 0;
  return [...graph.referring(acl, 'AWS::EC2::NetworkAclEntry', 'NetworkAclId')].sort(
    (a, b) => number(a) - number(b),
  );
}

/** Each entry takes the addresses and ports it names out of what the later ones see. */
function entriesAllow(entries: readonly Resource[], packets: Packets): Answer {
  const ofDirection = entries.filter(
    ({ properties }) => isTrue(properties.Egress) === packets.egress || hasUnknown(properties.Egress),
  );
  if (ofDirection.some(({ properties }) => numeric(properties.RuleNumber) === undefined)) return 'unknown';
  let left: readonly Rectangle[] = [{ addresses: packets.peer, ports: packets.ports }];
  let refused = packets.peer;
  let passed = false;
  let doubt = false;
  for (const entry of ofDirection) {
    const reads = readEntry(entry);
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

interface Rectangle {
  readonly addresses: readonly Block[];
  readonly ports: PortRange;
}

interface Entry {
  readonly block: Block;
  readonly ports: PortRange;
  readonly allows: boolean;
  readonly certain: boolean;
}

/** @returns undefined for an entry about other protocols than TCP */
function readEntry({ properties, conditional }: Resource): Entry | undefined {
  const protocol = asWritten(properties.Protocol ?? '-1').toLowerCase();
  const all = protocol === '-1' || protocol === 'all';
  if (!all && protocol !== '6' && protocol !== 'tcp' && !hasUnknown(protocol)) return undefined;
  const written = properties.CidrBlock ?? properties.Ipv6CidrBlock;
  const block = blockOf(written);
  const from = numeric(at(properties, 'PortRange', 'From'));
  const to = numeric(at(properties, 'PortRange', 'To'));
  const action = properties.RuleAction;
  const certain =
    !conditional &&
    block !== undefined &&
    (all || properties.PortRange === undefined || (from !== undefined && to !== undefined)) &&
    (action === 'allow' || action === 'deny') &&
    !hasUnknown(protocol) &&
    (properties.Egress === undefined || isTrue(properties.Egress) || isFalse(properties.Egress));
  return {
    block: block ?? everything,
    ports: all || from === undefined || to === undefined ? { from: 0, to: 65535 } : { from, to },
    allows: action === 'allow',
    certain,
  };
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
