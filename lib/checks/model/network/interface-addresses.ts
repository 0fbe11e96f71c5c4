import { either } from '../answers.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, isTrue, list, text, type Value } from '../values.ts';

/** All addresses of an interface, where the template gives each; none where a deploy picks one. */
export function addressesOf(written: Value): readonly string[] {
  const counted = [
    'SecondaryPrivateIpAddressCount',
    'Ipv4PrefixCount',
    'Ipv4Prefixes',
    'Ipv6AddressCount',
    'Ipv6Prefixes',
  ];
  if (counted.some((key) => at(written, key) !== undefined)) return [];
  const first = text(at(written, 'PrivateIpAddress'));
  const each = list(at(written, 'PrivateIpAddresses'));
  const isWhole = first !== undefined || each.some((one) => isTrue(at(one, 'Primary')));
  if (!isWhole && each.length > 0) return [];
  return [
    first,
    ...each.map((one) => text(at(one, 'PrivateIpAddress'))),
    ...list(at(written, 'Ipv6Addresses')).map((one) => text(at(one, 'Ipv6Address') ?? one)),
  ].flatMap((address) => address ?? []);
}

/** An instance takes what its subnet gives, unless it says otherwise. */
export function mapped(
  subnets: Value | undefined,
  card: Value,
  graph: EnvironmentGraph,
): boolean | undefined {
  if (at(card, 'AssociatePublicIpAddress') !== undefined) return false;
  const places = graph.possible(subnets).map(({ value }) => graph.target(value, 'AWS::EC2::Subnet'));
  if (places.length === 0) return undefined;
  return anyTrue(...places.map((subnet) => subnet && truth(subnet.properties.MapPublicIpOnLaunch)));
}

/** Databases that do not say are public where their VPC has an internet gateway: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export function publicAs(
  resource: Resource,
  written: Value | undefined,
  graph: EnvironmentGraph,
): boolean | undefined {
  const { type } = resource;
  if (type === 'AWS::RDS::DBCluster' || type === 'AWS::Neptune::DBCluster') {
    const members = graph.referring(resource, type.replace('DBCluster', 'DBInstance'), 'DBClusterIdentifier');
    const said = members.map(({ properties }) => properties.PubliclyAccessible);
    const unsaid = type === 'AWS::Neptune::DBCluster' ? false : undefined;
    return anyTrue(truth(written), ...said.map((each) => (each === undefined ? unsaid : truth(each))));
  }
  if (written !== undefined) return truth(written);
  // A replication instance is public unless it is told not to be.
  return type === 'AWS::DMS::ReplicationInstance'
    ? true
    : type === 'AWS::RDS::DBInstance'
      ? undefined
      : false;
}

export function anyTrue(...answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

export function hasElasticIp(resource: Resource, graph: EnvironmentGraph): boolean | undefined {
  const answers = graph
    .ofType('AWS::EC2::EIP', 'AWS::EC2::EIPAssociation')
    .map(({ properties, conditional }) => {
      const answer = either(
        mayRefer(properties.InstanceId, resource, graph),
        mayRefer(properties.NetworkInterfaceId, resource, graph),
      );
      return answer === 'yes' && conditional ? 'unknown' : answer;
    });
  return answers.includes('yes') ? true : answers.includes('unknown') ? undefined : false;
}

export function truth(value: Value | undefined): boolean | undefined {
  if (hasUnknown(value)) return undefined;
  return isTrue(value) || value === 'ENABLED';
}
