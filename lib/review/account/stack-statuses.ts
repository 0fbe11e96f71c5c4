import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { existingStacks } from '../deploys/aws/existing-stacks.ts';

/** Status by name of every stack that exists in a region. */
export async function stackStatuses(client: CloudFormationClient): Promise<ReadonlyMap<string, string>> {
  const stacks = await existingStacks(client);
  return new Map(stacks.map(({ StackName: name = '', StackStatus: status = '' }) => [name, status]));
}

/** Whether a stack stands as its template says. */
export function isComplete(status: string | undefined): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status ?? '');
}
