import { buffer } from 'node:stream/consumers';
import { Encrypter } from 'age-encryption';

/**
 * Stretching makes up for what people think up. This passphrase is 40 random characters, which nobody tries out, so
 * that 2^12 is enough, and opening an export takes no time on an old PC.
 */
const scryptWorkFactor = 12;

/**
 * A file in the age format (https://age-encryption.org/v1), which any age program opens with the passphrase. It exists
 * as a whole or not at all: what breaks off while it is read leaves nothing behind.
 *
 * @param texts read as they are encrypted, so that the plain text is never in one place
 */
export async function encrypted(texts: AsyncIterable<string>, passphrase: string): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(scryptWorkFactor);
  encrypter.setPassphrase(passphrase);
  const source = ReadableStream.from(bytesOf(texts));
  return await buffer(await encrypter.encrypt(source));
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}
