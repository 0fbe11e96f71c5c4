import { setTimeout as pause } from 'node:timers/promises';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SNSClient } from '@aws-sdk/client-sns';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { correctedTime } from '../../../cli/corrected-time.ts';
import { customResourceHandler } from '../../lambda/custom-resource.ts';
import { Door, type DoorAnswer } from './door.ts';
import { doorAws } from './door-aws.ts';
import { doorEvent } from './door-event.ts';
import type { DoorSettings } from './settings.ts';

const clients = { ec2: new EC2Client(), scheduler: new SchedulerClient(), sns: new SNSClient() };

function doorOf(context: Context): Door {
  const settings = JSON.parse(process.env.SETTINGS ?? '') as DoorSettings;
  const aws = doorAws(clients, settings, context.invokedFunctionArn, (line) => console.log(line));
  return new Door(settings, aws, () => correctedTime([clients.ec2, clients.scheduler]));
}

/** Custom resource: when the endpoint goes, its associations go first. */
const takeDown = customResourceHandler(async ({ RequestType, ResourceProperties }, context) => {
  const physicalResourceId = `door-${ResourceProperties.EndpointId}`;
  while (RequestType === 'Delete' && !(await doorOf(context).takeDown())) await pause(15_000);
  return { physicalResourceId };
});

export async function handler(event: unknown, context: Context): Promise<DoorAnswer | undefined> {
  if (isFromCloudFormation(event)) {
    await takeDown(event, context);
    return undefined;
  }
  const asked = doorEvent.parse(event);
  const door = doorOf(context);
  switch (asked.action) {
    case 'open':
      return door.open(asked.hours, asked.by);
    case 'close':
      return door.close(asked.by);
    case 'watch':
      return door.watch();
    case 'word':
      return door.tellTheDay();
    case 'state':
      return door.state();
  }
}

function isFromCloudFormation(event: unknown): event is CloudFormationCustomResourceEvent {
  return typeof event === 'object' && event !== null && 'RequestType' in event;
}
