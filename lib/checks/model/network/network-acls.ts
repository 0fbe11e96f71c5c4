import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, at, isTrue, numeric } from '../values.ts';
import { type AddressRange, everyAddress, ipv4Range, rangesOverlap } from './addresses.ts';

/** Whether packets between the two subnets pass both network ACLs; the default ACL lets everything through. */
export function aclsAllow(from: Resource, to: Resource, port: number, graph: EnvironmentGraph): boolean {
  const source = ipv4Range(from.properties.CidrBlock) ?? everyAddress;
  const destination = ipv4Range(to.properties.CidrBlock) ?? everyAddress;
  return aclAllows(from, true, destination, port, graph) && aclAllows(to, false, source, port, graph);
}

function aclAllows(
  subnet: Resource,
  egress: boolean,
  peer: AddressRange,
  port: number,
  graph: EnvironmentGraph,
): boolean {
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
