import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, list, map, numeric, type Value, type ValueMap } from '../values.ts';
import type { NetworkNode } from './interfaces.ts';
import { everyPort, type PortRange } from './security-groups.ts';

export interface VpcOrigin {
  readonly resource: Resource;
  readonly balancer: Resource;
  /** Undefined when only a deploy knows it. */
  readonly port: number | undefined;
}

/** Load balancers behind a distribution, with each port it connects to. */
export function vpcOriginsOf(distribution: Resource, graph: EnvironmentGraph): readonly VpcOrigin[] {
  return list(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) => {
    const resource = graph.target(at(origin, 'VpcOriginConfig', 'VpcOriginId'), 'AWS::CloudFront::VpcOrigin');
    const config = map(resource?.properties.VpcOriginEndpointConfig);
    const balancer = graph.target(config.Arn, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    if (!resource || !balancer) return [];
    return originPorts(config).map((port) => ({ resource, balancer, port }));
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-vpcorigin-vpcoriginendpointconfig.html */
function originPorts({ OriginProtocolPolicy, HTTPPort, HTTPSPort }: ValueMap): (number | undefined)[] {
  const portOf = (written: Value | undefined, initial: number) =>
    hasUnknown(written) ? undefined : (numeric(written) ?? initial);
  return [
    ...(OriginProtocolPolicy === 'http-only' ? [] : [portOf(HTTPSPort, 443)]),
    ...(OriginProtocolPolicy === 'https-only' ? [] : [portOf(HTTPPort, 80)]),
  ];
}

/** Whom a service lets connect to what it carries traffic to. */
interface Carrier {
  readonly type: string;
  readonly from: string;
  /** Values that name what is reached: a load balancer, an instance, or a listener of the former. */
  readonly to: (properties: Resource['properties']) => readonly (Value | undefined)[];
  /** Ports that it connects to; all that the node listens on when left out. */
  readonly ports?: (properties: Resource['properties']) => readonly (number | undefined)[];
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
  {
    // Any distribution of the account may use it; those of the templates are looked at themselves.
    type: 'AWS::CloudFront::VpcOrigin',
    from: 'Internet',
    to: ({ VpcOriginEndpointConfig }) => [at(VpcOriginEndpointConfig, 'Arn')],
    ports: ({ VpcOriginEndpointConfig }) => originPorts(map(VpcOriginEndpointConfig)),
  },
];

export interface Carried {
  readonly from: string;
  readonly to: NetworkNode;
  readonly by: Resource;
  readonly ports: readonly PortRange[];
}

/** Connections that a service opens to nodes for somebody outside the VPC; what it asks of them is not read here. */
export function* carried(nodes: readonly NetworkNode[], graph: EnvironmentGraph): Generator<Carried> {
  const shown = new Set(
    graph
      .ofType('AWS::CloudFront::Distribution')
      .flatMap((distribution) => vpcOriginsOf(distribution, graph).map(({ resource }) => resource)),
  );
  for (const { type, from, to, ports } of carriers) {
    for (const by of graph.ofType(type).filter((each) => !shown.has(each))) {
      for (const { value } of to(by.properties).flatMap((each) => graph.possible(each))) {
        const listener = graph.target(value, 'AWS::ElasticLoadBalancingV2::Listener');
        const reached = listener ? graph.target(listener.properties.LoadBalancerArn) : graph.target(value);
        for (const node of nodes) {
          if (node.resource !== reached) continue;
          yield {
            from,
            to: node,
            by,
            ports: (ports?.(by.properties) ?? node.ports ?? [undefined]).map(rangeOf),
          };
        }
      }
    }
  }
}

/** A port alone; any where nobody knows it. */
export function rangeOf(port: number | undefined): PortRange {
  return port === undefined ? everyPort : { from: port, to: port };
}
