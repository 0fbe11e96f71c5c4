import { display, list, text, type Value } from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
import { valuesAt } from './checks.ts';
import type { Demand, Found } from './demand.ts';
import { docs } from './pages.ts';

/** Properties that take what is in the region of their own stack only. */
const regional: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudWatch::Alarm': ['AlarmActions.*', 'OKActions.*', 'InsufficientDataActions.*'],
  'AWS::ElasticLoadBalancingV2::Listener': ['Certificates.*.CertificateArn'],
  'AWS::EC2::ClientVpnEndpoint': ['ServerCertificateArn', 'ClientConnectOptions.LambdaFunctionArn'],
  'AWS::Logs::LogGroup': ['KmsKeyId'],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
  'AWS::RDS::DBCluster': ['KmsKeyId'],
  'AWS::EFS::FileSystem': ['KmsKeyId'],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
  'AWS::SecretsManager::RotationSchedule': ['RotationLambdaARN'],
  'AWS::Lambda::Function': ['KmsKeyArn', 'Layers.*'],
  'AWS::Events::Rule': ['Targets.*.Arn'],
  'AWS::WAFv2::WebACLAssociation': ['ResourceArn', 'WebACLArn'],
};

/** A zone is its region and a letter; local zones have longer names. */
const zones: Demand = {
  id: 'same-region',
  violations: ({ resources }) =>
    resources.flatMap((resource) => {
      const zone = text(resource.properties.AvailabilityZone);
      const [, region] = /^([a-z]{2}[a-z-]*-\d)[a-z]$/.exec(zone ?? '') ?? [];
      const here = resource.stack.region;
      if (region === undefined || here === undefined || region === here) return [];
      return [
        {
          of: resource,
          says: `is to stand in ${zone}, which is no zone of ${here} (InvalidParameterValue)`,
          way: 'Name a zone of its own region.',
          source: `${docs}/AWSEC2/latest/UserGuide/using-regions-availability-zones.html`,
        },
      ];
    }),
};

/** Event buses take events from other regions. */
const fromEverywhere = /^arn:[a-z-]+:events:/;

const sameRegion: Demand = {
  id: 'same-region',
  violations: (deployment) =>
    deployment.resources.flatMap((resource) =>
      (regional[resource.type] ?? []).flatMap((path) =>
        valuesAt(resource.properties, path.split('.')).flatMap((value) => {
          const there = regionOf(resource, value, deployment);
          const here = resource.stack.region;
          if (there === undefined || here === undefined || there === here) return [];
          return [
            {
              of: resource,
              says: `names ${display(value)} in ${path.replaceAll('.*', '')}, which is in ${there}, while it stands in ${here} itself`,
              way: 'Name one of its own region.',
              source: `${docs}/IAM/latest/UserGuide/reference-arns.html`,
            },
          ];
        }),
      ),
    ),
};

function regionOf(from: DeployedResource, value: Value, deployment: Deployment): string | undefined {
  const written = text(value) ?? '';
  if (fromEverywhere.test(written)) return undefined;
  const [found] = deployment.referred(from, value);
  return /^arn:[a-z-]+:[a-z0-9-]+:([a-z]{2}[a-z0-9-]*-\d):/.exec(written)?.[1] ?? found?.stack.region;
}

/** Properties through which a resource stands in a VPC. */
const inVpc: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['VpcConfig.SubnetIds.*', 'VpcConfig.SecurityGroupIds.*'],
  'AWS::CodeBuild::Project': ['VpcConfig.Subnets.*', 'VpcConfig.SecurityGroupIds.*', 'VpcConfig.VpcId'],
  'AWS::ECS::Service': [
    'NetworkConfiguration.AwsvpcConfiguration.Subnets.*',
    'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.*',
    'LoadBalancers.*.TargetGroupArn',
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Subnets.*', 'SecurityGroups.*'],
  'AWS::EC2::Instance': ['SubnetId', 'SecurityGroupIds.*'],
  'AWS::EC2::VPCEndpoint': ['VpcId', 'SubnetIds.*', 'SecurityGroupIds.*', 'RouteTableIds.*'],
  'AWS::EC2::ClientVpnEndpoint': ['VpcId', 'SecurityGroupIds.*'],
  'AWS::EC2::SubnetRouteTableAssociation': ['SubnetId', 'RouteTableId'],
  'AWS::EFS::MountTarget': ['SubnetId', 'SecurityGroups.*'],
  'AWS::EC2::SecurityGroupIngress': ['GroupId', 'SourceSecurityGroupId'],
  'AWS::EC2::SecurityGroupEgress': ['GroupId', 'DestinationSecurityGroupId'],
  'AWS::RDS::DBSubnetGroup': ['SubnetIds.*'],
  'AWS::WorkSpacesWeb::NetworkSettings': ['VpcId', 'SubnetIds.*', 'SecurityGroupIds.*'],
  'AWS::RDS::DBCluster': ['DBSubnetGroupName', 'VpcSecurityGroupIds.*'],
};

const sameVpc: Demand = {
  id: 'same-vpc',
  violations: (deployment) =>
    deployment.resources.flatMap((resource) => {
      const named = (inVpc[resource.type] ?? [])
        .flatMap((path) => valuesAt(resource.properties, path.split('.')))
        .flatMap((value) => deployment.referred(resource, value));
      const [first, ...others] = named.flatMap((each) => {
        const vpc = vpcOf(each, deployment);
        return vpc ? [{ each, vpc }] : [];
      });
      const other = first && others.find(({ vpc }) => vpc !== first.vpc);
      if (!first || !other) return [];
      const found: Found = {
        says: `stands in two VPCs: ${first.each.id} is of ${first.vpc.id}, ${other.each.id} of ${other.vpc.id} (InvalidParameterValue)`,
        way: 'Name subnets and security groups of one VPC.',
        source: `${docs}/vpc/latest/userguide/vpc-security-groups.html`,
      };
      return [{ of: resource, ...found }];
    }),
};

function vpcOf(resource: DeployedResource, deployment: Deployment): DeployedResource | undefined {
  const { type, properties } = resource;
  if (type === 'AWS::EC2::VPC') return resource;
  if (type === 'AWS::RDS::DBSubnetGroup') {
    const [subnet] = list(properties.SubnetIds).flatMap((id) => deployment.referred(resource, id));
    return subnet && vpcOf(subnet, deployment);
  }
  return deployment.referred(resource, properties.VpcId).find((each) => each.type === 'AWS::EC2::VPC');
}

/** What must stand in one region, or in one VPC. */
export const places: readonly Demand[] = [sameRegion, zones, sameVpc];
