import {
  EC2Client,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { customResourceHandler } from '../lambda/custom-resource.ts';
import { everyPage } from '../lambda/every-page.ts';

/** Custom resource: takes every rule away from the security group `DefaultSecurityGroupId`. */
export const handler = customResourceHandler(async (event) => {
  const groupId = String(event.ResourceProperties.DefaultSecurityGroupId);
  // A group whose VPC goes away needs no rules back.
  if (event.RequestType !== 'Delete') await closeGroup(new EC2Client(), groupId);
  return { physicalResourceId: `closed-${groupId}` };
});

export async function closeGroup(ec2: EC2Client, groupId: string): Promise<void> {
  const pages = paginateDescribeSecurityGroupRules(
    { client: ec2 },
    { Filters: [{ Name: 'group-id', Values: [groupId] }] },
  );
  const rules = await everyPage(pages, ({ SecurityGroupRules }) => SecurityGroupRules);
  const idsOf = (egress: boolean) =>
    rules.flatMap((rule) =>
      rule.IsEgress === egress && rule.SecurityGroupRuleId ? [rule.SecurityGroupRuleId] : [],
    );
  const ingress = idsOf(false);
  const egress = idsOf(true);
  if (ingress.length > 0) {
    await unlessGone(
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, SecurityGroupRuleIds: ingress })),
    );
  }
  if (egress.length > 0) {
    await unlessGone(
      ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, SecurityGroupRuleIds: egress })),
    );
  }
}

/** CloudFormation may send its request twice: what the other run took away is what was wanted. */
async function unlessGone(revoked: Promise<unknown>): Promise<void> {
  try {
    await revoked;
  } catch (error) {
    const gone = ['InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound'];
    if (!(error instanceof Error) || !gone.includes(error.name)) throw error;
  }
}
