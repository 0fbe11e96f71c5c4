import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Environment } from '../../config/index.ts';

/** Names of the groups of subnets. Each group has a subnet in each of the three zones of the VPC. */
export const subnetGroups = {
  /** Reach the Internet through the NAT gateway and the DNS firewall: tasks, functions, load balancer. */
  app: 'app',
  /** Reach nothing outside the VPC: database and media. */
  data: 'data',
} as const;

/**
 * The subnets of a group that are in use. The VPC has more of them than a small tier uses, and a network interface in
 * a further zone would bring the NAT gateway's hourly price of that zone.
 */
export function subnetsOf(
  group: keyof typeof subnetGroups,
  { network }: Pick<Environment, 'network'>,
): ec2.SubnetSelection {
  return { subnetGroupName: subnetGroups[group], availabilityZones: network.availabilityZones };
}

/**
 * Where something runs that opens connections of its own: tasks, functions and hosts. Only their zones have a way out
 * and the endpoint of the secrets, each of which costs by the zone.
 */
export function workloadSubnets({ network }: Pick<Environment, 'network'>): ec2.SubnetSelection {
  return { subnetGroupName: subnetGroups.app, availabilityZones: network.workloadZones };
}
