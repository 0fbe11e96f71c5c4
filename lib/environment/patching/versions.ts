import { z } from 'zod';
import type { Versions } from '../../config/versions.ts';
import { isDigest } from './image-tags.ts';

type Package = Versions['packages'][string];

export interface VersionSources {
  /** Digest a tag points to now. */
  readonly imageDigest: (reference: string) => Promise<string>;
  /** A JSON document from a package index. */
  readonly json: (url: string) => Promise<unknown>;
}

/** @returns the build arguments: images by digest, packages by exact version */
export async function resolveVersions(
  versions: Versions,
  sources: VersionSources,
): Promise<Record<string, string>> {
  const images = Object.entries(versions.images).map(async ([argument, { repository, tag }]) => {
    const digest = await sources.imageDigest(`${repository}:${tag}`);
    if (!isDigest(digest)) {
      throw new Error(`the registry gave "${digest}" for ${repository}:${tag}, which is not a digest`);
    }
    return [argument, `${repository}@${digest}`];
  });
  const packages = Object.entries(versions.packages).map(async ([argument, wanted]) => {
    const known = await indexes[wanted.source](wanted.name, sources);
    const newest = newestInRange(known, wanted.range);
    if (newest === undefined) {
      throw new Error(
        `no stable version of ${wanted.name} begins with ${wanted.range}: widen it in versions.json`,
      );
    }
    return [argument, newest];
  });
  return Object.fromEntries(await Promise.all([...images, ...packages]));
}

/** The newest stable version that begins with the numbers of `range`. */
export function newestInRange(versions: readonly string[], range: string): string | undefined {
  const prefix = numbersOf(range);
  return versions
    .filter((version) => /^\d+(\.\d+)*$/.test(version))
    .filter((version) => prefix.every((number, position) => numbersOf(version)[position] === number))
    .sort(byNumbers)
    .at(-1);
}

const indexes: Record<Package['source'], (name: string, sources: VersionSources) => Promise<string[]>> = {
  // https://codex.wordpress.org/WordPress.org_API#Plugins
  'wordpress-plugin': async (name, { json }) => {
    const url = `https://api.wordpress.org/plugins/info/1.2/?action=plugin_information&slug=${name}`;
    const index = z.object({ versions: z.record(z.string(), z.unknown()) }).parse(await json(url));
    return Object.keys(index.versions);
  },
  // https://packagist.org/apidoc#get-package-data
  packagist: async (name, { json }) => {
    const index = z
      .object({ packages: z.record(z.string(), z.array(z.object({ version: z.string() }))) })
      .parse(await json(`https://repo.packagist.org/p2/${name}.json`));
    return (index.packages[name] ?? []).map(({ version }) => version.replace(/^v/, ''));
  },
};

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}

function byNumbers(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let position = 0; position < Math.max(left.length, right.length); position++) {
    const difference = (left[position] ?? 0) - (right[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
