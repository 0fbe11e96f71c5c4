import { EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { askUntil, type Patience } from '../lambda/ask-until.ts';
import { answerMilliseconds, customResourceHandler } from '../lambda/custom-resource.ts';

/**
 * Custom resource: the id of the security group CloudFront makes for its VPC origins, in the VPC `VpcId`.
 * Attribute: `GroupId`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export const handler = customResourceHandler(async (event, context) => {
  const vpcId = String(event.ResourceProperties.VpcId);
  const physicalResourceId = `vpc-origin-group-of-${vpcId}`;
  if (event.RequestType === 'Delete') return { physicalResourceId };
  const time = {
    milliseconds: context.getRemainingTimeInMillis() - answerMilliseconds - 10_000,
    interval: 10_000,
  };
  return { physicalResourceId, data: { GroupId: await findGroup(new EC2Client(), vpcId, time) } };
});

/** CloudFront makes the group some time after the origin, so it is looked for until it is there. */
export async function findGroup(ec2: EC2Client, vpcId: string, time: Patience): Promise<string> {
  const { answer, lastError } = await askUntil(() => lookForGroup(ec2, vpcId), time);
  if (answer !== undefined) return answer;
  throw new Error(
    `no security group CloudFront-VPCOrigins-Service-SG in ${vpcId} after ${Math.round(time.milliseconds / 60_000)} minutes${lastError === undefined ? '' : ` (${lastError})`}: CloudFront makes it with the first VPC origin; deploy again in a few minutes`,
  );
}

async function lookForGroup(client: EC2Client, vpcId: string): Promise<string | undefined> {
  const pages = paginateDescribeSecurityGroups(
    { client },
    {
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'group-name', Values: ['CloudFront-VPCOrigins-Service-SG'] },
      ],
    },
  );
  for await (const { SecurityGroups = [] } of pages) {
    const found = SecurityGroups.find(({ GroupId }) => GroupId !== undefined)?.GroupId;
    if (found !== undefined) return found;
  }
  return undefined;
}
