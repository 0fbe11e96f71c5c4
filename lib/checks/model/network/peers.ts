import type { Answer } from '../answers.ts';
import type { EnvironmentGraph } from '../templates.ts';
import { hasUnknown, type Value } from '../values.ts';
import { allIpv4, allIpv6, type Block, blockOf, split } from './address-sets.ts';
import { isPublicRange } from './addresses.ts';
import type { NetworkNode } from './interfaces.ts';
import { type Peer, prefixListBlocks } from './security-groups.ts';

export type Family = 4 | 6;

/** What addresses of a family an interface may get: `known` is false when only a deploy tells. */
export interface Addresses {
  readonly blocks: readonly Block[];
  readonly known: boolean;
}

/** Addresses of a node in one of its subnets, or anywhere when its subnets are not known. */
export function addressesOf(
  node: NetworkNode,
  subnet: NetworkNode['subnets'][number] | undefined,
  family: Family,
): Addresses {
  const whole = family === 4 ? allIpv4 : allIpv6;
  const own = node.addresses.map(blockOf);
  const fixed = own.flatMap((block) => (block ? split([block], whole).within : []));
  // Further addresses of IPv6 come with the subnet; those of IPv4 are all written.
  if (fixed.length > 0 && own.every(Boolean)) return { blocks: fixed, known: true };
  if (subnet === undefined) return { blocks: [whole], known: false };
  const written = family === 4 ? subnet.properties.CidrBlock : subnet.properties.Ipv6CidrBlock;
  const block = blockOf(written);
  if (block) return { blocks: [block], known: true };
  if (written === undefined && family === 6) return { blocks: [], known: true };
  return { blocks: [whole], known: false };
}

/** Whether a node, at one of its addresses, is the other end that a rule means. */
export function peerIncludes(
  peer: Peer,
  node: NetworkNode,
  addresses: Addresses,
  family: Family,
  graph: EnvironmentGraph,
): Answer {
  switch (peer.kind) {
    case 'group':
      if (node.groups.includes(peer.group)) return 'yes';
      return node.otherGroups.some((value) => mayBeGroup(value, graph)) ? 'unknown' : 'no';
    case 'addresses':
      if (family !== 4) return 'no';
      // Private interfaces have no public addresses: what is open to some of those only is not for them.
      if (!addresses.known && isPublicRange(peer.range) && peer.range.last - peer.range.first < 2 ** 31)
        return 'no';
      return meets(addresses, [{ first: BigInt(peer.range.first), last: BigInt(peer.range.last) }]);
    case 'addresses6': {
      if (family !== 6) return 'no';
      const block = blockOf(peer.text);
      return block ? meets(addresses, [block]) : addresses.blocks.length > 0 ? 'unknown' : 'no';
    }
    case 'prefix-list': {
      const written = prefixListBlocks(peer.resource);
      // Lists of AWS hold addresses of its services; one from outside the templates may hold anything.
      if (!written) return 'unknown';
      const blocks = written.map(blockOf);
      const met = meets(
        addresses,
        blocks.flatMap((block) => block ?? []),
      );
      return met === 'no' && blocks.includes(undefined) ? 'unknown' : met;
    }
    case 'unknown':
      if (isCustom(peer.value, graph)) return 'no';
      if (hasUnknown(peer.value)) return 'unknown';
      return node.otherGroups.includes(peer.value)
        ? 'yes'
        : node.otherGroups.some((value) => mayBeGroup(value, graph))
          ? 'unknown'
          : isGroupId(peer.value)
            ? 'no'
            : 'unknown';
  }
}

function meets({ blocks, known }: Addresses, named: readonly Block[]): Answer {
  let left = blocks;
  let met = false;
  for (const block of named) {
    const { within, rest } = split(left, block);
    met ||= within.length > 0;
    left = rest;
  }
  if (!met) return 'no';
  // Which address of its subnet an interface gets, a deploy decides.
  return left.length === 0 ? 'yes' : known && blocks.length === 0 ? 'no' : 'unknown';
}

function isGroupId(value: Value): boolean {
  return typeof value === 'string' && value.startsWith('sg-');
}

function mayBeGroup(value: Value, graph: EnvironmentGraph): boolean {
  return hasUnknown(value) && !isCustom(value, graph);
}

/** A custom resource looks up what a service made, such as the group of CloudFront's interfaces. */
function isCustom(value: Value, graph: EnvironmentGraph): boolean {
  const type = graph.target(value)?.type;
  return (
    type !== undefined && (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
  );
}
