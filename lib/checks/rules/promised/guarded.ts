import type { Invariant } from '../rule.ts';
import type { Keeps } from './differences.ts';
import {
  added,
  asOften,
  currentVersion,
  fewer,
  fewerFeatures,
  free,
  halfAsMuch,
  hearsAsMuch,
  longer,
  more,
  names,
  narrower,
  narrowingHeader,
  newer,
  noLonger,
  oneLess,
  oneMore,
  onlyFalse,
  onlyTrue,
  ranked,
  recordsAll,
  rulesBesides,
  size,
  stagesBesides,
  tighterPolicy,
  withinHours,
} from './orders.ts';

/**
 * What a type of resource keeps, and which of its properties may be something else than promised: every other one has
 * to stay. Paths leave out positions in lists; `[]` after one means a member of it that has no counterpart.
 */
export interface Guarded {
  readonly invariant: Invariant;
  /** The property that holds its own name, which it may change as long as nothing spells the name out. */
  readonly name?: string;
  readonly may?: Readonly<Record<string, Keeps>>;
  /** Properties that may be set where they were not. */
  readonly besides?: RegExp;
  /** Whether it does something by itself, so that one more of it is a change as well. */
  readonly acts?: true;
  /** Properties that refer to what it is a part of: one more of it is a change of that, such as a rule of its group. */
  readonly partOf?: readonly string[];
}

/** Each name, space-separated, with the same judge. */
const each = (names: string, keeps: Keeps): Record<string, Keeps> =>
  Object.fromEntries(names.split(' ').map((name) => [name, keeps]));

/** Texts for people, and names that nothing else is known by. */
export const texts =
  /(?:^|\.)(?:\w*Tags|TagSpecifications|\w*Description|description|Comment|DisplayName|Sid|AlarmName|PolicyName|SelectionName|BackupPlanName|RuleName|StreamName|FilterName|StatementId)(?:\.|$)|^CustomResponseBodies\.[^.]*\.Content$/;

/** Why somebody is declared: other words for people, as long as there are some. */
export const declaredReasons = /^secure-shop:(?:readers\.|no-rotation$)/;

/** Switches against deleting something by mistake. */
export const protections = /(?:^|\.)(?:Deletion|Termination)Protection(?:Enabled)?$/;

/** What becomes of a resource when it leaves its template. */
export const attributes: Readonly<Record<string, Keeps>> = each(
  'DeletionPolicy UpdateReplacePolicy',
  ranked('', 'Delete', 'Snapshot', 'RetainExceptOnCreate', 'Retain'),
);

const lifecycle = each(
  'LifecycleConfiguration.Rules.ExpirationInDays LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays',
  longer,
);

/** Parameters of a database that say how fast it is and which of its own troubles it logs. */
const tuning =
  /^Parameters\.(?:max_connections|\w*_timeout|innodb_\w+|slow_query_log|long_query_time|log_queries_not_using_indexes|log_(?:min_duration_statement|lock_waits|autovacuum_min_duration|temp_files|checkpoints)|\w*_(?:mem|buffers?|buffer_size|cache_size|page_cost|open_cache)|max_\w+|autovacuum\w*|effective_\w+|character_set_\w+|collation_\w+|lc_\w+|timezone|group_concat_max_len)$/;

