import type { BusinessHours } from '../../../config/index.ts';

/** The hours for which somebody may open the door at once. */
export const longestOpening = 12;
export const usualOpening = 3;

/** Settings of the door, as the stack writes them. */
export interface DoorSettings {
  readonly endpointId: string;
  /** Attached while the door is open; nothing else ever is. */
  readonly subnetIds: readonly string[];
  readonly vpcId: string;
  /** The clients' group, which each association must have. */
  readonly securityGroupId: string;
  /** Name of the one-off schedule that shuts the door, and remembers who opened it. */
  readonly schedule: string;
  /** With which it calls the door. */
  readonly scheduleRoleArn: string;
  readonly topicArn: string;
  /** How the environment is called in messages. */
  readonly environment: string;
  readonly opens: 'on-demand' | 'hours';
  /** Undefined: at any time. */
  readonly hours?: BusinessHours | undefined;
  readonly timeZone: string;
}
