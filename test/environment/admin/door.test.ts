import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Door, type DoorAws } from '../../../lib/environment/admin/door/door.ts';
import {
  type Association,
  alarmOf,
  endOf,
  type Opening,
  type Step,
} from '../../../lib/environment/admin/door/plan.ts';
import type { DoorSettings } from '../../../lib/environment/admin/door/settings.ts';

const minute = 60_000;
const officeHours = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as (
    | 'monday'
    | 'tuesday'
    | 'wednesday'
    | 'thursday'
    | 'friday'
  )[],
  from: '09:00',
  to: '17:59',
  closedOn: ['2026-11-23'],
};

const settings: DoorSettings = {
  endpointId: 'cvpn-endpoint-1',
  subnetIds: ['subnet-a'],
  vpcId: 'vpc-1',
  securityGroupId: 'sg-clients',
  schedule: 'shop-production-vpn-door',
  scheduleRoleArn: 'arn:aws:iam::111122223333:role/schedule',
  topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
  environment: 'shop production',
  opens: 'on-demand',
  timeZone: 'Asia/Tokyo',
};

class Killed extends Error {}

/** Client VPN and the scheduler as they behave: changes take their time, and a call may be the last one made. */
class Cloud {
  associations: Association[] = [];
  schedule: Opening | undefined;
  readonly told: string[] = [];
  /** The clients' group as AWS gives it to a new association. */
  givenGroup = 'sg-clients';
  /** Calls until the function is killed; whether the last one was carried out. */
  calls = Number.POSITIVE_INFINITY;
  carriedOut = false;
  now = new Date('2026-11-25T03:00:00Z');
  private count = 0;

  readonly aws: DoorAws = {
    associations: () => this.call(() => structuredClone(this.associations)),
    take: (step) => this.call(() => this.take(step)),
    lastOpening: () => this.call(() => this.schedule),
    remember: (opening) => this.call(() => this.plan(opening)),
    forget: () => this.call(() => this.plan(undefined)),
    tell: (text) => this.call(() => void this.told.push(text)),
    say: () => undefined,
  };

  door(changes: Partial<DoorSettings> = {}): Door {
    return new Door({ ...settings, ...changes }, this.aws, () => this.now);
  }

  /** What AWS had begun is done. */
  finish(): void {
    this.associations = this.associations
      .filter(({ state }) => state !== 'disassociating')
      .map((each) => (each.state === 'associating' ? { ...each, state: 'associated' } : each));
  }

  later(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * minute);
  }

  attach(subnetId: string, state = 'associated'): void {
    this.count += 1;
    this.associations.push({
      id: `assoc-${this.count}`,
      subnetId,
      state,
      securityGroups: [this.givenGroup],
    });
  }

  get isOpen(): boolean {
    return this.associations.some(({ state }) => state === 'associated' || state === 'associating');
  }

  private plan(opening: Opening | undefined): void {
    this.schedule = opening;
  }

  private async call<T>(what: () => T): Promise<T> {
    this.calls -= 1;
    if (this.calls < 0 && !this.carriedOut) throw new Killed();
    const answer = what();
    if (this.calls < 0) throw new Killed();
    return answer;
  }

  private take(step: Step): void {
    const setState = (id: string, state: string) => {
      this.associations = this.associations.map((each) => (each.id === id ? { ...each, state } : each));
    };
    if (step.do === 'associate') {
      // What AWS answers with InvalidClientVpnDuplicateAssociation, the door takes for done.
      if (!this.associations.some(({ subnetId }) => subnetId === step.subnetId))
        this.attach(step.subnetId, 'associating');
    } else if (step.do === 'disassociate') setState(step.id, 'disassociating');
    else
      this.associations = this.associations.map((each) => ({
        ...each,
        securityGroups: [settings.securityGroupId],
      }));
  }
}

