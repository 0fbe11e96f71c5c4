import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { designed, type Operated } from './question.ts';

/** Physical ids of a type in the deployed stacks whose templates have it. */
export async function ownResources(
  operated: Operated,
  type: string,
  /** Of their logical ids. */
  logicalId = /^/,
): Promise<{ readonly id: string; readonly region: string }[]> {
  const holders = new Set(designed(operated, type).map(({ stack }) => stack));
  const lists = await Promise.all(
    (await operated.deployed())
      .filter(({ name }) => holders.has(name))
      .map(async ({ name, region }) => {
        const pages = paginateListStackResources(
          { client: operated.aws.stacks(region) },
          { StackName: name },
        );
        const found = await everyPage(pages, ({ StackResourceSummaries }) => StackResourceSummaries);
        return found.flatMap(({ ResourceType, LogicalResourceId = '', PhysicalResourceId: id }) =>
          ResourceType === type && logicalId.test(LogicalResourceId) && id ? { id, region } : [],
        );
      }),
  );
  return lists.flat();
}
