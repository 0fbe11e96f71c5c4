import {
  at,
  display,
  hasUnknown,
  isMap,
  list,
  numeric,
  text,
  type Value,
} from '../../../checks/model/values.ts';
import { type CidrBlock, overlaps, parseCidr } from '../../../config/cidr.ts';
import type { DeployedResource } from './deployment.ts';
import { resourceType } from './resource-types.ts';

/** Something that only one resource can have at a time: a name, a priority, addresses. */
export interface Claim {
  /** Equal for what cannot exist twice; holds tokens where it is a reference. */
  readonly key: string;
  /** For people: `Priority 110 of ListenerA`. */
  readonly what: string;
  /** With a block, claims of one key collide only where their blocks overlap. */
  readonly block?: CidrBlock;
  /** The error's name in AWS. */
  readonly error: string;
  readonly source: string;
}

/** How far uniqueness reaches when no parent limits it. */
type Scope = 'world' | 'account' | 'region';

interface UniqueRow {
  readonly type: string;
  /** Properties that together may exist once. A path's `*` stands for each member of a list. */
  readonly of: readonly string[];
  /** Properties that tell apart besides, when they are given. */
  readonly orBy?: readonly string[];
  /** The last of `of` is a block of addresses, which must not overlap. */
  readonly addresses?: boolean;
  readonly scope?: Scope;
  readonly ignoringCase?: boolean;
  readonly error: string;
  readonly source: string;
}

const reference = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const elb = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference';
const ec2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';
const cloudfront = 'https://docs.aws.amazon.com/cloudfront/latest/APIReference';
const iam = 'https://docs.aws.amazon.com/IAM/latest/APIReference';

