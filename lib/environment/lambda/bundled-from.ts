import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { version } from 'esbuild';
import { packageRoot } from '../../cli/package-root.ts';

/** What bundles were made from, and the bundles themselves. */
interface Origins {
  readonly esbuild: string;
  /** Hashes of files, by the path within the package. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Whether every file is as `record` found it, and these are among them. */
export function isRecorded(recordFile: string, files: readonly string[]): boolean {
  const origins = readOrigins(recordFile);
  if (origins?.esbuild !== version) return false;
  const { hashes } = origins;
  return (
    files.every((file) => file in hashes) &&
    Object.entries(hashes).every(([file, hash]) => hashOf(file) === hash)
  );
}

export interface Bundled {
  readonly inputs: readonly string[];
  /** As they were made: another synthesis may have written its own since. */
  readonly outputs: readonly { readonly file: string; readonly contents: Uint8Array }[];
  /** When the bundling began, in milliseconds: of an input that changed later nobody knows what was read. */
  readonly since: number;
}

/** Records the files, and the package.json of the inputs' folders, which say where an import leads. */
export function record(recordFile: string, { inputs, outputs, since }: Bundled): void {
  const read = new Set(inputs.flatMap((file) => [file, ...packageFilesAbove(file)]));
  if ([...read].some((file) => statSync(join(packageRoot, file)).ctimeMs >= since)) return;
  const hashes = Object.fromEntries([
    ...[...read].map((file) => [file, hashOf(file)]),
    ...outputs.map(({ file, contents }) => [file, sha256(contents)]),
  ]);
  try {
    writeFileSync(recordFile, JSON.stringify({ esbuild: version, hashes }));
  } catch {
    // The package is installed for several users, of whom this one may only read it.
  }
}

function readOrigins(recordFile: string): Origins | undefined {
  try {
    return JSON.parse(readFileSync(recordFile, 'utf8')) as Origins;
  } catch {
    // Never written, or another synthesis is about to write it.
    return undefined;
  }
}

function hashOf(file: string): string | undefined {
  const path = join(packageRoot, file);
  return existsSync(path) ? sha256(readFileSync(path)) : undefined;
}

function sha256(contents: Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}

function packageFilesAbove(file: string): string[] {
  const folder = dirname(file);
  if (folder === file) return [];
  const packageFile = join(folder, 'package.json');
  return [...(existsSync(join(packageRoot, packageFile)) ? [packageFile] : []), ...packageFilesAbove(folder)];
}
