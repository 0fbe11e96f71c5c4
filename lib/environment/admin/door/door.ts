import { isOpen } from '../hours.ts';
import {
  type Association,
  alarmOf,
  endOf,
  hangs,
  isWanted,
  type Opening,
  type Step,
  stepsTo,
} from './plan.ts';
import type { DoorSettings } from './settings.ts';

/** The door's hands: each call may be made twice, and two may be made at once. */
export interface DoorAws {
  /** Every association of the endpoint, those that are gone besides. */
  readonly associations: () => Promise<readonly Association[]>;
  readonly take: (step: Step) => Promise<void>;
  /** @returns undefined before the first opening */
  readonly lastOpening: () => Promise<Opening | undefined>;
  /** Sets the one-off schedule to the end of the opening. */
  readonly remember: (opening: Opening) => Promise<void>;
  readonly forget: () => Promise<void>;
  /** Tells a person. */
  readonly tell: (text: string) => Promise<void>;
  readonly say: (line: string) => void;
}

export type DoorState = 'open' | 'opening' | 'closing' | 'closed';

export interface DoorAnswer {
  readonly state: DoorState;
  /** Why nothing was done; undefined when it was. */
  readonly refused?: string | undefined;
  readonly by?: string | undefined;
  /** ISO 8601, UTC. */
  readonly until?: string | undefined;
}

/** In the configured hours the door opens so much earlier: an association takes its time. */
const head = 10 * 60_000;
/** Longer than a day of opening hours. */
const wholeDay = 24;
const day = 24 * 60 * 60_000;
const hoursOfConfig = 'the hours of the config';

/**
 * The admins' way in exists only while somebody needs it: the function attaches the VPN endpoint to its subnets, and
 * takes them away again. An endpoint without a subnet costs nothing and answers nobody.
 *
 * What should be so is written down first, in the schedule that ends it; then the associations follow. A function that
 * is killed in between leaves either a schedule that shuts what never opened, or a door that its next run finishes.
 */
export class Door {
  private readonly settings: DoorSettings;
  private readonly aws: DoorAws;
  private readonly clock: () => Date;

  /** @param clock right once AWS has answered something */
  constructor(settings: DoorSettings, aws: DoorAws, clock: () => Date) {
    this.settings = settings;
    this.aws = aws;
    this.clock = clock;
  }

  private get now(): Date {
    return this.clock();
  }

  async open(hours: number, by: string): Promise<DoorAnswer> {
    const associations = await this.aws.associations();
    const last = await this.aws.lastOpening();
    if (associations.some(({ state }) => state === 'disassociating'))
      return this.answer(last, associations, 'the VPN is just being shut: try again in some minutes');
    const until = endOf(hours, this.now, this.settings);
    if (!until) return this.answer(last, associations, 'admin.vpn.hours let nobody in at this moment');
    const running = isWanted(last, this.now) ? last : undefined;
    const opening: Opening = {
      by,
      since: running?.since ?? this.now,
      until: running && running.until > until ? running.until : until,
    };
    await this.aws.remember(opening);
    const answer = await this.settle(opening, associations);
    await this.insistOn(opening);
    await this.aws.tell(
      `The admin VPN of ${this.settings.environment} is open until ${opening.until.toISOString()}: ${by} opened it.`,
    );
    return answer;
  }

  /** Of two who open it at once, the later end holds. */
  private async insistOn(opening: Opening): Promise<void> {
    const last = await this.aws.lastOpening();
    if (last && last.closedBy === undefined && last.until < opening.until) await this.aws.remember(opening);
  }

  async close(by: string): Promise<DoorAnswer> {
    const associations = await this.aws.associations();
    const last = await this.aws.lastOpening();
    const closed = last && { ...last, closedBy: by };
    if (closed && isWanted(last, this.now)) await this.aws.remember(closed);
    const answer = await this.settle(closed, associations);
    if (answer.state !== 'closed')
      await this.aws.tell(`The admin VPN of ${this.settings.environment} is shut: ${by} shut it.`);
    return answer;
  }

