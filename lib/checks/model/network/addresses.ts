import { hasUnknown } from '../values.ts';

/** IPv4 block as first and last address. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

export const everyAddress: AddressRange = { first: 0, last: 0xffffffff };

/** @returns undefined for anything but a literal IPv4 block */
export function ipv4Range(block: unknown): AddressRange | undefined {
  if (typeof block !== 'string' || hasUnknown(block)) return undefined;
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(block);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1, 5).map(Number);
  const bits = match[5] === undefined ? 32 : Number(match[5]);
  if ([a, b, c, d].some((octet) => octet > 255) || bits > 32) return undefined;
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

const notPublic = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '255.255.255.255/32',
].map((block) => ipv4Range(block) ?? everyAddress);

/** Whether any address of the range belongs to the Internet. */
export function isPublicRange(range: AddressRange): boolean {
  return !notPublic.some((block) => covers(block, range));
}
