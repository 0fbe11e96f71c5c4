import { expect } from 'vitest';
import type { Input } from '../bad-aws.ts';
import { allSucceeded, aws, type Row, request, succeeded, tells } from '../bad-day.ts';

const names = JSON.stringify({
  kind: 'names',
  name: 'names',
  names: { parameterPath: '/shop', secret: 'authority', logGroup: '/insights' },
});
const goingStack =
  '<R><DescribeStacksResult><Stacks><member><StackName>s</StackName><StackStatus>DELETE_IN_PROGRESS</StackStatus></member></Stacks></DescribeStacksResult></R>';

export const resourceRows: Readonly<Record<string, Row>> = {
  'default-group': {
    event: () => request({ DefaultSecurityGroupId: 'sg-1' }),
    answers() {
      const rules = new Set(['sgr-in', 'sgr-out']);
      const item = (id: string) =>
        rules.has(id)
          ? `<item><securityGroupRuleId>${id}</securityGroupRuleId><isEgress>${id === 'sgr-out'}</isEgress></item>`
          : '';
      const revoke = (input: Input) => {
        rules.delete(String(input['SecurityGroupRuleId.1']));
        return '<Response><return>true</return></Response>';
      };
      return {
        DescribeSecurityGroupRules: ({ NextToken }) =>
          NextToken === undefined
            ? `<Response><securityGroupRuleSet>${item('sgr-in')}</securityGroupRuleSet><nextToken>more</nextToken></Response>`
            : `<Response><securityGroupRuleSet>${item('sgr-out')}</securityGroupRuleSet></Response>`,
        RevokeSecurityGroupIngress: revoke,
        RevokeSecurityGroupEgress: revoke,
      };
    },
    right() {
      succeeded();
      expect(aws.inputsOf('RevokeSecurityGroupEgress')).toMatchObject([
        { 'SecurityGroupRuleId.1': 'sgr-out' },
      ]);
    },
    once: allSucceeded,
    givesUp: tells,
    again: succeeded,
    resource: { properties: { DefaultSecurityGroupId: 'sg-1' }, absent: {} },
  },
  'vpc-origin-group': {
    event: () => request({ VpcId: 'vpc-1' }),
    answers: () => ({
      DescribeSecurityGroups: ({ NextToken }) =>
        NextToken === undefined
          ? '<Response><securityGroupInfo/><nextToken>more</nextToken></Response>'
          : '<Response><securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo></Response>',
    }),
    right: () =>
      expect(aws.told).toContainEqual(
        expect.objectContaining({ Status: 'SUCCESS', Data: { GroupId: 'sg-1' } }),
      ),
    once: allSucceeded,
    givesUp: tells,
    resource: { properties: { VpcId: 'vpc-1' }, absent: {} },
  },
  teardown: {
    event: () =>
      request(
        {
          Leftover: names,
        },
        'Delete',
      ),
    answers() {
      let parameters = ['/shop/image-digest'];
      let secret = true;
      return {
        DescribeStacks: () => goingStack,
        DescribeParameters: ({ NextToken }) =>
          NextToken === undefined
            ? { Parameters: [], NextToken: 'more' }
            : { Parameters: parameters.map((Name) => ({ Name })) },
        DeleteParameters: () => {
          parameters = [];
          return { DeletedParameters: [], InvalidParameters: [] };
        },
        DeleteSecret: () => {
          if (!secret) return { __type: 'ResourceNotFoundException' };
          secret = false;
          return {};
        },
        DeleteLogGroup: () => ({ __type: 'ResourceNotFoundException' }),
      };
    },
    right() {
      succeeded();
      expect(aws.inputsOf('DeleteParameters')).toEqual([{ Names: ['/shop/image-digest'] }]);
      expect(aws.inputsOf('DeleteSecret')).toHaveLength(1);
    },
    once: allSucceeded,
    again() {
      succeeded();
      expect(aws.inputsOf('DeleteParameters')[0]).toEqual({ Names: ['/shop/image-digest'] });
      expect(aws.inputsOf('DeleteSecret').length).toBeGreaterThan(0);
    },
    givesUp: tells,
    resource: {
      properties: { Leftover: names },
      absent: {
        DescribeStacks: () => goingStack,
        DescribeParameters: () => ({}),
        DeleteSecret: () => ({ __type: 'ResourceNotFoundException' }),
        DeleteLogGroup: () => ({ __type: 'ResourceNotFoundException' }),
      },
    },
  },
};
