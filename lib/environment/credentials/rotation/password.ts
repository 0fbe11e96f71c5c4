import { createHash, createHmac, hash, pbkdf2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

/**
 * Letters and digits only: nothing a connection string, a shell, an .env file or a PHP array would have to quote.
 * 40 of them carry 238 bits.
 */
export function generatePassword(length = 40): string {
  const alphabet = letters + digits;
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/**
 * What PostgreSQL stores instead of a password (RFC 5803). Computed here, so that the password itself never
 * stands in a statement, and no `log_statement` or error context of the server can show it.
 */
export async function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(16),
  iterations = 4096, // PostgreSQL's own default; the password is random, so that stretching it adds nothing
): Promise<string> {
  const salted = await saltedPassword(saslPrepared(password), salt, iterations);
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

const salted = new Map<string, Promise<Buffer>>();
/** Of a rotation: the administrator's, the one in use and the new one, twice over. */
const keptSalted = 6;

/**
 * What costs time in SCRAM, kept for the next login with the same password and salt, as RFC 5802 (section 5.1) has it.
 *
 * @param password after SASLprep
 */
export async function saltedPassword(
  password: string,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  const of = createHash('sha256')
    .update(JSON.stringify([password, [...salt], iterations]))
    .digest('hex');
  const known = salted.get(of);
  if (known !== undefined) return await known;
  const computed = promisify(pbkdf2)(password, salt, iterations, 32, 'sha256');
  salted.set(of, computed);
  for (const oldest of salted.keys()) if (salted.size > keptSalted) salted.delete(oldest);
  return await computed;
}

/**
 * The three mappings of SASLprep (RFC 4013): odd spaces become one, what nobody sees goes, then NFKC. The server and
 * every client do the same when they log in.
 */
function saslPrepared(password: string): string {
  return password
    .replace(/[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu, ' ')
    .replace(/\u00AD|\u034F|\u1806|[\u180B-\u180D]|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/gu, '')
    .normalize('NFKC');
}

/** What mysql_native_password stores (MariaDB's default, and Aurora MySQL 3's). */
export function nativePasswordHash(password: string): string {
  const sha1 = (data: Buffer) => createHash('sha1').update(data).digest();
  return `*${sha1(sha1(Buffer.from(password)))
    .toString('hex')
    .toUpperCase()}`;
}

/** What caching_sha2_password stores (MySQL 8): SHA-crypt with a salt of 20 characters. */
export function cachingSha2Hash(password: string, salt: string = generatePassword(20)): string {
  return `$A$005$${salt}${sha256Crypt(Buffer.from(password), Buffer.from(salt), 5000)}`;
}

/** U. Drepper's SHA-crypt over SHA-256 (https://www.akkadia.org/drepper/SHA-crypt.txt), without its prefix. */
export function sha256Crypt(password: Buffer, salt: Buffer, rounds: number): string {
  // In one call each: thousands of hash objects would take longer than all the rest of a rotation.
  const sha = (...parts: Buffer[]) => hash('sha256', Buffer.concat(parts), 'buffer');
  const stretch = (block: Buffer, length: number) =>
    Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, () => block)).subarray(0, length);

  const alternate = sha(password, salt, password);
  const first: Buffer[] = [password, salt, stretch(alternate, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) first.push(bits & 1 ? alternate : password);
  let digest = sha(...first);

  const p = stretch(sha(...Array.from({ length: password.length }, () => password)), password.length);
  const s = stretch(sha(...Array.from({ length: 16 + (digest[0] ?? 0) }, () => salt)), salt.length);
  for (let round = 0; round < rounds; round++) {
    const parts = [round % 2 ? p : digest];
    if (round % 3) parts.push(s);
    if (round % 7) parts.push(p);
    parts.push(round % 2 ? digest : p);
    digest = sha(...parts);
  }
  return encode(digest);
}

/** SHA-crypt's own base 64, three bytes at a time in its own order. */
function encode(digest: Buffer): string {
  const alphabet = `./${digits}${letters}`;
  const four = (a: number, b: number, c: number, length: number) => {
    let value = (a << 16) | (b << 8) | c;
    let text = '';
    for (let i = 0; i < length; i++, value >>= 6) text += alphabet[value & 63];
    return text;
  };
  const byte = (index: number) => digest[index] ?? 0;
  let text = '';
  for (let i = 0, [a, b, c] = [0, 10, 20]; i < 10; i++, [a, b, c] = [c + 1, a + 1, b + 1]) {
    text += four(byte(a), byte(b), byte(c), 4);
  }
  return text + four(0, byte(31), byte(30), 3);
}
