import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** Of a stack that is deleted, or whose creation failed and is rolled back. */
const going: readonly string[] = ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'];

/**
 * Whether a whole stack goes. A custom resource is also deleted by an update that does without it, such as the one that
 * makes an environment lasting: then everything stays.
 */
export async function stackGoes(cloudFormation: CloudFormationClient, stackId: string): Promise<boolean> {
  const { Stacks: stacks = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: stackId }),
  );
  return going.includes(stacks[0]?.StackStatus ?? '');
}
