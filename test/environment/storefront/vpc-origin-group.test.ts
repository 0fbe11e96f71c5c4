import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it, vi } from 'vitest';
import { findGroup } from '../../../lib/environment/storefront/vpc-origin-group.lambda.ts';

type Page = { readonly SecurityGroups?: { GroupId: string }[]; readonly NextToken?: string } | Error;

/** EC2 that answers each question with the next of these, and then with the last of them for ever. */
function clientAnswering(...pages: readonly Page[]): EC2Client {
  const ec2 = new EC2Client({ region: 'ap-northeast-1' });
  let asked = 0;
  vi.spyOn(ec2, 'send').mockImplementation(async () => {
    const page = pages[Math.min(asked++, pages.length - 1)];
    if (page instanceof Error) throw page;
    return page;
  });
  return ec2;
}

const time = { milliseconds: 60_000, interval: 1 };
const there = { SecurityGroups: [{ GroupId: 'sg-0123' }] };
const throttled = Object.assign(new Error('slow down'), { name: 'RequestLimitExceeded' });

it("finds the group of the VPC origins by CloudFront's own name for it, in this VPC", async () => {
  const ec2 = clientAnswering(there);
  expect(await findGroup(ec2, 'vpc-1', time)).toBe('sg-0123');
  const [command] = vi.mocked(ec2.send).mock.calls[0] ?? [];
  expect(command).toBeInstanceOf(DescribeSecurityGroupsCommand);
  expect(command?.input).toMatchObject({
    Filters: [
      { Name: 'vpc-id', Values: ['vpc-1'] },
      { Name: 'group-name', Values: ['CloudFront-VPCOrigins-Service-SG'] },
    ],
  });
});

it.each<[string, Page[]]>([
  ['is not there yet', [{ SecurityGroups: [] }, {}, there]],
  ['is asked for while EC2 is throttled', [throttled, throttled, there]],
  ['stands on a later page', [{ SecurityGroups: [], NextToken: 'more' }, there]],
])('finds a group that %s', async (_how, pages) => {
  expect(await findGroup(clientAnswering(...pages), 'vpc-1', time)).toBe('sg-0123');
});

it('says what is missing when CloudFront does not make the group, and what EC2 said last', async () => {
  await expect(
    findGroup(clientAnswering({ SecurityGroups: [] }), 'vpc-1', { milliseconds: 5, interval: 1 }),
  ).rejects.toThrow(
    /no security group CloudFront-VPCOrigins-Service-SG in vpc-1 after 0 minutes: CloudFront makes it with the first VPC origin; deploy again/,
  );
  await expect(
    findGroup(clientAnswering(throttled), 'vpc-1', { milliseconds: 5, interval: 1 }),
  ).rejects.toThrow('RequestLimitExceeded: slow down');
});
