import { expect, it } from 'vitest';
import { countedTypes } from '../../../lib/review/preflight/quotas/counted-types.ts';
import { demands } from '../../../lib/review/preflight/quotas/demands.ts';
import { webAclCapacity } from '../../../lib/review/preflight/quotas/web-acl-capacity.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { allExampleFiles, synthesizedExample } from '../../support/synthesize.ts';

/**
 * Quotas of an account (of a parent: after a slash) that are no row of the table, because no shop comes near: numbers
 * as AWS documents them, https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
const ample: Readonly<Record<string, number>> = {
  'AWS::Backup::BackupPlan': 300,
  'AWS::Backup::BackupSelection/plan': 50,
  'AWS::Backup::BackupVault': 300,
  'AWS::Backup::RestoreTestingSelection/plan': 30,
  'AWS::Budgets::Budget': 20_000,
  'AWS::CertificateManager::Certificate': 2500,
  'AWS::CloudFront::Distribution': 500,
  'AWS::CloudWatch::Alarm': 5000,
  'AWS::CodeBuild::Project': 5000,
  'AWS::CodePipeline::Pipeline': 1000,
  'AWS::Config::ConfigRule': 1000,
  'AWS::EC2::ClientVpnAuthorizationRule/endpoint': 200,
  'AWS::EC2::RouteTable/VPC': 200,
  'AWS::EC2::SecurityGroup': 2500,
  'AWS::EC2::Subnet/VPC': 200,
  'AWS::ECR::Repository': 100_000,
  'AWS::ECS::Cluster': 10_000,
  'AWS::ECS::Service/cluster': 5000,
  'AWS::EFS::AccessPoint/file system': 10_000,
  'AWS::EFS::FileSystem': 1000,
  'AWS::EFS::MountTarget/VPC': 1400,
  'AWS::ElasticLoadBalancingV2::Listener/load balancer': 50,
  'AWS::ElasticLoadBalancingV2::ListenerRule/load balancer': 100,
  'AWS::ElasticLoadBalancingV2::TargetGroup': 3000,
  'AWS::Events::Rule': 300,
  'AWS::IAM::InstanceProfile': 1000,
  'AWS::IAM::ManagedPolicy': 1500,
  'AWS::IAM::Role': 1000,
  'AWS::KMS::Key': 100_000,
  'AWS::Logs::LogGroup': 1_000_000,
  'AWS::Logs::MetricFilter/log group': 100,
  'AWS::Route53::HostedZone': 500,
  'AWS::Route53::RecordSet/zone': 10_000,
  'AWS::Route53Resolver::FirewallDomainList': 1000,
  'AWS::Route53Resolver::FirewallRuleGroup': 1000,
  'AWS::Route53Resolver::FirewallRuleGroupAssociation/VPC': 5,
  'AWS::S3::Bucket': 10_000,
  'AWS::SES::EmailIdentity': 10_000,
  'AWS::SNS::Subscription/topic': 12_500_000,
  'AWS::SNS::Topic': 100_000,
  'AWS::SQS::Queue': 1_000_000,
  'AWS::SSM::Association': 2000,
  'AWS::SSM::Document': 500,
  'AWS::SSM::MaintenanceWindowTarget/window': 100,
  'AWS::SSM::MaintenanceWindowTask/window': 20,
  'AWS::SSM::Parameter': 10_000,
  'AWS::Scheduler::Schedule': 1_000_000,
  'AWS::SecretsManager::Secret': 500_000,
  'AWS::ApplicationAutoScaling::ScalableTarget': 500,
  'AWS::ApplicationAutoScaling::ScalingPolicy/target': 50,
};

/** Judged by what they hold, or by how many of the account run at once: quotas/demands.ts. */
const demanded = ['AWS::Lambda::Function', 'AWS::EC2::EIP', 'AWS::EC2::Instance', 'AWS::ECS::TaskDefinition'];
/** One in an account, which another check asks about. */
const single = [
  'AWS::GuardDuty::Detector',
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::Config::ConfigurationRecorder',
  'AWS::SecurityHub::Hub',
];
/** A part of another resource, of which there can be no more than of that or than AWS offers; and what exists at a deploy only. */
const parts =
  /^Custom::|^AWS::CloudFormation::|Attachment$|Association$|Policy$|Permission$|EventInvokeConfig$|RotationSchedule$|LoggingConfiguration$|::(Route|FlowLog|SecurityGroup(In|E)gress|DeliveryChannel|Standard)$/;

const most = new Map<string, number>();
for (const file of allExampleFiles) {
  for (const { resources } of synthesizedExample(file)) {
    const here = new Map<string, number>();
    for (const { Type } of Object.values(resources)) here.set(Type, (here.get(Type) ?? 0) + 1);
    for (const [type, count] of here) most.set(type, Math.max(count, most.get(type) ?? 0));
  }
}
const defaultOf = (type: string) =>
  Object.entries(ample).find(([name]) => name.split('/')[0] === type) ?? [undefined, undefined];

