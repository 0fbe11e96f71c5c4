import { constructPath } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, map, numeric, text, type Value } from '../values.ts';

/** Something with a network interface in the VPC. */
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
  readonly subnets: readonly Resource[];
  /** Ports it listens on; undefined for whatever its groups let in. */
  readonly ports: readonly number[] | undefined;
}

const dataPorts: Readonly<Record<string, number>> = {
  mysql: 3306,
  mariadb: 3306,
  postgres: 5432,
  sqlserver: 1433,
  oracle: 1521,
  docdb: 27017,
  neptune: 8182,
};

/** Everything of the templates that has an interface in a VPC. */
export function* networkNodes(graph: EnvironmentGraph): Generator<NetworkNode> {
  const node = (
    resource: Resource,
    kind: NetworkNode['kind'],
    groups: Value | undefined,
    subnets: Value | undefined,
    ports?: readonly number[],
  ): NetworkNode => ({
    resource,
    name: constructPath(resource),
    kind,
    groups: list(groups).flatMap((value) => graph.target(value, 'AWS::EC2::SecurityGroup') ?? []),
    subnets: list(subnets).flatMap((value) => graph.target(value, 'AWS::EC2::Subnet') ?? []),
    ports,
  });
  for (const service of graph.ofType('AWS::ECS::Service', 'AWS::ECS::TaskSet')) {
    const vpc = at(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
    yield node(service, 'task', at(vpc, 'SecurityGroups'), at(vpc, 'Subnets'));
  }
  for (const code of graph.ofType('AWS::Lambda::Function')) {
    const vpc = map(code.properties.VpcConfig);
    if (list(vpc.SecurityGroupIds).length > 0)
      yield node(code, 'function', vpc.SecurityGroupIds, vpc.SubnetIds);
  }
  for (const project of graph.ofType('AWS::CodeBuild::Project')) {
    const vpc = map(project.properties.VpcConfig);
    if (list(vpc.SecurityGroupIds).length > 0)
      yield node(project, 'build', vpc.SecurityGroupIds, vpc.Subnets);
  }
  for (const instance of graph.ofType('AWS::EC2::Instance')) {
    const { properties } = instance;
    yield node(instance, 'instance', properties.SecurityGroupIds, properties.SubnetId);
  }
  for (const template of graph.ofType('AWS::EC2::LaunchTemplate')) {
    const data = map(template.properties.LaunchTemplateData);
    yield node(template, 'instance', data.SecurityGroupIds, undefined);
  }
  for (const balancer of graph.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    const listeners = graph.referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn');
    const ports = listeners.flatMap((listener) => numeric(listener.properties.Port) ?? []);
    const { properties } = balancer;
    yield node(balancer, 'load-balancer', properties.SecurityGroups, properties.Subnets, ports);
  }
  for (const cluster of graph.ofType(
    'AWS::RDS::DBCluster',
    'AWS::Neptune::DBCluster',
    'AWS::DocDB::DBCluster',
  )) {
    const group = graph.target(cluster.properties.DBSubnetGroupName, 'AWS::RDS::DBSubnetGroup');
    yield node(cluster, 'database', cluster.properties.VpcSecurityGroupIds, group?.properties.SubnetIds, [
      databasePort(cluster),
    ]);
  }
  for (const instance of graph.ofType('AWS::RDS::DBInstance')) {
    if (instance.properties.DBClusterIdentifier !== undefined) continue;
    const group = graph.target(instance.properties.DBSubnetGroupName, 'AWS::RDS::DBSubnetGroup');
    yield node(instance, 'database', instance.properties.VPCSecurityGroups, group?.properties.SubnetIds, [
      databasePort(instance),
    ]);
  }
  for (const proxy of graph.ofType('AWS::RDS::DBProxy')) {
    yield node(proxy, 'proxy', proxy.properties.VpcSecurityGroupIds, proxy.properties.VpcSubnetIds);
  }
  for (const cache of graph.ofType(
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::ServerlessCache',
  )) {
    const { properties } = cache;
    yield node(cache, 'cache', properties.SecurityGroupIds, properties.SubnetIds, [
      numeric(properties.Port) ?? 6379,
    ]);
  }
  for (const target of graph.ofType('AWS::EFS::MountTarget')) {
    yield node(target, 'file-system', target.properties.SecurityGroups, target.properties.SubnetId, [2049]);
  }
  for (const endpoint of graph.ofType('AWS::EC2::VPCEndpoint')) {
    const { properties } = endpoint;
    if (list(properties.SecurityGroupIds).length === 0) continue;
    yield node(endpoint, 'endpoint', properties.SecurityGroupIds, properties.SubnetIds, [443]);
  }
  for (const vpn of graph.ofType('AWS::EC2::ClientVpnEndpoint')) {
    const associations = graph.referring(
      vpn,
      'AWS::EC2::ClientVpnTargetNetworkAssociation',
      'ClientVpnEndpointId',
    );
    const subnets = associations.flatMap((association) => association.properties.SubnetId ?? []);
    yield node(vpn, 'vpn', vpn.properties.SecurityGroupIds, subnets);
  }
}

function databasePort(database: Resource): number {
  const engine = text(database.properties.Engine) ?? '';
  const usual = Object.entries(dataPorts).find(([name]) => engine.includes(name))?.[1] ?? 5432;
  // Aurora's older engine name says nothing of the dialect.
  return numeric(database.properties.Port) ?? (engine === 'aurora' ? 3306 : usual);
}
