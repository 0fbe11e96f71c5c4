import { createHash } from 'node:crypto';

/** Of this project; any fixed value will do. */
const namespace = Buffer.from('6f1c2b7e5a4d4c0e9b7a3d2f1e0c8b6a', 'hex');

/**
 * A UUID that is the same for the same name (version 5), so that two reports of one review are the same file.
 * https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function nameUuid(...name: readonly string[]): string {
  const digest = createHash('sha1').update(namespace).update(name.join('\u0000')).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
