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
  'AWS::EC2::Subnet': { AssignIpv6AddressOnCreation: false, MapPublicIpOnLaunch: false },
  'AWS::ECS::Service': {
    'DeploymentController.Type': 'ECS',
    DeploymentController: { Type: 'ECS' },
    'DeploymentConfiguration.Strategy': 'ROLLING',
    SchedulingStrategy: 'REPLICA',
    EnableExecuteCommand: false,
  },
  'AWS::EFS::FileSystem': { PerformanceMode: 'generalPurpose' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { IpAddressType: 'ipv4' },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    IpAddressType: 'ipv4',
    ProtocolVersion: 'HTTP1',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
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
  'AWS::RDS::DBInstance': { PubliclyAccessible: false, NetworkType: 'IPV4' },
  'AWS::SNS::Topic': { FifoTopic: false, SignatureVersion: '1' },
  'AWS::SSM::MaintenanceWindow': { AllowUnassociatedTargets: false },
  'AWS::SSM::Parameter': { Tier: 'Standard', DataType: 'text' },
  'AWS::Scheduler::Schedule': { State: 'ENABLED', GroupName: 'default' },
  'AWS::SecretsManager::Secret': {
    'GenerateSecretString.IncludeSpace': false,
    'GenerateSecretString.RequireEachIncludedType': true,
  },
};
