/** A mistake its user can mend: the command line prints each problem, without a stack trace, and exits with 2. */
export class UserError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'UserError';
    this.problems = problems;
  }
}

/**
 * Runs a command; a mistake of the user ends it with its problems on standard error and exit code 2.
 *
 * @param inLanguage of whoever reads them; undefined where a text has no translation
 */
export async function exitOnUserError(
  command: () => Promise<void>,
  inLanguage?: (problem: string) => string | undefined,
): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const problem of error.problems) console.error(inLanguage?.(problem) ?? problem);
    process.exitCode = 2;
  }
}
