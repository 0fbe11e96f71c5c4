import { z } from 'zod';
import { isOpen } from '../hours.ts';
import type { DoorSettings } from './settings.ts';

/** What is known of the last opening. It lives in the one-off schedule that ends it. */
export const opening = z.object({
  /** Who asked for it. */
  by: z.string(),
  since: z.coerce.date(),
  /** The first moment at which the door is shut again. */
  until: z.coerce.date(),
  /** Who shut it before its time. */
  closedBy: z.string().optional(),
});
export type Opening = z.output<typeof opening>;

/** What AWS says of one subnet that the endpoint is attached to. */
export interface Association {
  readonly id: string;
  readonly subnetId: string;
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociationStatus.html */
  readonly state: string;
  readonly securityGroups: readonly string[];
}

export type Step =
  | { readonly do: 'associate'; readonly subnetId: string }
  | { readonly do: 'disassociate'; readonly id: string }
  | { readonly do: 'guard' };

const minute = 60_000;
/** An association takes some minutes; one that takes this long will not come. */
const longestAssociating = 30 * minute;
/** By then the schedule, or the watch after it, has shut the door: later it is not what anybody planned. */
const grace = 15 * minute;

/** Whether somebody asked for the door to stand open at this moment. */
export function isWanted(last: Opening | undefined, now: Date): boolean {
  return last !== undefined && last.closedBy === undefined && now < last.until;
}

/**
 * What brings the associations to where they should be. Whatever half of it happens, the same question asked again
 * gives the rest.
 */
export function stepsTo(
  wanted: boolean,
  associations: readonly Association[],
  { subnetIds, securityGroupId }: Pick<DoorSettings, 'subnetIds' | 'securityGroupId'>,
): Step[] {
  const there = associations.filter(({ state }) => state !== 'disassociated' && state !== 'disassociating');
  const kept = wanted
    ? there.filter(({ subnetId, state }) => subnetIds.includes(subnetId) && state !== 'association-failed')
    : [];
  const leaving = there.filter((each) => !kept.includes(each));
  // AWS refuses a second association of a subnet until the first is gone.
  const missing = subnetIds.filter(
    (id) => !associations.some((each) => each.subnetId === id && isThere(each)),
  );
  const unguarded = kept.some(
    ({ state, securityGroups }) =>
      state === 'associated' && (securityGroups.length !== 1 || securityGroups[0] !== securityGroupId),
  );
  return [
    ...leaving.map(({ id }): Step => ({ do: 'disassociate', id })),
    ...(wanted ? missing.map((subnetId): Step => ({ do: 'associate', subnetId })) : []),
    ...(unguarded ? [{ do: 'guard' } as const] : []),
  ];
}

function isThere({ state }: Association): boolean {
  return state !== 'disassociated';
}

/** What nobody asked for, as a sentence for the person who is told; undefined when all is as it was planned. */
export function alarmOf(
  last: Opening | undefined,
  associations: readonly Association[],
  { subnetIds }: Pick<DoorSettings, 'subnetIds'>,
  now: Date,
): string | undefined {
  const up = associations.filter(({ state }) => state === 'associated' || state === 'associating');
  const foreign = up.filter(({ subnetId }) => !subnetIds.includes(subnetId));
  if (foreign.length > 0)
    return `was attached to ${foreign.map(({ subnetId }) => subnetId).join(', ')}, which is not of its subnets`;
  if (up.length === 0 || isWanted(last, now)) return undefined;
  if (last === undefined) return 'stood open, and nothing was there to shut it';
  const end = last.closedBy === undefined ? last.until : now;
  return now.getTime() - end.getTime() > grace
    ? `still stood open at ${now.toISOString()}, though it was to be shut at ${end.toISOString()}`
    : undefined;
}

/** Whether an opening has waited too long for its associations. */
export function hangs(last: Opening, associations: readonly Association[], now: Date): boolean {
  return (
    now.getTime() - last.since.getTime() > longestAssociating &&
    associations.some(({ state }) => state === 'associating')
  );
}

/**
 * When an opening of so many hours ends: at the end of the hours at the latest, in the shop's local time.
 *
 * @returns undefined when the hours allow nobody in at this moment
 */
export function endOf(
  hours: number,
  now: Date,
  { hours: allowed, timeZone }: Pick<DoorSettings, 'hours' | 'timeZone'>,
): Date | undefined {
  const last = now.getTime() + hours * 60 * minute;
  if (!allowed) return roundedUp(last);
  if (!isOpen(allowed, timeZone, now)) return undefined;
  for (let time = now.getTime(); time < last; time += minute) {
    if (!isOpen(allowed, timeZone, new Date(time))) return roundedDown(time);
  }
  return roundedUp(last);
}

/** A one-off schedule is on the minute or later. */
function roundedUp(time: number): Date {
  return new Date(Math.ceil(time / minute) * minute);
}

function roundedDown(time: number): Date {
  return new Date(Math.floor(time / minute) * minute);
}
