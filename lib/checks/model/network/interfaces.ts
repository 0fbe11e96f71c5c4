import { constructPath } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, isTrue, list, map, numeric, text, type Value } from '../values.ts';
import { defaultPorts } from './default-ports.ts';

/** Something with a network interface in the VPC; what has several is several of these. */
export interface NetworkNode {
  readonly resource: Resource;
  readonly name: string;
  readonly kind:
    | 'task'
    | 'function'
    | 'instance'
    | 'load-balancer'
    | 'database'
    | 'file-system'
    | 'endpoint'
    | 'vpn'
    | 'proxy'
    | 'cache'
    | 'build';
  readonly groups: readonly Resource[];
  /** Groups that these templates do not make, as they are written; perhaps one of theirs after all. */
  readonly otherGroups: readonly Value[];
  readonly subnets: readonly Resource[];
  /** Whether all its subnets are known. */
  readonly subnetsKnown: boolean;
  /** Ports it listens on; undefined for whatever its groups let in. */
  readonly ports: readonly number[] | undefined;
  /** Addresses of its own, where the template gives them. */
  readonly addresses: readonly string[];
  /** Whether it gets a public address of its own; undefined when the template leaves that open. */
  readonly publicAddress: boolean | undefined;
}

/** Where a type keeps what its interface is made of. */
interface Shape {
  readonly kind: NetworkNode['kind'];
  readonly groups: Path;
  readonly subnets?: Path;
  /** A property that names a subnet group, and the types it may be of. */
  readonly subnetGroup?: readonly [property: string, ...types: readonly string[]];
  readonly ports?: (resource: Resource) => readonly number[] | undefined;
  /** Property that gives it a public address when it is `true` or `ENABLED`. */
  readonly isPublic?: Path;
  /** Without groups it has no interface in a VPC of ours. */
  readonly onlyWithGroups?: true;
}
type Path = readonly (string | number)[];

const rds = ['AWS::RDS::DBSubnetGroup', 'AWS::Neptune::DBSubnetGroup', 'AWS::DocDB::DBSubnetGroup'] as const;
const database: Shape = {
  kind: 'database',
  groups: ['VpcSecurityGroupIds'],
  subnetGroup: ['DBSubnetGroupName', ...rds],
  ports: defaultPorts,
};
const ecs: Shape = {
  kind: 'task',
  groups: ['NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'],
  subnets: ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'],
  isPublic: ['NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp'],
};
const vpcConfig = { groups: ['VpcConfig', 'SecurityGroupIds'], onlyWithGroups: true } as const;

