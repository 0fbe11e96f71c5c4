import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { HardenedFunctionProps } from '../lambda/hardened-function.ts';
import { HardenedFunction } from '../lambda/hardened-function.ts';

/**
 * Takes every rule away from the VPC's default security group, which CloudFormation cannot change: a resource that
 * was given no group of its own then reaches nothing.
 *
 * The CDK's own switch (`restrictDefaultSecurityGroup`) does the same with a function outside the VPC and an inline
 * policy. Name and type are the CDK's, by which the packs recognize a closed group.
 */
export function closeDefaultGroup(
  vpc: ec2.Vpc,
  props: Pick<HardenedFunctionProps, 'network' | 'logs' | 'alarmTopic'>,
): void {
  const closer = new HardenedFunction(vpc, 'DefaultGroupCloser', {
    ...props,
    name: 'default-group',
    description: 'Closes the default security group during a deploy',
    timeout: Duration.minutes(2),
    reservedConcurrency: 1,
  });
  closer.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      resources: [
        Stack.of(vpc).formatArn({
          service: 'ec2',
          resource: 'security-group',
          resourceName: vpc.vpcDefaultSecurityGroup,
        }),
      ],
    }),
  );
  const closed = new CustomResource(vpc, 'RestrictDefaultSecurityGroupCustomResource', {
    resourceType: 'Custom::VpcRestrictDefaultSG',
    serviceToken: closer.functionArn,
    serviceTimeout: Duration.minutes(5),
    properties: { DefaultSecurityGroupId: vpc.vpcDefaultSecurityGroup },
  });
  // The function reaches AWS's APIs through the NAT gateway.
  for (const subnet of vpc.privateSubnets) closed.node.addDependency(subnet.internetConnectivityEstablished);
  // Rules of its group that stand beside the group.
  closed.node.addDependency(props.network.securityGroup);
}
