import {
  ApplySecurityGroupsToClientVpnTargetNetworkCommand,
  AssociateClientVpnTargetNetworkCommand,
  DisassociateClientVpnTargetNetworkCommand,
  type EC2Client,
  paginateDescribeClientVpnTargetNetworks,
} from '@aws-sdk/client-ec2';
import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { everyPage } from '../../lambda/every-page.ts';
import type { DoorAws } from './door.ts';
import { type Association, type Opening, opening, type Step } from './plan.ts';
import type { DoorSettings } from './settings.ts';

export interface DoorClients {
  readonly ec2: EC2Client;
  readonly scheduler: SchedulerClient;
  readonly sns: SNSClient;
}

/** What two calls at once, or a second one after a lost answer, find done already; the next run sees what is left. */
const doneAlready = [
  'InvalidClientVpnDuplicateAssociation',
  'InvalidClientVpnDuplicateAssociationException',
  'InvalidClientVpnAssociationIdNotFound',
  'InvalidClientVpnAssociationId.NotFound',
  'IncorrectState',
];

/** @param functionArn of the door itself, which the schedule calls */
export function doorAws(
  { ec2, scheduler, sns }: DoorClients,
  settings: DoorSettings,
  functionArn: string,
  say: (line: string) => void,
): DoorAws {
  const { endpointId, schedule, scheduleRoleArn, topicArn } = settings;

  async function take(step: Step): Promise<void> {
    try {
      await send(step);
    } catch (error) {
      if (!(error instanceof Error) || !doneAlready.includes(error.name)) throw error;
      say(JSON.stringify({ door: step, alreadySo: error.name }));
    }
  }

  function send(step: Step): Promise<unknown> {
    switch (step.do) {
      case 'associate':
        return ec2.send(
          new AssociateClientVpnTargetNetworkCommand({
            ClientVpnEndpointId: endpointId,
            SubnetId: step.subnetId,
          }),
        );
      case 'disassociate':
        return ec2.send(
          new DisassociateClientVpnTargetNetworkCommand({
            ClientVpnEndpointId: endpointId,
            AssociationId: step.id,
          }),
        );
      case 'guard':
        return ec2.send(
          new ApplySecurityGroupsToClientVpnTargetNetworkCommand({
            ClientVpnEndpointId: endpointId,
            VpcId: settings.vpcId,
            SecurityGroupIds: [settings.securityGroupId],
          }),
        );
    }
  }

  async function remember(last: Opening): Promise<void> {
    const wanted = scheduleOf(last, { name: schedule, functionArn, roleArn: scheduleRoleArn });
    try {
      await scheduler.send(new UpdateScheduleCommand(wanted));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      try {
        await scheduler.send(new CreateScheduleCommand(wanted));
      } catch (conflict) {
        // Somebody opened it in the same moment, for the first time.
        if (!(conflict instanceof ConflictException)) throw conflict;
        await scheduler.send(new UpdateScheduleCommand(wanted));
      }
    }
  }

  return {
    associations: async () => {
      try {
        return await associationsOf(ec2, endpointId);
      } catch (error) {
        // Whoever deleted the endpoint took everything off it before.
        if (error instanceof Error && error.name === 'InvalidClientVpnEndpointId.NotFound') return [];
        throw error;
      }
    },
    take,
    lastOpening: () => lastOpeningOf(scheduler, schedule),
    remember,
    forget: async () => {
      try {
        await scheduler.send(new DeleteScheduleCommand({ Name: schedule }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    },
    tell: async (text) => {
      await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: 'Admin VPN', Message: text }));
    },
    say,
  };
}

/** Every subnet that an endpoint is, or was lately, attached to. */
export async function associationsOf(ec2: EC2Client, endpointId: string): Promise<Association[]> {
  const pages = paginateDescribeClientVpnTargetNetworks({ client: ec2 }, { ClientVpnEndpointId: endpointId });
  const found = await everyPage(pages, ({ ClientVpnTargetNetworks }) => ClientVpnTargetNetworks);
  return found.map(({ AssociationId = '', TargetNetworkId = '', Status, SecurityGroups = [] }) => ({
    id: AssociationId,
    subnetId: TargetNetworkId,
    state: Status?.Code ?? 'associating',
    securityGroups: SecurityGroups,
  }));
}

/**
 * @returns undefined before the first opening, and where somebody wrote something else into the schedule: it shuts
 *   nothing then, and the watch does
 */
export async function lastOpeningOf(
  scheduler: SchedulerClient,
  schedule: string,
): Promise<Opening | undefined> {
  try {
    const { Target } = await scheduler.send(new GetScheduleCommand({ Name: schedule }));
    return openingIn(Target?.Input ?? '');
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function openingIn(text: string): Opening | undefined {
  try {
    return opening.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function scheduleOf(
  last: Opening,
  { name, functionArn, roleArn }: { name: string; functionArn: string; roleArn: string },
): CreateScheduleCommandInput {
  return {
    Name: name,
    Description: 'Shuts the admin VPN',
    ScheduleExpression: `at(${last.until.toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    // It stays, and with it who opened the door last.
    ActionAfterCompletion: 'NONE',
    Target: {
      Arn: functionArn,
      RoleArn: roleArn,
      Input: JSON.stringify({ action: 'watch', ...last }),
      RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 5 },
    },
  };
}
