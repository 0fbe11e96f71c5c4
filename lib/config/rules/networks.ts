import { type CidrBlock, isPrivate, overlaps, parseCidr } from '../cidr.ts';
import { pathText, quote } from '../problem.ts';
import { allZonesOf, isSupportedRegion } from '../regions.ts';
import { alternatives } from '../suggest.ts';
import { type EnvironmentDraft, environmentPath, type Path, type Report } from './rule.ts';

interface Network {
  readonly text: string;
  readonly block: CidrBlock;
  readonly path: Path;
}

const privateRanges = '10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16';

/**
 * Several AWS services use this range inside the machines they run.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
const dockerRange = parseCidr('172.17.0.0/16') as CidrBlock;

export function checkNetworks(name: string, environment: EnvironmentDraft, report: Report): void {
  const { network, admin } = environment;
  const vpc = networkAt(network?.cidr, environmentPath(name, 'network', 'cidr'));
  const clients = networkAt(admin?.vpn?.clientCidr, environmentPath(name, 'admin', 'vpn', 'clientCidr'));
  const peers = (network?.peerCidrs ?? []).map((text, index) =>
    networkAt(text, environmentPath(name, 'network', 'peerCidrs', index)),
  );

  // AWS's limit for a VPC is /16; below /22 three zones of tasks, endpoints and databases would not fit.
  const vpcOfSize = checkSize(vpc, 16, 22, '10.20.0.0/16', report);
  // https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is-best-practices.html
  const clientsOfSize = checkSize(clients, 12, 22, '10.250.0.0/22', report);

  // A block that must be written anew anyway says nothing about the others.
  const networks = [vpcOfSize, clientsOfSize, ...peers]
    .filter((network) => network !== undefined)
    .filter((network) => checkPrivate(network, report));
  for (const [index, one] of networks.entries()) {
    const other = networks.slice(0, index).find((earlier) => overlaps(earlier.block, one.block));
    if (other !== undefined) {
      report(
        one.path,
        `found ${quote(one.text)}, which overlaps ${quote(other.text)} in ${pathText(other.path)}; write a block apart from it`,
      );
    }
  }
  if (vpc !== undefined && networks.includes(vpc) && overlaps(vpc.block, dockerRange)) {
    report(
      vpc.path,
      `found ${quote(vpc.text)}, which overlaps 172.17.0.0/16, a range that AWS services use themselves; write "10.20.0.0/16"`,
    );
  }
}

export function checkZones(name: string, environment: EnvironmentDraft, report: Report): void {
  const { region, network, tier } = environment;
  const zones = network?.availabilityZones;
  if (zones === undefined) return;
  const path = environmentPath(name, 'network', 'availabilityZones');
  if (region !== undefined && isSupportedRegion(region)) {
    for (const [index, zone] of zones.entries()) {
      if (zone === undefined || allZonesOf(region).includes(zone)) continue;
      report(
        [...path, index],
        `found ${quote(zone)}; write a zone of ${region}: ${alternatives(allZonesOf(region))}`,
      );
    }
  }
  if (tier === 'high-availability' && zones.length < 3) {
    report(
      path,
      `found ${zones.length} zones; tier "high-availability" needs three: write three or remove the list`,
    );
  }
}

function networkAt(text: string | undefined, path: Path): Network | undefined {
  const block = text === undefined ? undefined : parseCidr(text);
  return text === undefined || block === undefined ? undefined : { text, block, path };
}

function checkPrivate({ text, block, path }: Network, report: Report): boolean {
  if (isPrivate(block)) return true;
  report(
    path,
    `found ${quote(text)}, which holds addresses that are not private; write a block inside ${privateRanges}`,
  );
  return false;
}

/** @returns the network if its size is right */
function checkSize(
  network: Network | undefined,
  largest: number,
  smallest: number,
  example: string,
  report: Report,
): Network | undefined {
  if (network === undefined) return undefined;
  const { prefixLength } = network.block;
  if (prefixLength >= largest && prefixLength <= smallest) return network;
  const size = prefixLength < largest ? 'too large' : 'too small';
  report(
    network.path,
    `found ${quote(network.text)}, which is ${size}; write a block from /${largest} to /${smallest}, such as "${example}"`,
  );
  return undefined;
}
