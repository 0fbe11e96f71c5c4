/** How far uniqueness reaches when no parent limits it. */
export type Scope = 'world' | 'account' | 'region';

export interface UniqueRow {
  readonly type: string;
  /** Which type's names it takes, where two types take the same. @default its own */
  readonly like?: string;
  /** Properties that together may exist once. A path's `*` stands for each member of a list, `Ref` for the resource. */
  readonly of: readonly string[];
  /** Properties that tell apart besides, when they are given. */
  readonly orBy?: readonly string[];
  /** A list each of whose members takes a name of its own; what a member lacks, the resource says. */
  readonly members?: string;
  /** Properties without which nothing is taken, or which must be true. */
  readonly given?: readonly string[];
  /** The last of `of` is a block of addresses, which must not overlap. */
  readonly addresses?: boolean;
  readonly scope?: Scope;
  readonly ignoringCase?: boolean;
  /** Names of DNS: without regard to case and to the dot at the end. */
  readonly dns?: boolean;
  readonly error: string;
  readonly source: string;
}

const reference = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const elb = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference';
const ec2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';
const cloudfront = 'https://docs.aws.amazon.com/cloudfront/latest/APIReference';
const iam = 'https://docs.aws.amazon.com/IAM/latest/APIReference';

/** What AWS keeps unique beyond the names that its schemas call a resource's identifier. */
export const unique: readonly UniqueRow[] = [
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    of: ['ListenerArn', 'Priority'],
    error: 'PriorityInUse',
    source: `${elb}/API_CreateRule.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    of: ['LoadBalancerArn', 'Port'],
    error: 'DuplicateListener',
    source: `${elb}/API_CreateListener.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    of: ['Name'],
    error: 'DuplicateLoadBalancerName',
    source: `${elb}/API_CreateLoadBalancer.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    of: ['Name'],
    error: 'DuplicateTargetGroupName',
    source: `${elb}/API_CreateTargetGroup.html`,
  },
  {
    type: 'AWS::EC2::Subnet',
    of: ['VpcId', 'CidrBlock'],
    addresses: true,
    error: 'InvalidSubnet.Conflict',
    source: `${ec2}/API_CreateSubnet.html`,
  },
  {
    type: 'AWS::EC2::VPC',
    of: ['Ref', 'CidrBlock'],
    addresses: true,
    error: 'InvalidVpc.Range',
    source: `${ec2}/API_AssociateVpcCidrBlock.html`,
  },
  {
    type: 'AWS::EC2::VPCCidrBlock',
    like: 'AWS::EC2::VPC',
    of: ['VpcId', 'CidrBlock'],
    addresses: true,
    error: 'InvalidVpc.Range',
    source: `${ec2}/API_AssociateVpcCidrBlock.html`,
  },
  {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
    of: ['SubnetId'],
    error: 'Resource.AlreadyAssociated',
    source: `${ec2}/API_AssociateRouteTable.html`,
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    of: ['ServiceName', 'RouteTableIds.*'],
    error: 'RouteAlreadyExists',
    source: `${ec2}/API_CreateVpcEndpoint.html`,
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    of: ['VpcId', 'ServiceName'],
    given: ['PrivateDnsEnabled'],
    error: 'InvalidParameter, "conflicting DNS domain"',
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  },
  {
    type: 'AWS::EC2::FlowLog',
    of: ['ResourceId'],
    orBy: ['LogDestination', 'LogGroupName', 'TrafficType'],
    error: 'FlowLogAlreadyExists',
    source: `${ec2}/API_CreateFlowLogs.html`,
  },
  {
    type: 'AWS::EC2::Route',
    of: ['RouteTableId', 'DestinationCidrBlock'],
    error: 'RouteAlreadyExists',
    source: `${ec2}/API_CreateRoute.html`,
  },
  {
    type: 'AWS::EC2::Route',
    of: ['RouteTableId', 'DestinationIpv6CidrBlock'],
    error: 'RouteAlreadyExists',
    source: `${ec2}/API_CreateRoute.html`,
  },
  {
    type: 'AWS::EC2::NetworkAclEntry',
    of: ['NetworkAclId', 'RuleNumber', 'Egress'],
    error: 'NetworkAclEntryAlreadyExists',
    source: `${ec2}/API_CreateNetworkAclEntry.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    of: ['VpcId', 'GroupName'],
    error: 'InvalidGroup.Duplicate',
    source: `${ec2}/API_CreateSecurityGroup.html`,
  },
  ...['Ingress', 'Egress'].flatMap((direction) => {
    const rule = {
      like: `AWS::EC2::SecurityGroup${direction}`,
      orBy: [
        'FromPort',
        'ToPort',
        'CidrIp',
        'CidrIpv6',
        'SourceSecurityGroupId',
        'DestinationSecurityGroupId',
        'SourcePrefixListId',
        'DestinationPrefixListId',
      ],
      error: 'InvalidPermission.Duplicate',
      source: `${ec2}/API_AuthorizeSecurityGroup${direction}.html`,
    };
    return [
      { ...rule, type: rule.like, of: ['GroupId', 'IpProtocol'] },
      {
        ...rule,
        type: 'AWS::EC2::SecurityGroup',
        of: ['Ref', 'IpProtocol'],
        members: `SecurityGroup${direction}`,
      },
    ];
  }),
  {
    type: 'AWS::EC2::VPCGatewayAttachment',
    of: ['VpcId'],
    given: ['InternetGatewayId'],
    error: 'Resource.AlreadyAssociated',
    source: `${ec2}/API_AttachInternetGateway.html`,
  },
  {
    type: 'AWS::EC2::LaunchTemplate',
    of: ['LaunchTemplateName'],
    error: 'InvalidLaunchTemplateName.AlreadyExistsException',
    source: `${ec2}/API_CreateLaunchTemplate.html`,
  },
  {
    type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
    of: ['ClientVpnEndpointId', 'SubnetId'],
    error: 'InvalidClientVpnDuplicateAssociation',
    source: `${ec2}/API_AssociateClientVpnTargetNetwork.html`,
  },
  {
    type: 'AWS::EC2::ClientVpnAuthorizationRule',
    of: ['ClientVpnEndpointId', 'TargetNetworkCidr'],
    orBy: ['AccessGroupId'],
    error: 'InvalidClientVpnDuplicateAuthorizationRule',
    source: `${ec2}/API_AuthorizeClientVpnIngress.html`,
  },
  {
    type: 'AWS::EFS::MountTarget',
    of: ['FileSystemId', 'SubnetId'],
    error: 'MountTargetConflict',
    source: 'https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html',
  },
  ...['HostedZoneId', 'HostedZoneName'].flatMap((zone) => {
    const record = {
      like: 'AWS::Route53::RecordSet',
      of: [zone, 'Name', 'Type'],
      orBy: ['SetIdentifier'],
      dns: true,
      error: 'InvalidChangeBatch, "but it already exists"',
      source: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html',
    };
    return [
      { ...record, type: 'AWS::Route53::RecordSet' },
      { ...record, type: 'AWS::Route53::RecordSetGroup', members: 'RecordSets' },
    ];
  }),
  {
    type: 'AWS::Route53::HostedZone',
    of: ['VPCs.*.VPCId', 'Name'],
    dns: true,
    error: 'ConflictingDomainExists',
    source: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html',
  },
  {
    type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    of: ['VpcId', 'Priority'],
    error: 'ConflictException',
    source:
      'https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html',
  },
  {
    type: 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
    of: ['ResolverQueryLogConfigId', 'ResourceId'],
    error: 'ResourceExistsException',
    source:
      'https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateResolverQueryLogConfig.html',
  },
  {
    type: 'AWS::S3::BucketPolicy',
    of: ['Bucket'],
    error: 'AlreadyExists',
    source: `${reference}/aws-resource-s3-bucketpolicy.html`,
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    of: ['FunctionName', 'EventSourceArn'],
    error: 'ResourceConflictException',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    of: ['DistributionConfig.Aliases.*'],
    scope: 'world',
    error: 'CNAMEAlreadyExists',
    source: `${cloudfront}/API_CreateDistribution.html`,
  },
  ...[
    ['ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig.Name'],
    ['CachePolicy', 'CachePolicyConfig.Name'],
    ['OriginRequestPolicy', 'OriginRequestPolicyConfig.Name'],
    ['OriginAccessControl', 'OriginAccessControlConfig.Name'],
    ['VpcOrigin', 'VpcOriginEndpointConfig.Name'],
    ['Function', 'Name'],
  ].map(([type = '', property = '']) => ({
    type: `AWS::CloudFront::${type}`,
    of: [property],
    scope: 'account' as const,
    error: `${type}AlreadyExists`,
    source: `${cloudfront}/API_Create${type}.html`,
  })),
  {
    type: 'AWS::IAM::ManagedPolicy',
    of: ['ManagedPolicyName'],
    scope: 'account',
    ignoringCase: true,
    error: 'EntityAlreadyExists',
    source: `${iam}/API_CreatePolicy.html`,
  },
  {
    type: 'AWS::SecretsManager::Secret',
    of: ['Name'],
    error: 'ResourceExistsException',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html',
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    of: ['SecretId'],
    error: 'AlreadyExists',
    source: `${reference}/aws-resource-secretsmanager-rotationschedule.html`,
  },
  {
    type: 'AWS::SNS::Topic',
    of: ['TopicName'],
    error: 'AlreadyExists',
    source: `${reference}/aws-resource-sns-topic.html`,
  },
  {
    type: 'AWS::SQS::Queue',
    of: ['QueueName'],
    error: 'QueueAlreadyExists',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  },
  {
    type: 'AWS::Events::Rule',
    of: ['Name'],
    orBy: ['EventBusName'],
    error: 'AlreadyExists',
    source: `${reference}/aws-resource-events-rule.html`,
  },
  {
    type: 'AWS::CodeBuild::Project',
    of: ['Name'],
    error: 'ResourceAlreadyExistsException',
    source: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html',
  },
  {
    type: 'AWS::ECS::Service',
    of: ['Cluster', 'ServiceName'],
    error: 'InvalidParameterException',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html',
  },
  {
    type: 'AWS::AccessAnalyzer::Analyzer',
    of: ['AnalyzerName'],
    error: 'ConflictException',
    source: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html',
  },
  {
    type: 'AWS::AccessAnalyzer::Analyzer',
    of: ['Type'],
    error: 'ServiceQuotaExceededException',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html',
  },
  ...['WebACL', 'RuleGroup', 'IPSet', 'RegexPatternSet'].map((type) => ({
    type: `AWS::WAFv2::${type}`,
    of: ['Scope', 'Name'],
    error: 'WAFDuplicateItemException',
    source: `https://docs.aws.amazon.com/waf/latest/APIReference/API_Create${type}.html`,
  })),
  // One per account and region, whatever it is called.
  {
    type: 'AWS::GuardDuty::Detector',
    of: [],
    error: 'BadRequestException, "a detector already exists"',
    source: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html',
  },
  {
    type: 'AWS::SecurityHub::Hub',
    of: [],
    error: 'ResourceConflictException',
    source: 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html',
  },
  {
    type: 'AWS::SecurityHub::Standard',
    of: ['StandardsArn'],
    error: 'ResourceConflictException',
    source: `${reference}/aws-resource-securityhub-standard.html`,
  },
  {
    type: 'AWS::Macie::Session',
    of: [],
    error: 'ConflictException, "Macie has already been enabled"',
    source: 'https://docs.aws.amazon.com/macie/latest/APIReference/macie.html',
  },
  {
    type: 'AWS::Config::ConfigRule',
    of: ['ConfigRuleName'],
    error: 'AlreadyExists',
    source: `${reference}/aws-resource-config-configrule.html`,
  },
  ...['ConfigurationRecorder', 'DeliveryChannel'].map((type) => ({
    type: `AWS::Config::${type}`,
    of: [],
    error: `MaxNumberOf${type}sExceededException`,
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html',
  })),
];
