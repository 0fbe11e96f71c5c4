import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, numeric, text } from '../values.ts';
import { defaultPorts } from './default-ports.ts';

/** What has an interface in a VPC, as the rules about the network tell it apart. */
export type NodeKind =
  | 'task'
  | 'function'
  | 'instance'
  | 'load-balancer'
  | 'database'
  | 'file-system'
  | 'endpoint'
  | 'vpn'
  | 'browser'
  | 'proxy'
  | 'cache'
  | 'build'
  | 'other';

/** Where people come in who administer the shop. */
export const waysInForPeople: ReadonlySet<NodeKind> = new Set(['vpn', 'browser']);

/** Where a type keeps what its interface is made of. */
export interface Shape {
  readonly kind: NodeKind;
  readonly groups: Path;
  readonly subnets?: Path;
  /** A property that names a subnet group, and the types it may be of. */
  readonly subnetGroup?: readonly [property: string, ...types: readonly string[]];
  readonly ports?: (resource: Resource, graph: EnvironmentGraph) => readonly number[] | undefined;
  /** Property that gives it a public address when it is `true` or `ENABLED`. */
  readonly isPublic?: Path;
  /** Without groups and subnets it has no interface in a VPC of ours. */
  readonly onlyInVpc?: true;
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
const vpcConfig = { groups: ['VpcConfig', 'SecurityGroupIds'], onlyInVpc: true } as const;

export const shapes: Readonly<Record<string, Shape>> = {
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
    onlyInVpc: true,
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
  'AWS::RDS::DBCluster': { ...database, isPublic: ['PubliclyAccessible'] },
  'AWS::Neptune::DBCluster': { ...database, isPublic: ['PubliclyAccessible'] },
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
    onlyInVpc: true,
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
  'AWS::EKS::Cluster': {
    kind: 'other',
    groups: ['ResourcesVpcConfig', 'SecurityGroupIds'],
    subnets: ['ResourcesVpcConfig', 'SubnetIds'],
    ports: () => [443],
  },
  'AWS::EKS::Nodegroup': { kind: 'instance', groups: ['SecurityGroupIds'], subnets: ['Subnets'] },
  'AWS::EKS::FargateProfile': { kind: 'task', groups: ['SecurityGroupIds'], subnets: ['Subnets'] },
  'AWS::EC2::InstanceConnectEndpoint': { kind: 'other', groups: ['SecurityGroupIds'], subnets: ['SubnetId'] },
  'AWS::AmazonMQ::Broker': {
    kind: 'other',
    groups: ['SecurityGroups'],
    subnets: ['SubnetIds'],
    isPublic: ['PubliclyAccessible'],
  },
  'AWS::DMS::ReplicationInstance': {
    kind: 'other',
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: ['ReplicationSubnetGroupIdentifier', 'AWS::DMS::ReplicationSubnetGroup'],
    isPublic: ['PubliclyAccessible'],
  },
  'AWS::DAX::Cluster': {
    kind: 'cache',
    groups: ['SecurityGroupIds'],
    subnetGroup: ['SubnetGroupName', 'AWS::DAX::SubnetGroup'],
    ports: () => [8111, 9111],
  },
  'AWS::RedshiftServerless::Workgroup': {
    kind: 'database',
    groups: ['SecurityGroupIds'],
    subnets: ['SubnetIds'],
    ports: defaultPorts,
    isPublic: ['PubliclyAccessible'],
  },
  // Nothing in the VPC connects to a session: people see it as a picture, through AWS.
  'AWS::WorkSpacesWeb::NetworkSettings': {
    kind: 'browser',
    groups: ['SecurityGroupIds'],
    subnets: ['SubnetIds'],
    ports: () => [],
  },
  'AWS::EC2::VPCEndpoint': {
    kind: 'endpoint',
    groups: ['SecurityGroupIds'],
    subnets: ['SubnetIds'],
    ports: endpointPorts,
    onlyInVpc: true,
  },
};

/** Endpoints of AWS services that speak something else than HTTPS, or that as well, and those of other people. */
function endpointPorts({ properties }: Resource): readonly number[] | undefined {
  const service = text(properties.ServiceName) ?? '';
  const isHttps =
    /^com\.amazonaws\.[a-z0-9-]+\.[a-z0-9.-]+$/.test(service) &&
    !/\.(vpce|email-smtp|cassandra|iot|transfer|git-codecommit|elasticfilesystem|kafka|rds|redshift|elasticache|memory-db|workspaces|directory|ds|neptune|aps|sftp|greengrass)\b/.test(
      service,
    );
  if (!isHttps) return undefined;
  // Services whose endpoints take plain HTTP too: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
  return /\.(s3|dynamodb|sqs|sns|ec2|monitoring)$/.test(service) ? [80, 443] : [443];
}
