import {
  type CloudFormationClient,
  paginateListStacks,
  type StackSummary,
} from '@aws-sdk/client-cloudformation';
import { everyPage } from '../../../environment/lambda/every-page.ts';

/** Every stack of a region; AWS goes on listing those that were deleted. */
export async function existingStacks(client: CloudFormationClient): Promise<StackSummary[]> {
  const stacks = await everyPage(paginateListStacks({ client }, {}), ({ StackSummaries }) => StackSummaries);
  return stacks.filter(({ StackStatus: status }) => status !== 'DELETE_COMPLETE');
}
