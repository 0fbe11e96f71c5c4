import { createRequire } from 'node:module';
import driver from 'pg/lib/crypto/utils.js';
import { describe, expect, it, vi } from 'vitest';
import { keepScramKeys } from '../../../lib/environment/credentials/rotation/postgres/scram.ts';

interface Exchange {
  clientNonce: string;
  response: string;
  serverSignature?: string;
}
const sasl = createRequire(import.meta.url)('pg/lib/crypto/sasl.js') as {
  startSession(mechanisms: string[]): Exchange;
  continueSession(exchange: Exchange, password: string, said: string): Promise<void>;
};

/** What the driver answers a server that says this salt and number of iterations. */
async function answers(password: string): Promise<Exchange> {
  const exchange = sasl.startSession(['SCRAM-SHA-256']);
  exchange.clientNonce = 'rOprNGfwEbeRWwbNEkqO';
  const nonce = `${exchange.clientNonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`;
  await sasl.continueSession(exchange, password, `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`);
  return exchange;
}

describe('the keys of a login with SCRAM', () => {
  it("are those of the driver's own, for each password, and derived once", async () => {
    const passwords = ['pencil', 'pencil', 'é\u00a0x'];
    const own = await Promise.all(passwords.map(answers));
    keepScramKeys();
    const derived = vi.spyOn(driver, 'deriveKey');
    const hashed = vi.spyOn(driver, 'hmacSha256');
    expect(await Promise.all(passwords.map(answers))).toEqual(own);
    // Where neither is called any more, a new version of the driver goes past what is kept.
    expect(derived).toHaveBeenCalledTimes(3);
    expect(hashed).toHaveBeenCalledTimes(12);
    const keys = await Promise.all(derived.mock.results.map(({ value }) => value as Promise<Buffer>));
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
});
