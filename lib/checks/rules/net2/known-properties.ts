import type { Resource } from '../../model/templates.ts';
import { asWritten, at, list, map, type Value } from '../../model/values.ts';
import { saysNothing } from '../promised/differences.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** What some part of a resource may say: rules look at it, or it can neither open, hide nor weaken anything. */
interface Part {
  readonly type: string;
  /** The part in words, when it is not the resource as a whole. */
  readonly of?: string;
  readonly values?: (resource: Resource) => readonly (Value | undefined)[];
  readonly known: string;
}

const containers = ({ properties }: Resource) => list(properties.ContainerDefinitions);

const parts: readonly Part[] = [
  {
    type: 'AWS::ECS::TaskDefinition',
    known:
      'ContainerDefinitions Cpu EphemeralStorage ExecutionRoleArn Family Memory NetworkMode RequiresCompatibilities RuntimePlatform TaskRoleArn Volumes',
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    of: 'a container',
    values: containers,
    known:
      'Command Cpu DependsOn DockerLabels EntryPoint Environment EnvironmentFiles Essential HealthCheck Hostname Image Interactive LinuxParameters LogConfiguration Memory MemoryReservation MountPoints Name PortMappings Privileged PseudoTerminal ReadonlyRootFilesystem RestartPolicy Secrets StartTimeout StopTimeout Ulimits User VersionConsistency WorkingDirectory',
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    of: 'the Linux parameters of a container',
    values: (task) => containers(task).map((container) => at(container, 'LinuxParameters')),
    known: 'Capabilities InitProcessEnabled MaxSwap SharedMemorySize Swappiness',
  },
  {
    type: 'AWS::ECS::Service',
    known:
      'AvailabilityZoneRebalancing CapacityProviderStrategy Cluster DeploymentConfiguration DesiredCount EnableECSManagedTags EnableExecuteCommand ForceNewDeployment HealthCheckGracePeriodSeconds LaunchType LoadBalancers NetworkConfiguration PlatformVersion PropagateTags ServiceName TaskDefinition',
  },
  {
    type: 'AWS::ECS::Cluster',
    known: 'CapacityProviders ClusterName ClusterSettings DefaultCapacityProviderStrategy',
  },
  {
    type: 'AWS::Lambda::Function',
    known:
      'Architectures Code CodeSigningConfigArn DeadLetterConfig Description Environment EphemeralStorage FunctionName Handler KmsKeyArn Layers LoggingConfig MemorySize PackageType RecursiveLoop ReservedConcurrentExecutions Role Runtime RuntimeManagementConfig SnapStart Timeout TracingConfig VpcConfig',
  },
  {
    type: 'AWS::RDS::DBCluster',
    known:
      'AllocatedStorage AutoMinorVersionUpgrade AvailabilityZones BacktrackWindow BackupRetentionPeriod CopyTagsToSnapshot DatabaseInsightsMode DatabaseName DBClusterIdentifier DBClusterInstanceClass DBClusterParameterGroupName DBInstanceParameterGroupName DBSubnetGroupName DeleteAutomatedBackups DeletionProtection EnableCloudwatchLogsExports EnableHttpEndpoint EnableIAMDatabaseAuthentication Engine EngineLifecycleSupport EngineMode EngineVersion GlobalClusterIdentifier Iops KmsKeyId ManageMasterUserPassword MasterUsername MasterUserPassword MasterUserSecret MonitoringInterval MonitoringRoleArn PerformanceInsightsEnabled PerformanceInsightsKmsKeyId PerformanceInsightsRetentionPeriod Port PreferredBackupWindow PreferredMaintenanceWindow PubliclyAccessible ServerlessV2ScalingConfiguration SnapshotIdentifier StorageEncrypted StorageType VpcSecurityGroupIds',
  },
  {
    type: 'AWS::RDS::DBInstance',
    known:
      'AllocatedStorage AllowMajorVersionUpgrade ApplyImmediately AutoMinorVersionUpgrade AvailabilityZone BackupRetentionPeriod CACertificateIdentifier CopyTagsToSnapshot DBClusterIdentifier DBInstanceClass DBInstanceIdentifier DBName DBParameterGroupName DBSubnetGroupName DeleteAutomatedBackups DeletionProtection EnableCloudwatchLogsExports EnableIAMDatabaseAuthentication EnablePerformanceInsights Engine EngineLifecycleSupport EngineVersion Iops KmsKeyId ManageMasterUserPassword MasterUsername MasterUserPassword MasterUserSecret MaxAllocatedStorage MonitoringInterval MonitoringRoleArn MultiAZ OptionGroupName PerformanceInsightsKMSKeyId PerformanceInsightsRetentionPeriod Port PreferredBackupWindow PreferredMaintenanceWindow PromotionTier PubliclyAccessible StorageEncrypted StorageThroughput StorageType VPCSecurityGroups',
  },
  {
    type: 'AWS::WAFv2::WebACL',
    known:
      'AssociationConfig CaptchaConfig ChallengeConfig CustomResponseBodies DataProtectionConfig DefaultAction Description Name OnSourceDDoSProtectionConfig Rules Scope VisibilityConfig',
  },
  {
    type: 'AWS::WAFv2::LoggingConfiguration',
    known: 'LogDestinationConfigs LoggingFilter RedactedFields ResourceArn',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    values: ({ properties }) => [properties.DistributionConfig],
    known:
      'Aliases CacheBehaviors Comment CustomErrorResponses DefaultCacheBehavior Enabled HttpVersion IPV6Enabled Logging Origins PriceClass Restrictions ViewerCertificate WebACLId',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    of: 'a behavior',
    values: ({ properties }) => [
      at(properties, 'DistributionConfig', 'DefaultCacheBehavior'),
      ...list(at(properties, 'DistributionConfig', 'CacheBehaviors')),
    ],
    known:
      'AllowedMethods CachedMethods CachePolicyId Compress DefaultTTL ForwardedValues FunctionAssociations LambdaFunctionAssociations MaxTTL MinTTL OriginRequestPolicyId PathPattern ResponseHeadersPolicyId SmoothStreaming TargetOriginId ViewerProtocolPolicy',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    of: 'an origin',
    values: ({ properties }) => list(at(properties, 'DistributionConfig', 'Origins')),
    known:
      'ConnectionAttempts ConnectionTimeout CustomOriginConfig DomainName Id OriginAccessControlId OriginPath OriginShield ResponseCompletionTimeout S3OriginConfig VpcOriginConfig',
  },
  {
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    values: ({ properties }) => [properties.ResponseHeadersPolicyConfig],
    known: 'Comment CustomHeadersConfig Name RemoveHeadersConfig SecurityHeadersConfig',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    known: 'LoadBalancerAttributes Name Scheme SecurityGroups SubnetMappings Subnets Type',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    known: 'Certificates DefaultActions ListenerAttributes LoadBalancerArn Port Protocol SslPolicy',
  },
  {
    type: 'AWS::S3::Bucket',
    known:
      'AccessControl BucketEncryption BucketName IntelligentTieringConfigurations LifecycleConfiguration LoggingConfiguration MetricsConfigurations NotificationConfiguration ObjectLockConfiguration ObjectLockEnabled OwnershipControls PublicAccessBlockConfiguration ReplicationConfiguration VersioningConfiguration',
  },
  {
    type: 'AWS::EFS::FileSystem',
    known:
      'AvailabilityZoneName BackupPolicy Encrypted FileSystemPolicy FileSystemProtection FileSystemTags KmsKeyId LifecyclePolicies PerformanceMode ProvisionedThroughputInMibps ReplicationConfiguration ThroughputMode',
  },
  {
    type: 'AWS::KMS::Key',
    known:
      'Description Enabled EnableKeyRotation KeyPolicy KeyUsage PendingWindowInDays RotationPeriodInDays',
  },
  {
    type: 'AWS::SecretsManager::Secret',
    known: 'Description GenerateSecretString KmsKeyId Name ReplicaRegions SecretString',
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    known: 'HostedRotationLambda RotateImmediatelyOnUpdate RotationLambdaARN RotationRules SecretId',
  },
  {
    type: 'AWS::CloudTrail::Trail',
    known:
      'AdvancedEventSelectors AggregationConfigurations CloudWatchLogsLogGroupArn CloudWatchLogsRoleArn EnableLogFileValidation EventSelectors IncludeGlobalServiceEvents InsightSelectors IsLogging IsMultiRegionTrail KMSKeyId S3BucketName S3KeyPrefix TrailName',
  },
  {
    type: 'AWS::EC2::Instance',
    known:
      'BlockDeviceMappings CpuOptions CreditSpecification DisableApiTermination EbsOptimized IamInstanceProfile ImageId InstanceInitiatedShutdownBehavior InstanceType KeyName LaunchTemplate MetadataOptions Monitoring NetworkInterfaces PropagateTagsToVolumeOnCreation SecurityGroupIds SecurityGroups SubnetId UserData',
  },
  {
    type: 'AWS::EC2::FlowLog',
    known:
      'DeliverLogsPermissionArn LogDestination LogDestinationType LogFormat LogGroupName MaxAggregationInterval ResourceId ResourceType TrafficType',
  },
  {
    type: 'AWS::Logs::LogGroup',
    known: 'DeletionProtectionEnabled FieldIndexPolicies KmsKeyId LogGroupName RetentionInDays',
  },
  {
    type: 'AWS::SNS::Topic',
    known:
      'DeliveryStatusLogging DisplayName KmsMasterKeyId SignatureVersion Subscription TopicName TracingConfig',
  },
  {
    type: 'AWS::Events::Rule',
    known: 'Description EventBusName EventPattern Name RoleArn ScheduleExpression State Targets',
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    known:
      'PolicyDocument PrivateDnsEnabled RouteTableIds SecurityGroupIds ServiceName SubnetIds VpcEndpointType VpcId',
  },
  {
    type: 'AWS::EC2::ClientVpnEndpoint',
    known:
      'AuthenticationOptions ClientCidrBlock ClientConnectOptions ClientLoginBannerOptions ClientRouteEnforcementOptions ConnectionLogOptions Description DisconnectOnSessionTimeout DnsServers SecurityGroupIds SelfServicePortal ServerCertificateArn SessionTimeoutHours SplitTunnel TagSpecifications TransportProtocol VpcId VpnPort',
  },
  {
    type: 'AWS::WorkSpacesWeb::Portal',
    known:
      'AdditionalEncryptionContext AuthenticationType BrowserSettingsArn CustomerManagedKey DataProtectionSettingsArn DisplayName InstanceType IpAccessSettingsArn MaxConcurrentSessions NetworkSettingsArn SessionLoggerArn UserAccessLoggingSettingsArn UserSettingsArn',
  },
  {
    type: 'AWS::WorkSpacesWeb::UserSettings',
    known:
      'AdditionalEncryptionContext BrandingConfiguration CookieSynchronizationConfiguration CopyAllowed CustomerManagedKey DeepLinkAllowed DisconnectTimeoutInMinutes DownloadAllowed IdleDisconnectTimeoutInMinutes PasteAllowed PrintAllowed ToolbarConfiguration UploadAllowed WebAuthnAllowed',
  },
  {
    type: 'AWS::CodeBuild::Project',
    known:
      'Artifacts AutoRetryLimit Cache ConcurrentBuildLimit Description EncryptionKey Environment LogsConfig Name QueuedTimeoutInMinutes SecondaryArtifacts SecondarySources ServiceRole Source TimeoutInMinutes Visibility VpcConfig',
  },
  {
    type: 'AWS::CodePipeline::Pipeline',
    known:
      'ArtifactStore ArtifactStores DisableInboundStageTransitions ExecutionMode Name PipelineType RestartExecutionOnUpdate RoleArn Stages',
  },
];

