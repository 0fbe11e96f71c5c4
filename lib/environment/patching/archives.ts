import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** What a build downloaded: a version of something, and the SHA-256 of its files. */
export interface Archive {
  /** Such as `woocommerce@10.3.5`. */
  readonly name: string;
  readonly sha256: string;
}

/** Where the images of the project say what they were made from: a line for each archive, as `sha256sum` writes them. */
export const archivesFile = '/etc/shop/archives';

/** @throws Error for a line that is no checksum and name */
export function archivesIn(text: string): Archive[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha256, name] = /^([0-9a-f]{64}) {2}(\S+@\S+)$/.exec(line) ?? [];
      if (sha256 === undefined || name === undefined) {
        throw new Error(
          `${archivesFile} of the image has the line "${line}": write a checksum and name@version`,
        );
      }
      return { name, sha256 };
    });
}

const asksAtOnce = 8;
const conflictTries = 4;

/**
 * The checksums of all archives that any build of the environment has seen, each written once: a version that is
 * published does not change, and one that does is refused, whoever changed it. What nobody has seen yet is recorded.
 */
export class ArchiveRecords {
  private readonly s3: S3Client;
  private readonly bucket: string;
  private readonly prefix: string;

  constructor(s3: S3Client, { bucket, prefix }: { readonly bucket: string; readonly prefix: string }) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** @throws Error that names every archive whose files are not those that were recorded */
  async assertUnchanged(archives: readonly Archive[]): Promise<void> {
    const changed: string[] = [];
    for (let start = 0; start < archives.length; start += asksAtOnce) {
      const some = archives.slice(start, start + asksAtOnce);
      const recorded = await Promise.all(some.map((archive) => this.recorded(archive)));
      for (const [index, { name, sha256 }] of some.entries()) {
        const before = recorded[index];
        if (before === sha256) continue;
        changed.push(
          `${name}: its files have the checksum ${sha256}, recorded is ${before} (${this.key(name)})`,
        );
      }
    }
    if (changed.length === 0) return;
    throw new Error(
      `the publisher gives other files for a version than before, see docs/runbooks/patching.md:\n- ${changed.join('\n- ')}`,
    );
  }

  /** What was recorded first, this time included. */
  private async recorded({ name, sha256 }: Archive): Promise<string> {
    const where = { Bucket: this.bucket, Key: this.key(name) };
    for (let tried = 1; ; tried++) {
      try {
        await this.s3.send(new PutObjectCommand({ ...where, Body: sha256, IfNoneMatch: '*' }));
        return sha256;
      } catch (error) {
        const problem = error instanceof Error ? error.name : '';
        if (problem === 'PreconditionFailed') break;
        // Somebody writes it at the same moment: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
        if (problem !== 'ConditionalRequestConflict' || tried === conflictTries) throw error;
      }
    }
    const { Body } = await this.s3.send(new GetObjectCommand(where));
    return (await Body?.transformToString())?.trim() ?? '';
  }

  private key(name: string): string {
    return `${this.prefix}archives/${encodeURIComponent(name)}`;
  }
}
