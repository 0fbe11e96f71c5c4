import type { Answer } from '../answers.ts';
import { tellsLater, vpcOriginGroup } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { soleToken, text, type Value } from '../values.ts';
import { allIpv4, allIpv6, type Block, blockOf, split } from './address-sets.ts';
import type { NetworkNode } from './interfaces.ts';
import { type Peer, prefixListBlocks } from './security-groups.ts';

export type Family = 4 | 6;

/** Addresses of a family that a node may get in one of its subnets, or anywhere when its subnets are not known. */
export function addressesOf(
  node: NetworkNode,
  subnet: NetworkNode['subnets'][number] | undefined,
  family: Family,
  graph: EnvironmentGraph,
): readonly Block[] {
  const whole = family === 4 ? allIpv4 : allIpv6;
  const own = node.addresses.map(blockOf);
  const fixed = own.flatMap((block) => (block ? split([block], whole).within : []));
  // Further addresses of IPv6 come with the subnet; those of IPv4 are all written.
  if (fixed.length > 0 && own.every(Boolean)) return fixed;
  const vpc = graph.target(subnet?.properties.VpcId ?? node.vpc, 'AWS::EC2::VPC');
  if (family === 4)
    return blocksOf([subnet?.properties.CidrBlock]) ?? (vpc && blocksOf(vpcBlocks(vpc, 4, graph))) ?? [whole];
  if (subnet === undefined) return [whole];
  const added = addedBlocks('AWS::EC2::SubnetCidrBlock', 'SubnetId', 'Ipv6CidrBlock', subnet, graph);
  const written = [subnet.properties.Ipv6CidrBlock, ...added].filter((each) => each !== undefined);
  const isGiven = written.length > 0 || subnet.properties.Ipv6NetmaskLength !== undefined;
  return isGiven ? (blocksOf(written) ?? [whole]) : [];
}

function vpcBlocks(vpc: Resource, family: Family, graph: EnvironmentGraph): readonly (Value | undefined)[] {
  const property = family === 4 ? 'CidrBlock' : 'Ipv6CidrBlock';
  return [vpc.properties[property], ...addedBlocks('AWS::EC2::VPCCidrBlock', 'VpcId', property, vpc, graph)];
}

function addedBlocks(
  type: string,
  owner: string,
  property: string,
  resource: Resource,
  graph: EnvironmentGraph,
): readonly (Value | undefined)[] {
  return graph.referring(resource, type, owner).flatMap(({ properties }) => {
    const isOfFamily = property === 'Ipv6CidrBlock' || properties.AmazonProvidedIpv6CidrBlock === undefined;
    return isOfFamily && properties.Ipv6IpamPoolId === undefined ? [properties[property]] : [];
  });
}

/** @returns undefined unless every one is a literal block */
function blocksOf(written: readonly (Value | undefined)[]): readonly Block[] | undefined {
  const blocks = written.map(blockOf);
  return blocks.length === 0 || blocks.includes(undefined)
    ? undefined
    : blocks.flatMap((block) => block ?? []);
}

/** Groups that are asked for a node: its own, or the default one of its VPC. */
export function groupsInForce(node: NetworkNode, graph: EnvironmentGraph): readonly Resource[] {
  if (node.groups.length > 0 || node.otherGroups.length > 0 || node.unfiltered) return node.groups;
  const vpc = graph.target(node.vpc, 'AWS::EC2::VPC');
  return vpc ? [vpc] : [];
}

/** Whether a node is asked groups whose rules these templates do not hold. */
export function hasOtherGroups(node: NetworkNode, graph: EnvironmentGraph): boolean {
  return node.otherGroups.length > 0 || (!node.unfiltered && groupsInForce(node, graph).length === 0);
}

/** Whether a node, at one of its addresses, is the other end that a rule means. */
export function peerIncludes(
  peer: Peer,
  node: NetworkNode,
  addresses: readonly Block[],
  family: Family,
  graph: EnvironmentGraph,
): Answer {
  switch (peer.kind) {
    case 'group':
      if (groupsInForce(node, graph).includes(peer.group)) return node.certain ? 'yes' : 'unknown';
      return node.otherGroups.some((each) => tellsLater(each, graph)) ||
        isOfUnknownVpc(node, peer.group, graph)
        ? 'unknown'
        : 'no';
    case 'addresses':
      if (family !== 4) return 'no';
      return meets(addresses, [{ first: BigInt(peer.range.first), last: BigInt(peer.range.last) }]);
    case 'addresses6': {
      if (family !== 6) return 'no';
      const block = blockOf(peer.text);
      return block ? meets(addresses, [block]) : addresses.length > 0 ? 'unknown' : 'no';
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
    case 'unknown': {
      if (node.otherGroups.includes(peer.value)) return 'yes';
      const named = text(peer.value);
      if (named?.startsWith('sg-'))
        return node.otherGroups.some((each) => tellsLater(each, graph)) || hasOtherGroups(node, graph)
          ? 'unknown'
          : 'no';
      return isNobody(peer.value, graph) ? 'no' : 'unknown';
    }
  }
}

/** What the shop's own resource reads is the group of CloudFront's interfaces, which nothing of a template carries. */
function isNobody(value: Value, graph: EnvironmentGraph): boolean {
  return soleToken(value) !== undefined && graph.target(value)?.type === vpcOriginGroup;
}

/** A node without a group in a VPC that nothing tells has its default group, which may be that of a VPC here. */
function isOfUnknownVpc(node: NetworkNode, group: Resource, graph: EnvironmentGraph): boolean {
  return group.type === 'AWS::EC2::VPC' && node.otherGroups.length === 0 && hasOtherGroups(node, graph);
}

function meets(addresses: readonly Block[], named: readonly Block[]): Answer {
  let left = addresses;
  let met = false;
  for (const block of named) {
    const { within, rest } = split(left, block);
    met ||= within.length > 0;
    left = rest;
  }
  if (!met) return 'no';
  // Which address of its subnet an interface gets, a deploy decides.
  return left.length === 0 ? 'yes' : 'unknown';
}
