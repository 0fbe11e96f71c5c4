import { closest } from './suggest.ts';

interface Region {
  /** Where backups are copied: in the same country where there is a second region, on the same continent elsewhere. */
  readonly copies: string;
  /** Letters of the availability zones, in the order in which they are used by default. */
  readonly zones: readonly string[];
  /** Further letters that only some accounts have, or whose zone CloudFront cannot reach in most accounts. */
  readonly otherZones?: readonly string[];
}

/**
 * Regions where everything a shop needs exists: CloudFront VPC origins, CloudFront's access logs, three zones.
 *
 * VPC origins exclude the zones use1-az3, apne1-az3 and cac1-az3. Letters map to zones by account; the defaults
 * below avoid the letter that new accounts have for them.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html#vpc-origins-supported-regions
 */
const regions: Readonly<Record<string, Region>> = {
  'ap-northeast-1': { copies: 'ap-northeast-3', zones: ['a', 'c', 'd'], otherZones: ['b'] },
  'ap-northeast-2': { copies: 'ap-northeast-1', zones: ['a', 'b', 'c', 'd'] },
  'ap-northeast-3': { copies: 'ap-northeast-1', zones: ['a', 'b', 'c'] },
  'ap-south-1': { copies: 'ap-southeast-1', zones: ['a', 'b', 'c'] },
  'ap-southeast-1': { copies: 'ap-northeast-1', zones: ['a', 'b', 'c'] },
  'ap-southeast-2': { copies: 'ap-southeast-1', zones: ['a', 'b', 'c'] },
  'ca-central-1': { copies: 'us-east-1', zones: ['a', 'b', 'd'], otherZones: ['c'] },
  'eu-central-1': { copies: 'eu-west-1', zones: ['a', 'b', 'c'] },
  'eu-north-1': { copies: 'eu-central-1', zones: ['a', 'b', 'c'] },
  'eu-west-1': { copies: 'eu-central-1', zones: ['a', 'b', 'c'] },
  'eu-west-2': { copies: 'eu-west-1', zones: ['a', 'b', 'c'] },
  'eu-west-3': { copies: 'eu-central-1', zones: ['a', 'b', 'c'] },
  'sa-east-1': { copies: 'us-east-1', zones: ['a', 'b', 'c'] },
  'us-east-1': { copies: 'us-west-2', zones: ['a', 'b', 'c', 'd', 'f'], otherZones: ['e'] },
  'us-east-2': { copies: 'us-west-2', zones: ['a', 'b', 'c'] },
  'us-west-2': { copies: 'us-east-1', zones: ['a', 'b', 'c', 'd'] },
};

/**
 * Regions with Amazon WorkSpaces Secure Browser; Osaka has none.
 * https://docs.aws.amazon.com/general/latest/gr/workspacesweb.html
 */
export const secureBrowserRegions: readonly string[] = [
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'us-east-1',
  'us-west-2',
];

/**
 * Regions that must be switched on by hand. CloudFront delivers no access logs to buckets there.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
const optInRegions = new Set(
  `af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6
   ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1
   mx-central-1`.split(/\s+/),
);

const supportedRegions: readonly string[] = Object.keys(regions);

export function isSupportedRegion(name: string): boolean {
  return supportedRegions.includes(name);
}

/** What is wrong with a region that is not supported, and what to write instead. */
export function regionAdvice(name: unknown): string {
  const supported = `write one of ${supportedRegions.join(', ')}`;
  if (typeof name !== 'string') return supported;
  if (/^(cn|us-gov|us-iso[a-z]?|eusc)-/.test(name)) {
    return `the shop can only run in AWS's commercial regions; ${supported}`;
  }
  if (name === 'us-west-1') return `us-west-1 has only two zones for new accounts; write "us-west-2"`;
  if (optInRegions.has(name)) {
    return `CloudFront delivers no access logs to that region, so the shop cannot run there; ${supported}`;
  }
  const withoutZone = /^(.*)[a-z]$/.exec(name)?.[1] ?? '';
  if (isSupportedRegion(withoutZone)) {
    return `this is an availability zone; write its region, "${withoutZone}"`;
  }
  const close = closest(name, supportedRegions);
  return close === undefined ? supported : `did you mean "${close}"? W${supported.slice(1)}`;
}

/** Full names of the zones used by default, such as `ap-northeast-1a`; none when the region is not supported. */
export function zonesOf(region: string): string[] {
  return (regionNamed(region)?.zones ?? []).map((letter) => `${region}${letter}`);
}

/** The region that receives copies of the backups. */
export function copyRegionOf(region: string): string {
  return regionNamed(region)?.copies ?? region;
}

/** Full names of all zones an account may have in the region. */
export function allZonesOf(region: string): string[] {
  const others = regionNamed(region)?.otherZones ?? [];
  return [...zonesOf(region), ...others.map((letter) => `${region}${letter}`)].sort();
}

function regionNamed(name: string): Region | undefined {
  return Object.hasOwn(regions, name) ? regions[name] : undefined;
}
