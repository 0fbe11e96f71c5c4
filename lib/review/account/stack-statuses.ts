import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { existingStacks } from '../deploys/aws/existing-stacks.ts';

/** Status by name of every stack that exists in a region. */
export async function stackStatuses(client: CloudFormationClient): Promise<ReadonlyMap<string, string>> {
  const stacks = await existingStacks(client);
  return new Map(stacks.map(({ StackName: name = '', StackStatus: status = '' }) => [name, status]));
}

/** Whether a stack stands as its template says. */
export function isComplete(status: string | undefined): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status ?? '');
}

/**
 * Whether a stack of that status holds no resources: it is not there, was only announced by a change set, or its creation
 * was rolled back. What has its names is another's.
 */
export function isEmpty(status: string | undefined): boolean {
  return status === undefined || /^(REVIEW_IN_PROGRESS|ROLLBACK_COMPLETE|DELETE_COMPLETE)$/.test(status);
}
