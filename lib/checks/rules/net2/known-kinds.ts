import { whereToReportAbsence } from '../absence.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/**
 * The kinds of resources, by service, that these rules know: each either has rules of its own or can neither let anyone
 * in, nor let anything out, nor take from others what they protect. `*` stands for all of a service.
 */
const known: Readonly<Record<string, string>> = {
  AccessAnalyzer: 'Analyzer',
  ApplicationAutoScaling: 'ScalableTarget ScalingPolicy',
  ApplicationSignals: '*',
  Backup:
    'BackupPlan BackupSelection BackupVault Framework LogicallyAirGappedBackupVault ReportPlan RestoreTestingPlan RestoreTestingSelection',
  Budgets: '*',
  CDK: '*',
  CE: '*',
  CertificateManager: 'Certificate',
  Chatbot: '*',
  CloudFormation: 'CustomResource WaitCondition WaitConditionHandle',
  CloudFront:
    'CachePolicy CloudFrontOriginAccessIdentity Distribution Function MonitoringSubscription OriginAccessControl OriginRequestPolicy RealtimeLogConfig ResponseHeadersPolicy StreamingDistribution VpcOrigin',
  CloudTrail: 'EventDataStore Trail',
  CloudWatch: 'Alarm AnomalyDetector CompositeAlarm Dashboard InsightRule MetricStream',
  CodeBuild: 'Project ReportGroup',
  CodePipeline: 'Pipeline',
  Cognito: 'IdentityPool UserPool UserPoolClient UserPoolDomain UserPoolGroup',
  Config: 'ConfigRule ConfigurationRecorder ConformancePack DeliveryChannel',
  DynamoDB: 'GlobalTable Table',
  Detective: '*',
  DevOpsGuru: '*',
  EC2: 'CarrierGateway ClientVpnAuthorizationRule ClientVpnEndpoint ClientVpnRoute ClientVpnTargetNetworkAssociation EIP EgressOnlyInternetGateway FlowLog Instance InstanceConnectEndpoint InternetGateway LaunchTemplate NatGateway NetworkAcl NetworkAclEntry NetworkInsightsAccessScope NetworkInsightsAccessScopeAnalysis NetworkInsightsAnalysis NetworkInsightsPath PlacementGroup PrefixList Route RouteTable SecurityGroup SecurityGroupEgress SecurityGroupIngress Subnet SubnetNetworkAclAssociation SubnetRouteTableAssociation TransitGatewayAttachment TransitGatewayVpcAttachment VPC VPCCidrBlock VPCEndpoint VPCEndpointService VPCEndpointServicePermissions VPCGatewayAttachment VPCPeeringConnection VPNConnection VPNGateway VerifiedAccessEndpoint Volume',
  ECR: 'PublicRepository RegistryPolicy ReplicationConfiguration Repository',
  ECS: 'CapacityProvider Cluster ClusterCapacityProviderAssociations Service TaskDefinition',
  EFS: 'AccessPoint FileSystem MountTarget',
  ElastiCache: 'ParameterGroup ReplicationGroup ServerlessCache SubnetGroup',
  ElasticLoadBalancingV2: 'Listener ListenerCertificate ListenerRule LoadBalancer TargetGroup',
  Events: 'ApiDestination Archive Connection Endpoint EventBusPolicy Rule',
  GuardDuty: 'Detector ThreatEntitySet ThreatIntelSet',
  IAM: 'AccessKey Group GroupPolicy InstanceProfile ManagedPolicy OIDCProvider Policy Role RolePolicy SAMLProvider ServiceLinkedRole User UserPolicy UserToGroupAddition',
  Inspector2: 'CisScanConfiguration',
  InternetMonitor: '*',
  KMS: 'Alias Key ReplicaKey',
  Lambda:
    'Alias CodeSigningConfig EventInvokeConfig EventSourceMapping Function LayerVersion Permission Url Version',
  Logs: 'AccountPolicy Delivery DeliveryDestination DeliverySource Destination LogAnomalyDetector LogGroup LogStream MetricFilter QueryDefinition ResourcePolicy SubscriptionFilter',
  Macie: 'Session',
  RDS: 'DBCluster DBClusterParameterGroup DBInstance DBParameterGroup DBProxy DBSubnetGroup EventSubscription GlobalCluster Integration OptionGroup',
  ResourceGroups: '*',
  ResourceExplorer2: '*',
  Route53: 'DNSSEC HealthCheck HostedZone KeySigningKey RecordSet RecordSetGroup',
  Route53Resolver:
    'FirewallConfig FirewallDomainList FirewallRuleGroup FirewallRuleGroupAssociation ResolverDNSSECConfig ResolverQueryLoggingConfig ResolverQueryLoggingConfigAssociation',
  S3: 'AccessPoint Bucket BucketPolicy MultiRegionAccessPoint StorageLens',
  SES: '*',
  SNS: 'Subscription Topic TopicPolicy',
  SQS: 'Queue QueuePolicy',
  SSM: 'Association Document MaintenanceWindow MaintenanceWindowTarget MaintenanceWindowTask Parameter PatchBaseline ResourcePolicy',
  Scheduler: 'Schedule ScheduleGroup',
  SecretsManager: 'ResourcePolicy RotationSchedule Secret SecretTargetAttachment',
  SecurityHub: 'Hub Insight Standard',
  ServiceCatalogAppRegistry: '*',
  Shield: 'ProactiveEngagement Protection ProtectionGroup',
  Signer: '*',
  StepFunctions: 'StateMachine StateMachineAlias StateMachineVersion',
  Synthetics: 'Canary Group',
  WAFv2: 'IPSet LoggingConfiguration RegexPatternSet RuleGroup WebACL WebACLAssociation',
  WorkSpacesWeb:
    'BrowserSettings DataProtectionSettings IpAccessSettings NetworkSettings Portal SessionLogger UserAccessLoggingSettings UserSettings',
  XRay: '*',
};

/** Of a kind of resource that no rule knows nobody has said that it is safe: it is reported, not passed. */
export const knownKinds = defineRule({
  invariant: 'NET2',
  finding: 'KnownKinds',
  en: 'The shop holds only kinds of resources that these checks know',
  ja: 'ショップは本チェックが対象とする種類のリソースだけを含む',
  appliesTo: ['*'],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    const unknown = graph.resources
      .filter(({ type }) => type.startsWith('AWS::') && !isKnown(type))
      .map(
        (resource): Finding => ({
          resource,
          ...fail(`no rule knows what ${resource.type} lets in, lets out or hides`),
        }),
      );
    const where = whereToReportAbsence(graph);
    return unknown.length === 0 && where
      ? [{ resource: where, ...pass('every resource of the environment is of a kind that rules are about') }]
      : unknown;
  },
});

function isKnown(type: string): boolean {
  const [, service = '', kind = ''] = type.split('::');
  const kinds = Object.hasOwn(known, service) ? (known[service] ?? '').split(' ') : [];
  return kinds.includes('*') || kinds.includes(kind);
}
