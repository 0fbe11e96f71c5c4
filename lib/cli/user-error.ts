/** A mistake its user can mend: the command line prints each problem, without a stack trace, and exits with 2. */
export class UserError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'UserError';
    this.problems = problems;
  }
}
