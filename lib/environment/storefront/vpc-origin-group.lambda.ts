import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { customResourceHandler } from '../lambda/custom-resource.ts';

/**
 * Custom resource: the id of the security group CloudFront makes for its VPC origins, in the VPC `VpcId`.
 * Attribute: `GroupId`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export const handler = customResourceHandler(async (event) => {
  const vpcId = String(event.ResourceProperties.VpcId);
  const physicalResourceId = `vpc-origin-group-of-${vpcId}`;
  if (event.RequestType === 'Delete') return { physicalResourceId };
  return { physicalResourceId, data: { GroupId: await findGroup(new EC2Client(), vpcId) } };
});

export async function findGroup(ec2: Pick<EC2Client, 'send'>, vpcId: string): Promise<string> {
  const found = await ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'group-name', Values: ['CloudFront-VPCOrigins-Service-SG'] },
      ],
    }),
  );
  const groupId = found.SecurityGroups?.[0]?.GroupId;
  if (!groupId) {
    throw new Error(
      `no security group CloudFront-VPCOrigins-Service-SG in ${vpcId}: CloudFront makes it with the first VPC origin; deploy again in a few minutes`,
    );
  }
  return groupId;
}
