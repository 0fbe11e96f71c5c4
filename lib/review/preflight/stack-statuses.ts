import { type CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';

/** Status by name of every stack that exists in a region. */
export async function stackStatuses(client: CloudFormationClient): Promise<ReadonlyMap<string, string>> {
  const statuses = new Map<string, string>();
  for await (const { StackSummaries: stacks = [] } of paginateListStacks({ client }, {})) {
    for (const { StackName: name = '', StackStatus: status = '' } of stacks) {
      if (status !== 'DELETE_COMPLETE') statuses.set(name, status);
    }
  }
  return statuses;
}

/** Whether a stack stands as its template says. */
export function isComplete(status: string | undefined): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status ?? '');
}
