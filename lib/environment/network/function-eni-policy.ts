import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';

/**
 * What Lambda needs to place a function in the VPC, plus reading security groups.
 * One policy for all functions: none of these actions can be narrowed by AWS, so it is acknowledged once.
 */
export function functionEniPolicy(scope: Construct): iam.ManagedPolicy {
  const policy = new iam.ManagedPolicy(scope, 'FunctionEniPolicy', {
    description: 'Network interfaces of the functions of this environment',
    statements: [
      new iam.PolicyStatement({
        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
        actions: [
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSecurityGroupRules',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': Stack.of(scope).region } },
      }),
      // The service needs them, the function's own code does not.
      new iam.PolicyStatement({
        sid: 'NotByTheCodeItself',
        effect: iam.Effect.DENY,
        actions: [
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        resources: ['*'],
        conditions: { ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:*' } },
      }),
    ],
  });
  acknowledge(policy, {
    rule: 'IAM5[Resource::*]',
    reason:
      'Lambda creates the network interfaces of a function before any has an id, and the describe actions know no resources (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html). Compensated: in this region only, and denied to every call that comes from the code of a function.',
  });
  return policy;
}
