import { progress } from './output.ts';

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

/** Runs a command; a mistake of the user ends it with its problems on standard error, and with its exit code. */
export async function exitOnUserError(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    progress(...error.problems);
    process.exitCode = error.exitCode;
  }
}
