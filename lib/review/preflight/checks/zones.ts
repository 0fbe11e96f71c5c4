import { DescribeAvailabilityZonesCommand } from '@aws-sdk/client-ec2';
import { type Check, problem, ready } from '../../account/check.ts';

/** Zones that CloudFront's VPC origins do not reach. Letters mean another zone in every account. */
const unreached: readonly string[] = ['use1-az3', 'apne1-az3', 'cac1-az3'];

/** The account has the zones of the config, and CloudFront reaches them. */
export const zones: Check = {
  id: 'zones',
  title: 'Availability zones',
  source:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html#vpc-origins-supported-regions',
  async ask({ environment, aws }) {
    const { AvailabilityZones: found = [] } = await aws
      .network(environment.region)
      .send(new DescribeAvailabilityZonesCommand({}));
    const ids = new Map(found.map(({ ZoneName = '', ZoneId = '' }) => [ZoneName, ZoneId]));
    const others = [...ids].filter(([, id]) => !unreached.includes(id)).map(([name]) => name);
    const todo = [`Choose from ${others.join(', ')} in "network.availabilityZones".`] as const;
    const { availabilityZones: used, subnetZones } = environment.network;
    return subnetZones.map((zone) => {
      const id = ids.get(zone);
      if (id === undefined) return problem(zone, 'is no zone of this account', todo);
      return unreached.includes(id) && used.includes(zone)
        ? problem(zone, `is ${id}, which CloudFront's VPC origins do not reach`, todo)
        : ready(zone, `is ${id}`);
    });
  },
};
