import { progress } from './output.ts';
import { isRefusal, refusalOf } from './refusals.ts';

/** A mistake its user can mend: the command line prints each problem, without a stack trace, and exits. */
export class UserError extends Error {
  readonly problems: readonly string[];
  readonly exitCode: number;

  /** @param exitCode 130 when it was Ctrl-C. @default 2 */
  constructor(problems: readonly string[], exitCode = 2) {
    super(problems.join('\n'));
    this.name = 'UserError';
    this.problems = problems;
    this.exitCode = exitCode;
  }
}

/**
 * Looks at everything before anything is done: one run lists every problem.
 *
 * @returns what each check returned
 * @throws UserError with the problems of all checks
 */
export async function checkAll<Checks extends readonly (() => unknown)[]>(
  ...checks: Checks
): Promise<{ [Index in keyof Checks]: Awaited<ReturnType<Checks[Index]>> }> {
  const problems: string[] = [];
  const returned: unknown[] = [];
  for (const check of checks) {
    try {
      returned.push(await check());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return returned as { [Index in keyof Checks]: Awaited<ReturnType<Checks[Index]>> };
}

/** @throws UserError with those texts that are problems */
export function refuse(...problems: readonly (string | false | undefined)[]): void {
  const found = problems.filter((problem) => typeof problem === 'string');
  if (found.length > 0) throw new UserError(found);
}

/**
 * Runs a command; a mistake of the user, and what the file system refuses, ends it with its problems on standard error,
 * and with its exit code.
 */
export async function exitOnUserError(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const refused = refusedByFileSystem(error);
    if (!(error instanceof UserError) && refused === undefined) throw error;
    progress(...(error instanceof UserError ? error.problems : [refused ?? '']));
    process.exitCode = error instanceof UserError ? error.exitCode : 2;
  }
}

/** A folder that may not be written to, a full disk: whoever called can mend that, and no stack trace tells how. */
function refusedByFileSystem(error: unknown): string | undefined {
  const { code = '', path, syscall } = error as NodeJS.ErrnoException;
  if (path === undefined || code === 'ENOENT' || !isRefusal(code)) return undefined;
  return `${path}: the file system refuses it (${refusalOf(code)}, ${syscall}); name another place, or mend its rights`;
}
