/** A single address as the block that AWS means by it; not everything that reads policies knows. Blocks stay as they are. */
export function asBlock(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}
