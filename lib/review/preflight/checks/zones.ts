import { DescribeAvailabilityZonesCommand } from '@aws-sdk/client-ec2';
import { type Check, problem, ready } from '../../account/check.ts';

/**
 * Zones that CloudFront's VPC origins do not reach, of the regions a shop may stand in: the list of AWS names none for
 * Osaka, and usw1-az2 besides these (read November 2026). Letters mean another zone in every account.
 */
const unreached: readonly string[] = ['use1-az3', 'apne1-az3', 'cac1-az3'];

/**
 * Zones of the secure browser, in the regions where it does not have them all.
 * https://docs.aws.amazon.com/workspaces-web/latest/adminguide/availability-zones.html
 */
const browserZones: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
  'ap-south-1': ['aps1-az1', 'aps1-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
  'ca-central-1': ['cac1-az1', 'cac1-az2', 'cac1-az4'],
  'eu-west-2': ['euw2-az1', 'euw2-az2'],
};

/** The account has the zones of the config, and CloudFront and the secure browser reach them. */
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
    const ofBrowser = environment.admin.secureBrowser && browserZones[environment.region];
    return subnetZones.map((zone) => {
      const id = ids.get(zone);
      if (id === undefined) return problem(zone, 'is no zone of this account', todo);
      if (unreached.includes(id) && used.includes(zone))
        return problem(zone, `is ${id}, which CloudFront's VPC origins do not reach`, todo);
      return ofBrowser && !ofBrowser.includes(id) && used.includes(zone)
        ? problem(zone, `is ${id}, where there is no secure browser`, [
            `Choose from ${namesOf(ofBrowser, ids).join(', ')} in "network.availabilityZones", or take admin.secureBrowser out.`,
          ])
        : ready(zone, `is ${id}`);
    });
  },
};

function namesOf(wanted: readonly string[], ids: ReadonlyMap<string, string>): string[] {
  return [...ids].filter(([, id]) => wanted.includes(id)).map(([name]) => name);
}