/** What AWS does anyway, as it is written by those who like to write it. */
const defaults: Readonly<Record<string, string>> = {
  AccelerateConfiguration: '{"AccelerationStatus":"Suspended"}',
  DeploymentController: '{"Type":"ECS"}',
  IpAddressType: 'ipv4',
  KeySpec: 'SYMMETRIC_DEFAULT',
  LogGroupClass: 'STANDARD',
  NetworkType: 'IPV4',
  Origin: 'AWS_KMS',
  SchedulingStrategy: 'REPLICA',
  SourceDestCheck: 'true',
  Tenancy: 'default',
};

function isDefault(name: string, value: Value | undefined): boolean {
  if (value !== undefined && Object.hasOwn(defaults, name)) return asWritten(value) === defaults[name];
  return value === undefined || saysNothing(value, name);
}

/**
 * Types gain properties every month, and each may open what the rules believe closed: host names of a container's own,
 * a second resolver, a filter on logs. What no rule knows is a finding, as a kind of resource that none knows is.
 */
export const knownProperties = defineRule({
  invariant: 'NET2',
  finding: 'KnownProperties',
  en: 'Resources are configured only by properties that these checks know',
  ja: 'リソースの設定は検査対象のプロパティだけからなる',
  appliesTo: [...new Set(parts.map(({ type }) => type))],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    return parts.flatMap(({ type, of, values, known }) => {
      const names = new Set([...known.split(' '), 'Tags']);
      return graph.ofType(type).map((resource): Finding => {
        const written = (values?.(resource) ?? [resource.properties]).flatMap((each) =>
          Object.entries(map(each)).flatMap(([name, value]) => (isDefault(name, value) ? [] : [name])),
        );
        const strange = [...new Set(written)].filter((name) => !names.has(name));
        return {
          resource,
          ...(strange.length > 0
            ? fail(`${of ? `${of} ` : ''}sets ${strange.join(', ')}, which no rule looks at`)
            : pass('sets what rules look at')),
        };
      });
    });
  },
});
