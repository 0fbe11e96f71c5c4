/**
 * What AWS does when a property is left out, by type and path: written down it promises nothing new.
 * From each property's page below
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::CloudFront::Distribution': {
    'DistributionConfig.PriceClass': 'PriceClass_All',
    'DistributionConfig.Staging': false,
    'DistributionConfig.DefaultRootObject': '',
    'DistributionConfig.DefaultCacheBehavior.SmoothStreaming': false,
    'DistributionConfig.Origins.ConnectionAttempts': 3,
    'DistributionConfig.Origins.ConnectionTimeout': 10,
  },
  'AWS::CloudTrail::Trail': { IsOrganizationTrail: false },
  'AWS::CloudWatch::Alarm': { ActionsEnabled: true },
  'AWS::CodeBuild::Project': { BadgeEnabled: false },
  'AWS::EC2::ClientVpnEndpoint': { TransportProtocol: 'udp', VpnPort: 443 },
  'AWS::EC2::FlowLog': { MaxAggregationInterval: 600 },
  // Amazon Linux 2023 asks for it:
  // https://docs.aws.amazon.com/linux/al2023/ug/imds-default.html
  'AWS::EC2::Instance': { 'MetadataOptions.HttpPutResponseHopLimit': 2 },
  'AWS::EC2::Subnet': { AssignIpv6AddressOnCreation: false, MapPublicIpOnLaunch: false },
  'AWS::ECS::Service': {
    'DeploymentController.Type': 'ECS',
    DeploymentController: { Type: 'ECS' },
    'DeploymentConfiguration.Strategy': 'ROLLING',
    SchedulingStrategy: 'REPLICA',
    EnableExecuteCommand: false,
  },
  'AWS::EFS::FileSystem': { PerformanceMode: 'generalPurpose' },
  'AWS::ECS::TaskDefinition': { 'ContainerDefinitions.Cpu': 0 },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    IpAddressType: 'ipv4',
    Type: 'application',
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
    'LoadBalancerAttributes.routing.http.xff_header_processing.mode': 'append',
    'LoadBalancerAttributes.routing.http.preserve_host_header.enabled': 'false',
    'LoadBalancerAttributes.routing.http.xff_client_port.enabled': 'false',
    'LoadBalancerAttributes.routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
    'LoadBalancerAttributes.routing.http2.enabled': 'true',
    'LoadBalancerAttributes.zonal_shift.config.enabled': 'false',
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    IpAddressType: 'ipv4',
    ProtocolVersion: 'HTTP1',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
    'TargetGroupAttributes.load_balancing.algorithm.type': 'round_robin',
    'TargetGroupAttributes.load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
    'TargetGroupAttributes.slow_start.duration_seconds': '0',
  },
  'AWS::Events::Rule': { State: 'ENABLED', EventBusName: 'default' },
  'AWS::IAM::InstanceProfile': { Path: '/' },
  'AWS::IAM::ManagedPolicy': { Path: '/' },
  'AWS::IAM::Role': { Path: '/', MaxSessionDuration: 3600 },
  'AWS::KMS::Key': {
    Enabled: true,
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    MultiRegion: false,
    Origin: 'AWS_KMS',
    PendingWindowInDays: 30,
    RotationPeriodInDays: 365,
    BypassPolicyLockoutSafetyCheck: false,
  },
  'AWS::Lambda::Function': {
    PackageType: 'Zip',
    'TracingConfig.Mode': 'PassThrough',
    'EphemeralStorage.Size': 512,
    RecursiveLoop: 'Terminate',
  },
  'AWS::Logs::LogGroup': { LogGroupClass: 'STANDARD' },
  'AWS::RDS::DBCluster': { NetworkType: 'IPV4', EngineMode: 'provisioned', PubliclyAccessible: false },
  'AWS::RDS::DBInstance': {
    PubliclyAccessible: false,
    NetworkType: 'IPV4',
    PerformanceInsightsRetentionPeriod: 7,
  },
  'AWS::SNS::Topic': { FifoTopic: false, SignatureVersion: '1' },
  'AWS::SSM::MaintenanceWindow': { AllowUnassociatedTargets: false },
  'AWS::SSM::Parameter': { Tier: 'Standard', DataType: 'text' },
  'AWS::Scheduler::Schedule': { State: 'ENABLED', GroupName: 'default' },
  'AWS::SecretsManager::Secret': {
    'GenerateSecretString.IncludeSpace': false,
    'GenerateSecretString.RequireEachIncludedType': true,
  },
};
