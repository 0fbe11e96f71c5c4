import type { Databases } from '../database.ts';
import type { Deadline } from '../deadline.ts';
import type { Secret, Version } from '../secret.ts';
import type { SecretStore } from '../store.ts';

/** All a step works with. */
export interface Run {
  readonly secretId: string;
  /** The version that is being made: the ClientRequestToken. */
  readonly token: string;
  readonly store: SecretStore;
  readonly databases: Databases;
  readonly deadline: Deadline;
  /** How long a step waits for sessions to end and for other runs. */
  readonly patience: number;
  /** Tells a person what was left as it was. It never stops the rotation. */
  readonly warn: (warning: string) => void;
}

/** What differs between the ways a secret rotates. Every method may be called again at any time. */
export interface SchemeSteps<S extends Secret> {
  /** The fields of the pending version. */
  create(current: Version<S>, run: Run): Record<string, unknown>;
  set(run: Run, current: Version<S>, pending: Version<S>): Promise<void>;
  test(run: Run, current: Version<S>, pending: Version<S>): Promise<void>;
  /** Proves the pending version once more, and calls `promote` to move the label. */
  finish(run: Run, current: Version<S>, pending: Version<S>, promote: () => Promise<void>): Promise<void>;
  /** The label has moved, perhaps in a run that died right after it: makes sure that AWSCURRENT works. */
  settle(run: Run, current: Version<S>): Promise<void>;
  /** Secrets Manager only asks whether the function reaches what it will rotate; nothing is changed. */
  probe(run: Run, current: Version<S>): Promise<void>;
}
