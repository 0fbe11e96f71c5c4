import { CustomResource, Duration } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { ports } from '../network/security-groups.ts';

export interface VpcOriginIngressProps {
  readonly distribution: cloudfront.Distribution;
  readonly publicListenerGroup: ec2.ISecurityGroup;
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Opens the public listener to CloudFront's VPC origins of this account and to nothing else (NET3).
 *
 * CloudFront makes the group only together with the first VPC origin, so its id is read during the deploy. The
 * managed prefix list would do without, but it lets in every CloudFront address and weighs 55 of the group's 60 rules.
 */
export class VpcOriginIngress extends Construct {
  constructor(scope: Construct, id: string, props: VpcOriginIngressProps) {
    super(scope, id);
    const reader = new HardenedFunction(this, 'Reader', {
      name: 'vpc-origin-group',
      description: 'Reads the security group of the VPC origins during a deploy',
      // CloudFront may take its time.
      timeout: Duration.minutes(12),
      network: props.network,
      logs: props.logs,
      alarmTopic: props.alarmTopic,
      reservedConcurrency: 1,
    });
    const group = new CustomResource(this, 'Group', {
      resourceType: 'Custom::VpcOriginSecurityGroup',
      serviceToken: reader.functionArn,
      serviceTimeout: Duration.minutes(14),
      properties: { VpcId: props.network.vpc.vpcId },
    });
    group.node.addDependency(props.distribution);

    new ec2.CfnSecurityGroupIngress(this, 'FromVpcOrigin', {
      groupId: props.publicListenerGroup.securityGroupId,
      sourceSecurityGroupId: group.getAttString('GroupId'),
      ipProtocol: 'tcp',
      fromPort: ports.https,
      toPort: ports.https,
      description: 'CloudFront VPC origin to the public listener',
    });
  }
}
