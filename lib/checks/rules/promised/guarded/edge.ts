import { fewerFeatures, narrowingHeader, tighterPolicy, xssFilter } from '../headers.ts';
import {
  about,
  added,
  fewer,
  free,
  more,
  oneLess,
  oneMore,
  onlyTrue,
  ranked,
  sameDomain,
  size,
} from '../orders.ts';
import {
  blockingOverrides,
  blocksInstead,
  hidesHeaders,
  keepsAll,
  plainErrors,
  rulesBesides,
} from '../refusals.ts';
import { each, type Guarded } from './table.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
const strongerKey = ranked('RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1');

/** What shoppers reach: the distribution, its web ACLs, names and the load balancer. */
export const edge: Readonly<Record<string, Guarded>> = {
  'AWS::CertificateManager::Certificate': {
    invariant: 'NET2',
    may: { KeyAlgorithm: strongerKey },
  },
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
        'DistributionConfig.CustomErrorResponses DistributionConfig.CustomErrorResponses[]',
        plainErrors,
      ),
      ...each(
        'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy DistributionConfig.CacheBehaviors.ViewerProtocolPolicy',
        ranked('redirect-to-https', 'https-only'),
      ),
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
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.IncludeSubdomains': onlyTrue,
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
      'ResponseHeadersPolicyConfig.SecurityHeadersConfig.XSSProtection': xssFilter,
      'ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items[]': oneMore,
      'ResponseHeadersPolicyConfig.CustomHeadersConfig.Items[]': narrowingHeader,
      'ResponseHeadersPolicyConfig.CustomHeadersConfig.Items.Value': fewerFeatures,
    },
  },
  'AWS::CloudFront::VpcOrigin': { invariant: 'NET2', name: 'VpcOriginEndpointConfig.Name' },
  'AWS::ElasticLoadBalancingV2::Listener': {
    invariant: 'NET3',
    partOf: ['LoadBalancerArn'],
    may: {
      ...each(
        'DefaultActions.FixedResponseConfig.MessageBody DefaultActions.FixedResponseConfig.ContentType',
        free,
      ),
      ...each(
        'ListenerAttributes.routing.http.response.strict_transport_security.header_value ListenerAttributes.routing.http.response.x_content_type_options.header_value ListenerAttributes.routing.http.response.x_frame_options.header_value',
        added,
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
    may: {
      ...each(
        'LoadBalancerAttributes.idle_timeout.timeout_seconds LoadBalancerAttributes.client_keep_alive.seconds',
        about,
      ),
      'LoadBalancerAttributes.zonal_shift.config.enabled': free,
      'LoadBalancerAttributes.deletion_protection.enabled': onlyTrue,
    },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    invariant: 'NET3',
    may: {
      ...each('HealthCheckIntervalSeconds UnhealthyThresholdCount', fewer),
      ...each('HealthCheckTimeoutSeconds HealthyThresholdCount', about),
      ...each(
        'TargetGroupAttributes.deregistration_delay.timeout_seconds TargetGroupAttributes.slow_start.duration_seconds TargetGroupAttributes.load_balancing.algorithm.type',
        free,
      ),
    },
  },
  'AWS::Route53::HostedZone': { invariant: 'ADM2' },
  'AWS::Route53::RecordSet': {
    invariant: 'NET2',
    may: { TTL: free, ...each('Name AliasTarget.DNSName', sameDomain) },
  },
  'AWS::SES::EmailIdentity': { invariant: 'NET5' },
  'AWS::WAFv2::LoggingConfiguration': {
    invariant: 'LOG1',
    may: { 'RedactedFields[]': oneMore, RedactedFields: added, LoggingFilter: keepsAll },
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
      // As many requests, in a longer time.
      'Rules.Statement.RateBasedStatement.EvaluationWindowSec': more,
      ...each(
        'Rules.Statement.ManagedRuleGroupStatement.RuleActionOverrides Rules.Statement.ManagedRuleGroupStatement.RuleActionOverrides[]',
        blockingOverrides,
      ),
      'Rules.Statement.ManagedRuleGroupStatement.RuleActionOverrides.ActionToUse': blocksInstead,
      ...each(
        'CaptchaConfig.ImmunityTimeProperty.ImmunityTime ChallengeConfig.ImmunityTimeProperty.ImmunityTime',
        fewer,
      ),
      'OnSourceDDoSProtectionConfig.ALBLowReputationMode': ranked('ACTIVE_UNDER_DDOS', 'ALWAYS_ON'),
      ...each('DataProtectionConfig DataProtectionConfig.DataProtections[]', hidesHeaders),
      'Rules.Statement.NotStatement.Statement.GeoMatchStatement.CountryCodes[]': oneLess,
      ...each('Rules.VisibilityConfig.MetricName VisibilityConfig.MetricName', free),
    },
  },
  'AWS::WAFv2::WebACLAssociation': { invariant: 'NET3' },
  'Custom::VpcOriginSecurityGroup': { invariant: 'NET3', may: { ServiceTimeout: size } },
};
