import type { Category } from '../../../../lib/environment/credentials/rotation/errors.ts';
import type { Engine } from '../../../../lib/environment/credentials/rotation/secret.ts';
import type { SchemeName, World } from './world.ts';

export interface Row {
  readonly id: string;
  /** Step and fault, as the table shows it. */
  readonly fault: string;
  /** @default all three */
  readonly schemes?: readonly SchemeName[];
  /** @default both */
  readonly engines?: readonly Engine[];
  /** Sets its case up with SQL that MySQL does not know. @default false */
  readonly mariadbOnly?: boolean;
  /** The first and the last version of PostgreSQL that has the case. @default all */
  readonly versions?: readonly [first: number, last: number];
  /** What the faulty run ends with; none when it must succeed all the same. */
  readonly error?: Category;
  /** Runs the rotation into the fault. */
  readonly strike: (world: World, token: string) => Promise<void>;
  /** What ends the fault: the lock is released, a person writes the value again. */
  readonly mend?: (world: World) => Promise<void>;
  /** The fault itself takes the login away; it must be back once the rotation was tried again. */
  readonly liveAfterwards?: boolean;
  /** The same token cannot be used again, and says so; a new rotation heals. */
  readonly retryRefused?: boolean;
}

export const everyScheme: readonly SchemeName[] = ['alternating', 'single', 'admin'];
