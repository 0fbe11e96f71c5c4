import { constructPath } from '../declarations.ts';
import { readings } from '../readings.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import {
  at,
  hasUnknown,
  isMap,
  list,
  map,
  numeric,
  token,
  tokensIn,
  unknown,
  type Value,
  type ValueMap,
} from '../values.ts';
import { addressesOf, anyTrue, hasElasticIp, mapped, publicAs, truth } from './interface-addresses.ts';
import { groupOf } from './security-groups.ts';
import { type NodeKind, type Shape, shapes } from './shapes.ts';

/** Something with a network interface in the VPC; what has several is several of these. */
export interface NetworkNode {
  readonly resource: Resource;
  readonly name: string;
  readonly kind: NodeKind;
  readonly groups: readonly Resource[];
  /** Groups that these templates do not make, as they are written; perhaps one of theirs after all. */
  readonly otherGroups: readonly Value[];
  /** Whether no group is asked: a network load balancer that was made without one. */
  readonly unfiltered: boolean;
  readonly subnets: readonly Resource[];
  /** Whether all its subnets are known. */
  readonly subnetsKnown: boolean;
  /** Its VPC as it is written, where anything tells; the same text is the same VPC. */
  readonly vpc: Value | undefined;
  /** Ports it listens on; undefined for whatever its groups let in. */
  readonly ports: readonly number[] | undefined;
  /** Addresses of its own, where the template gives them all. */
  readonly addresses: readonly string[];
  /** Whether it gets a public address of its own; undefined when the template leaves that open. */
  readonly publicAddress: boolean | undefined;
  /** Whether it is made this way whatever a deploy decides. */
  readonly certain: boolean;
}

/** Everything of the templates that has an interface in a VPC. */
export function* networkNodes(graph: EnvironmentGraph): Generator<NetworkNode> {
  for (const [type, shape] of Object.entries(shapes)) {
    for (const resource of graph.ofType(type)) yield* nodesOf(resource, shape, graph);
  }
  for (const resource of graph.resources) if (!isKnown(resource)) yield* carriers(resource, graph);
  for (const vpn of graph.ofType('AWS::EC2::ClientVpnEndpoint')) {
    const attached = graph
      .ofType('AWS::EC2::ClientVpnTargetNetworkAssociation')
      .filter(({ properties }) => mayRefer(properties.ClientVpnEndpointId, vpn, graph) !== 'no')
      .flatMap((association) => association.properties.SubnetId ?? []);
    // A door that is shut may be open tomorrow: what it could be attached to counts as attached.
    const atTimes = graph
      .ofType('Custom::VpnDoor')
      .filter(({ properties }) => mayRefer(properties.EndpointId, vpn, graph) !== 'no')
      .flatMap((door) => list(door.properties.SubnetIds));
    const subnets = [...attached, ...atTimes];
    const { SecurityGroupIds, VpcId } = vpn.properties;
    yield nodeOf(vpn, 'vpn', { groups: SecurityGroupIds, subnets, vpc: VpcId }, graph);
  }
  for (const card of graph.ofType('AWS::EC2::NetworkInterface')) yield networkInterface(card, graph);
}

function* nodesOf(resource: Resource, shape: Shape, graph: EnvironmentGraph): Generator<NetworkNode> {
  if (resource.type === 'AWS::RDS::DBInstance' && resource.properties.DBClusterIdentifier !== undefined)
    return;
  const all = readings(launched(resource, graph), graph);
  for (const properties of all) {
    if (!isMap(properties)) continue;
    for (const node of nodesAs(resource, properties, shape, graph))
      yield all.length === 1 ? node : { ...node, certain: false };
  }
}

/** The properties of a resource; an instance has besides its own what its launch template says. */
function launched({ type, properties }: Resource, graph: EnvironmentGraph): ValueMap {
  if (type !== 'AWS::EC2::Instance') return properties;
  const written = properties.LaunchTemplate;
  const template = graph.target(
    at(written, 'LaunchTemplateId') ?? at(written, 'LaunchTemplateName'),
    'AWS::EC2::LaunchTemplate',
  );
  const elsewhere =
    written !== undefined && !template ? { SecurityGroupIds: [unknown('launch template')] } : {};
  return { ...elsewhere, ...map(template?.properties.LaunchTemplateData), ...properties };
}