describe('the door of the admin VPN', () => {
  it('opens for some hours, tells who opened it, and is shut at their end', async () => {
    const cloud = new Cloud();
    expect(await cloud.door().open(3, 'hana')).toMatchObject({ state: 'opening', by: 'hana' });
    expect(cloud.told).toEqual([
      'The admin VPN of shop production is open until 2026-11-25T06:00:00.000Z: hana opened it.',
    ]);
    cloud.finish();
    expect(await cloud.door().state()).toMatchObject({ state: 'open', until: '2026-11-25T06:00:00.000Z' });
    cloud.later(180);
    expect(await cloud.door().watch()).toMatchObject({ state: 'closing' });
    cloud.finish();
    expect(await cloud.door().state()).toEqual({ state: 'closed', refused: undefined });
    expect(cloud.told).toHaveLength(1);
  });

  it('opened twice, stays open to the later end, with one association', async () => {
    const cloud = new Cloud();
    const both = [cloud.door(), cloud.door()];
    await Promise.all([both[0]?.open(5, 'hana'), both[1]?.open(1, 'ken')]);
    cloud.finish();
    await cloud.door().open(1, 'ken');
    expect(cloud.associations).toHaveLength(1);
    expect(cloud.schedule?.until.toISOString()).toBe('2026-11-25T08:00:00.000Z');
  });

  it('opened while it is being shut, refuses and changes nothing', async () => {
    const cloud = new Cloud();
    await cloud.door().open(3, 'hana');
    cloud.finish();
    await cloud.door().close('hana');
    const before = structuredClone([cloud.associations, cloud.schedule]);
    expect((await cloud.door().open(3, 'ken')).refused).toContain('just being shut');
    expect([cloud.associations, cloud.schedule]).toEqual(before);
    cloud.finish();
    expect(await cloud.door().open(3, 'ken')).toMatchObject({ state: 'opening', refused: undefined });
  });

  it('shut by somebody, stays shut when the watch looks', async () => {
    const cloud = new Cloud();
    await cloud.door().open(3, 'hana');
    cloud.finish();
    expect(await cloud.door().close('ken')).toMatchObject({ state: 'closing' });
    cloud.finish();
    await cloud.door().watch();
    expect(cloud.isOpen).toBe(false);
    expect(cloud.told.at(-1)).toContain('ken shut it');
  });

  it.each(['open', 'close'] as const)(
    'killed at any step of %s, is finished or undone by the next watch, and shut in the end',
    async (action) => {
      for (const carriedOut of [false, true]) {
        for (let calls = 0; calls < 8; calls += 1) {
          const cloud = new Cloud();
          if (action === 'close') {
            await cloud.door().open(3, 'hana');
            cloud.finish();
          }
          Object.assign(cloud, { calls, carriedOut });
          const act = action === 'open' ? cloud.door().open(3, 'hana') : cloud.door().close('hana');
          await act.catch((error) => expect(error).toBeInstanceOf(Killed));
          cloud.calls = Number.POSITIVE_INFINITY;
          expect(cloud.isOpen, 'never open without its end').toBe(
            cloud.isOpen && cloud.schedule !== undefined,
          );
          cloud.finish();
          cloud.later(5);
          await cloud.door().watch();
          cloud.finish();
          const wanted = cloud.schedule !== undefined && cloud.schedule.closedBy === undefined;
          expect(cloud.isOpen).toBe(wanted);
          cloud.later(180);
          await cloud.door().watch();
          cloud.finish();
          expect(cloud.isOpen).toBe(false);
        }
      }
    },
  );

  it('killed in the watch, is shut by the one after it', async () => {
    for (let calls = 0; calls < 6; calls += 1) {
      const cloud = new Cloud();
      await cloud.door().open(1, 'hana');
      cloud.finish();
      cloud.later(61);
      cloud.calls = calls;
      await cloud
        .door()
        .watch()
        .catch((error) => expect(error).toBeInstanceOf(Killed));
      cloud.calls = Number.POSITIVE_INFINITY;
      await cloud.door().watch();
      cloud.finish();
      expect(cloud.isOpen).toBe(false);
    }
  });

  it('attached by somebody else, is shut, and a person is told', async () => {
    const cloud = new Cloud();
    cloud.attach('subnet-a');
    await cloud.door().watch();
    cloud.finish();
    expect(cloud.isOpen).toBe(false);
    expect(cloud.told.join()).toContain('nothing was there to shut it');
  });

  it('attached to a subnet of somebody else while it is open, loses that one only', async () => {
    const cloud = new Cloud();
    await cloud.door().open(3, 'hana');
    cloud.finish();
    cloud.attach('subnet-of-the-database');
    await cloud.door().watch();
    cloud.finish();
    expect(cloud.associations.map(({ subnetId }) => subnetId)).toEqual(['subnet-a']);
    expect(cloud.told.at(-1)).toContain('subnet-of-the-database');
  });

  it('given another security group by AWS, gets that of its clients', async () => {
    const cloud = new Cloud();
    cloud.givenGroup = 'sg-default';
    await cloud.door().open(3, 'hana');
    cloud.finish();
    await cloud.door().watch();
    expect(cloud.associations).toMatchObject([{ securityGroups: ['sg-clients'] }]);
  });

  it('whose association fails, is attached again; one that hangs for half an hour is given up', async () => {
    const cloud = new Cloud();
    await cloud.door().open(3, 'hana');
    cloud.associations = cloud.associations.map((each) => ({ ...each, state: 'association-failed' }));
    await cloud.door().watch();
    cloud.finish();
    await cloud.door().watch();
    expect(cloud.associations).toMatchObject([{ state: 'associating' }]);
    cloud.later(31);
    await cloud.door().watch();
    cloud.finish();
    expect(cloud.isOpen).toBe(false);
    expect(cloud.told.at(-1)).toContain('did not open');
  });

  it('tells once a day who opened it and until when, and nothing of a day on which nobody did', async () => {
    const cloud = new Cloud();
    const word = async () => {
      cloud.told.length = 0;
      await cloud.door().tellTheDay();
      return cloud.told;
    };
    expect(await word()).toEqual([]);
    const began = cloud.now.toISOString();
    await cloud.door().open(3, 'hana');
    cloud.finish();
    const until = cloud.schedule?.until.toISOString();
    expect(await word()).toEqual([
      expect.stringContaining(`is open. hana opened it at ${began} until ${until}.`),
    ]);
    await cloud.door().close('ken');
    expect(await word()).toEqual([expect.stringContaining(`for until ${until}, and ken shut it.`)]);
    cloud.finish();
    cloud.later(3 * 60 + 24 * 60 + 1);
    expect(await word()).toEqual([]);
    cloud.schedule = {
      by: 'the hours of the config',
      since: cloud.now,
      until: new Date(cloud.now.getTime() + minute),
    };
    expect(await word()).toEqual([]);
  });

  it('is taken down with its schedule before the endpoint goes', async () => {
    const cloud = new Cloud();
    await cloud.door().open(3, 'hana');
    cloud.finish();
    expect(await cloud.door().takeDown()).toBe(false);
    cloud.finish();
    expect(await cloud.door().takeDown()).toBe(true);
    expect(cloud.schedule).toBeUndefined();
  });
});

