import { CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import {
  type AwsBucket,
  bucketsOfHosts,
  cloudFormationBuckets,
  hostsOfBucket,
  imageLayerBucket,
  s3Hosts,
} from './buckets.ts';
import type { Permission } from './permissions.ts';

/** What something in the VPC asks for outside of it. */
export interface Need {
  /** Names it looks up, `*.` for names that nobody knows in advance. */
  readonly names: readonly string[];
  /** Buckets of AWS, whose names count as looked up. */
  readonly buckets: readonly AwsBucket[];
}

const nothing: Need = { names: [], buckets: [] };

const named = (...names: string[]): Need => ({ names, buckets: [] });

const stored = (buckets: readonly AwsBucket[], region: string, names: readonly string[] = []): Need => ({
  names: [...names, ...buckets.flatMap(({ name }) => hostsOfBucket(name, region))],
  buckets,
});

/** The API of a service, where most of them have it. */
const api = (service: string, region: string): string => `${service}.${region}.amazonaws.com`;

/** Services, by the prefix of their actions, that answer elsewhere than under that prefix. */
const elsewhere: Readonly<Record<string, (region: string, permission: Permission) => Need>> = {
  ecr: (region) =>
    stored([imageLayerBucket(region)], region, [api('api.ecr', region), `*.dkr.ecr.${region}.amazonaws.com`]),
  cloudwatch: (region) => named(api('monitoring', region)),
  ses: (region) => named(api('email', region)),
  // A mount, not a call.
  elasticfilesystem: (region) => named(`*.efs.${region}.amazonaws.com`),
  // What the permission passes on, AWS checks inside the call that passes it.
  iam: () => nothing,
  s3: (region, { resources }) => named(...resources.flatMap((arn) => hostsFor(arn, region))),
};

/**
 * Buckets of which only the beginning of the name is known are named in the path; the policy of the S3 endpoint says that
 * they are the account's own.
 */
function hostsFor(arn: string, region: string): string[] {
  return /^arn:aws:s3:::[a-z0-9.-]+\*(?:\/\*)?$/.test(arn)
    ? [api('s3', region)]
    : hostsOfBucket(bucketIn(arn), region);
}

/** Of a call that a role may make. A key that another service uses for the role is no call of its own. */
export function needOfPermission(permission: Permission, region: string): Need {
  if (permission.throughService) return nothing;
  const { service } = permission;
  return elsewhere[service]?.(region, permission) ?? named(api(service, region));
}

function bucketIn(arn: string): string {
  const name = /^arn:aws:s3:::([a-z0-9.-]+)(?:\/.*)?$/.exec(arn)?.[1];
  if (!name) {
    throw new Error(
      `a role in the VPC may use "${arn}", and the DNS firewall cannot name that bucket: give it a name of its own`,
    );
  }
  return name;
}

/** Patching by Systems Manager, of hosts in the template or the owner's own: agent, programs, packages. */
function patchedHosts(region: string): Need {
  return stored(bucketsOfHosts(region), region, [
    ...['ssm', 'ssmmessages', 'ec2messages'].map((service) => api(service, region)),
    // Some programs name the bucket in the path. The endpoint's policy says which bucket that may be.
    ...s3Hosts(region).filter((host) => host.includes(region)),
  ]);
}

/** What a resource asks for by its kind, whatever its role may do. */
export function needOfResource(construct: IConstruct, region: string): Need {
  if (construct instanceof rds.CfnDBCluster || construct instanceof rds.CfnDBInstance)
    return named(`*.${region}.rds.amazonaws.com`);
  if (construct instanceof efs.CfnMountTarget) return named(`*.efs.${region}.amazonaws.com`);
  // GuardDuty adds its agent to every task.
  if (construct instanceof ecs.CfnService) return named(api('guardduty-data', region));
  if (construct instanceof ec2.CfnInstance) return patchedHosts(region);
  if (construct instanceof ssm.CfnAssociation && construct.name === patchDocument)
    return patchedHosts(region);
  if (construct instanceof ssm.CfnMaintenanceWindowTask && construct.taskArn === patchDocument) {
    return patchedHosts(region);
  }
  if (
    construct instanceof CfnResource &&
    /^(?:Custom::|AWS::CloudFormation::(?:CustomResource|WaitCondition$))/.test(construct.cfnResourceType)
  ) {
    return stored(cloudFormationBuckets(region), region);
  }
  return nothing;
}

const patchDocument = 'AWS-RunPatchBaseline';
