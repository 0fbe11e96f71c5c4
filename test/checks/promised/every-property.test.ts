import { beforeAll, describe, expect, it } from 'vitest';
import type { TemplateInput } from '../../../lib/checks/check-templates.ts';
import { EnvironmentGraph } from '../../../lib/checks/model/templates.ts';
import { guarded } from '../../../lib/checks/rules/promised/guarded.ts';
import { brokenPromises } from '../../../lib/checks/rules/promised/index.ts';
import { exampleEnvironment, exampleFiles } from '../../support/synthesize.ts';
import type { Json } from '../mutate.ts';

/** What an owner may set as they like, of all that the examples set. Everything else is guarded. */
const free: readonly string[] = [
  'ApplicationAutoScaling::ScalingPolicy PolicyName',
  'Backup::BackupPlan BackupPlan.BackupPlanName',
  'Backup::BackupPlan BackupPlan.BackupPlanRule.RuleName',
  'Backup::BackupSelection BackupSelection.SelectionName',
  'Backup::RestoreTestingSelection RestoreTestingSelectionName',
  'CloudFront::CachePolicy CachePolicyConfig.Name',
  'CloudFront::CachePolicy CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingBrotli',
  'CloudFront::CachePolicy CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingGzip',
  'CloudFront::Distribution DistributionConfig.CacheBehaviors.Compress',
  'CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.Compress',
  'CloudFront::Distribution DistributionConfig.HttpVersion',
  'CloudFront::Distribution DistributionConfig.IPV6Enabled',
  'CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.Name',
  'CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.IncludeSubdomains',
  'CloudFront::VpcOrigin VpcOriginEndpointConfig.Name',
  'CodeBuild::Project Environment.ComputeType',
  'CodeBuild::Project LogsConfig.CloudWatchLogs.StreamName',
  'Config::DeliveryChannel ConfigSnapshotDeliveryProperties.DeliveryFrequency',
  'EC2::ClientVpnEndpoint ClientLoginBannerOptions.BannerText',
  'EC2::Instance EbsOptimized',
  'EC2::Instance InstanceType',
  'EC2::Instance Monitoring',
  // Of the rule that leads to no host.
  'EC2::SecurityGroup SecurityGroupEgress.FromPort',
  'EC2::SecurityGroup SecurityGroupEgress.IpProtocol',
  'EC2::SecurityGroup SecurityGroupEgress.ToPort',
  'ECR::Repository EmptyOnDelete',
  'ECS::Service AvailabilityZoneRebalancing',
  'ECS::TaskDefinition ContainerDefinitions.LogConfiguration.Options.awslogs-stream-prefix',
  'EFS::FileSystem LifecyclePolicies.TransitionToIA',
  'EFS::FileSystem LifecyclePolicies.TransitionToPrimaryStorageClass',
  'EFS::FileSystem ThroughputMode',
  'ElasticLoadBalancingV2::Listener DefaultActions.FixedResponseConfig.ContentType',
  'ElasticLoadBalancingV2::Listener DefaultActions.FixedResponseConfig.MessageBody',
  'ElasticLoadBalancingV2::ListenerRule Actions.FixedResponseConfig.ContentType',
  'ElasticLoadBalancingV2::ListenerRule Actions.FixedResponseConfig.MessageBody',
  // Told where the order is another, as of the rules of a web ACL.
  'ElasticLoadBalancingV2::ListenerRule Priority',
  'ElasticLoadBalancingV2::TargetGroup TargetGroupAttributes.deregistration_delay.timeout_seconds.Value',
  'ElasticLoadBalancingV2::TargetGroup TargetGroupAttributes.stickiness.enabled.Key',
  'Events::Rule Targets.Id',
  'IAM::ManagedPolicy ManagedPolicyName',
  'Lambda::Function Architectures',
  'RDS::DBCluster PreferredBackupWindow',
  'RDS::DBCluster PreferredMaintenanceWindow',
  'RDS::DBCluster ServerlessV2ScalingConfiguration.MinCapacity',
  'RDS::DBInstance DBInstanceClass',
  'RDS::DBInstance MultiAZ',
  'RDS::DBInstance PreferredBackupWindow',
  'RDS::DBInstance PreferredMaintenanceWindow',
  'RDS::DBInstance PromotionTier',
  'RDS::DBInstance StorageType',
  'RDS::DBParameterGroup Parameters.character_set_server',
  'Route53::RecordSet TTL',
  'Route53Resolver::FirewallRuleGroupAssociation Priority',
  'S3::Bucket BucketEncryption.ServerSideEncryptionConfiguration.BucketKeyEnabled',
  'S3::Bucket LifecycleConfiguration.Rules.Transitions.StorageClass',
  'S3::Bucket LifecycleConfiguration.Rules.Transitions.TransitionInDays',
  'SNS::Topic DisplayName',
  'SSM::Association AssociationName',
  'SSM::Association ComplianceSeverity',
  'SSM::MaintenanceWindow Name',
  'SSM::MaintenanceWindowTask MaxConcurrency',
  'SSM::MaintenanceWindowTask Priority',
  'SSM::PatchBaseline ApprovalRules.PatchRules.ComplianceLevel',
  'SSM::PatchBaseline Name',
  'SecretsManager::Secret GenerateSecretString.ExcludePunctuation',
  'WAFv2::WebACL CustomResponseBodies.too-many-requests.Content',
  // Told where the order is another.
  'WAFv2::WebACL Rules.Priority',
  'WAFv2::WebACL Rules.VisibilityConfig.MetricName',
  'WAFv2::WebACL VisibilityConfig.MetricName',
  'WorkSpacesWeb::Portal DisplayName',
];