describe('the hours of the config', () => {
  const byHours = { opens: 'hours', hours: officeHours } as const;

  it('open the door ten minutes before they begin, and shut it when they end', async () => {
    const cloud = new Cloud();
    cloud.now = new Date('2026-11-24T23:45:00Z'); // 08:45 in Tokyo, a Wednesday
    await cloud.door(byHours).watch();
    expect(cloud.isOpen).toBe(false);
    cloud.later(5);
    await cloud.door(byHours).watch();
    cloud.finish();
    expect(await cloud.door(byHours).state()).toMatchObject({
      state: 'open',
      by: 'the hours of the config',
      until: '2026-11-25T09:00:00.000Z',
    });
    cloud.later(9 * 60 + 10);
    await cloud.door(byHours).watch();
    cloud.finish();
    expect(cloud.isOpen).toBe(false);
    expect(cloud.told).toEqual([]);
  });

  it('do not open again what somebody shut, until the next day', async () => {
    const cloud = new Cloud();
    await cloud.door(byHours).watch();
    cloud.finish();
    await cloud.door(byHours).close('hana');
    cloud.finish();
    cloud.later(60);
    await cloud.door(byHours).watch();
    expect(cloud.isOpen).toBe(false);
    cloud.now = new Date('2026-11-26T00:00:00Z');
    await cloud.door(byHours).watch();
    expect(cloud.isOpen).toBe(true);
  });

  it('open nothing on a holiday, nor does anybody', async () => {
    const cloud = new Cloud();
    cloud.now = new Date('2026-11-23T03:00:00Z');
    await cloud.door(byHours).watch();
    expect(cloud.isOpen).toBe(false);
    const answer = await cloud.door({ hours: officeHours }).open(3, 'hana');
    expect(answer.refused).toContain('admin.vpn.hours');
    expect(cloud.schedule).toBeUndefined();
  });

  it('end an opening in local time, also on the day on which the clock changes', () => {
    const newYork = {
      hours: { ...officeHours, days: ['sunday' as const], from: '00:00' },
      timeZone: 'America/New_York',
    };
    // Clocks go back at 06:00 UTC: the day of hours until 17:59 is an hour longer.
    const end = endOf(24, new Date('2026-11-01T04:30:00Z'), newYork);
    expect(end?.toISOString()).toBe('2026-11-01T23:00:00.000Z');
  });

  it('let no opening last longer than asked for, and none past their end', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 6 }),
        (now, hours) => {
          const end = endOf(hours, now, { hours: officeHours, timeZone: 'Asia/Tokyo' });
          if (!end) return;
          const length = end.getTime() - now.getTime();
          expect(length).toBeLessThanOrEqual(hours * 60 * minute + minute);
          expect(new Date(end.getTime() + 9 * 60 * minute).getUTCHours()).toBeLessThanOrEqual(18);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the alarm of the watch', () => {
  const now = new Date('2026-11-25T03:00:00Z');
  const up: Association[] = [
    { id: 'a', subnetId: 'subnet-a', state: 'associated', securityGroups: ['sg-clients'] },
  ];
  const opened = (minutesAgo: number): Opening => ({
    by: 'hana',
    since: new Date('2026-11-25T00:00:00Z'),
    until: new Date(now.getTime() - minutesAgo * minute),
  });

  it('rings when the end has passed a quarter of an hour ago, and the door stands open', () => {
    expect(alarmOf(opened(16), up, settings, now)).toContain('still stood open');
    expect(alarmOf(opened(14), up, settings, now)).toBeUndefined();
    expect(alarmOf(opened(16), [], settings, now)).toBeUndefined();
    expect(alarmOf(opened(-60), up, settings, now)).toBeUndefined();
  });
});
