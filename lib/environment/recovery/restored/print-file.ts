import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Print } from './compare-files.ts';

const ascii = (text: string, offset = 0) => ({ offset, bytes: Buffer.from(text, 'latin1') });

/** What files of these kinds begin with; a picture may be of another kind than its name says, and opens all the same. */
const pictures = [
  ascii('\xff\xd8\xff'),
  ascii('\x89PNG'),
  ascii('GIF8'),
  ascii('WEBP', 8),
  // AVIF and HEIC.
  ascii('ftyp', 4),
  ascii('BM'),
];
const beginnings: Readonly<Record<string, readonly ReturnType<typeof ascii>[]>> = {
  ...Object.fromEntries(
    ['.jpg', '.jpeg', '.png', '.gif', '.webp', '.avif', '.heic', '.bmp'].map((kind) => [kind, pictures]),
  ),
  '.pdf': [ascii('%PDF')],
  '.zip': [ascii('PK')],
};

/**
 * @param size of the whole file
 * @param beginning as much of it as is compared
 */
export function printOf(path: string, size: number, beginning: Uint8Array): Print {
  const known = beginnings[extname(path).toLowerCase()];
  return {
    size,
    hash: createHash('sha256').update(beginning).digest('hex'),
    beginsRight: known?.some(({ offset, bytes }) =>
      bytes.equals(beginning.subarray(offset, offset + bytes.length)),
    ),
  };
}

/** Picks some of many by chance, each as likely as the other, without keeping them all. */
export class Pick<Item> {
  readonly picked: Item[] = [];
  private seen = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  offer(item: Item): void {
    this.seen++;
    if (this.picked.length < this.most) this.picked.push(item);
    else {
      const at = Math.floor(Math.random() * this.seen);
      if (at < this.most) this.picked[at] = item;
    }
  }
}