  /** What the watch asks for every few minutes, and the schedule at the end of an opening. */
  async watch(): Promise<DoorAnswer> {
    const associations = await this.aws.associations();
    const last = await this.current(associations);
    const alarm = alarmOf(last, associations, this.settings, this.now);
    const answer = await this.settle(last, associations);
    if (alarm) {
      this.aws.say(JSON.stringify({ stoodOpen: alarm }));
      await this.aws.tell(
        `The admin VPN of ${this.settings.environment} ${alarm}. It is shut now. Find out who attached it (docs/runbooks/vpn.md).`,
      );
    }
    return answer;
  }

  /** The word of the day: who opened the door since yesterday, and until when. Of a day on which nobody did there is none. */
  async tellTheDay(): Promise<DoorAnswer> {
    const last = await this.aws.lastOpening();
    const answer = this.answer(last, await this.aws.associations());
    const planned = last?.by === hoursOfConfig && last.closedBy === undefined;
    if (last && !planned && this.now.getTime() - last.until.getTime() < day) {
      const until = last.until.toISOString();
      const ended =
        last.closedBy === undefined ? `until ${until}` : `for until ${until}, and ${last.closedBy} shut it`;
      await this.aws.tell(
        `The admin VPN of ${this.settings.environment} is ${answer.state}. ${last.by} opened it at ${last.since.toISOString()} ${ended}.`,
      );
    }
    return answer;
  }

  async state(): Promise<DoorAnswer> {
    return this.answer(await this.aws.lastOpening(), await this.aws.associations());
  }

  /** Before the endpoint is deleted, which AWS refuses while a subnet is attached. @returns whether it may be */
  async takeDown(): Promise<boolean> {
    await this.aws.forget();
    const associations = await this.aws.associations();
    await this.settle(undefined, associations);
    return associations.every(({ state }) => state === 'disassociated');
  }

  /** The last opening, begun anew where the hours of the config say so, and ended where it hangs. */
  private async current(associations: readonly Association[]): Promise<Opening | undefined> {
    const last = await this.aws.lastOpening();
    if (last && isWanted(last, this.now) && hangs(last, associations, this.now)) {
      const given: Opening = { ...last, closedBy: 'the watch: AWS did not attach it in half an hour' };
      await this.aws.remember(given);
      await this.aws.tell(
        `The admin VPN of ${this.settings.environment} did not open in half an hour, and was shut: open it again.`,
      );
      return given;
    }
    // Whoever shut it has shut it for the day.
    if (last !== undefined && this.now < last.until) return last;
    const soon = new Date(this.now.getTime() + head);
    const { opens, hours, timeZone } = this.settings;
    if (opens !== 'hours' || !hours || !isOpen(hours, timeZone, soon)) return last;
    const until = endOf(wholeDay, soon, this.settings);
    if (!until || until <= this.now) return last;
    const opening: Opening = { by: hoursOfConfig, since: this.now, until };
    await this.aws.remember(opening);
    return opening;
  }

  private async settle(last: Opening | undefined, associations: readonly Association[]): Promise<DoorAnswer> {
    const steps = stepsTo(isWanted(last, this.now), associations, this.settings);
    for (const step of steps) await this.aws.take(step);
    if (steps.length > 0) this.aws.say(JSON.stringify({ door: steps, opening: last }));
    return this.answer(last, steps.length > 0 ? await this.aws.associations() : associations);
  }

  private answer(
    last: Opening | undefined,
    associations: readonly Association[],
    refused?: string,
  ): DoorAnswer {
    const wanted = isWanted(last, this.now);
    const attached = this.settings.subnetIds.every((id) =>
      associations.some(({ subnetId, state }) => subnetId === id && state === 'associated'),
    );
    const gone = associations.every(({ state }) => state === 'disassociated');
    return {
      state: wanted ? (attached ? 'open' : 'opening') : gone ? 'closed' : 'closing',
      refused,
      ...(wanted && last && { by: last.by, until: last.until.toISOString() }),
    };
  }
}
