import {
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { expect, it, vi } from 'vitest';
import { closeGroup } from '../../../lib/environment/network/default-group.lambda.ts';

/** The second page of EC2's answer holds the last rule. */
function ec2With(rules: { SecurityGroupRuleId: string; IsEgress: boolean }[], refusal?: string): EC2Client {
  const ec2 = new EC2Client({ region: 'ap-northeast-1' });
  vi.spyOn(ec2, 'send').mockImplementation(async (command: unknown) => {
    if (command instanceof DescribeSecurityGroupRulesCommand) {
      return command.input.NextToken === undefined && rules.length > 1
        ? { SecurityGroupRules: rules.slice(0, -1), NextToken: 'more' }
        : { SecurityGroupRules: rules.slice(-1) };
    }
    if (refusal !== undefined) throw Object.assign(new Error(refusal), { name: refusal });
    return {};
  });
  return ec2;
}

const sent = (ec2: EC2Client) => vi.mocked(ec2.send).mock.calls.map(([command]) => command);

it('takes every rule away from the default group, in both directions', async () => {
  const ec2 = ec2With([
    { SecurityGroupRuleId: 'sgr-in', IsEgress: false },
    { SecurityGroupRuleId: 'sgr-out', IsEgress: true },
  ]);
  await closeGroup(ec2, 'sg-default');
  const [, , ingress, egress] = sent(ec2);
  expect(ingress).toBeInstanceOf(RevokeSecurityGroupIngressCommand);
  expect(ingress?.input).toEqual({ GroupId: 'sg-default', SecurityGroupRuleIds: ['sgr-in'] });
  expect(egress).toBeInstanceOf(RevokeSecurityGroupEgressCommand);
  expect(egress?.input).toEqual({ GroupId: 'sg-default', SecurityGroupRuleIds: ['sgr-out'] });
});

it('leaves a group alone that has no rule any more', async () => {
  const ec2 = ec2With([]);
  await closeGroup(ec2, 'sg-default');
  expect(sent(ec2)).toHaveLength(1);
});

it('has done its work when another run of the same request took the rules away first', async () => {
  const rules = [{ SecurityGroupRuleId: 'sgr-in', IsEgress: false }];
  await closeGroup(ec2With(rules, 'InvalidSecurityGroupRuleId.NotFound'), 'sg-default');
  await expect(closeGroup(ec2With(rules, 'UnauthorizedOperation'), 'sg-default')).rejects.toThrow(
    'UnauthorizedOperation',
  );
});
