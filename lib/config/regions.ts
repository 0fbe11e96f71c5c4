/** Letters of each supported region's availability zones, in the order in which they are used. */
export const regions: Readonly<Record<string, readonly string[]>> = {
  'af-south-1': ['a', 'b', 'c'],
  'ap-east-1': ['a', 'b', 'c'],
  // New accounts have no ap-northeast-1b.
  'ap-northeast-1': ['a', 'c', 'd'],
  'ap-northeast-2': ['a', 'b', 'c', 'd'],
  'ap-northeast-3': ['a', 'b', 'c'],
  'ap-south-1': ['a', 'b', 'c'],
  'ap-south-2': ['a', 'b', 'c'],
  'ap-southeast-1': ['a', 'b', 'c'],
  'ap-southeast-2': ['a', 'b', 'c'],
  'ap-southeast-3': ['a', 'b', 'c'],
  'ap-southeast-4': ['a', 'b', 'c'],
  'ca-central-1': ['a', 'b', 'd'],
  'ca-west-1': ['a', 'b', 'c'],
  'eu-central-1': ['a', 'b', 'c'],
  'eu-central-2': ['a', 'b', 'c'],
  'eu-north-1': ['a', 'b', 'c'],
  'eu-south-1': ['a', 'b', 'c'],
  'eu-south-2': ['a', 'b', 'c'],
  'eu-west-1': ['a', 'b', 'c'],
  'eu-west-2': ['a', 'b', 'c'],
  'eu-west-3': ['a', 'b', 'c'],
  'il-central-1': ['a', 'b', 'c'],
  'me-central-1': ['a', 'b', 'c'],
  'me-south-1': ['a', 'b', 'c'],
  'sa-east-1': ['a', 'b', 'c'],
  'us-east-1': ['a', 'b', 'c', 'd', 'f'],
  'us-east-2': ['a', 'b', 'c'],
  'us-west-2': ['a', 'b', 'c', 'd'],
};

/** Full names of the region's zones, such as `ap-northeast-1a`; none when the region is not supported. */
export function zonesOf(region: string): string[] {
  const letters = Object.hasOwn(regions, region) ? regions[region] : undefined;
  return (letters ?? []).map((letter) => `${region}${letter}`);
}
