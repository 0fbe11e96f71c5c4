import { type Answer, both, either, not } from '../answers.ts';
import { tellsLater } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, display, hasUnknown, isTrue, list, text, unknown, type Value } from '../values.ts';
import { allIpv4, allIpv6, type Block, blockOf } from './address-sets.ts';
import { everyAddress, ipv4Range, isPublicRange } from './addresses.ts';
import type { NetworkNode } from './interfaces.ts';
import { aclsAllow } from './network-acls.ts';
import { addressesOf, type Family, groupsInForce, hasOtherGroups } from './peers.ts';
import { hasUnknownTable, internetRoutes, letsIn, routesOf } from './routes.ts';
import {
  everyPort,
  type GroupRule,
  isPublicPeer,
  type Peer,
  type PortRange,
  prefixListBlocks,
  type SecurityGroups,
  unknownRule,
} from './security-groups.ts';

/** A rule that lets the Internet in, and whether it surely does. */
export interface Entrance {
  readonly rule: GroupRule;
  readonly ports: PortRange;
  readonly decided: boolean;
}

/** Rules that let the Internet in, for a node that has a public address and a route. */
export function publicIngress(
  node: NetworkNode,
  groups: SecurityGroups,
  graph: EnvironmentGraph,
): readonly Entrance[] {
  return ([4, 6] as const).flatMap((family) => {
    const exposed = exposure(node, family, graph);
    if (exposed === 'no') return [];
    return ingressOf(node, groups, graph).flatMap((rule): readonly Entrance[] => {
      const open = isOpen(rule.peer, family, graph);
      if (open === 'no') return [];
      return portsOf(node, rule).flatMap((ports): readonly Entrance[] => {
        const passes = admitted(node, rule, ports, family, graph);
        const sure =
          rule.certain && rule.portsKnown && node.certain ? both(both(exposed, open), passes) : 'unknown';
        return passes === 'no' ? [] : [{ rule, ports, decided: sure === 'yes' }];
      });
    });
  });
}

/** Rules that let something in to a node; those of groups that the templates do not hold may be any. */
export function ingressOf(
  node: NetworkNode,
  groups: SecurityGroups,
  graph: EnvironmentGraph,
): readonly GroupRule[] {
  const known = groupsInForce(node, graph)
    .flatMap((group) => groups.rulesOf(group))
    .filter(({ direction }) => direction === 'ingress');
  if (node.unfiltered) return unfilteredRules(node, 'ingress');
  if (!hasOtherGroups(node, graph)) return known;
  const [other = unknown('default security group')] = node.otherGroups;
  return [...known, unknownRule('ingress', unknown(`rules of ${display(other)}`), node.resource)];
}

function portsOf({ ports }: NetworkNode, rule: GroupRule): readonly PortRange[] {
  if (ports === undefined) return [rule.ports];
  return ports
    .filter((port) => rule.ports.from <= port && port <= rule.ports.to)
    .map((port) => ({ from: port, to: port }));
}

/** Whether the network ACL of one of its subnets lets the Internet's packets through to a node. */
function admitted(
  node: NetworkNode,
  rule: GroupRule,
  ports: PortRange,
  family: Family,
  graph: EnvironmentGraph,
): Answer {
  const from = { subnet: undefined, addresses: openBlocks(rule.peer, family) };
  const protocol = rule.protocol === '-1' || hasUnknown(rule.protocol) ? 'tcp' : rule.protocol;
  const answers = node.subnets.map((subnet) =>
    aclsAllow(
      from,
      { subnet, addresses: addressesOf(node, subnet, family, graph) },
      { protocol, ports },
      graph,
    ),
  );
  if (!node.subnetsKnown) answers.push(answers.length === 0 ? 'yes' : 'unknown');
  return answers.reduce<Answer>(either, 'no');
}

function openBlocks(peer: Peer, family: Family): readonly Block[] {
  const whole = family === 4 ? allIpv4 : allIpv6;
  const literal = peer.kind === 'addresses' || peer.kind === 'addresses6' ? blockOf(peer.text) : undefined;
  return [literal ?? whole];
}

/** Whether the Internet's packets of a family get as far as the node's groups. */
function exposure(node: NetworkNode, family: Family, graph: EnvironmentGraph): Answer {
  const routed = reachedFromInternet(node, family, graph);
  if (routed === 'no') return 'no';
  if (node.kind === 'load-balancer') return both(routed, balancerExposure(node, family));
  const address = family === 4 ? node.publicAddress : hasIpv6(node, graph);
  return both(routed, address === undefined ? 'unknown' : address ? 'yes' : 'no');
}

function balancerExposure({ resource: { properties } }: NetworkNode, family: Family): Answer {
  const { Scheme, IpAddressType, LoadBalancerAttributes } = properties;
  const internal = hasUnknown(Scheme) ? 'unknown' : text(Scheme) === 'internal' ? 'yes' : 'no';
  if (family === 4) return not(internal);
  if (hasUnknown(IpAddressType)) return 'unknown';
  if (!/^dualstack/.test(text(IpAddressType) ?? '')) return 'no';
  // An internal one has public addresses of IPv6 too, and refuses the Internet's packets unless it is told not to.
  const denies = list(LoadBalancerAttributes).find((each) => at(each, 'Key') === 'ipv6.deny_all_igw_traffic');
  return denies && !isTrue(at(denies, 'Value')) ? 'yes' : not(internal);
}

