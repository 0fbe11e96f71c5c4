import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { packageRoot } from '../lib/cli/package-root.ts';
import { declarationKeys } from '../lib/declarations/keys.ts';
import type { CloudFormationResource } from '../lib/review/templates/template-file.ts';
import type { StackTemplate } from '../lib/review/templates/template-tree.ts';

/** What a released version makes of each example, so that an upgrade from it can be planned. */
export interface ReleasedShop {
  /** Config file of the example. */
  readonly file: string;
  readonly stacks: readonly StackTemplate[];
}

/** First version whose templates are kept; nobody deployed one before. */
export const firstKept = '0.2.0';

export function releaseFile(version: string): string {
  return join(packageRoot, 'test', 'review', 'deploys', 'releases', `${version}.json.br`);
}

/** Versions of the changelog that were released: headings with a date, newest first. */
export function releasedVersions(changelog: string): string[] {
  return [...changelog.matchAll(/^## \[?v?(\d+\.\d+\.\d+)\]?[^\n]*\d{4}-\d{2}-\d{2}/gm)].map(
    ([, version = '']) => version,
  );
}

export function isKept(version: string): boolean {
  return version.localeCompare(firstKept, 'en', { numeric: true }) >= 0;
}

export function pack(shops: readonly ReleasedShop[]): Buffer {
  const kept = shops.map(({ file, stacks }) => ({ file, stacks: stacks.map(comparable) }));
  const written = Buffer.from(JSON.stringify(kept));
  return brotliCompressSync(written, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: written.length,
    },
  });
}

export function unpack(packed: Buffer): ReleasedShop[] {
  return JSON.parse(brotliDecompressSync(packed).toString()) as ReleasedShop[];
}

export function readRelease(version: string): ReleasedShop[] {
  return unpack(readFileSync(releaseFile(version)));
}

export function writeRelease(
  version: string,
  shops: readonly ReleasedShop[],
): { file: string; bytes: number } {
  const file = releaseFile(version);
  const packed = pack(shops);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, packed);
  return { file, bytes: packed.length };
}

export function hasRelease(version: string): boolean {
  return existsSync(releaseFile(version));
}

/**
 * A stack as far as a deploy is about it: without metadata of resources, and with one name for all assets, whose hashes
 * change with every line of Lambda code.
 */
export function comparable({ file: _, lines: __, ...stack }: StackTemplate): StackTemplate {
  const { Resources, ...sections } = stack.template;
  const resources = Object.entries(Resources).map(([id, { Metadata = {}, ...resource }]) => {
    const { [declarationKeys.movedFrom]: movedFrom } = Metadata;
    return [
      id,
      {
        ...resource,
        ...(movedFrom !== undefined && { Metadata: { [declarationKeys.movedFrom]: movedFrom } }),
      },
    ];
  });
  const template = {
    ...sections,
    Resources: Object.fromEntries(resources) as Record<string, CloudFormationResource>,
  };
  return {
    ...stack,
    file: '',
    template: JSON.parse(JSON.stringify(template).replace(/\b[0-9a-f]{64}\b/g, 'asset')) as typeof template,
  };
}
