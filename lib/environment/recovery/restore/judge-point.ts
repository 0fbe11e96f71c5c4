import type { Point } from './inventory.ts';

/** A backup that shrank by more than this from one day to the next is half of one. */
const leastKept = 0.7;

/**
 * What speaks against bringing this one back, each as a person can read it; empty when nothing does. What is in it only
 * a restore shows: the monthly test opens one.
 *
 * @param others of the same store
 */
export function faultsOf(point: Point, others: readonly Point[], vaultKeyArn: string | undefined): string[] {
  const sizes = others
    .filter(({ arn, bytes }) => arn !== point.arn && (bytes ?? 0) > 0)
    .map(({ bytes = 0 }) => bytes)
    .sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const bytes = point.bytes ?? 0;
  return [
    ...(point.status === 'COMPLETED' ? [] : [`its status is ${point.status}`]),
    ...(point.keyArn === undefined ? ['it is not encrypted'] : []),
    // Whoever holds another key decides whether it can ever be read.
    ...(point.keyArn !== undefined && vaultKeyArn !== undefined && point.keyArn !== vaultKeyArn
      ? [`it is encrypted with ${point.keyArn}, and not with the key of the vault`]
      : []),
    ...(usual > 0 && bytes === 0 ? ['it is empty'] : []),
    ...(bytes > 0 && bytes < usual * leastKept
      ? [`it has ${bytes} bytes, where others of the store have ${usual}: it may be half`]
      : []),
  ];
}
