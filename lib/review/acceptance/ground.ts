import type { App } from 'aws-cdk-lib';
import type { Reading, Tools } from '../launch/tools.ts';
import type { AskEdge } from './edge-requests.ts';
import type { RehearsalState } from './state.ts';

/** What a rehearsal works with: the tools of the led deploy, and what else its steps ask. */
export interface Ground {
  readonly launch: Tools;
  /** Reads the rehearsed environment anew; `change` adds to the app before it is synthesized. */
  readonly read: <T>(use: (reading: Reading) => Promise<T>, change?: (app: App) => void) => Promise<T>;
  readonly ask: AskEdge;
  /** Connects with a profile, and lets go again. @throws when the VPN does not take it */
  readonly connect: (profile: string) => Promise<void>;
  readonly now: () => Date;
  readonly state: RehearsalState;
  readonly save: () => void;
}

/** The step ran, and what it saw is not what it must be. */
export class StepFailed extends Error {}

/** Somebody pressed Ctrl-C. */
export class Interrupted extends Error {}