/** What AWS keeps unique beyond the names that its schemas call a resource's identifier. */
const unique: readonly UniqueRow[] = [
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
  ...['Ingress', 'Egress'].map((direction) => ({
    type: `AWS::EC2::SecurityGroup${direction}`,
    of: ['GroupId', 'IpProtocol'],
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
  })),
  {
    type: 'AWS::EC2::VPCGatewayAttachment',
    of: ['VpcId', 'InternetGatewayId'],
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
  {
    type: 'AWS::Route53::RecordSet',
    of: ['HostedZoneId', 'Name', 'Type'],
    orBy: ['SetIdentifier'],
    ignoringCase: true,
    error: 'InvalidChangeBatch, "but it already exists"',
    source: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html',
  },
  {
    type: 'AWS::Route53::HostedZone',
    of: ['VPCs.*.VPCId', 'Name'],
    ignoringCase: true,
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
  ...['ConfigurationRecorder', 'DeliveryChannel'].map((type) => ({
    type: `AWS::Config::${type}`,
    of: [],
    error: `MaxNumberOf${type}sExceededException`,
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html',
  })),
];

/** Names that are one per account, or one in all of AWS, rather than one per region. */
const wideScopes: Readonly<Record<string, Scope>> = {
  'AWS::S3::Bucket': 'world',
  'AWS::IAM::Role': 'account',
  'AWS::IAM::User': 'account',
  'AWS::IAM::Group': 'account',
  'AWS::IAM::InstanceProfile': 'account',
  'AWS::Route53::RecordSet': 'account',
};

/** IAM and RDS keep names apart without regard to case. */
const ignoringCase = /^AWS::(IAM|RDS)::/;

/** A custom resource's properties are no identity, and a policy of a bucket is put, not created. */
const notByIdentity = new Set([
  'AWS::S3::BucketPolicy',
  'AWS::Route53::RecordSet',
  'AWS::WAFv2::WebACLAssociation',
  'AWS::EC2::VPCGatewayAttachment',
]);

const customNames = `${reference}/aws-properties-name.html`;

const claimed = new WeakMap<DeployedResource, readonly Claim[]>();

/** What a resource takes for itself. What only a deploy would know is not among it. */
export function claimsOf(resource: DeployedResource): readonly Claim[] {
  const known = claimed.get(resource);
  if (known) return known;
  const { identity } = resourceType(resource.type);
  const rows = unique.filter(({ type }) => type === resource.type);
  if (identity && !notByIdentity.has(resource.type)) {
    rows.push({
      type: resource.type,
      of: identity,
      scope: wideScopes[resource.type] ?? 'region',
      ignoringCase: ignoringCase.test(resource.type),
      error: 'AlreadyExists',
      source: customNames,
    });
  }
  const claims = rows.flatMap((row) => claimsBy(row, resource));
  claimed.set(resource, claims);
  return claims;
}

function claimsBy(row: UniqueRow, { stack, type, properties }: DeployedResource): Claim[] {
  const parts = row.of.map((path) => valuesAt(properties, path.split('.')));
  if (parts.some((values) => values.length === 0)) return [];
  const apart = (row.orBy ?? []).map((path) => valuesAt(properties, path.split('.'))[0] ?? '');
  const { account = '', region = '' } = stack;
  const scope = { world: '', account, region: `${account} ${region}` }[row.scope ?? 'region'];

  return combinations(parts).flatMap((combination): Claim[] => {
    if ([...combination, ...apart].some(hasUnknown)) return [];
    const block = row.addresses ? parseCidr(combination.at(-1) ?? '') : undefined;
    if (row.addresses && !block) return [];
    const compared = block ? combination.slice(0, -1) : combination;
    const key = JSON.stringify([type, scope, row.of, compared, apart]);
    return [
      {
        key: row.ignoringCase ? key.toLowerCase() : key,
        what: describe(row, combination),
        ...(block && { block }),
        error: row.error,
        source: row.source,
      },
    ];
  });
}

export function collide(one: Claim, other: Claim): boolean {
  if (one.key !== other.key) return false;
  return one.block && other.block ? overlaps(one.block, other.block) : true;
}

function describe({ of, type }: UniqueRow, values: readonly string[]): string {
  const [last = '', ...parents] = values.toReversed();
  if (of.length === 0) return `the one ${type} of an account and region`;
  const property =
    of
      .at(-1)
      ?.split('.')
      .filter((step) => step !== '*')
      .at(-1) ?? '';
  const within = parents.toReversed().map(display).join(', ');
  return `${property} ${display(last)}${within && ` of ${within}`}`;
}

function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): string[] {
  if (step === undefined) {
    const written = text(value) ?? (typeof value === 'boolean' ? String(value) : undefined);
    return written === undefined ? [] : [written];
  }
  if (step === '*') return list(value).flatMap((member) => valuesAt(member, rest));
  return isMap(value) ? valuesAt(at(value, step), rest) : [];
}

function combinations(parts: readonly (readonly string[])[]): string[][] {
  return parts.reduce<string[][]>(
    (all, values) => all.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
}

interface InnerRow {
  readonly type: string;
  /** The list, and the property that no two of its members may share. */
  readonly list: string;
  readonly property: string;
  readonly source: string;
}

/** What must be unique within a list of one resource. */
const innerUnique: readonly InnerRow[] = [
  ...['WebACL', 'RuleGroup'].flatMap((type) =>
    ['Priority', 'Name'].map((property) => ({
      type: `AWS::WAFv2::${type}`,
      list: 'Rules',
      property,
      source: 'https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html',
    })),
  ),
  {
    type: 'AWS::Route53Resolver::FirewallRuleGroup',
    list: 'FirewallRules',
    property: 'Priority',
    source:
      'https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateFirewallRule.html',
  },
];

export interface InnerCollision {
  readonly property: string;
  readonly value: string;
  readonly source: string;
}

/** Members of a list of the resource that have the same number or name. */
export function innerCollisions({ type, properties }: DeployedResource): InnerCollision[] {
  return innerUnique
    .filter((row) => row.type === type)
    .flatMap(({ list: name, property, source }) => {
      const values = list(properties[name]).flatMap((member) => {
        const value = at(member, property);
        return text(value) ?? numeric(value)?.toString() ?? [];
      });
      const twice = values.filter((value, index) => values.indexOf(value) !== index);
      return [...new Set(twice)].map((value) => ({ property: `${name}.${property}`, value, source }));
    });
}
