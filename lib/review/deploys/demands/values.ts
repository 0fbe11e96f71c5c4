import { remembered } from '../../../checks/model/remembered.ts';
import { type Check, members, oneOf, range, valuesAt, words } from './checks.ts';
import type { Demand } from './demand.ts';
import { names } from './names.ts';
import { api, docs } from './pages.ts';

interface ValueRow {
  readonly id: string;
  readonly types: readonly string[];
  /** From the properties on; `*` is each member of a list. */
  readonly path: string;
  readonly check: Check;
  readonly source: string;
}

/** What IAM takes in a description: no typographic quotes, no dashes. */
const iamText = words(
  0,
  1000,
  /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/,
  'U+0020 to U+007E and U+00A1 to U+00FF',
);
const groupText = words(
  0,
  255,
  /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/,
  'letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
);
const groupRuleText = words(
  0,
  255,
  /^[a-zA-Z0-9 ._\-:/()#,@[\]+=;{}!$*]*$/,
  'letters, digits, spaces and ._-:/()#,@[]+=;{}!$*',
);

const types = (...suffixes: readonly string[]) => suffixes.map((suffix) => `AWS::${suffix}`);

const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const insightsDays = [7, ...Array.from({ length: 23 }, (_, index) => (index + 1) * 31), 731];

/** Those that Lambda creates no function with any more ("is no longer supported for creating or updating"). */
const retired =
  /^(nodejs|nodejs(4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x)|python(2\.7|3\.[67])|dotnetcore[\d.]+|dotnet[567]|ruby2\.[57]|go1\.x|java8|provided)$/;
const retiredRuntime: Check = (value) =>
  retired.test(String(value))
    ? `${String(value)}, which Lambda creates no function with any more`
    : undefined;

const rows: readonly ValueRow[] = [
  ...names.map(([type, path, check, source]) => ({
    id: 'physical-names',
    types: types(type),
    path,
    check,
    source,
  })),

  {
    id: 'iam-texts',
    types: types('IAM::Role', 'IAM::ManagedPolicy'),
    path: 'Description',
    check: iamText,
    source: `${api.iam}/API_CreateRole.html`,
  },
  {
    id: 'iam-sizes',
    types: types('IAM::Role'),
    path: 'MaxSessionDuration',
    check: range(3600, 43_200),
    source: `${api.iam}/API_CreateRole.html`,
  },

  {
    id: 'security-group-texts',
    types: types('EC2::SecurityGroup'),
    path: 'GroupDescription',
    check: groupText,
    source: `${api.ec2}/API_CreateSecurityGroup.html`,
  },
  ...['SecurityGroupIngress.*.Description', 'SecurityGroupEgress.*.Description'].map((path) => ({
    id: 'security-group-texts',
    types: types('EC2::SecurityGroup'),
    path,
    check: groupRuleText,
    source: `${api.ec2}/API_IpRange.html`,
  })),
  {
    id: 'security-group-texts',
    types: types('EC2::SecurityGroupIngress', 'EC2::SecurityGroupEgress'),
    path: 'Description',
    check: groupRuleText,
    source: `${api.ec2}/API_IpRange.html`,
  },
  ...[
    'SecurityGroups',
    'VpcConfig.SecurityGroupIds',
    'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
    'VpcSecurityGroupIds',
  ].map((path) => ({
    id: 'security-group-rules',
    types: types(
      'Lambda::Function',
      'ECS::Service',
      'ElasticLoadBalancingV2::LoadBalancer',
      'RDS::DBCluster',
      'EFS::MountTarget',
      'CodeBuild::Project',
    ),
    path,
    check: members(5),
    source: `${docs}/vpc/latest/userguide/amazon-vpc-limits.html`,
  })),
  {
    id: 'network-numbers',
    types: types('EC2::NetworkAclEntry'),
    path: 'RuleNumber',
    check: range(1, 32_766),
    source: `${api.ec2}/API_CreateNetworkAclEntry.html`,
  },
  {
    id: 'network-numbers',
    types: types('EC2::FlowLog'),
    path: 'MaxAggregationInterval',
    check: oneOf(60, 600),
    source: `${api.ec2}/API_CreateFlowLogs.html`,
  },
  {
    id: 'network-numbers',
    types: types('EC2::ClientVpnEndpoint'),
    path: 'SessionTimeoutHours',
    check: oneOf(8, 10, 12, 24),
    source: `${api.ec2}/API_CreateClientVpnEndpoint.html`,
  },
  {
    id: 'network-numbers',
    types: types('Route53::RecordSet'),
    path: 'TTL',
    check: range(0, 2_147_483_647),
    source: `${api.route53}/API_ResourceRecordSet.html`,
  },

  {
    id: 'dns-priorities',
    types: types('Route53Resolver::FirewallRuleGroupAssociation'),
    path: 'Priority',
    check: range(101, 9899),
    source: `${api.route53}/API_route53resolver_AssociateFirewallRuleGroup.html`,
  },
  {
    id: 'dns-names',
    types: types('Route53Resolver::FirewallDomainList'),
    path: 'Domains.*',
    check: words(
      1,
      255,
      /^(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.?)$/i,
      'letters, digits, hyphens and dots, with an optional leading *.',
    ),
    source: `${docs}/Route53/latest/DeveloperGuide/resolver-dns-firewall-user-managed-domain-lists.html`,
  },

  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'Description',
    check: words(0, 256),
    source: `${api.lambda}/API_CreateFunction.html`,
  },
  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'Timeout',
    check: range(1, 900),
    source: `${docs}/lambda/latest/dg/gettingstarted-limits.html`,
  },
  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'MemorySize',
    check: range(128, 10_240),
    source: `${docs}/lambda/latest/dg/gettingstarted-limits.html`,
  },
  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'EphemeralStorage.Size',
    check: range(512, 10_240),
    source: `${docs}/lambda/latest/dg/gettingstarted-limits.html`,
  },
  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'Layers',
    check: members(5),
    source: `${docs}/lambda/latest/dg/gettingstarted-limits.html`,
  },
  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'ReservedConcurrentExecutions',
    check: range(0, 1_000_000),
    source: `${api.lambda}/API_PutFunctionConcurrency.html`,
  },
  {
    id: 'function-limits',
    types: types('Lambda::Function'),
    path: 'Runtime',
    check: retiredRuntime,
    source: `${docs}/lambda/latest/dg/lambda-runtimes.html`,
  },
  {
    id: 'iam-sizes',
    types: types('IAM::InstanceProfile'),
    path: 'Roles',
    check: members(1, 1),
    source: `${api.iam}/API_AddRoleToInstanceProfile.html`,
  },
  {
    id: 'log-retention',
    types: types('Logs::LogGroup'),
    path: 'RetentionInDays',
    check: oneOf(...retentionDays),
    source: `${api.logs}/API_PutRetentionPolicy.html`,
  },
  {
    id: 'key-numbers',
    types: types('KMS::Key'),
    path: 'PendingWindowInDays',
    check: range(7, 30),
    source: `${api.kms}/API_ScheduleKeyDeletion.html`,
  },
  {
    id: 'key-numbers',
    types: types('KMS::Key'),
    path: 'RotationPeriodInDays',
    check: range(90, 2560),
    source: `${api.kms}/API_EnableKeyRotation.html`,
  },
  {
    id: 'parameter-values',
    types: types('SSM::Parameter'),
    path: 'Value',
    check: words(1, 8192),
    source: `${docs}/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
  },
  {
    id: 'queue-numbers',
    types: types('SQS::Queue'),
    path: 'VisibilityTimeout',
    check: range(0, 43_200),
    source: `${api.sqs}/API_CreateQueue.html`,
  },
  {
    id: 'queue-numbers',
    types: types('SQS::Queue'),
    path: 'MessageRetentionPeriod',
    check: range(60, 1_209_600),
    source: `${api.sqs}/API_CreateQueue.html`,
  },
  {
    id: 'rule-targets',
    types: types('Events::Rule'),
    path: 'Targets',
    check: members(5),
    source: `${docs}/eventbridge/latest/userguide/eb-quota.html`,
  },
  ...['AlarmActions', 'OKActions', 'InsufficientDataActions'].map((path) => ({
    id: 'alarm-numbers',
    types: types('CloudWatch::Alarm'),
    path,
    check: members(5),
    source: `${api.cloudwatch}/API_PutMetricAlarm.html`,
  })),

  {
    id: 'listener-rules',
    types: types('ElasticLoadBalancingV2::ListenerRule'),
    path: 'Priority',
    check: range(1, 50_000),
    source: `${api.elb}/API_CreateRule.html`,
  },
  {
    id: 'balancer-numbers',
    types: types('ElasticLoadBalancingV2::Listener', 'ElasticLoadBalancingV2::TargetGroup'),
    path: 'Port',
    check: range(1, 65_535),
    source: `${api.elb}/API_CreateListener.html`,
  },
  {
    id: 'balancer-numbers',
    types: types('ElasticLoadBalancingV2::TargetGroup'),
    path: 'HealthCheckIntervalSeconds',
    check: range(5, 300),
    source: `${api.elb}/API_CreateTargetGroup.html`,
  },
  {
    id: 'balancer-numbers',
    types: types('ElasticLoadBalancingV2::TargetGroup'),
    path: 'HealthCheckTimeoutSeconds',
    check: range(2, 120),
    source: `${api.elb}/API_CreateTargetGroup.html`,
  },
  ...['HealthyThresholdCount', 'UnhealthyThresholdCount'].map((path) => ({
    id: 'balancer-numbers',
    types: types('ElasticLoadBalancingV2::TargetGroup'),
    path,
    check: range(2, 10),
    source: `${api.elb}/API_CreateTargetGroup.html`,
  })),
  {
    id: 'balancer-numbers',
    types: types('ElasticLoadBalancingV2::TargetGroup'),
    path: 'HealthCheckPath',
    check: words(1, 1024, /^\//, 'a path that begins with /'),
    source: `${api.elb}/API_CreateTargetGroup.html`,
  },

  {
    id: 'certificate-names',
    types: types('CertificateManager::Certificate'),
    path: 'SubjectAlternativeNames',
    check: members(9),
    source: `${docs}/acm/latest/userguide/acm-limits.html`,
  },
  {
    id: 'certificate-names',
    types: types('CertificateManager::Certificate'),
    path: 'DomainName',
    check: words(1, 64),
    source: `${api.acm}/API_RequestCertificate.html`,
  },
  {
    id: 'certificate-names',
    types: types('CertificateManager::Certificate'),
    path: 'SubjectAlternativeNames.*',
    check: words(1, 253),
    source: `${api.acm}/API_RequestCertificate.html`,
  },

  {
    id: 'distribution-limits',
    types: types('CloudFront::Distribution'),
    path: 'DistributionConfig.Aliases',
    check: members(100),
    source: api.cloudfront,
  },
  {
    id: 'distribution-limits',
    types: types('CloudFront::Distribution'),
    path: 'DistributionConfig.Origins',
    check: members(100),
    source: api.cloudfront,
  },
  {
    id: 'distribution-limits',
    types: types('CloudFront::Distribution'),
    path: 'DistributionConfig.CacheBehaviors',
    check: members(75),
    source: api.cloudfront,
  },
  {
    id: 'distribution-limits',
    types: types('CloudFront::Distribution'),
    path: 'DistributionConfig.Comment',
    check: words(0, 128),
    source: `${docs}/cloudfront/latest/APIReference/API_DistributionConfig.html`,
  },
  ...['CustomOriginConfig', 'VpcOriginConfig'].flatMap((origin) => [
    {
      id: 'origin-limits',
      types: types('CloudFront::Distribution'),
      path: `DistributionConfig.Origins.*.${origin}.OriginReadTimeout`,
      check: range(1, 120),
      source: api.cloudfront,
    },
    {
      id: 'origin-limits',
      types: types('CloudFront::Distribution'),
      path: `DistributionConfig.Origins.*.${origin}.OriginKeepaliveTimeout`,
      check: range(1, 300),
      source: api.cloudfront,
    },
  ]),
  ...[
    'SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy',
    'CustomHeadersConfig.Items.*.Value',
  ].map((path) => ({
    id: 'security-header-lengths',
    types: types('CloudFront::ResponseHeadersPolicy'),
    path: `ResponseHeadersPolicyConfig.${path}`,
    check: words(0, 1783),
    source: `${api.cloudfront}#limits-custom-headers`,
  })),
  {
    id: 'function-limits',
    types: types('CloudFront::Function'),
    path: 'FunctionCode',
    check: words(1, 10_240),
    source: api.cloudfront,
  },

  {
    id: 'database-numbers',
    types: types('RDS::DBCluster'),
    path: 'BackupRetentionPeriod',
    check: range(1, 35),
    source: `${api.rds}/API_CreateDBCluster.html`,
  },
  {
    id: 'database-numbers',
    types: types('RDS::DBCluster'),
    path: 'BacktrackWindow',
    check: range(0, 259_200),
    source: `${api.rds}/API_CreateDBCluster.html`,
  },
  {
    id: 'database-numbers',
    types: types('RDS::DBCluster'),
    path: 'Port',
    check: range(1150, 65_535),
    source: `${api.rds}/API_CreateDBCluster.html`,
  },
  {
    id: 'database-numbers',
    types: types('RDS::DBCluster', 'RDS::DBInstance'),
    path: 'MonitoringInterval',
    check: oneOf(0, 1, 5, 10, 15, 30, 60),
    source: `${api.rds}/API_CreateDBInstance.html`,
  },
  {
    id: 'database-numbers',
    types: types('RDS::DBInstance'),
    path: 'PromotionTier',
    check: range(0, 15),
    source: `${api.rds}/API_CreateDBInstance.html`,
  },
  ...['MinCapacity', 'MaxCapacity'].map((end) => ({
    id: 'database-numbers',
    types: types('RDS::DBCluster'),
    path: `ServerlessV2ScalingConfiguration.${end}`,
    check: range(end === 'MinCapacity' ? 0 : 1, 256, 0.5),
    source: `${api.rds}/API_ServerlessV2ScalingConfiguration.html`,
  })),
  {
    id: 'database-insights-retention',
    types: types('RDS::DBCluster', 'RDS::DBInstance'),
    path: 'PerformanceInsightsRetentionPeriod',
    check: oneOf(...insightsDays),
    source: `${api.rds}/API_CreateDBInstance.html`,
  },

  ...['MinRetentionDays', 'MaxRetentionDays'].map((end) => ({
    id: 'backup-retention-in-lock',
    types: types('Backup::BackupVault'),
    path: `LockConfiguration.${end}`,
    check: range(1, 36_500),
    source: `${api.backup}/API_PutBackupVaultLockConfiguration.html`,
  })),
  {
    id: 'backup-retention-in-lock',
    types: types('Backup::BackupVault'),
    path: 'LockConfiguration.ChangeableForDays',
    check: range(3, 36_500),
    source: `${api.backup}/API_PutBackupVaultLockConfiguration.html`,
  },

  {
    id: 'host-windows',
    types: types('SSM::MaintenanceWindow'),
    path: 'Duration',
    check: range(1, 24),
    source: `${api.ssm}/API_CreateMaintenanceWindow.html`,
  },
  {
    id: 'host-windows',
    types: types('SSM::MaintenanceWindow'),
    path: 'Cutoff',
    check: range(0, 23),
    source: `${api.ssm}/API_CreateMaintenanceWindow.html`,
  },
  {
    id: 'build-numbers',
    types: types('CodeBuild::Project'),
    path: 'TimeoutInMinutes',
    check: range(5, 2160),
    source: `${api.codebuild}/API_CreateProject.html`,
  },
  {
    id: 'build-numbers',
    types: types('CodeBuild::Project'),
    path: 'QueuedTimeoutInMinutes',
    check: range(5, 480),
    source: `${api.codebuild}/API_CreateProject.html`,
  },

  {
    id: 'waf-quotas',
    types: types('WAFv2::RegexPatternSet'),
    path: 'RegularExpressionList',
    check: members(10),
    source: `${api.waf}/developerguide/limits.html`,
  },
  {
    id: 'waf-quotas',
    types: types('WAFv2::RegexPatternSet'),
    path: 'RegularExpressionList.*',
    check: words(1, 200),
    source: `${api.waf}/developerguide/limits.html`,
  },
  {
    id: 'waf-quotas',
    types: types('WAFv2::IPSet'),
    path: 'Addresses',
    check: members(10_000),
    source: `${api.waf}/developerguide/limits.html`,
  },
];

const ids = [...new Set(rows.map(({ id }) => id))];

/** Values of single properties: lengths, characters, numbers. */
export const values: readonly Demand[] = ids.map((id) => ({
  id,
  violations: (deployment) =>
    deployment.resources.flatMap((resource) =>
      rowsOf(resource.type)
        .filter((row) => row.id === id)
        .flatMap(({ path, check, source }) =>
          valuesAt(resource.properties, path.split('.')).flatMap((value) => {
            const found = check(value);
            if (found === undefined) return [];
            const says = `its ${path.replaceAll('.*', '')} has ${found}`;
            return [
              {
                of: resource,
                says,
                way: 'Write what AWS takes; where it is a quota that can be raised, ask for that first.',
                source,
              },
            ];
          }),
        ),
    ),
}));

const byType = new Map<string, readonly ValueRow[]>();

function rowsOf(type: string): readonly ValueRow[] {
  return remembered(byType, type, () => rows.filter((row) => row.types.includes(type)));
}
