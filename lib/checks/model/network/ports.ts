import type { EnvironmentGraph } from '../templates.ts';
import { at, hasUnknown, numeric } from '../values.ts';
import { ingressOf } from './entrances.ts';
import type { NetworkNode } from './interfaces.ts';
import { aclsOf, entriesOf } from './network-acls.ts';
import { groupsInForce } from './peers.ts';
import { everyPort, type PortRange, type SecurityGroups } from './security-groups.ts';

/** TCP, and what else a rule of the node names where it does not listen on known ports. */
export function protocolsOf(
  to: NetworkNode,
  groups: SecurityGroups,
  graph: EnvironmentGraph,
): readonly string[] {
  if (to.ports && to.kind !== 'load-balancer') return ['tcp'];
  const named = ingressOf(to, groups, graph).map(({ protocol }) => protocol);
  const others = to.unfiltered
    ? ['udp']
    : named.filter((protocol) => protocol !== '-1' && !hasUnknown(protocol));
  return [...new Set(['tcp', ...others])];
}

/** Ports to ask about: one range for each stretch on which every rule and ACL says the same. */
export function listening(
  from: NetworkNode,
  to: NetworkNode,
  protocol: string,
  groups: SecurityGroups,
  graph: EnvironmentGraph,
): readonly PortRange[] {
  if (to.ports) return to.ports.map((port) => ({ from: port, to: port }));
  if (!['tcp', 'udp'].includes(protocol)) return [everyPort];
  const ingress = ingressOf(to, groups, graph);
  const open = ingress.map(({ ports }) => ports);
  const begins = new Set(
    [...open, ...portsNamed(from, to, groups, graph)].flatMap((range) => [range.from, range.to + 1]),
  );
  const edges = [...begins].filter((port) => port >= 0 && port <= 65535).sort((a, b) => a - b);
  return edges.flatMap((begin, index): readonly PortRange[] => {
    const end = (edges[index + 1] ?? 65536) - 1;
    const range = { from: begin, to: end };
    return open.some((each) => each.from <= begin && end <= each.to) ? [range] : [];
  });
}

function portsNamed(
  from: NetworkNode,
  to: NetworkNode,
  groups: SecurityGroups,
  graph: EnvironmentGraph,
): readonly PortRange[] {
  const egress = groupsInForce(from, graph)
    .flatMap((group) => groups.rulesOf(group))
    .filter(({ direction }) => direction === 'egress');
  const acls = new Set([...from.subnets, ...to.subnets].flatMap((subnet) => aclsOf(subnet, graph)));
  const entries = [...acls].flatMap((acl) => entriesOf(acl, graph));
  return [
    ...egress.map(({ ports }) => ports),
    ...entries.flatMap(({ properties }) => {
      const [begin, end] = ['From', 'To'].map((key) => numeric(at(properties, 'PortRange', key)));
      return begin === undefined || end === undefined ? [] : [{ from: begin, to: end }];
    }),
  ];
}

/** `443`, `80-90`, `udp 53`, `icmp`. */
export function portText({ from, to }: PortRange, protocol = 'tcp'): string {
  if (!['tcp', 'udp', '-1'].includes(protocol) && !hasUnknown(protocol)) return protocol;
  const range = from === to ? String(from) : `${from}-${to}`;
  return protocol === 'udp' ? `udp ${range}` : range;
}
