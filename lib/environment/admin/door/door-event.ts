import { z } from 'zod';
import { longestOpening, usualOpening } from './settings.ts';

const somebody = z.string().min(1).max(300);

/** What the door is asked: by a person through the command or the runbook, by its schedule, by the watch. */
export const doorEvent = z.union([
  z.object({
    action: z.literal('open'),
    hours: z.coerce.number().min(0.25).max(longestOpening).default(usualOpening),
    by: somebody,
  }),
  z.object({ action: z.literal('close'), by: somebody }),
  z.object({ action: z.enum(['watch', 'state', 'word']) }),
]);
export type DoorEvent = z.input<typeof doorEvent>;