const shapes: Readonly<Record<string, Shape>> = {
  'AWS::ECS::Service': ecs,
  'AWS::ECS::TaskSet': ecs,
  'AWS::Lambda::Function': { kind: 'function', ...vpcConfig, subnets: ['VpcConfig', 'SubnetIds'] },
  'AWS::CodeBuild::Project': { kind: 'build', ...vpcConfig, subnets: ['VpcConfig', 'Subnets'] },
  'AWS::EC2::Instance': { kind: 'instance', groups: ['SecurityGroupIds'], subnets: ['SubnetId'] },
  'AWS::EC2::LaunchTemplate': { kind: 'instance', groups: ['LaunchTemplateData', 'SecurityGroupIds'] },
  'AWS::AutoScaling::LaunchConfiguration': {
    kind: 'instance',
    groups: ['SecurityGroups'],
    isPublic: ['AssociatePublicIpAddress'],
  },
  'AWS::SageMaker::NotebookInstance': {
    kind: 'instance',
    groups: ['SecurityGroupIds'],
    subnets: ['SubnetId'],
    onlyWithGroups: true,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    kind: 'load-balancer',
    groups: ['SecurityGroups'],
    subnets: ['Subnets'],
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    kind: 'load-balancer',
    groups: ['SecurityGroups'],
    subnets: ['Subnets'],
    ports: ({ properties }) =>
      list(properties.Listeners).flatMap((listener) => numeric(at(listener, 'LoadBalancerPort')) ?? []),
  },
  'AWS::RDS::DBCluster': database,
  'AWS::Neptune::DBCluster': database,
  'AWS::DocDB::DBCluster': database,
  'AWS::RDS::DBInstance': { ...database, groups: ['VPCSecurityGroups'], isPublic: ['PubliclyAccessible'] },
  'AWS::Redshift::Cluster': {
    kind: 'database',
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: ['ClusterSubnetGroupName', 'AWS::Redshift::ClusterSubnetGroup'],
    ports: defaultPorts,
    isPublic: ['PubliclyAccessible'],
  },
  'AWS::OpenSearchService::Domain': {
    kind: 'database',
    groups: ['VPCOptions', 'SecurityGroupIds'],
    subnets: ['VPCOptions', 'SubnetIds'],
    ports: defaultPorts,
    onlyWithGroups: true,
  },
  'AWS::RDS::DBProxy': {
    kind: 'proxy',
    groups: ['VpcSecurityGroupIds'],
    subnets: ['VpcSubnetIds'],
    ports: defaultPorts,
  },
  'AWS::ElastiCache::ReplicationGroup': {
    kind: 'cache',
    groups: ['SecurityGroupIds'],
    subnetGroup: ['CacheSubnetGroupName', 'AWS::ElastiCache::SubnetGroup'],
    ports: defaultPorts,
  },
  'AWS::ElastiCache::CacheCluster': {
    kind: 'cache',
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: ['CacheSubnetGroupName', 'AWS::ElastiCache::SubnetGroup'],
    ports: defaultPorts,
  },
  'AWS::ElastiCache::ServerlessCache': {
    kind: 'cache',
    groups: ['SecurityGroupIds'],
    subnets: ['SubnetIds'],
    ports: defaultPorts,
  },
  'AWS::MemoryDB::Cluster': {
    kind: 'cache',
    groups: ['SecurityGroupIds'],
    subnetGroup: ['SubnetGroupName', 'AWS::MemoryDB::SubnetGroup'],
    ports: defaultPorts,
  },
  'AWS::EFS::MountTarget': {
    kind: 'file-system',
    groups: ['SecurityGroups'],
    subnets: ['SubnetId'],
    ports: () => [2049],
  },
  'AWS::EC2::VPCEndpoint': {
    kind: 'endpoint',
    groups: ['SecurityGroupIds'],
    subnets: ['SubnetIds'],
    ports: () => [443],
    onlyWithGroups: true,
  },
};

/** Everything of the templates that has an interface in a VPC. */
export function* networkNodes(graph: EnvironmentGraph): Generator<NetworkNode> {
  for (const [type, shape] of Object.entries(shapes)) {
    for (const resource of graph.ofType(type)) yield* nodesOf(resource, shape, graph);
  }
  for (const vpn of graph.ofType('AWS::EC2::ClientVpnEndpoint')) {
    const associations = graph.referring(
      vpn,
      'AWS::EC2::ClientVpnTargetNetworkAssociation',
      'ClientVpnEndpointId',
    );
    const subnets = associations.flatMap((association) => association.properties.SubnetId ?? []);
    yield nodeOf(vpn, 'vpn', vpn.properties.SecurityGroupIds, subnets, graph);
  }
  for (const card of graph.ofType('AWS::EC2::NetworkInterface')) yield networkInterface(card, graph);
}

function* nodesOf(resource: Resource, shape: Shape, graph: EnvironmentGraph): Generator<NetworkNode> {
  const { properties, type } = resource;
  const isMember = type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier !== undefined;
  const groups = at(properties, ...shape.groups);
  if (isMember || (shape.onlyWithGroups && list(groups).length === 0)) return;
  const cards = [
    ...list(properties.NetworkInterfaces),
    ...list(at(properties, 'LaunchTemplateData', 'NetworkInterfaces')),
  ];
  for (const card of cards) {
    // An interface made apart is a node of its own.
    if (at(card, 'NetworkInterfaceId') !== undefined) continue;
    const own = at(card, 'GroupSet') ?? at(card, 'Groups');
    const node = nodeOf(resource, shape.kind, own, at(card, 'SubnetId') ?? properties.SubnetId, graph);
    yield {
      ...node,
      addresses: addressesOf(card),
      publicAddress: hasElasticIp(resource, graph) || truth(at(card, 'AssociatePublicIpAddress')),
    };
  }
  if (cards.length > 0) return;
  const node = nodeOf(resource, shape.kind, groups, subnetsOf(resource, shape, graph), graph);
  yield {
    ...node,
    ports:
      type === 'AWS::ElasticLoadBalancingV2::LoadBalancer'
        ? listenerPorts(resource, graph)
        : shape.ports?.(resource),
    addresses: addressesOf(properties),
    publicAddress:
      hasElasticIp(resource, graph) || (shape.isPublic ? truth(at(properties, ...shape.isPublic)) : false),
  };
}