export const guarded: Readonly<Record<string, Guarded>> = {
  'AWS::AccessAnalyzer::Analyzer': { invariant: 'ALM1', name: 'AnalyzerName' },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    invariant: 'SEC2',
    acts: true,
    may: each('MinCapacity MaxCapacity', size),
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    invariant: 'SEC2',
    acts: true,
    may: {
      'TargetTrackingScalingPolicyConfiguration.TargetValue': size,
      ...each(
        'TargetTrackingScalingPolicyConfiguration.ScaleInCooldown TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown',
        free,
      ),
    },
  },
  'AWS::Backup::BackupPlan': {
    invariant: 'DAT1',
    may: {
      ...each(
        'BackupPlan.BackupPlanRule.Lifecycle.DeleteAfterDays BackupPlan.BackupPlanRule.CopyActions.Lifecycle.DeleteAfterDays BackupPlan.BackupPlanRule.CompletionWindowMinutes',
        more,
      ),
      // A backup that may start days later is one of another day.
      'BackupPlan.BackupPlanRule.StartWindowMinutes': withinHours(8),
      'BackupPlan.BackupPlanRule.ScheduleExpression': asOften,
      ...each('BackupPlan.BackupPlanRule[] BackupPlan.BackupPlanRule.CopyActions[]', oneMore),
    },
  },
  'AWS::Backup::BackupSelection': { invariant: 'DAT1', may: { 'BackupSelection.Resources[]': oneMore } },
  'AWS::Backup::BackupVault': {
    invariant: 'DAT1',
    name: 'BackupVaultName',
    may: { 'LockConfiguration.MinRetentionDays': more, 'LockConfiguration.MaxRetentionDays': more },
  },
  'AWS::Backup::RestoreTestingPlan': {
    invariant: 'DAT1',
    name: 'RestoreTestingPlanName',
    may: {
      'RecoveryPointSelection.SelectionWindowDays': fewer,
      'RecoveryPointSelection.IncludeVaults[]': oneMore,
      'RecoveryPointSelection.RecoveryPointTypes[]': oneMore,
      ScheduleExpression: asOften,
      StartWindowHours: more,
    },
  },
  'AWS::Backup::RestoreTestingSelection': {
    invariant: 'DAT1',
    name: 'RestoreTestingSelectionName',
    may: { ValidationWindowHours: more },
  },
  'AWS::Budgets::Budget': { invariant: 'ALM1', may: { 'Budget.BudgetLimit.Amount': free } },
  'AWS::CertificateManager::Certificate': { invariant: 'NET2' },
  'AWS::CloudFormation::WaitCondition': { invariant: 'PAT1', may: { Timeout: size } },
  'AWS::CloudFormation::WaitConditionHandle': { invariant: 'PAT1' },
  'AWS::CloudFront::CachePolicy': {
    invariant: 'NET2',
    name: 'CachePolicyConfig.Name',
    may: {
      'CachePolicyConfig.MaxTTL': fewer,
      ...each(
        'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingBrotli CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingGzip',
        free,
      ),
    },
  },
  'AWS::CloudFront::Distribution': {
    invariant: 'NET2',
    may: {
      'DistributionConfig.ViewerCertificate.MinimumProtocolVersion': ranked(
        'TLSv1.2_2021',
        'TLSv1.2_2025',
        'TLSv1.3_2025',
      ),
      'DistributionConfig.Restrictions.GeoRestriction.Locations[]': oneLess,
      ...each(
        'DistributionConfig.HttpVersion DistributionConfig.PriceClass DistributionConfig.IPV6Enabled DistributionConfig.DefaultCacheBehavior.Compress DistributionConfig.CacheBehaviors.Compress',
        free,
      ),
      ...each(
        'DistributionConfig.Origins.OriginShield DistributionConfig.Origins.OriginShield.Enabled DistributionConfig.Origins.OriginShield.OriginShieldRegion',
        free,
      ),
      ...each(
        'DistributionConfig.Origins.VpcOriginConfig.OriginKeepaliveTimeout DistributionConfig.Origins.VpcOriginConfig.OriginReadTimeout DistributionConfig.Origins.ConnectionAttempts DistributionConfig.Origins.ConnectionTimeout',
        size,
      ),
    },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    invariant: 'NET2',
    name: 'ResponseHeadersPolicyConfig.Name',
    may: {
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec':
        more,
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.FrameOptions.FrameOption': ranked(
        'SAMEORIGIN',
        'DENY',
      ),
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy': ranked(
        'strict-origin-when-cross-origin',
        'strict-origin',
        'same-origin',
        'no-referrer',
      ),
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy':
        tighterPolicy,
      'ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items[]': oneMore,
      'ResponseHeadersPolicyConfig.CustomHeadersConfig.Items[]': narrowingHeader,
      'ResponseHeadersPolicyConfig.CustomHeadersConfig.Items.Value': fewerFeatures,
    },
  },
  'AWS::CloudFront::VpcOrigin': { invariant: 'NET2', name: 'VpcOriginEndpointConfig.Name' },
  'AWS::CloudTrail::Trail': {
    invariant: 'LOG1',
    may: { EventSelectors: recordsAll, InsightSelectors: added, 'InsightSelectors[]': oneMore },
  },
  // Judged by the side on which it is silent: `alarm.ts`.
  'AWS::CloudWatch::Alarm': { invariant: 'ALM1' },
  'AWS::CodeBuild::Project': {
    invariant: 'PAT1',
    name: 'Name',
    may: {
      'Environment.ComputeType': free,
      'Environment.Image': newer,
      ...each('TimeoutInMinutes QueuedTimeoutInMinutes', halfAsMuch),
    },
  },
  'AWS::CodePipeline::Pipeline': {
    invariant: 'PAT1',
    name: 'Name',
    may: each('Stages[] Stages.Actions[]', stagesBesides),
  },
  'AWS::EC2::ClientVpnAuthorizationRule': {
    invariant: 'NET4',
    may: { TargetNetworkCidr: narrower },
    partOf: ['ClientVpnEndpointId'],
  },
  'AWS::EC2::ClientVpnEndpoint': {
    invariant: 'ADM2',
    may: {
      SessionTimeoutHours: fewer,
      'ClientLoginBannerOptions.BannerText': free,
    },
  },
  'AWS::EC2::ClientVpnTargetNetworkAssociation': { invariant: 'ADM2' },
  'AWS::EC2::EIP': { invariant: 'NET1' },
  'AWS::EC2::FlowLog': { invariant: 'LOG1', may: { MaxAggregationInterval: sooner(600) } },
  'AWS::EC2::Instance': {
    invariant: 'PAT2',
    may: {
      ...each('InstanceType Monitoring EbsOptimized', free),
      'BlockDeviceMappings.Ebs.VolumeSize': size,
      'BlockDeviceMappings.Ebs.VolumeType': free,
      DisableApiTermination: onlyTrue,
      'MetadataOptions.HttpPutResponseHopLimit': fewer,
    },
  },
  'AWS::EC2::InternetGateway': { invariant: 'NET1' },
  'AWS::EC2::LaunchTemplate': {
    invariant: 'DAT2',
    name: 'LaunchTemplateName',
    may: { 'LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit': sooner(2) },
  },
  'AWS::EC2::NatGateway': { invariant: 'NET1', acts: true },
  'AWS::EC2::Route': { invariant: 'NET1', partOf: ['RouteTableId'] },
  'AWS::EC2::RouteTable': { invariant: 'NET1' },
  'AWS::EC2::SecurityGroup': { invariant: 'NET4', name: 'GroupName' },
  'AWS::EC2::SecurityGroupEgress': { invariant: 'NET5', partOf: ['GroupId'] },
  'AWS::EC2::SecurityGroupIngress': { invariant: 'NET4', partOf: ['GroupId'] },
  'AWS::EC2::Subnet': { invariant: 'NET1' },
  'AWS::EC2::SubnetRouteTableAssociation': { invariant: 'NET1' },
  'AWS::EC2::VPC': { invariant: 'NET1' },
  'AWS::EC2::VPCEndpoint': { invariant: 'NET5' },
  'AWS::EC2::VPCGatewayAttachment': { invariant: 'NET1' },
  'AWS::ECR::Repository': {
    invariant: 'PAT1',
    name: 'RepositoryName',
    may: {
      'LifecyclePolicy.LifecyclePolicyText.rules.selection.countNumber': more,
      EmptyOnDelete: onlyFalse,
    },
  },
  'AWS::ECS::Cluster': {
    invariant: 'ALM1',
    name: 'ClusterName',
    may: { 'ClusterSettings.containerInsights': ranked('disabled', 'enabled', 'enhanced') },
  },
  'AWS::ECS::Service': {
    invariant: 'SEC2',
    name: 'ServiceName',
    may: {
      DesiredCount: size,
      HealthCheckGracePeriodSeconds: size,
      'DeploymentConfiguration.MaximumPercent': more,
      ...each('EnableECSManagedTags PropagateTags AvailabilityZoneRebalancing', free),
    },
  },
  'AWS::ECS::TaskDefinition': {
    invariant: 'PAT1',
    name: 'Family',
    may: {
      ...each(
        'Cpu Memory EphemeralStorage.SizeInGiB ContainerDefinitions.Cpu ContainerDefinitions.Memory ContainerDefinitions.MemoryReservation ContainerDefinitions.StartTimeout ContainerDefinitions.StopTimeout',
        size,
      ),
      'ContainerDefinitions.HealthCheck': added,
      'ContainerDefinitions.Secrets.ValueFrom': currentVersion,
      'ContainerDefinitions.DockerLabels': free,
      'ContainerDefinitions.LogConfiguration.Options.awslogs-stream-prefix': free,
      'ContainerDefinitions.ReadonlyRootFilesystem': onlyTrue,
      'ContainerDefinitions.Privileged': onlyFalse,
      'ContainerDefinitions.LinuxParameters.Capabilities.Drop[]': oneMore,
    },
  },
  'AWS::EFS::AccessPoint': { invariant: 'DAT1', partOf: ['FileSystemId'] },
  'AWS::EFS::FileSystem': {
    invariant: 'DAT1',
    may: each('LifecyclePolicies ThroughputMode ProvisionedThroughputInMibps PerformanceMode', free),
  },
  'AWS::EFS::MountTarget': { invariant: 'NET4', partOf: ['FileSystemId'] },
  'AWS::ElasticLoadBalancingV2::Listener': {
    invariant: 'NET3',
    partOf: ['LoadBalancerArn'],
    may: {
      ...each(
        'DefaultActions.FixedResponseConfig.MessageBody DefaultActions.FixedResponseConfig.ContentType',
        free,
      ),
      SslPolicy: ranked(
        'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        'ELBSecurityPolicy-TLS13-1-3-2021-06',
        'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
      ),
    },
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    invariant: 'NET3',
    partOf: ['ListenerArn'],
    may: each('Actions.FixedResponseConfig.MessageBody Actions.FixedResponseConfig.ContentType', free),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    invariant: 'NET3',
    may: each(
      'LoadBalancerAttributes.idle_timeout.timeout_seconds LoadBalancerAttributes.client_keep_alive.seconds',
      size,
    ),
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    invariant: 'NET3',
    may: {
      ...each('HealthCheckIntervalSeconds UnhealthyThresholdCount', fewer),
      ...each('HealthCheckTimeoutSeconds HealthyThresholdCount', size),
      ...each(
        'TargetGroupAttributes.deregistration_delay.timeout_seconds TargetGroupAttributes.slow_start.duration_seconds TargetGroupAttributes.load_balancing.algorithm.type',
        free,
      ),
    },
  },
  'AWS::Events::Rule': {
    invariant: 'ALM1',
    name: 'Name',
    may: {
      EventPattern: hearsAsMuch,
      ScheduleExpression: asOften,
      'Targets[]': oneMore,
      'Targets.Id': free,
      'Targets.RetryPolicy.MaximumRetryAttempts': more,
    },
  },
  'AWS::GuardDuty::Detector': {
    invariant: 'ALM1',
    may: {
      FindingPublishingFrequency: ranked('SIX_HOURS', 'ONE_HOUR', 'FIFTEEN_MINUTES'),
      'Features[]': oneMore,
    },
  },
  'AWS::IAM::InstanceProfile': { invariant: 'DAT2' },
  'AWS::IAM::ManagedPolicy': { invariant: 'DAT2', name: 'ManagedPolicyName' },
  'AWS::IAM::Policy': { invariant: 'DAT2' },
  'AWS::IAM::RolePolicy': { invariant: 'DAT2' },
  'AWS::IAM::Role': {
    invariant: 'DAT2',
    name: 'RoleName',
    may: { MaxSessionDuration: sooner(3600), PermissionsBoundary: added },
  },
  'AWS::KMS::Key': {
    invariant: 'DAT2',
    may: { RotationPeriodInDays: sooner(365), PendingWindowInDays: (_, found) => more(30, found) },
  },
  'AWS::Lambda::EventInvokeConfig': { invariant: 'ALM1' },
  'AWS::Lambda::EventSourceMapping': { invariant: 'ALM1', acts: true },
  'AWS::Lambda::Function': {
    invariant: 'ALM1',
    may: {
      ...each('MemorySize ReservedConcurrentExecutions EphemeralStorage.Size', size),
      Timeout: halfAsMuch,
      Runtime: newer,
      Architectures: free,
      ...each('TracingConfig TracingConfig.Mode', added),
    },
  },
  'AWS::Lambda::Permission': {
    invariant: 'DAT2',
    may: each('SourceAccount SourceArn PrincipalOrgID', added),
  },
  'AWS::Logs::LogGroup': { invariant: 'LOG1', may: { RetentionInDays: longer } },
  'AWS::Logs::MetricFilter': { invariant: 'ALM1' },
  'AWS::Logs::ResourcePolicy': { invariant: 'LOG1' },
  'AWS::RDS::DBCluster': {
    invariant: 'DAT1',
    name: 'DBClusterIdentifier',
    may: {
      ...each('BackupRetentionPeriod BacktrackWindow', more),
      ...each('PreferredBackupWindow PreferredMaintenanceWindow', free),
      'ServerlessV2ScalingConfiguration.MaxCapacity': size,
      'ServerlessV2ScalingConfiguration.MinCapacity': free,
      EngineVersion: newer,
      'EnableCloudwatchLogsExports[]': oneMore,
    },
  },
  'AWS::RDS::DBClusterParameterGroup': {
    invariant: 'NET4',
    may: {
      ...each('Parameters.character_set_server Parameters.collation_server Parameters.time_zone', free),
      ...each('Parameters.pgaudit.log Parameters.server_audit_events', names),
    },
    besides: tuning,
  },
  'AWS::RDS::DBInstance': {
    invariant: 'DAT1',
    name: 'DBInstanceIdentifier',
    may: {
      ...each('DBInstanceClass PromotionTier', free),
      PerformanceInsightsRetentionPeriod: more,
      MonitoringInterval: fewer,
      BackupRetentionPeriod: more,
      ...each('PreferredBackupWindow PreferredMaintenanceWindow StorageType', free),
      ...each('AllocatedStorage MaxAllocatedStorage', size),
      EngineVersion: newer,
      MultiAZ: onlyTrue,
      'EnableCloudwatchLogsExports[]': oneMore,
    },
  },
  'AWS::RDS::DBParameterGroup': {
    invariant: 'NET4',
    may: {
      ...each('Parameters.character_set_server Parameters.collation_server Parameters.time_zone', free),
      'Parameters.pgaudit.log': names,
    },
    besides: tuning,
  },
  'AWS::RDS::DBSubnetGroup': { invariant: 'NET4' },
  'AWS::RDS::OptionGroup': { invariant: 'LOG1' },
  'AWS::Route53::HostedZone': { invariant: 'ADM2' },
  'AWS::Route53::RecordSet': { invariant: 'NET2', may: { TTL: free } },
  'AWS::Route53Resolver::FirewallConfig': { invariant: 'NET5' },
  'AWS::Route53Resolver::FirewallDomainList': {
    invariant: 'NET5',
    name: 'Name',
    may: { 'Domains[]': oneLess },
  },
  'AWS::Route53Resolver::FirewallRuleGroup': { invariant: 'NET5', name: 'Name' },
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': {
    invariant: 'NET5',
    name: 'Name',
    may: { Priority: free },
  },
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': { invariant: 'LOG1', name: 'Name' },
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': { invariant: 'LOG1' },
  'AWS::S3::Bucket': {
    invariant: 'DAT1',
    name: 'BucketName',
    may: {
      ...lifecycle,
      'LifecycleConfiguration.Rules.AbortIncompleteMultipartUpload.DaysAfterInitiation': size,
      'LifecycleConfiguration.Rules.Transitions': free,
      'LifecycleConfiguration.Rules.Id': free,
      'ObjectLockConfiguration.Rule.DefaultRetention.Days': more,
      ...each(
        'NotificationConfiguration NotificationConfiguration.LambdaConfigurations NotificationConfiguration.QueueConfigurations NotificationConfiguration.TopicConfigurations NotificationConfiguration.EventBridgeConfiguration',
        added,
      ),
      ...each(
        'NotificationConfiguration.LambdaConfigurations[] NotificationConfiguration.QueueConfigurations[] NotificationConfiguration.TopicConfigurations[]',
        oneMore,
      ),
      IntelligentTieringConfigurations: free,
      MetricsConfigurations: free,
    },
  },
  'AWS::S3::BucketPolicy': { invariant: 'DAT1' },
  'AWS::SES::EmailIdentity': { invariant: 'NET5' },
  'AWS::SNS::Subscription': { invariant: 'ALM1' },
  'AWS::SNS::Topic': { invariant: 'ALM1', name: 'TopicName', may: { TracingConfig: free } },
  'AWS::SNS::TopicPolicy': { invariant: 'ALM1' },
  'AWS::SSM::Association': {
    invariant: 'PAT2',
    acts: true,
    name: 'AssociationName',
    may: { ScheduleExpression: asOften },
  },
  'AWS::SSM::Document': {
    invariant: 'LOG1',
    may: each('Content.inputs.idleSessionTimeout Content.inputs.maxSessionDuration', fewer),
  },
  'AWS::SSM::MaintenanceWindow': {
    invariant: 'PAT2',
    may: { Name: free, Duration: more, Schedule: asOften },
  },
  'AWS::SSM::MaintenanceWindowTarget': { invariant: 'PAT2', name: 'Name' },
  'AWS::SSM::MaintenanceWindowTask': {
    invariant: 'PAT2',
    acts: true,
    name: 'Name',
    may: each('MaxConcurrency Priority', free),
  },
  'AWS::SSM::Parameter': { invariant: 'DAT2' },
  'AWS::SSM::PatchBaseline': {
    invariant: 'PAT2',
    may: {
      Name: free,
      'ApprovalRules.PatchRules.ApproveAfterDays': (promised, found) =>
        Number(found) === 0 || fewer(promised, found),
      'ApprovalRules.PatchRules[]': oneMore,
    },
  },
  'AWS::Synthetics::Canary': {
    invariant: 'ALM1',
    acts: true,
    name: 'Name',
    may: { 'Schedule.Expression': asOften, 'RunConfig.MemoryInMB': size },
  },
  'AWS::Scheduler::Schedule': {
    invariant: 'PAT1',
    acts: true,
    name: 'Name',
    may: {
      ScheduleExpression: asOften,
      'FlexibleTimeWindow.MaximumWindowInMinutes': size,
    },
  },
  'AWS::SecretsManager::ResourcePolicy': { invariant: 'SEC1' },
  'AWS::SecretsManager::RotationSchedule': {
    invariant: 'SEC1',
    may: {
      'RotationRules.ScheduleExpression': asOften,
      'RotationRules.AutomaticallyAfterDays': fewer,
      'RotationRules.Duration': noLonger,
    },
  },
  'AWS::SecretsManager::Secret': {
    invariant: 'SEC1',
    name: 'Name',
    may: {
      'GenerateSecretString.PasswordLength': more,
      'GenerateSecretString.ExcludePunctuation': onlyFalse,
    },
  },
  'AWS::SecretsManager::SecretTargetAttachment': { invariant: 'SEC1' },
  'AWS::WAFv2::LoggingConfiguration': {
    invariant: 'LOG1',
    may: { 'RedactedFields[]': oneMore, RedactedFields: added },
  },
  'AWS::WAFv2::RegexPatternSet': {
    invariant: 'ADM1',
    name: 'Name',
    may: { 'RegularExpressionList[]': oneMore },
  },
  'AWS::WAFv2::WebACL': {
    invariant: 'NET2',
    name: 'Name',
    may: {
      'Rules[]': rulesBesides,
      'Rules.Statement.RateBasedStatement.Limit': fewer,
      'Rules.Statement.NotStatement.Statement.GeoMatchStatement.CountryCodes[]': oneLess,
      ...each('Rules.VisibilityConfig.MetricName VisibilityConfig.MetricName', free),
    },
  },
  'AWS::WAFv2::WebACLAssociation': { invariant: 'NET3' },
  'Custom::FirstRotation': { invariant: 'SEC2', may: { ServiceTimeout: size } },
  'Custom::VpcOriginSecurityGroup': { invariant: 'NET3', may: { ServiceTimeout: size } },
  'Custom::VpcRestrictDefaultSG': { invariant: 'NET1', may: { ServiceTimeout: size } },
  'Custom::VpnDoor': { invariant: 'ADM2', may: { ServiceTimeout: size } },
};

/** Of a type that the table leaves out everything has to stay. */
export const unlisted: Guarded = { invariant: 'NET2' };

/** As soon as promised, where AWS has a default for what nobody promised. */
function sooner(standard: number): Keeps {
  return (promised, found) => fewer(promised ?? standard, found ?? standard);
}
