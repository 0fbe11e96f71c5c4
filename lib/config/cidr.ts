/** IPv4 blocks as the config writes them. Addresses are unsigned 32-bit integers. */
export interface CidrBlock {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

/** @returns the block, or undefined when the text is no IPv4 block or its address is not the block's first. */
export function parseCidr(text: string): CidrBlock | undefined {
  // A leading zero is refused: some programs read such an octet as octal.
  const octet = '(0|[1-9]\\d{0,2})';
  const match = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}/(0|[1-9]\\d?)$`).exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const first = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const size = 2 ** (32 - prefixLength);
  if (first % size !== 0) return undefined;
  return { first, last: first + size - 1, prefixLength };
}

export function isCidrBlock(text: string): boolean {
  return parseCidr(text) !== undefined;
}

export function overlaps(a: CidrBlock, b: CidrBlock): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** RFC 1918 space: what a VPC or VPN client may use without hiding public addresses. */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(
  (text) => parseCidr(text) as CidrBlock,
);

export function isPrivate(block: CidrBlock): boolean {
  return privateBlocks.some((range) => range.first <= block.first && block.last <= range.last);
}