it('knows a quota of every type of the templates, or that no shop comes near it', () => {
  const unknown = [...most.keys()].filter(
    (type) =>
      !Object.hasOwn(countedTypes, type) &&
      ![...demanded, ...single].includes(type) &&
      defaultOf(type)[0] === undefined &&
      !parts.test(type),
  );
  expect(unknown).toEqual([]);
});

it('counts every type of which an account may have a hundred or fewer', () => {
  const low = Object.entries(ample).filter(([name, limit]) => !name.includes('/') && limit <= 100);
  expect(low).toEqual([]);
  for (const [type, count] of most) {
    const [, limit] = defaultOf(type);
    if (limit !== undefined) expect(count, type).toBeLessThanOrEqual(limit / 3);
  }
});

it('asks about no type that no shop has', () => {
  const never = Object.keys(countedTypes).filter((type) => !most.has(type));
  // Made by other settings than those of the examples.
  expect(never.sort()).toEqual(['AWS::CloudFront::OriginRequestPolicy', 'AWS::Synthetics::Canary']);
});

/** As Service Quotas named them in 2026, by its code of the service; what cannot be raised is often not among them. */
const named: Readonly<Record<string, readonly string[]>> = {
  acm: ['Domain names per ACM certificate'],
  backup: ['Backup vaults per Region per account'],
  codebuild: ['ARM/Small', 'Linux/Medium', 'Linux/Small'].map(
    (size) => `Concurrently running builds for ${size} environment`,
  ),
  ec2: [
    'Client VPN endpoints per Region',
    'EC2-VPC Elastic IPs',
    'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
  ],
  elasticloadbalancing: ['Application Load Balancers per Region'],
  fargate: ['Fargate On-Demand Burst Launch Rate', 'Fargate On-Demand vCPU resource count'],
  lambda: ['Concurrent executions'],
  monitoring: ['Canary limit'],
  rds: [
    'DB cluster parameter groups',
    'DB clusters',
    'DB instances',
    'DB subnet groups',
    'Option groups',
    'Parameter groups',
    'Reserved DB instances',
    'Total storage for all DB instances',
  ],
  ssm: ['Maintenance Window concurrent executions', 'Maintenance Windows', 'Patch baselines'],
  vpc: [
    'Egress-only internet gateways per Region',
    'Gateway VPC endpoints per Region',
    'Inbound or outbound rules per security group',
    'Internet gateways per Region',
    'NAT gateways per Availability Zone',
    'VPCs per Region',
  ],
  'workspaces-web': [
    'Maximum concurrent sessions for the standard.large instance type in the specified region',
    'Maximum concurrent sessions for the standard.regular instance type in the specified region',
    'Number of BrowserSettings',
    'Number of IdentityProviders per Portal',
    'Number of IpAccessSettings',
    'Number of NetworkSettings',
    'Number of Portals',
    'Number of SessionLoggers',
    'Number of UserAccessLoggingSettings',
    'Number of UserSettings',
  ],
};

it('knows each quota by the one name that Service Quotas has for it', () => {
  for (const { title, service, name, byDefault } of [
    ...demands.map((demand) => ({ ...demand, byDefault: undefined })),
    ...Object.values(countedTypes),
  ]) {
    const found = named[service]?.filter((each) => name.test(each)) ?? [];
    // What is not among them counts by the default that AWS documents.
    const isDocumented =
      byDefault !== undefined && /^AWS WAF|^CloudFront|^CloudTrail|^Route 53|^AWS Backup/.test(title);
    expect(found, title).toHaveLength(isDocumented ? 0 : 1);
  }
});

const groupOf = (Name: string, index = 0) => ({
  Name: `${Name}-${index}`,
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } },
});

it.each([
  [2, 'ready', 'needs 1400 units, of 5000'],
  [3, 'ready', 'needs 2100 units, of 5000; above 1500 each request costs more'],
  [8, 'problem', 'needs 5600 units, of 5000'],
])('judges the capacity of a web ACL of %d core rule groups', (count, standing, says) => {
  const Rules = Array.from({ length: count }, (_, index) => groupOf('AWSManagedRulesCommonRuleSet', index));
  expect(webAclCapacity({ stacks: [stackOf(Rules)] })).toMatchObject([{ standing, says }]);
});

it('lets a person look at the capacity of rules of somebody else', () => {
  const found = webAclCapacity({ stacks: [stackOf([groupOf('SomebodyElses')])] });
  expect(found).toMatchObject([{ standing: 'look' }]);
});

function stackOf(Rules: readonly object[]): StackTemplate {
  const template = { Resources: { Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules } } } };
  return { environment: 'production', name: 'edge', file: 'edge.json', region: 'us-east-1', template };
}
