import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import type { SourceLocation } from '../../checks/recorder/row.ts';

/** Since when a line of the source says what it says, and by whom; as far as its git history tells. */
export interface Age {
  /** Date as `2026-11-22`; undefined for a line that is not committed yet. */
  readonly since?: string;
  readonly author?: string;
}

/** @returns undefined where there is no git, no repository, or no such line */
export function ageOf({ file, line }: SourceLocation): Age | undefined {
  try {
    const blame = execFileSync('git', ['blame', '--porcelain', '-L', `${line},${line}`, '--', file], {
      cwd: dirname(file),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    });
    if (/^0{40}/.test(blame)) return {};
    const author = /^author (.*)$/m.exec(blame)?.[1];
    const seconds = Number(/^author-time (\d+)$/m.exec(blame)?.[1]);
    return {
      ...(author && { author }),
      ...(seconds > 0 && { since: new Date(seconds * 1000).toISOString().slice(0, 10) }),
    };
  } catch {
    return undefined;
  }
}
