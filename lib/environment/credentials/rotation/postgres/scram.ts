import { createHash, createHmac } from 'node:crypto';
import driver from 'pg/lib/crypto/utils.js';
import { saltedPassword } from '../password.ts';

/**
 * Has the driver log in with keys that are kept: it derives them anew for each login, and asks Web Crypto for every one
 * of a dozen small hashes, which is a third of the time of a login. Where a newer driver calls other functions, it is
 * slower and as right; a test tells.
 */
export function keepScramKeys(): void {
  driver.deriveKey = saltedPassword;
  driver.hmacSha256 = async (key, text) => createHmac('sha256', key).update(text).digest();
  driver.sha256 = async (data) => createHash('sha256').update(data).digest();
}
