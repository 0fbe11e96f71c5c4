import type { Reachability } from '../network/reachability.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, numeric, text } from '../values.ts';

/** Names under which the Internet asks for the shop. */
export function publicHosts(graph: EnvironmentGraph): string[] {
  return graph
    .ofType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => list(at(distribution.properties, 'DistributionConfig', 'Aliases')))
    .flatMap((alias) => text(alias) ?? []);
}

export interface PublicListener {
  readonly listener: Resource;
  readonly balancer: Resource;
}

/** Listeners that a VPC origin leads to. */
export function publicListeners(graph: EnvironmentGraph, reachability: Reachability): PublicListener[] {
  return graph
    .ofType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => reachability.vpcOriginsOf(distribution))
    .flatMap(({ balancer, port }) =>
      graph
        .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
        .filter((listener) => numeric(listener.properties.Port) === port)
        .map((listener) => ({ listener, balancer })),
    );
}

/** The web ACL that a load balancer asks before its listeners. */
export function regionalWebAcl(graph: EnvironmentGraph, balancer: Resource): Resource | undefined {
  const [association] = graph.referring(balancer, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn');
  return graph.target(association?.properties.WebACLArn, 'AWS::WAFv2::WebACL');
}
