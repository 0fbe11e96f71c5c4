import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, map, numeric, type Value } from '../values.ts';
import type { NetworkNode } from './interfaces.ts';

export interface VpcOrigin {
  readonly resource: Resource;
  readonly balancer: Resource;
  readonly port: number;
}

/** Load balancers behind a distribution, with the port it connects to. */
export function vpcOriginsOf(distribution: Resource, graph: EnvironmentGraph): readonly VpcOrigin[] {
  return list(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) => {
    const resource = graph.target(at(origin, 'VpcOriginConfig', 'VpcOriginId'), 'AWS::CloudFront::VpcOrigin');
    const config = map(resource?.properties.VpcOriginEndpointConfig);
    const balancer = graph.target(config.Arn, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    if (!resource || !balancer) return [];
    const plain = config.OriginProtocolPolicy === 'http-only';
    const port = numeric(plain ? config.HTTPPort : config.HTTPSPort) ?? (plain ? 80 : 443);
    return [{ resource, balancer, port }];
  });
}

/** Whom a service lets connect to what it carries traffic to. */
interface Carrier {
  readonly type: string;
  readonly from: string;
  /** Values that name what is reached: a load balancer, an instance, or a listener of the former. */
  readonly to: (properties: Resource['properties']) => readonly (Value | undefined)[];
}

/** Services that bring connections to private interfaces: their own entrances are elsewhere. */
const carriers: readonly Carrier[] = [
  {
    type: 'AWS::GlobalAccelerator::EndpointGroup',
    from: 'Internet',
    to: ({ EndpointConfigurations }) => list(EndpointConfigurations).map((each) => at(each, 'EndpointId')),
  },
  { type: 'AWS::ApiGateway::VpcLink', from: 'Internet', to: ({ TargetArns }) => list(TargetArns) },
  {
    type: 'AWS::ApiGatewayV2::Integration',
    from: 'Internet',
    to: ({ ConnectionType, IntegrationUri }) => (ConnectionType === 'VPC_LINK' ? [IntegrationUri] : []),
  },
  {
    type: 'AWS::EC2::VPCEndpointService',
    from: 'whoever connects to the endpoint service',
    to: ({ NetworkLoadBalancerArns }) => list(NetworkLoadBalancerArns),
  },
  {
    type: 'AWS::EC2::VerifiedAccessEndpoint',
    from: 'Internet',
    to: ({ LoadBalancerOptions, NetworkInterfaceOptions }) => [
      at(LoadBalancerOptions, 'LoadBalancerArn'),
      at(NetworkInterfaceOptions, 'NetworkInterfaceId'),
    ],
  },
  {
    type: 'AWS::VpcLattice::TargetGroup',
    from: 'whoever uses the service network',
    to: ({ Targets }) => list(Targets).map((each) => at(each, 'Id')),
  },
  {
    type: 'AWS::VpcLattice::ResourceConfiguration',
    from: 'whoever uses the service network',
    to: ({ ResourceGatewayId }) => [ResourceGatewayId],
  },
];

export interface Carried {
  readonly from: string;
  readonly to: NetworkNode;
  readonly by: Resource;
}

/** Connections that a service opens to nodes for somebody outside the VPC; what it asks of them is not read here. */
export function* carried(nodes: readonly NetworkNode[], graph: EnvironmentGraph): Generator<Carried> {
  for (const { type, from, to } of carriers) {
    for (const by of graph.ofType(type)) {
      for (const { value } of to(by.properties).flatMap((each) => graph.possible(each))) {
        const listener = graph.target(value, 'AWS::ElasticLoadBalancingV2::Listener');
        const reached = listener ? graph.target(listener.properties.LoadBalancerArn) : graph.target(value);
        for (const node of nodes) if (node.resource === reached) yield { from, to: node, by };
      }
    }
  }
}