function* nodesAs(
  resource: Resource,
  properties: ValueMap,
  shape: Shape,
  graph: EnvironmentGraph,
): Generator<NetworkNode> {
  const groups = groupsOf(resource, properties, shape, graph);
  const subnets = subnetsOf(resource, properties, shape, graph);
  if (shape.onlyInVpc && list(groups).length === 0 && list(subnets).length === 0) return;
  if (properties.VpcEndpointType === 'GatewayLoadBalancer') return;
  const data = at(properties, 'LaunchTemplateData') ?? properties;
  const elastic = hasElasticIp(resource, graph);
  const cards = list(at(data, 'NetworkInterfaces'));
  for (const card of cards) {
    // An interface made apart is a node of its own.
    if (at(card, 'NetworkInterfaceId') !== undefined) continue;
    const own = {
      groups: hasUnknown(card) ? card : (at(card, 'GroupSet') ?? at(card, 'Groups')),
      subnets: at(card, 'SubnetId') ?? subnets,
      vpc: undefined,
    };
    yield {
      ...nodeOf(resource, shape.kind, own, graph),
      addresses: addressesOf(card),
      publicAddress: anyTrue(
        elastic,
        truth(at(card, 'AssociatePublicIpAddress')),
        cards.length === 1 ? mapped(own.subnets, card, graph) : undefined,
      ),
    };
  }
  if (cards.length > 0) return;
  const balancer = resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer';
  const node = nodeOf(resource, shape.kind, { groups, subnets, vpc: properties.VpcId }, graph);
  yield {
    ...node,
    unfiltered: balancer && properties.Type === 'network' && list(groups).length === 0,
    ports: balancer ? listenerPorts(resource, graph) : shape.ports?.({ ...resource, properties }, graph),
    addresses: addressesOf(properties),
    publicAddress: anyTrue(
      elastic,
      shape.isPublic ? publicAs(resource, at(properties, ...shape.isPublic), graph) : false,
      shape.kind === 'instance' ? mapped(subnets, properties, graph) : false,
    ),
  };
}

function groupsOf(
  { type }: Resource,
  properties: ValueMap,
  shape: Shape,
  graph: EnvironmentGraph,
): Value | undefined {
  const written =
    at(properties, ...shape.groups) ?? at(properties, ...shape.groups.slice(0, -1), 'SecurityGroups');
  const { Type } = properties;
  if (type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && hasUnknown(Type) && list(written).length === 0)
    return [unknown('groups of a balancer of this type')];
  if (!type.startsWith('AWS::EKS::') || at(properties, 'LaunchTemplate') !== undefined) return written;
  // What EKS makes wears a group that comes with the cluster:
  // https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
  return [...list(written), clusterGroup(properties.ClusterName, graph)];
}

function clusterGroup(name: Value | undefined, graph: EnvironmentGraph): Value {
  const cluster = graph.target(name, 'AWS::EKS::Cluster');
  return cluster
    ? token(cluster.stack, cluster.logicalId, 'ClusterSecurityGroupId')
    : unknown('group of the cluster');
}

function subnetsOf(
  resource: Resource,
  properties: ValueMap,
  shape: Shape,
  graph: EnvironmentGraph,
): Value | undefined {
  if (shape.subnets) {
    const mappings = list(properties.SubnetMappings).map((each) => at(each, 'SubnetId') ?? '');
    return at(properties, ...shape.subnets) ?? (mappings.length > 0 ? mappings : undefined);
  }
  if (!shape.subnetGroup) return startedIn(resource, graph);
  const [property, ...types] = shape.subnetGroup;
  return graph.target(properties[property], ...types)?.properties.SubnetIds;
}

/** What starts hosts from a template anywhere else than where an Auto Scaling group or an instance says. */
const otherStarters = [
  'AWS::EC2::EC2Fleet',
  'AWS::EC2::SpotFleet',
  'AWS::EKS::Nodegroup',
  'AWS::Batch::ComputeEnvironment',
] as const;

/** Subnets in which a launch template or configuration is used; undefined when nobody can tell. */
function startedIn(template: Resource, graph: EnvironmentGraph): Value | undefined {
  if (graph.ofType(...otherStarters).length > 0) return undefined;
  const launch = ['LaunchTemplateId', 'LaunchTemplateName'];
  const users = graph
    .ofType('AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance')
    .filter(({ properties }) =>
      [
        ...launch.map((key) => at(properties, 'LaunchTemplate', key)),
        ...launch.map((key) =>
          at(properties, 'MixedInstancesPolicy', 'LaunchTemplate', 'LaunchTemplateSpecification', key),
        ),
        properties.LaunchConfigurationName,
      ].some((value) => graph.target(value, template.type) === template),
    );
  const subnets = users.map(({ properties }) => properties.VPCZoneIdentifier ?? properties.SubnetId);
  return subnets.some((each) => each === undefined) ? undefined : subnets.flatMap((each) => list(each));
}

interface Written {
  readonly groups: Value | undefined;
  readonly subnets: Value | undefined;
  readonly vpc: Value | undefined;
}