/** Whether one of the subnets has a route by which the Internet's packets come in. */
function reachedFromInternet(node: NetworkNode, family: Family, graph: EnvironmentGraph): Answer {
  const answers = node.subnets.map((subnet): Answer => {
    const routes = internetRoutes(subnet, graph).filter(
      (each) => letsIn(each) && isOfFamily(each.route, family),
    );
    if (routes.some(({ certain }) => certain)) return 'yes';
    return routes.length > 0 || hasUnknownTable(subnet, graph) ? 'unknown' : 'no';
  });
  const routed = answers.reduce<Answer>(either, 'no');
  if (node.kind === 'load-balancer') {
    // Who makes a load balancer for the Internet has a route for it, wherever that is written.
    return routed === 'no' && !answers.some((each) => each !== 'no') ? balancerRoute(node, graph) : routed;
  }
  return node.subnetsKnown ? routed : either(routed, 'unknown');
}

function balancerRoute(node: NetworkNode, graph: EnvironmentGraph): Answer {
  const tables = node.subnets.some((subnet) => routesOf(subnet, graph).length > 0);
  return tables ? 'unknown' : 'yes';
}

function isOfFamily({ properties }: Resource, family: Family): boolean {
  if (properties.DestinationPrefixListId !== undefined) return true;
  return (family === 4 ? properties.DestinationCidrBlock : properties.DestinationIpv6CidrBlock) !== undefined;
}

/** Whether a node gets an address of IPv6, every one of which is public; undefined when that is open. */
function hasIpv6(node: NetworkNode, graph: EnvironmentGraph): boolean | undefined {
  const { properties } = node.resource;
  if (node.kind === 'function')
    return properties.VpcConfig === undefined
      ? false
      : flag(at(properties.VpcConfig, 'Ipv6AllowedForDualStack'));
  if (node.subnets.every((subnet) => addressesOf(node, subnet, 6, graph).length === 0))
    return node.subnetsKnown ? false : undefined;
  if (node.kind === 'database')
    return hasUnknown(properties.NetworkType) ? undefined : /DUAL/i.test(text(properties.NetworkType) ?? '');
  const asked = ['Ipv6AddressCount', 'Ipv6Addresses', 'Ipv6PrefixCount', 'Ipv6Prefixes'];
  const cards = [
    properties,
    properties.LaunchTemplateData,
    ...list(properties.NetworkInterfaces),
    ...list(at(properties, 'LaunchTemplateData', 'NetworkInterfaces')),
  ];
  if (cards.some((card) => asked.some((key) => at(card, key) !== undefined))) return true;
  const assigned = node.subnets.map((subnet) => flag(subnet.properties.AssignIpv6AddressOnCreation));
  if (assigned.includes(true)) return true;
  // Whether tasks take one, a setting of the account says.
  return node.kind === 'instance' && !assigned.includes(undefined) ? false : undefined;
}

function flag(value: Value | undefined): boolean | undefined {
  return hasUnknown(value) ? undefined : isTrue(value);
}

/** Whether some address of the Internet is the peer of a rule. */
function isOpen(peer: Peer, family: Family, graph: EnvironmentGraph): Answer {
  switch (peer.kind) {
    case 'addresses':
      return family === 4 && isPublicPeer(peer) ? 'yes' : 'no';
    case 'addresses6':
      if (family !== 6 || !isPublicPeer(peer)) return 'no';
      return blockOf(peer.text) ? 'yes' : 'unknown';
    case 'prefix-list': {
      const blocks = prefixListBlocks(peer.resource);
      if (!blocks || blocks.some((block) => blockOf(block) === undefined)) return 'unknown';
      return blocks.some((block) => isPublicBlock(block, family)) ? 'yes' : 'no';
    }
    case 'unknown':
      return !peer.isGroup && (hasUnknown(peer.value) || tellsLater(peer.value, graph)) ? 'unknown' : 'no';
    default:
      return 'no';
  }
}

function isPublicBlock(block: Value, family: Family): boolean {
  const isV6 = typeof block === 'string' && block.includes(':');
  if (isV6) return family === 6 && !/^f[cd]/i.test(block);
  const range = ipv4Range(block);
  return family === 4 && range !== undefined && isPublicRange(range);
}

/** What stands for the groups of a node that has none. */
export function unfilteredRules(node: NetworkNode, direction: GroupRule['direction']): readonly GroupRule[] {
  const rule = {
    direction,
    ports: everyPort,
    portsKnown: true,
    protocol: '-1',
    source: node.resource,
    certain: true,
  };
  return [
    { ...rule, peer: { kind: 'addresses', range: everyAddress, text: '0.0.0.0/0' } },
    { ...rule, peer: { kind: 'addresses6', text: '::/0' } },
  ];
}