function subnetsOf({ properties }: Resource, shape: Shape, graph: EnvironmentGraph): Value | undefined {
  if (shape.subnets) return at(properties, ...shape.subnets);
  if (!shape.subnetGroup) return undefined;
  const [property, ...types] = shape.subnetGroup;
  return graph.target(properties[property], ...types)?.properties.SubnetIds;
}

function nodeOf(
  resource: Resource,
  kind: NetworkNode['kind'],
  groups: Value | undefined,
  subnets: Value | undefined,
  graph: EnvironmentGraph,
): NetworkNode {
  const known: Resource[] = [];
  const others: Value[] = [];
  for (const { value } of graph.possible(groups)) {
    const group = graph.target(value, 'AWS::EC2::SecurityGroup');
    if (group) known.push(group);
    else others.push(value);
  }
  const places = graph.possible(subnets).map(({ value }) => graph.target(value, 'AWS::EC2::Subnet'));
  return {
    resource,
    name: constructPath(resource),
    kind,
    groups: known,
    otherGroups: others,
    subnets: places.flatMap((subnet) => subnet ?? []),
    subnetsKnown: places.length > 0 && places.every((subnet) => subnet !== undefined),
    ports: undefined,
    addresses: [],
    publicAddress: false,
  };
}

/** An interface made by hand acts for whatever it is attached to. */
function networkInterface(card: Resource, graph: EnvironmentGraph): NetworkNode {
  const { properties } = card;
  const node = nodeOf(card, 'instance', properties.GroupSet, properties.SubnetId, graph);
  const holder = graph
    .ofType('AWS::EC2::Instance')
    .find((instance) =>
      list(instance.properties.NetworkInterfaces).some(
        (each) => graph.target(at(each, 'NetworkInterfaceId'), card.type) === card,
      ),
    );
  const attached = graph.referring(card, 'AWS::EC2::NetworkInterfaceAttachment', 'NetworkInterfaceId')[0];
  const instance = holder ?? graph.target(attached?.properties.InstanceId, 'AWS::EC2::Instance');
  return {
    ...node,
    name: constructPath(instance ?? card),
    addresses: addressesOf(properties),
    publicAddress: hasElasticIp(card, graph) || (instance !== undefined && hasElasticIp(instance, graph)),
  };
}

function addressesOf(written: Value): readonly string[] {
  return [
    text(at(written, 'PrivateIpAddress')),
    ...list(at(written, 'PrivateIpAddresses')).map((each) => text(at(each, 'PrivateIpAddress'))),
    ...list(at(written, 'Ipv6Addresses')).map((each) => text(at(each, 'Ipv6Address'))),
  ].flatMap((address) => address ?? []);
}

function hasElasticIp(resource: Resource, graph: EnvironmentGraph): boolean {
  return (
    graph.referring(resource, 'AWS::EC2::EIP', 'InstanceId').length > 0 ||
    graph.referring(resource, 'AWS::EC2::EIPAssociation', 'InstanceId').length > 0 ||
    graph.referring(resource, 'AWS::EC2::EIPAssociation', 'NetworkInterfaceId').length > 0
  );
}

function truth(value: Value | undefined): boolean | undefined {
  if (hasUnknown(value)) return undefined;
  return isTrue(value) || value === 'ENABLED';
}

function listenerPorts(balancer: Resource, graph: EnvironmentGraph): readonly number[] | undefined {
  const ports = graph
    .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
    .map(({ properties }) => numeric(map(properties).Port));
  return ports.includes(undefined) ? undefined : ports.flatMap((port) => port ?? []);
}
