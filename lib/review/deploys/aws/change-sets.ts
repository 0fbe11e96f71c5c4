import { createHash } from 'node:crypto';
import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  type OperationEvent,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { type Finding, findingOfStack } from '../finding.ts';
import type { Deployment } from '../model/deployment.ts';
import type { AwsAccess } from './deployed.ts';

export interface ChangeSetAccess extends AwsAccess {
  readonly storage: (region: string) => S3Client;
  /** Waits between two looks at a change set. */
  readonly pause: (seconds: number) => Promise<void>;
}

const source =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html';
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const largestBody = 51_200;
const secondsBetweenLooks = 3;
const mostLooks = 100;

/**
 * Lets AWS itself judge a deploy: makes a change set for each stack, reads what AWS's validation says, and deletes it
 * again. Nothing is executed.
 */
export async function judgedByAws(
  deployed: Deployment | undefined,
  target: Deployment,
  access: ChangeSetAccess,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const exported = new Set(
    deployed?.stacks.flatMap((stack) =>
      deployed.exportsOf(stack).map(({ name }) => `${stack.region} ${name}`),
    ),
  );
  for (const stack of target.stacks) {
    const missing = [...target.importsOf(stack)].filter((name) => !exported.has(`${stack.region} ${name}`));
    if (missing.length > 0) {
      access.say(`No change set for ${stack.name}: what it imports is not deployed yet`);
      continue;
    }
    access.say(`Asking AWS about ${stack.name} ...`);
    const exists = deployed?.stacks.some(
      ({ name, region }) => name === stack.name && region === stack.region,
    );
    findings.push(...(await judged(stack, exists === true, access)));
  }
  return findings;
}

async function judged(stack: StackTemplate, exists: boolean, access: ChangeSetAccess): Promise<Finding[]> {
  const region = stack.region ?? '';
  const aws = access.client(region);
  const name = `secure-shop-plan-${Date.now()}`;
  const upload = await uploaded(stack, name, access);
  try {
    await aws.send(
      new CreateChangeSetCommand({
        StackName: stack.name,
        ChangeSetName: name,
        ChangeSetType: exists ? 'UPDATE' : 'CREATE',
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
        Description: 'secure-shop plan: only to be judged, never to be executed',
        ...upload.template,
      }),
    );
    return await answerOf(aws, stack, name, access.pause);
  } finally {
    await aws.send(new DeleteChangeSetCommand({ StackName: stack.name, ChangeSetName: name }));
    // A change set for a new stack announces the stack, which then stays without resources.
    if (!exists) await aws.send(new DeleteStackCommand({ StackName: stack.name }));
    await upload.remove();
  }
}

/** Small templates go along with the call, larger ones through the bucket that "cdk bootstrap" made. */
async function uploaded(stack: StackTemplate, name: string, { storage }: ChangeSetAccess) {
  const body = JSON.stringify(stack.template);
  if (Buffer.byteLength(body) <= largestBody)
    return { template: { TemplateBody: body }, remove: async () => {} };
  const region = stack.region ?? '';
  const s3 = storage(region);
  const place = {
    Bucket: `cdk-hnb659fds-assets-${stack.account}-${region}`,
    Key: `${name}/${createHash('sha256').update(body).digest('hex')}.json`,
  };
  await s3.send(new PutObjectCommand({ ...place, Body: body }));
  return {
    template: { TemplateURL: `https://${place.Bucket}.s3.${region}.amazonaws.com/${place.Key}` },
    remove: async () => {
      await s3.send(new DeleteObjectCommand(place));
    },
  };
}

async function answerOf(
  aws: CloudFormationClient,
  stack: StackTemplate,
  name: string,
  pause: ChangeSetAccess['pause'],
): Promise<Finding[]> {
  const place = { StackName: stack.name, ChangeSetName: name };
  for (let look = 0; look < mostLooks; look += 1) {
    const { Status: status, StatusReason: reason = '' } = await aws.send(new DescribeChangeSetCommand(place));
    if (status === 'CREATE_COMPLETE' || status === 'FAILED') {
      const failed = await validations(aws, place);
      if (failed.length > 0) return failed.map((event) => refusal(stack, event));
      const unchanged = /didn't contain changes|No updates are to be performed/.test(reason);
      return status === 'FAILED' && !unchanged ? [refusal(stack, { ValidationStatusReason: reason })] : [];
    }
    await pause(secondsBetweenLooks);
  }
  return [refusal(stack, { ValidationStatusReason: 'the change set was not ready in time' })];
}

async function validations(
  aws: CloudFormationClient,
  place: { readonly StackName: string; readonly ChangeSetName: string },
): Promise<OperationEvent[]> {
  const events: OperationEvent[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.send(
      new DescribeEventsCommand({ ...place, Filters: { FailedEvents: true }, NextToken }),
    );
    events.push(...(page.OperationEvents ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return events.filter(({ ValidationStatus: status }) => status === 'FAILED');
}

function refusal(stack: StackTemplate, event: OperationEvent): Finding {
  const { LogicalResourceId: resource, ResourceType: type, ValidationPath: path } = event;
  const warns = event.ValidationFailureMode === 'WARN';
  return {
    ...findingOfStack(stack, {
      effect: warns ? 'left' : 'refused',
      constraint: 'validated-by-aws',
      says: `${event.ValidationStatusReason ?? event.ValidationName ?? 'was refused'}${path ? ` (${path})` : ''}`,
      way: 'AWS says so itself: mend what it names.',
      source,
    }),
    ...(resource && { resource }),
    ...(type && { type }),
  };
}