function nodeOf(resource: Resource, kind: NodeKind, written: Written, graph: EnvironmentGraph): NetworkNode {
  const known: Resource[] = [];
  const others: Value[] = [];
  let certain = !resource.conditional;
  for (const { value, certain: sure } of graph.possible(written.groups)) {
    const group = groupOf(at(value, 'GroupId') ?? value, graph);
    if (group) known.push(group);
    else others.push(value);
    certain &&= sure;
  }
  const places = graph.possible(written.subnets).map(({ value, certain: sure }) => {
    certain &&= sure;
    return graph.target(value, 'AWS::EC2::Subnet');
  });
  const subnets = places.flatMap((subnet) => subnet ?? []);
  return {
    resource,
    name: constructPath(resource),
    kind,
    groups: known,
    otherGroups: others,
    unfiltered: false,
    subnets,
    subnetsKnown: places.length > 0 && subnets.length === places.length,
    vpc:
      [...subnets, ...known].map(({ properties }) => properties.VpcId).find((vpc) => vpc !== undefined) ??
      written.vpc,
    ports: undefined,
    addresses: [],
    publicAddress: false,
    certain,
  };
}

/** An interface made by hand acts for whatever it is attached to. */
function networkInterface(card: Resource, graph: EnvironmentGraph): NetworkNode {
  const { GroupSet, SubnetId } = card.properties;
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
    ...nodeOf(card, 'instance', { groups: GroupSet, subnets: SubnetId, vpc: undefined }, graph),
    name: constructPath(instance ?? card),
    addresses: addressesOf(card.properties),
    publicAddress: anyTrue(hasElasticIp(card, graph), instance && hasElasticIp(instance, graph)),
  };
}

// ------------------------------------------------------------------------------------ types without a shape

/** Types that speak of groups or subnets without having an interface of their own. */
const others =
  /^(Custom::|AWS::(CloudFormation|SSM|IAM|CDK)::|AWS::EC2::(SecurityGroup|Subnet|NetworkInterface|ClientVpn|VPC))/;

function isKnown({ type }: Resource): boolean {
  return shapes[type] !== undefined || others.test(type);
}

/** Whatever else is given a security group has an interface that wears it, or makes one that does. */
function* carriers(resource: Resource, graph: EnvironmentGraph): Generator<NetworkNode> {
  for (const holder of mapsIn(resource.properties)) {
    const entries = Object.entries(holder);
    const groups = entries.flatMap(([key, value]) =>
      isGroupKey(key) && !isMap(value) ? list(value) : groupsInText(value, graph),
    );
    if (groups.length === 0) continue;
    const subnets = entries.find(([key]) => /subnet/i.test(key) && !/group/i.test(key))?.[1];
    for (const reading of readings({ groups, subnets, vpc: holder.VpcId }, graph)) {
      const { groups: own, subnets: places, vpc } = map(reading);
      const node = nodeOf(resource, 'other', { groups: own, subnets: places, vpc }, graph);
      const said = entries.find(([key]) => /^(PubliclyAccessible|Ass\w+PublicIp\w*)$/.test(key))?.[1];
      yield { ...node, publicAddress: said === undefined ? undefined : truth(said) };
    }
  }
}

function isGroupKey(key: string): boolean {
  return /securitygroup/i.test(key) && !/ingress|egress|source|destination|name|owner|description/i.test(key);
}

/** Groups of the templates in a text that holds more, such as the definition of a state machine, or in a plain value. */
function groupsInText(value: Value | undefined, graph: EnvironmentGraph): readonly Value[] {
  return list(value).flatMap((each) =>
    typeof each !== 'string'
      ? []
      : tokensIn(each).flatMap(({ stack, logicalId, attribute }) =>
          graph.get(stack, logicalId)?.type === 'AWS::EC2::SecurityGroup'
            ? [token(stack, logicalId, attribute)]
            : [],
        ),
  );
}

function* mapsIn(value: Value | undefined, depth = 0): Generator<ValueMap> {
  if (depth > 6) return;
  if (isMap(value)) yield value;
  const parts = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  for (const part of parts) yield* mapsIn(part, depth + 1);
}

/** @returns undefined for a balancer whose listeners are not all known, or are made elsewhere */
function listenerPorts(balancer: Resource, graph: EnvironmentGraph): readonly number[] | undefined {
  const ports = graph
    .ofType('AWS::ElasticLoadBalancingV2::Listener')
    .filter(({ properties }) => mayRefer(properties.LoadBalancerArn, balancer, graph) !== 'no')
    .map(({ properties }) => numeric(properties.Port));
  return ports.length === 0 || ports.includes(undefined) ? undefined : ports.flatMap((port) => port ?? []);
}
