import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { SourceLocation } from '../../checks/recorder/row.ts';
import { packageRoot } from '../../cli/package-root.ts';

/** Since when a line of the source says what it says, and by whom; as far as its git history tells. */
export interface Age {
  /** Date as `2026-11-22`; undefined for a line that is not committed yet. */
  readonly since?: string;
  readonly author?: string;
}

/** Ages of lines by file, as written when the package was packed: an installed package has no history. */
export type WrittenAges = Readonly<Record<string, Readonly<Record<number, Age>>>>;

export const writtenAgesFile = join(packageRoot, 'dist', 'ages.json');

/** @returns undefined where there is no history and nothing was written down, or no such line */
export function ageOf({ file, line }: SourceLocation): Age | undefined {
  return blame(file, `${line},${line}`)?.get(line) ?? writtenAges()[relative(packageRoot, file)]?.[line];
}

let written: WrittenAges | undefined;

function writtenAges(): WrittenAges {
  written ??= existsSync(writtenAgesFile)
    ? (JSON.parse(readFileSync(writtenAgesFile, 'utf8')) as WrittenAges)
    : {};
  return written;
}

/**
 * @param lines such as `3,5`; all of the file when left out
 * @returns undefined where there is no git, no repository, or no such line
 */
export function blame(file: string, lines?: string): Map<number, Age> | undefined {
  let text: string;
  try {
    text = execFileSync('git', ['blame', '--line-porcelain', ...(lines ? ['-L', lines] : []), '--', file], {
      cwd: dirname(file),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 30_000,
    });
  } catch {
    return undefined;
  }
  const ages = new Map<number, Age>();
  // A line of the file follows behind a tab, and ends what is said of it.
  for (const block of text.split(/^\t.*\n?/m)) {
    const [, hash = '', line] = /^([0-9a-f]{40,64}) \d+ (\d+)/m.exec(block) ?? [];
    if (line !== undefined) ages.set(Number(line), /^0+$/.test(hash) ? {} : ageIn(block));
  }
  return ages;
}

function ageIn(block: string): Age {
  const author = /^author (.*)$/m.exec(block)?.[1];
  const seconds = Number(/^author-time (\d+)$/m.exec(block)?.[1]);
  return {
    ...(author && { author }),
    ...(seconds > 0 && { since: new Date(seconds * 1000).toISOString().slice(0, 10) }),
  };
}
