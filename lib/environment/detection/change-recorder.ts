import * as config from 'aws-cdk-lib/aws-config';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { roleArn } from '../iam/role-arn.ts';
import { configPrefix } from '../vault/buckets.ts';
import { runtimeRules } from './config-rules.ts';

/**
 * What the controls of Security Hub look at, of what a shop is made of. Each change of these is a line of the bill, so
 * that interfaces of the network, which come and go with every task, are not among them.
 *
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-config-resources.html
 */
const lookedAtByStandards = [
  'AWS::ACM::Certificate',
  'AWS::CloudFormation::Stack',
  'AWS::CloudTrail::Trail',
  'AWS::CodeBuild::Project',
  'AWS::EC2::Instance',
  'AWS::EC2::NetworkAcl',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::FileSystem',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::IAM::Policy',
  'AWS::IAM::User',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBClusterSnapshot',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSnapshot',
  'AWS::S3::AccountPublicAccessBlock',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
];

export interface ChangeRecorderProps {
  /** Takes what is recorded; its policy has to let AWS Config write. One under Object Lock is refused. */
  readonly bucket: s3.IBucket;
  /** Whether standards of Security Hub look at what is recorded. */
  readonly forStandards: boolean;
}

/**
 * The recorder of AWS Config, of which an account has one per region, and its way into a bucket.
 *
 * Neither waits for the other: CloudFormation starts the recorder once both are there.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-configurationrecorder.html
 */
export class ChangeRecorder extends Construct {
  constructor(scope: Construct, id: string, { bucket, forStandards }: ChangeRecorderProps) {
    super(scope, id);
    const asked = runtimeRules.flatMap(({ types }) => types ?? []);
    new config.CfnConfigurationRecorder(this, 'Recorder', {
      // The role that the account has for AWS Config alone: nothing else can assume it, and it changes nothing.
      roleArn: roleArn(this, 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: [...new Set([...asked, ...(forStandards ? lookedAtByStandards : [])])].sort(),
        recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      },
    });
    new config.CfnDeliveryChannel(this, 'Delivery', {
      s3BucketName: bucket.bucketName,
      s3KeyPrefix: configPrefix,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
  }
}
