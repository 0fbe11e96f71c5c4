import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package's package.json, whether the code runs from source or from dist/. */
export const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json of secure-shop not found above its own code');
  return findPackageRoot(parent);
}

const described: { readonly version: string; readonly homepage?: string } = JSON.parse(
  readFileSync(join(packageRoot, 'package.json'), 'utf8'),
);

/** As `0.1.0`. */
export const packageVersion = described.version;

/** Where whoever publishes the package tells of it. */
export const packageHomepage = described.homepage;
