import { beforeAll, describe, expect, it } from 'vitest';
import { endOfDay } from '../../../lib/environment/contractor/end-of-day.ts';
import { admittedAt, revokedAt } from '../../../lib/environment/contractor/revocation.ts';
import {
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
} from '../../support/synthesize.ts';
import { attempts, contracted } from './attempts.ts';
import {
  type ContractorPolicies,
  contractorPolicies,
  isAllowed,
  mayAssume,
  type Written,
} from './simulated.ts';

const everything: Written = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const named: Written = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:sts::333344445555:assumed-role/Contractor/yui' },
      Action: '*',
      Resource: '*',
    },
  ],
};

describe('a contractor', () => {
  let environment: SynthesizedEnvironment;
  let policies: ContractorPolicies;

  beforeAll(async () => {
    environment = await exampleEnvironment('examples/eccube-standard.ts');
    policies = contractorPolicies(environment);
  });

  it('can do what the contract is for', async () => {
    for (const attempt of contracted)
      expect([attempt.action, await isAllowed(policies, attempt)]).toEqual([attempt.action, true]);
  });

  it('is known to try at least 60 things that the contract is not for', () => {
    expect(Object.values(attempts).flat().length).toBeGreaterThanOrEqual(60);
  });

  describe.each(Object.entries(attempts))('does not get at %s', (_, tried) => {
    it('although a role without limits would', async () => {
      for (const attempt of tried) {
        // A key asks its own policy first.
        const asked = attempt.action.startsWith('kms:') ? { ...attempt, resourcePolicy: named } : attempt;
        const got = await isAllowed(policies, asked, { attached: [everything], boundary: everything });
        expect([attempt.action, got]).toEqual([attempt.action, true]);
      }
    });

    it('as the role is, nor with everything allowed on top', async () => {
      for (const attempt of tried) {
        for (const attached of [undefined, [policies.work, everything]]) {
          const got = await isAllowed(policies, attempt, attached && { attached });
          expect([attempt.action, got]).toEqual([attempt.action, false]);
        }
      }
    });

    it('nor where the thing itself names the session', async () => {
      for (const attempt of tried) {
        const got = await isAllowed(policies, { ...attempt, resourcePolicy: named });
        expect([attempt.action, got]).toEqual([attempt.action, false]);
      }
    });
  });

  it('can do nothing when cut off, and after being admitted nothing with a session from before', async () => {
    const [attempt] = contracted;
    if (!attempt) throw new Error('the contract is for nothing');
    const at = new Date('2026-12-01T00:45:00Z');
    const under = (refusal: object, signedIn: string) =>
      isAllowed(policies, attempt, { attached: [policies.work, refusal as Written], signedIn });
    expect(await under(revokedAt(at), '2026-12-01T00:30:00Z')).toBe(false);
    expect(await under(revokedAt(at), '2026-12-01T00:50:00Z')).toBe(false);
    expect(await under(admittedAt(at), '2026-12-01T00:30:00Z')).toBe(false);
    expect(await under(admittedAt(at), '2026-12-01T00:50:00Z')).toBe(true);
  });

  it('can do nothing outside the hours, nor once the contract has ended', async () => {
    for (const attempt of contracted) {
      expect(await isAllowed(policies, attempt, { attached: [policies.work, policies.closed] })).toBe(false);
      expect(await isAllowed(policies, attempt, { now: '2027-03-31T15:00:00Z' })).toBe(false);
      expect(await isAllowed(policies, attempt, { now: '2027-03-31T14:59:59Z' })).toBe(true);
    }
  });

  it('signs in as a person of its own account, with MFA, name and external id, until the contract ends', async () => {
    expect(await mayAssume(policies)).toBe(true);
  });

  it.each([
    ['without MFA', { 'aws:MultiFactorAuthPresent': 'false' }],
    ['where MFA is not even known', { 'aws:MultiFactorAuthPresent': undefined }],
    ["with another customer's external id", { 'sts:ExternalId': 'ffffffffffffffffffffffffffffffff' }],
    ['without an external id', { 'sts:ExternalId': undefined }],
    ['under the name of somebody else', { 'sts:RoleSessionName': 'haruto' }],
    ['as a role, which has no name of a person', { 'aws:username': undefined }],
    ['where nobody hears it', { 'aws:RequestedRegion': 'us-east-1' }],
    ['after the contract', { 'aws:CurrentTime': '2027-03-31T15:00:00Z' }],
  ])('does not sign in %s', async (_, context) => {
    expect(await mayAssume(policies, { context })).toBe(false);
  });

  it('is nobody of another account', async () => {
    expect(await mayAssume(policies, { principal: 'arn:aws:iam::123412341234:user/yui' })).toBe(false);
  });

  it('finds the role open from 9 to 18 on weekdays, and shut again every hour besides', () => {
    const schedules = Object.entries(resourcesOfType(environment, 'AWS::Scheduler::Schedule'))
      .filter(([name]) => name.includes('Contractor'))
      .map(([, { Properties }]) => [Properties.ScheduleExpression, Properties.ScheduleExpressionTimezone]);
    expect(schedules).toEqual([
      ['cron(0 9 ? * MON,TUE,WED,THU,FRI *)', 'Asia/Tokyo'],
      ['cron(0 0,1,2,3,4,5,6,7,8,18,19,20,21,22,23 * * ? *)', 'Asia/Tokyo'],
    ]);
  });

  it('is nobody where the config names none', async () => {
    const starter = await exampleEnvironment('examples/woocommerce-starter.ts');
    expect(Object.keys(starter.resources).filter((name) => name.includes('Contractor'))).toEqual([]);
  });
});

describe('the end of a day', () => {
  it.each([
    ['2027-03-31', 'Asia/Tokyo', '2027-03-31T15:00:00.000Z'],
    ['2027-03-31', 'UTC', '2027-04-01T00:00:00.000Z'],
    ['2026-12-31', 'America/Los_Angeles', '2027-01-01T08:00:00.000Z'],
    // Clocks go forward at two in the morning of the 28th, and the day has 23 hours.
    ['2027-03-27', 'Europe/Paris', '2027-03-27T23:00:00.000Z'],
    ['2027-03-28', 'Europe/Paris', '2027-03-28T22:00:00.000Z'],
    ['2027-06-30', 'Asia/Kolkata', '2027-06-30T18:30:00.000Z'],
  ])('%s in %s is over at %s', (date, timeZone, moment) => {
    expect(endOfDay(date, timeZone).toISOString()).toBe(moment);
  });
});
