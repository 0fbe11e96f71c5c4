import {
  at,
  display,
  hasToken,
  isFalse,
  isMap,
  list,
  text,
  type Value,
} from '../../../checks/model/values.ts';
import { valuesAt } from './checks.ts';
import { type Demand, eachRow, type Found } from './demand.ts';
import { api, docs } from './pages.ts';

/** How many of several properties AWS takes at once. */
interface ChoiceRow {
  readonly type: string;
  /** Where the properties are; `*` for each member of a list. @default the properties themselves */
  readonly within?: string;
  readonly of: readonly string[];
  readonly takes: 'exactly one' | 'at most one' | 'one or more';
  /** Whether a holder is of the kind that must choose. @default it is */
  readonly when?: (holder: Value) => boolean;
  readonly source: string;
}

const isForward = (action: Value) => at(action, 'Type') === 'forward';
const addressing = ['Protocol', 'Port', 'VpcId'];
const toAddresses = (group: Value) => addressing.some((name) => at(group, name) !== undefined);

const choices: readonly ChoiceRow[] = [
  {
    type: 'AWS::SecretsManager::Secret',
    of: ['SecretString', 'GenerateSecretString'],
    takes: 'at most one',
    source: `${api.secrets}/API_CreateSecret.html`,
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    within: 'RotationRules',
    of: ['AutomaticallyAfterDays', 'ScheduleExpression'],
    takes: 'exactly one',
    source: `${api.secrets}/API_RotationRulesType.html`,
  },
  {
    type: 'AWS::Lambda::Function',
    within: 'Code',
    of: ['ImageUri', 'S3Bucket', 'ZipFile'],
    takes: 'exactly one',
    source: `${api.lambda}/API_FunctionCode.html`,
  },
  {
    type: 'AWS::Events::Rule',
    of: ['EventPattern', 'ScheduleExpression'],
    takes: 'one or more',
    source: `${api.events}/API_PutRule.html`,
  },
  {
    type: 'AWS::S3::Bucket',
    within: 'ObjectLockConfiguration.Rule.DefaultRetention',
    of: ['Days', 'Years'],
    takes: 'exactly one',
    source: `${api.s3}/object-lock-configure.html`,
  },
  {
    type: 'AWS::RDS::DBCluster',
    of: ['MasterUserPassword', 'ManageMasterUserPassword'],
    takes: 'at most one',
    source: `${api.rds}/API_CreateDBCluster.html`,
  },
  {
    type: 'AWS::EC2::Route',
    of: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'],
    takes: 'exactly one',
    source: `${api.ec2}/API_CreateRoute.html`,
  },
  {
    type: 'AWS::EC2::Route',
    of: [
      'GatewayId',
      'NatGatewayId',
      'TransitGatewayId',
      'NetworkInterfaceId',
      'InstanceId',
      'VpcPeeringConnectionId',
      'VpcEndpointId',
      'EgressOnlyInternetGatewayId',
      'LocalGatewayId',
      'CarrierGatewayId',
      'CoreNetworkArn',
    ],
    takes: 'exactly one',
    source: `${api.ec2}/API_CreateRoute.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroupIngress',
    of: ['CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'SourceSecurityGroupName', 'SourcePrefixListId'],
    takes: 'exactly one',
    source: `${api.ec2}/API_AuthorizeSecurityGroupIngress.html`,
  },
  {
    type: 'AWS::EC2::SecurityGroupEgress',
    of: ['CidrIp', 'CidrIpv6', 'DestinationSecurityGroupId', 'DestinationPrefixListId'],
    takes: 'exactly one',
    source: `${api.ec2}/API_AuthorizeSecurityGroupEgress.html`,
  },
  {
    type: 'AWS::Route53::RecordSet',
    of: ['HostedZoneId', 'HostedZoneName'],
    takes: 'exactly one',
    source: `${api.route53}/API_ChangeResourceRecordSets.html`,
  },
  {
    type: 'AWS::Route53::RecordSet',
    of: ['AliasTarget', 'TTL'],
    takes: 'exactly one',
    source: `${api.route53}/API_ResourceRecordSet.html`,
  },
  {
    type: 'AWS::Route53::RecordSet',
    of: ['AliasTarget', 'ResourceRecords'],
    takes: 'exactly one',
    source: `${api.route53}/API_ResourceRecordSet.html`,
  },
  {
    type: 'AWS::EC2::ClientVpnAuthorizationRule',
    of: ['AccessGroupId', 'AuthorizeAllGroups'],
    takes: 'exactly one',
    source: `${api.ec2}/API_AuthorizeClientVpnIngress.html`,
  },
  ...['DistributionConfig.DefaultCacheBehavior', 'DistributionConfig.CacheBehaviors.*'].map((within) => ({
    type: 'AWS::CloudFront::Distribution',
    within,
    of: ['CachePolicyId', 'ForwardedValues'],
    takes: 'at most one' as const,
    source: `${docs}/cloudfront/latest/APIReference/API_CacheBehavior.html`,
  })),
  {
    type: 'AWS::CloudFront::Distribution',
    within: 'DistributionConfig.ViewerCertificate',
    of: ['AcmCertificateArn', 'IamCertificateId', 'CloudFrontDefaultCertificate'],
    takes: 'exactly one',
    source: `${docs}/cloudfront/latest/APIReference/API_ViewerCertificate.html`,
  },
  {
    type: 'AWS::CloudFront::Distribution',
    within: 'DistributionConfig.Origins.*',
    of: ['CustomOriginConfig', 'S3OriginConfig', 'VpcOriginConfig'],
    takes: 'exactly one',
    source: `${docs}/cloudfront/latest/APIReference/API_Origin.html`,
  },
  ...['WebACL', 'RuleGroup'].map((type) => ({
    type: `AWS::WAFv2::${type}`,
    within: 'Rules.*',
    of: ['Action', 'OverrideAction'],
    takes: 'exactly one' as const,
    when: (rule: Value) => at(rule, 'Statement') !== undefined,
    source: `${docs}/waf/latest/APIReference/API_Rule.html`,
  })),
  {
    type: 'AWS::WAFv2::WebACL',
    within: 'DefaultAction',
    of: ['Allow', 'Block'],
    takes: 'exactly one',
    source: `${docs}/waf/latest/APIReference/API_DefaultAction.html`,
  },
  ...[
    ['MetricName', 'Metrics', 'EvaluationCriteria'],
    ['Statistic', 'ExtendedStatistic'],
  ].map((of) => ({
    type: 'AWS::CloudWatch::Alarm',
    of,
    takes: 'at most one' as const,
    source: `${api.cloudwatch}/API_PutMetricAlarm.html`,
  })),
  ...['Runtime', 'Handler'].map((property) => ({
    type: 'AWS::Lambda::Function',
    of: [property],
    takes: 'exactly one' as const,
    when: (lambda: Value) => ['S3Bucket', 'ZipFile'].some((name) => at(lambda, 'Code', name) !== undefined),
    source: `${api.lambda}/API_CreateFunction.html`,
  })),
  {
    type: 'AWS::ECS::Service',
    of: ['LaunchType', 'CapacityProviderStrategy'],
    takes: 'at most one',
    source: `${api.ecs}/API_CreateService.html`,
  },
  {
    type: 'AWS::EC2::Instance',
    of: ['SubnetId', 'NetworkInterfaces'],
    takes: 'at most one',
    source: `${api.ec2}/API_RunInstances.html`,
  },
  {
    type: 'AWS::Scheduler::Schedule',
    within: 'FlexibleTimeWindow',
    of: ['MaximumWindowInMinutes'],
    takes: 'exactly one',
    when: (window) => at(window, 'Mode') === 'FLEXIBLE',
    source: `${docs}/scheduler/latest/APIReference/API_FlexibleTimeWindow.html`,
  },
  ...['Listener', 'ListenerRule'].map((type) => ({
    type: `AWS::ElasticLoadBalancingV2::${type}`,
    within: type === 'Listener' ? 'DefaultActions.*' : 'Actions.*',
    of: ['TargetGroupArn', 'ForwardConfig'],
    takes: 'one or more' as const,
    when: isForward,
    source: `${api.elb}/API_Action.html`,
  })),
  ...addressing.map((property) => ({
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    of: [property],
    takes: 'exactly one' as const,
    when: toAddresses,
    source: `${api.elb}/API_CreateTargetGroup.html`,
  })),
];

/** A property that says false is as good as left out. */
const isSaid = (value: Value | undefined) => value !== undefined && value !== null && !isFalse(value);

const exclusive = eachRow(
  'property-choices',
  choices,
  ({ within, of, takes, when, source }, { properties }) =>
    valuesAt(properties, within?.split('.') ?? [])
      .filter((holder) => isMap(holder) && (when?.(holder) ?? true))
      .flatMap((holder): Found[] => {
        const said = of.filter((name) => isSaid(at(holder, name)));
        const tooMany = takes !== 'one or more' && said.length > 1;
        if (!tooMany && !(said.length === 0 && takes !== 'at most one')) return [];
        const place = within ? ` in ${within.replaceAll('.*', '')}` : '';
        return [
          {
            says: tooMany
              ? `has ${said.join(', ')}${place}, of which AWS takes one`
              : `lacks ${of.join(', ')}${place}, of which AWS wants one`,
            way: tooMany ? 'Take all but one of them out.' : 'Write the one that fits.',
            source,
          },
        ];
      }),
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html */
const tagSource = `${docs}/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html`;

const tags: Demand = {
  id: 'tags',
  violations: ({ resources }) =>
    resources.flatMap((resource) => {
      const keys = list(resource.properties.Tags).flatMap((tag) => text(at(tag, 'Key')) ?? []);
      return [
        ...(keys.length > 50 ? [`has ${keys.length} tags, at most 50`] : []),
        ...keys
          .filter((key) => /^aws:/i.test(key) || (!hasToken(key) && (key.length > 128 || key === '')))
          .map((key) => `has the tag "${display(key)}", whose name AWS does not take`),
      ].map((says) => ({
        of: resource,
        says,
        way: 'Write other tags: 50 at most, of 1 to 128 characters, not beginning with aws:.',
        source: tagSource,
      }));
    }),
};

/** Properties that exclude or need each other. */
export const choiceDemands: readonly Demand[] = [exclusive, tags];
