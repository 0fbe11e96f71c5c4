import {
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { customResourceHandler } from '../lambda/custom-resource.ts';

/** Custom resource: takes every rule away from the security group `DefaultSecurityGroupId`. */
export const handler = customResourceHandler(async (event) => {
  const groupId = String(event.ResourceProperties.DefaultSecurityGroupId);
  // A group whose VPC goes away needs no rules back.
  if (event.RequestType !== 'Delete') await closeGroup(new EC2Client(), groupId);
  return { physicalResourceId: `closed-${groupId}` };
});

export async function closeGroup(ec2: Pick<EC2Client, 'send'>, groupId: string): Promise<void> {
  const { SecurityGroupRules: rules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  const idsOf = (egress: boolean) =>
    rules.flatMap((rule) =>
      rule.IsEgress === egress && rule.SecurityGroupRuleId ? [rule.SecurityGroupRuleId] : [],
    );
  const ingress = idsOf(false);
  const egress = idsOf(true);
  if (ingress.length > 0) {
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: groupId, SecurityGroupRuleIds: ingress }),
    );
  }
  if (egress.length > 0) {
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, SecurityGroupRuleIds: egress }));
  }
}
