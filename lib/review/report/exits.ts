import type { EnvironmentReview } from '../../checks/check-templates.ts';
import { constructPath } from '../../checks/model/declarations.ts';
import type { NetworkNode } from '../../checks/model/network/interfaces.ts';
import { isNowhere, isPublicPeer } from '../../checks/model/network/security-groups.ts';
import type { Exit } from './proof.ts';

/** Everything with a way to the Internet: a group that lets it out, and a route of one of its subnets. */
export function exitsOf({ reachability, graph }: EnvironmentReview): Exit[] {
  const waysOut = (node: NetworkNode) => [
    ...new Set(
      node.subnets
        .flatMap((subnet) => reachability.internetRoutes(subnet))
        .map(({ route, through }) => {
          const gateway = graph.target(route.properties[through]);
          return gateway ? constructPath(gateway) : through;
        }),
    ),
  ];
  return reachability.nodes.flatMap((node) => {
    const ports = node.groups
      .flatMap((group) => reachability.rulesOf(group))
      .filter(({ direction, peer }) => direction === 'egress' && isPublicPeer(peer) && !isNowhere(peer))
      .map((rule) =>
        rule.ports.from === rule.ports.to ? String(rule.ports.from) : `${rule.ports.from}-${rule.ports.to}`,
      );
    return [...new Set(ports)].flatMap((port) =>
      waysOut(node).map((through) => ({ from: node.name, through, ports: port })),
    );
  });
}
