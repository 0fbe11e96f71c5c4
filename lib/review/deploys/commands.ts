import type { DeployedResource } from './model/deployment.ts';
import { physicalId } from './model/keeps.ts';

/**
 * Commands that delete a resource by hand, to be copied as they are: the first asks for its id, what is in the way is
 * lifted, the last deletes it.
 *
 * @param lifting commands that lift what is in the way; they name the resource by `physicalId`
 * @param stack `gone` when the resource is left by a stack that was deleted: only the id of such a stack finds it, for 90 days
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html
 */
export function deletionByHand(
  { type, stack: { name, region }, id }: DeployedResource,
  lifting: readonly string[] = [],
  stack: 'standing' | 'gone' = 'standing',
): string[] {
  const of =
    stack === 'standing'
      ? name
      : `"$(aws cloudformation list-stacks --no-paginate --stack-status-filter DELETE_COMPLETE --query "StackSummaries[?StackName=='${name}'] | [0].StackId" --output text)"`;
  const lookUp = `ID=$(aws cloudformation describe-stack-resources --stack-name ${of} --logical-resource-id ${id} --query 'StackResources[0].PhysicalResourceId' --output text)`;
  return [
    region ? `export AWS_REGION=${region}; ${lookUp}` : lookUp,
    ...lifting,
    // https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-delete.html
    `aws cloudcontrol delete-resource --type-name ${type} --identifier ${physicalId}`,
  ];
}
