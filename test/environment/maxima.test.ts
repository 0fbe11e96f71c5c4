import { describe, expect, it } from 'vitest';
import { resourceCosts } from '../../lib/review/cost/resource-costs.ts';
import { allExampleFiles, synthesizedExample, type TemplateResource } from '../support/synthesize.ts';

type Properties = TemplateResource['Properties'];

/** Where a resource that grows by itself says how far: the maximum, or what makes the rest go away. */
const maxima: Readonly<Record<string, (properties: Properties) => unknown>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': ({ MaxCapacity }) => MaxCapacity,
  'AWS::RDS::DBCluster': ({ ServerlessV2ScalingConfiguration }) =>
    (ServerlessV2ScalingConfiguration as Properties | undefined)?.MaxCapacity,
  // A member of a cluster has no disk of its own.
  'AWS::RDS::DBInstance': ({ MaxAllocatedStorage, DBClusterIdentifier }) =>
    MaxAllocatedStorage ?? DBClusterIdentifier,
  'AWS::Lambda::Function': ({ ReservedConcurrentExecutions, Timeout }) =>
    ReservedConcurrentExecutions && Timeout,
  'AWS::CodeBuild::Project': ({ ConcurrentBuildLimit, TimeoutInMinutes }) =>
    ConcurrentBuildLimit && TimeoutInMinutes,
  'AWS::CodePipeline::Pipeline': ({ ExecutionMode }) => ExecutionMode === 'SUPERSEDED',
  'AWS::Synthetics::Canary': ({ RunConfig }) => (RunConfig as Properties | undefined)?.TimeoutInSeconds,
  'AWS::Logs::LogGroup': ({ RetentionInDays }) => RetentionInDays,
  'AWS::WorkSpacesWeb::Portal': ({ MaxConcurrentSessions }) => MaxConcurrentSessions,
  'AWS::ECR::Repository': ({ LifecyclePolicy }) => LifecyclePolicy,
  'AWS::S3::Bucket': ({ LifecycleConfiguration }) => LifecycleConfiguration,
};

/** Billed by the hour or the piece: the template says how many there are. The tasks of a service: its scaling target does. */
const asManyAsWritten = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::RestoreTestingSelection',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::CloudWatch::Alarm',
  // A rule is asked once a day, or at a change that the recorder wrote down.
  'AWS::Config::ConfigRule',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::ClientVpnTargetNetworkAssociation',
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPCEndpoint',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::KMS::Key',
  'AWS::Route53Resolver::FirewallDomainList',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'Custom::VpnDoor',
];

/** Grows with what is deployed and changed in the account: the budget tells. */
const asManyAsChange = ['AWS::Config::ConfigurationRecorder', 'AWS::SecurityHub::Hub'];

/**
 * Grows with what visitors do, and AWS knows no maximum: the rate rules of the web ACL hold back, the budget tells
 * (docs/cost-decisions.md).
 */
const asManyAsCome = [
  'AWS::CloudFront::Distribution',
  'AWS::EC2::VPC',
  'AWS::EFS::FileSystem',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::GuardDuty::Detector',
  'AWS::Route53::HostedZone',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  'AWS::SES::EmailIdentity',
  'AWS::WAFv2::WebACL',
];

/** Called by CloudFormation during a deploy and by nothing else; the CDK makes it, and gives it no limit to set. */
const isOfTheCdk = (path: string, { Type }: TemplateResource) =>
  Type === 'AWS::Lambda::Function' && /\/Custom/.test(path);

describe('a bill that cannot run away', () => {
  it('it is known of everything with a price how far it grows', () => {
    const known = [...Object.keys(maxima), ...asManyAsWritten, ...asManyAsChange, ...asManyAsCome];
    expect(Object.keys(resourceCosts).filter((type) => !known.includes(type))).toEqual([]);
  });

  it.each(allExampleFiles)('everything of %s that grows by itself has a maximum', (file) => {
    const resources = synthesizedExample(file).flatMap(({ resources }) => Object.entries(resources));
    const without = resources.filter(
      ([path, resource]) =>
        maxima[resource.Type]?.(resource.Properties ?? {}) === undefined &&
        resource.Type in maxima &&
        !isOfTheCdk(path, resource),
    );
    expect(without.map(([path]) => path)).toEqual([]);
    const services = resources.filter(([, { Type }]) => Type === 'AWS::ECS::Service');
    const targets = resources.filter(
      ([, { Type }]) => Type === 'AWS::ApplicationAutoScaling::ScalableTarget',
    );
    expect(services.length).toBe(targets.length);
  });
});
