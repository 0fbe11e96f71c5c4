import type { DeployedEnvironment } from './environment.ts';

/** One thing AWS demands that a template alone can show. */
export interface Constraint {
  /** As in docs/deploy-notes.md, where its source stands. */
  readonly id: string;
  /** What holds, as the end of a test's name. */
  readonly says: string;
  /** Where it does not hold, a sentence each. */
  violations(environment: DeployedEnvironment): string[];
  /** Breaks one place the constraint is about. False when the environment has none. */
  breakIn(environment: DeployedEnvironment): boolean;
}
