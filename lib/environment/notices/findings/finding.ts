import type { FamilyName } from './families.ts';
import type { Level } from './levels.ts';

/** What some service found out, in the one shape that all services' findings are told in. Texts are as they came. */
export interface Finding {
  readonly family: FamilyName;
  readonly level: Level;
  /** Any of them names the finding, whichever service tells of it. */
  readonly keys: readonly string[];
  /** Whether one service tells what another one found. */
  readonly passedOn: boolean;
  /** Name that AWS has for what happened, such as `Recon:EC2/PortProbeUnprotectedPort`. */
  readonly kind: string;
  /** ARN or name of what it happened to. */
  readonly resource?: string | undefined;
  /** Service in whose console it stands. */
  readonly service: string;
  /** Under which it stands in that console. */
  readonly id?: string | undefined;
  readonly region?: string | undefined;
  /** ISO 8601. */
  readonly time?: string | undefined;
}
