import { webcrypto } from 'node:crypto';
import { vi } from 'vitest';

/**
 * Making key pairs would take most of the time here, and no test is about how they are made. There are more of them
 * than any test compares.
 */
export async function shareKeyPairs(): Promise<void> {
  const { subtle } = webcrypto;
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const make = () => subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const pairs = await Promise.all(Array.from({ length: 8 }, make));
  const next = endlessly(pairs);
  vi.spyOn(subtle, 'generateKey').mockImplementation(async () => next.next().value);
}

function* endlessly<T>(all: readonly T[]): Generator<T, never> {
  for (;;) yield* all;
}
