import { EC2Client } from '@aws-sdk/client-ec2';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { Door } from '../../../lib/environment/admin/door/door.ts';
import { doorAws } from '../../../lib/environment/admin/door/door-aws.ts';
import { doorEvent } from '../../../lib/environment/admin/door/door-event.ts';
import type { DoorSettings } from '../../../lib/environment/admin/door/settings.ts';
import {
  closeDoor,
  type DoorContext,
  openDoor,
  showDoor,
} from '../../../lib/environment/admin/vpn/door-commands.ts';
import { program } from '../../support/programs.ts';
import { LoopbackAws } from './support/aws.ts';
import { type StubEndpoint, settleAssociations } from './support/client-vpn.ts';
import { account, operatorOf, region, testShop } from './support/shop.ts';

const moto = program('moto_server');

describe.skipIf(moto.missing)(`the door on AWS (needs moto: ${moto.install})`, () => {
  let aws: LoopbackAws;
  let endpoint: StubEndpoint;
  let settings: DoorSettings;
  let tests = 0;

  beforeAll(async () => {
    aws = await LoopbackAws.start(moto.path ?? '');
  });
  afterAll(() => aws.stop());
  beforeEach(async () => {
    tests += 1;
    const endpointId = `cvpn-endpoint-door${tests}`;
    endpoint = { host: 'x', rootChainArn: 'y', imports: 0, associations: [] };
    aws.endpoints.set(endpointId, endpoint);
    aws.interruption = undefined;
    const { TopicArn = '' } = await new SNSClient({ region }).send(
      new CreateTopicCommand({ Name: 'alarms' }),
    );
    settings = {
      endpointId,
      subnetIds: ['subnet-a', 'subnet-c'],
      vpcId: 'vpc-1',
      securityGroupId: 'sg-clients',
      schedule: `shop-${tests}-vpn-door`,
      scheduleRoleArn: `arn:aws:iam::${account}:role/schedule`,
      topicArn: TopicArn,
      environment: 'shop production',
      opens: 'on-demand',
      timeZone: 'Asia/Tokyo',
    };
  });

  const door = (now = new Date()) => {
    const clients = {
      ec2: new EC2Client({ region, maxAttempts: 1 }),
      scheduler: new SchedulerClient({ region, maxAttempts: 1 }),
      sns: new SNSClient({ region, maxAttempts: 1 }),
    };
    const functionArn = `arn:aws:lambda:${region}:${account}:function:door`;
    return new Door(
      settings,
      doorAws(clients, settings, functionArn, () => undefined),
      () => now,
    );
  };
  const states = () => endpoint.associations?.map(({ subnetId, state }) => `${subnetId} ${state}`);
  const callsSince = (first: number) => aws.calls.slice(first).map(({ action }) => action);

  it('is opened with its subnets, its group and a schedule, and every page of what is attached is read', async () => {
    await door().open(3, 'hana');
    expect(states()).toEqual(['subnet-a associating', 'subnet-c associating']);
    settleAssociations(endpoint);
    await door().watch();
    expect(endpoint.associations?.map(({ groups }) => groups)).toEqual([['sg-clients'], ['sg-clients']]);
    expect(await door().state()).toMatchObject({ state: 'open', by: 'hana' });
    const schedule = await new SchedulerClient({ region }).send(
      new GetScheduleCommand({ Name: settings.schedule }),
    );
    expect(schedule).toMatchObject({ ActionAfterCompletion: 'NONE', ScheduleExpressionTimezone: 'UTC' });
    expect(doorEvent.parse(JSON.parse(schedule.Target?.Input ?? ''))).toEqual({ action: 'watch' });
  });

  it('shut with somebody in it, takes every subnet off', async () => {
    await door().open(3, 'hana');
    settleAssociations(endpoint);
    await door().close('ken');
    expect(states()).toEqual(['subnet-a disassociating', 'subnet-c disassociating']);
    settleAssociations(endpoint);
    expect((await door().state()).state).toBe('closed');
  });

  it('opened by two in the same moment, is attached once', async () => {
    await Promise.all([door().open(3, 'hana'), door().open(2, 'ken')]);
    expect(states()?.sort()).toEqual(['subnet-a associating', 'subnet-c associating']);
  });

  it('killed at each of its calls, before or after AWS carried it out, is finished by the watch', async () => {
    for (const carriedOut of [false, true]) {
      for (let at = 0; at < 12; at += 1) {
        endpoint.associations = [];
        settings = { ...settings, schedule: `kill-${carriedOut}-${at}` };
        aws.interruption = { at: aws.calls.length + at, carriedOut };
        const failed = await door()
          .open(1, 'hana')
          .then(
            () => false,
            () => true,
          );
        aws.interruption = undefined;
        settleAssociations(endpoint);
        await door().watch();
        settleAssociations(endpoint);
        // Either nothing had been written down, or it is open as asked for.
        const { state } = await door().state();
        expect(['open', 'closed']).toContain(state);
        expect(failed || state === 'open').toBe(true);
        await door(new Date(Date.now() + 62 * 60_000)).watch();
        settleAssociations(endpoint);
        expect(endpoint.associations).toEqual([]);
      }
    }
  });

  it('asks AWS for nothing but to look, when all is as it should be', async () => {
    await door().watch();
    const first = aws.calls.length;
    await door().watch();
    expect(callsSince(first)).toEqual(['DescribeClientVpnTargetNetworks', 'unknown']);
  });

  describe('by its commands', () => {
    /** Runs the function here, and lets AWS finish what it began after every pause. */
    const command = (): DoorContext & { readonly said: string[] } => {
      const operator = operatorOf(testShop());
      const lambda = {
        send: async ({ input }: { input: { Payload: string } }) => {
          const event = doorEvent.parse(JSON.parse(input.Payload));
          const answer =
            event.action === 'open'
              ? await door().open(event.hours, event.by)
              : event.action === 'close'
                ? await door().close(event.by)
                : await door().state();
          return { Payload: Buffer.from(JSON.stringify(answer)) };
        },
      };
      return {
        ...operator,
        lambda: lambda as unknown as LambdaClient,
        sts: new STSClient({ region }),
        pause: async () => settleAssociations(endpoint),
      };
    };

    it('is opened by whoever AWS says it was, and shut again', async () => {
      const context = command();
      await openDoor(context, 3);
      expect(context.said.at(-1)).toBe('the VPN is open');
      await showDoor(context);
      expect(context.said.at(-1)).toMatch(/^open until .*\(Asia\/Tokyo\): arn:aws:\S+ opened it$/);
      await closeDoor(context);
      expect(context.said.at(-1)).toBe('the VPN is closed');
    });

    it('says why it is not opened', async () => {
      await door().open(3, 'hana');
      settleAssociations(endpoint);
      await door().close('hana');
      const refused = await openDoor(command(), 3).then(
        () => expect.fail('should have been refused'),
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(UserError);
      expect(String((refused as UserError).problems)).toContain('just being shut');
    });
  });
});
