import { hasUnknown } from '../values.ts';

/** Both families in one line of numbers: IPv4 below 2^32, IPv6 from 2^32 on. */
export interface Block {
  readonly first: bigint;
  readonly last: bigint;
}

const v6Begins = 1n << 32n;
export const allIpv4: Block = { first: 0n, last: v6Begins - 1n };
export const allIpv6: Block = { first: v6Begins, last: v6Begins + (1n << 128n) - 1n };

/** @returns undefined for anything but a literal block, or a single address, of either family */
export function blockOf(written: unknown): Block | undefined {
  if (typeof written !== 'string' || hasUnknown(written)) return undefined;
  const [address = '', length, ...rest] = written.trim().split('/');
  const isV6 = address.includes(':');
  const bits = isV6 ? 128 : 32;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  const value = isV6 ? ipv6(address) : ipv4(address);
  if (value === undefined || prefix < 0 || prefix > bits || rest.length > 0) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const base = isV6 ? v6Begins : 0n;
  const first = base + (value / size) * size;
  return { first, last: first + size - 1n };
}

function ipv4(address: string): bigint | undefined {
  const octets = address.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256))
    return undefined;
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function ipv6(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const words = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  return words.reduce((value, word) => value * 65536n + BigInt(`0x${word}`), 0n);
}

/** What of a set lies in a block, and what is left of it. */
export function split(
  set: readonly Block[],
  by: Block,
): { readonly within: readonly Block[]; readonly rest: readonly Block[] } {
  const within: Block[] = [];
  const rest: Block[] = [];
  for (const block of set) {
    const first = block.first > by.first ? block.first : by.first;
    const last = block.last < by.last ? block.last : by.last;
    if (first > last) {
      rest.push(block);
      continue;
    }
    within.push({ first, last });
    if (block.first < first) rest.push({ first: block.first, last: first - 1n });
    if (last < block.last) rest.push({ first: last + 1n, last: block.last });
  }
  return { within, rest };
}
