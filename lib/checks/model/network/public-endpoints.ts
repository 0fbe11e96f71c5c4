import { constructPath } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, at, hasUnknown, isTrue, list, text } from '../values.ts';
import { everyAddress, ipv4Range, isPublicRange } from './addresses.ts';

/** An address that AWS keeps for a resource on the Internet, whatever groups and routes its own interfaces have. */
export interface PublicEndpoint {
  readonly to: string;
  readonly resource: Resource;
  readonly ports: readonly number[];
  readonly decided: boolean;
}

interface Kind {
  readonly ports: readonly number[];
  /** Whether it is on the Internet; undefined when only a deploy, or somebody's permissions, tell. */
  readonly isPublic: (properties: Resource['properties']) => boolean | undefined;
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html: public unless it is in a VPC. */
const searchDomain: Kind = {
  ports: [443],
  isPublic: ({ VPCOptions }) =>
    hasUnknown(VPCOptions) || list(at(VPCOptions, 'SubnetIds')).some(hasUnknown)
      ? undefined
      : list(at(VPCOptions, 'SubnetIds')).length === 0,
};

const kinds: Readonly<Record<string, Kind>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html: public unless it is told not to be.
  'AWS::EKS::Cluster': {
    ports: [443],
    isPublic: ({ ResourcesVpcConfig }) => {
      const access = at(ResourcesVpcConfig, 'EndpointPublicAccess') ?? true;
      const blocks = list(at(ResourcesVpcConfig, 'PublicAccessCidrs'));
      if (!isTrue(access) && !hasUnknown(access)) return false;
      if (hasUnknown(access) || blocks.some(hasUnknown)) return undefined;
      return blocks.length === 0 || blocks.some((block) => isPublicRange(ipv4Range(block) ?? everyAddress));
    },
  },
  'AWS::Transfer::Server': {
    ports: [22],
    isPublic: ({ EndpointType }) =>
      hasUnknown(EndpointType) ? undefined : (text(EndpointType) ?? 'PUBLIC') === 'PUBLIC',
  },
  // Public brokers of RabbitMQ have no groups at all.
  'AWS::AmazonMQ::Broker': {
    ports: [443, 5671],
    isPublic: ({ EngineType, PubliclyAccessible }) => {
      if (hasUnknown(EngineType) || hasUnknown(PubliclyAccessible)) return undefined;
      return isTrue(PubliclyAccessible) && /rabbit/i.test(asWritten(EngineType));
    },
  },
  'AWS::OpenSearchService::Domain': searchDomain,
  'AWS::Elasticsearch::Domain': searchDomain,
  // Whoever IAM lets open a tunnel comes through it from anywhere.
  'AWS::EC2::InstanceConnectEndpoint': { ports: [22, 3389], isPublic: () => undefined },
};

export function publicEndpoints(graph: EnvironmentGraph): readonly PublicEndpoint[] {
  return Object.entries(kinds).flatMap(([type, { ports, isPublic }]) =>
    graph.ofType(type).flatMap((resource) => {
      const answer = isPublic(resource.properties);
      if (answer === false) return [];
      return [
        { to: constructPath(resource), resource, ports, decided: answer === true && !resource.conditional },
      ];
    }),
  );
}