/** Texts for people. */
const text = /(?:Description|Comment|description|Sid)$/;

interface Leaf {
  readonly stack: string;
  readonly id: string;
  /** Its type and its path, without positions in lists. */
  readonly name: string;
  readonly steps: readonly (string | number)[];
}

describe('of every property that an example sets', () => {
  const silent = new Set<string>();
  const types = new Set<string>();

  beforeAll(async () => {
    const seen = new Set<string>();
    for (const file of exampleFiles) {
      const templates = await templatesOf(file);
      const leaves = leavesOf(templates).filter(({ name }) => !seen.has(name) && seen.add(name));
      for (const { type } of resourcesOf(templates)) types.add(type);
      for (const round of roundsOf(leaves)) {
        const changed = structuredClone(templates) as TemplateInput[];
        for (const leaf of round) spoil(changed, leaf);
        const told = [...brokenPromises(new EnvironmentGraph(changed)).values()].flat();
        const names = new Set(told.map(({ resource }) => `${resource.stack} ${resource.logicalId}`));
        for (const { stack, id, name } of round) if (!names.has(`${stack} ${id}`)) silent.add(name);
      }
    }
  });

  it('a change is told, unless it is one of these', () => {
    expect([...silent].filter((name) => !text.test(name)).sort()).toEqual([...free].sort());
  });

  it('somebody has decided, for its type is listed', () => {
    expect([...types].filter((type) => !Object.hasOwn(guarded, type))).toEqual([]);
  });
});

async function templatesOf(file: (typeof exampleFiles)[number]): Promise<TemplateInput[]> {
  const { templates } = await exampleEnvironment(file);
  return Object.entries(templates).map(([name, template]) => ({ name, template: template.toJSON() }));
}

function resourcesOf(templates: readonly TemplateInput[]) {
  return templates.flatMap(({ name, template }) =>
    Object.entries((template as Json).Resources as Record<string, Json>).map(([id, resource]) => ({
      stack: name,
      id,
      type: resource.Type as string,
      resource,
    })),
  );
}

function leavesOf(templates: readonly TemplateInput[]): Leaf[] {
  return resourcesOf(templates).flatMap(({ stack, id, type, resource }) =>
    pathsIn(resource.Properties ?? []).map((steps) => ({
      stack,
      id,
      steps,
      name: `${type.replace('AWS::', '')} ${nameOf(resource.Properties, steps)}`,
    })),
  );
}

/** A member of a list by its key, where it has one; otherwise its position says nothing. */
function nameOf(properties: Json, steps: Leaf['steps']): string {
  let at = properties;
  return steps
    .flatMap((step) => {
      at = at[step];
      return typeof step === 'string' ? step : (at?.Key ?? []);
    })
    .join('.');
}

/** A reference is one value, whatever it is written as. */
function pathsIn(value: Json, steps: readonly (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((each, index) => pathsIn(each, [...steps, index]));
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || (keys.length === 1 && /^(Ref|Fn::.*)$/.test(keys[0] as string)))
    return [[...steps]];
  return keys.filter((key) => !key.endsWith('Tags')).flatMap((key) => pathsIn(value[key], [...steps, key]));
}

/** One of each resource at a time. */
function roundsOf(leaves: readonly Leaf[]): Leaf[][] {
  const rounds: Leaf[][] = [];
  const count = new Map<string, number>();
  for (const leaf of leaves) {
    const key = `${leaf.stack} ${leaf.id}`;
    const index = count.get(key) ?? 0;
    count.set(key, index + 1);
    rounds[index] = [...(rounds[index] ?? []), leaf];
  }
  return rounds;
}

function spoil(templates: readonly TemplateInput[], { stack, id, steps }: Leaf): void {
  const template = templates.find(({ name }) => name === stack)?.template as Json;
  const parent = steps.slice(0, -1).reduce((at: Json, step) => at[step], template.Resources[id].Properties);
  const last = steps.at(-1) as string | number;
  const value = parent[last];
  if (typeof value === 'boolean') parent[last] = !value;
  else parent[last] = typeof value === 'number' || /^\d+$/.test(value) ? -1 : `something else than ${id}`;
}
