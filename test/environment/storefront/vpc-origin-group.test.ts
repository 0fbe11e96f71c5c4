import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it, vi } from 'vitest';
import { findGroup } from '../../../lib/environment/storefront/vpc-origin-group.lambda.ts';

function clientAnswering(groups: { GroupId: string }[]): EC2Client {
  const ec2 = new EC2Client({ region: 'ap-northeast-1' });
  vi.spyOn(ec2, 'send').mockImplementation(async () => ({ SecurityGroups: groups }));
  return ec2;
}

it("finds the group of the VPC origins by CloudFront's own name for it, in this VPC", async () => {
  const ec2 = clientAnswering([{ GroupId: 'sg-0123' }]);
  expect(await findGroup(ec2, 'vpc-1')).toBe('sg-0123');
  const [command] = vi.mocked(ec2.send).mock.calls[0] ?? [];
  expect(command).toBeInstanceOf(DescribeSecurityGroupsCommand);
  expect(command?.input).toEqual({
    Filters: [
      { Name: 'vpc-id', Values: ['vpc-1'] },
      { Name: 'group-name', Values: ['CloudFront-VPCOrigins-Service-SG'] },
    ],
  });
});

it('says what is missing when CloudFront has not made the group yet', async () => {
  await expect(findGroup(clientAnswering([]), 'vpc-1')).rejects.toThrow(
    'no security group CloudFront-VPCOrigins-Service-SG in vpc-1: CloudFront makes it with the first VPC origin; deploy again in a few minutes',
  );
});
