/** A quota that counts resources of a type in an account. */
export interface CountedType {
  readonly title: string;
  /** In Service Quotas. */
  readonly service: string;
  /** Of the quota's name in Service Quotas. */
  readonly name: RegExp;
  /** What an account has that never asked for more; counts where Service Quotas names no such quota. */
  readonly byDefault: number;
  /** Of which there are two kinds with a quota each: what Cloud Control must be told to list one. */
  readonly listedBy?: string;
  /** Whether the quota counts in each zone or by kind, so that all resources together may exceed it. @default false */
  readonly apart?: boolean;
}

/** Where AWS says the defaults. */
export const source = 'https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html';

/*
 * Names and defaults were compared with the tables of AWS in November 2026: those of RDS, CloudFront, VPC, Client VPN,
 * CloudTrail, CodeBuild, ACM, EC2 and WAF are theirs; those of CloudFront's policies begin with "Custom" in newer ones.
 * VPC origins, restore testing plans and what Systems
 * Manager keeps stand in guides of their services only: where Service Quotas does not name them, the default counts.
 * https://docs.aws.amazon.com/general/latest/gr/rds-service.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 * https://docs.aws.amazon.com/general/latest/gr/vpc-service.html
 * https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/limits.html
 * https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */

/**
 * Types of which an account may have at most a hundred or so. All others are so ample that a shop does not meet them:
 * a test holds their numbers, and fails for a type of the templates that is in neither list.
 */
export const countedTypes: Readonly<Record<string, CountedType>> = {
  'AWS::Backup::RestoreTestingPlan': {
    title: 'AWS Backup: restore testing plans',
    service: 'backup',
    name: /^restore testing plans/i,
    byDefault: 100,
  },
  'AWS::CloudFront::CachePolicy': {
    title: 'CloudFront: cache policies',
    service: 'cloudfront',
    name: /^(Custom )?cache policies per AWS account$/i,
    byDefault: 20,
  },
  'AWS::CloudFront::OriginRequestPolicy': {
    title: 'CloudFront: origin request policies',
    service: 'cloudfront',
    name: /^(Custom )?origin request policies per AWS account$/i,
    byDefault: 20,
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    title: 'CloudFront: response headers policies',
    service: 'cloudfront',
    name: /^(Custom )?response headers policies per AWS account$/i,
    byDefault: 20,
  },
  'AWS::CloudFront::VpcOrigin': {
    title: 'CloudFront: VPC origins',
    service: 'cloudfront',
    name: /VPC origins/i,
    byDefault: 25,
  },
  'AWS::CloudTrail::Trail': {
    title: 'CloudTrail: trails',
    service: 'cloudtrail',
    name: /^Trails per region$/i,
    byDefault: 5,
  },
  'AWS::EC2::ClientVpnEndpoint': {
    title: 'Client VPN endpoints',
    service: 'ec2',
    name: /^Client VPN endpoints per Region$/i,
    byDefault: 5,
  },
  'AWS::EC2::InternetGateway': {
    title: 'Internet gateways',
    service: 'vpc',
    name: /^Internet gateways per Region$/i,
    byDefault: 5,
  },
  'AWS::EC2::NatGateway': {
    title: 'NAT gateways',
    service: 'vpc',
    name: /^NAT gateways per Availability Zone$/i,
    byDefault: 5,
    apart: true,
  },
  'AWS::EC2::VPC': { title: 'VPCs', service: 'vpc', name: /^VPCs per Region$/i, byDefault: 5 },
  'AWS::EC2::VPCEndpoint': {
    title: 'Gateway endpoints',
    service: 'vpc',
    name: /^Gateway VPC endpoints per Region$/i,
    byDefault: 20,
    apart: true,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    title: 'Application load balancers',
    service: 'elasticloadbalancing',
    name: /^Application Load Balancers per Region$/i,
    byDefault: 50,
  },
  'AWS::RDS::DBCluster': {
    title: 'RDS: clusters',
    service: 'rds',
    name: /^DB clusters$/i,
    byDefault: 40,
  },
  'AWS::RDS::DBClusterParameterGroup': {
    title: 'RDS: cluster parameter groups',
    service: 'rds',
    name: /^DB cluster parameter groups$/i,
    byDefault: 50,
  },
  'AWS::RDS::DBInstance': { title: 'RDS: instances', service: 'rds', name: /^DB instances$/i, byDefault: 40 },
  'AWS::RDS::DBParameterGroup': {
    title: 'RDS: parameter groups',
    service: 'rds',
    name: /^Parameter groups$/i,
    byDefault: 50,
  },
  'AWS::RDS::DBSubnetGroup': {
    title: 'RDS: subnet groups',
    service: 'rds',
    name: /^DB subnet groups$/i,
    byDefault: 50,
  },
  'AWS::RDS::OptionGroup': {
    title: 'RDS: option groups',
    service: 'rds',
    name: /^Option groups$/i,
    byDefault: 20,
  },
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': {
    title: 'Route 53 Resolver: query log configurations',
    service: 'route53resolver',
    name: /query log(ging)? config(uration)?s per/i,
    byDefault: 20,
  },
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': {
    title: 'Route 53 Resolver: VPCs with a query log',
    service: 'route53resolver',
    name: /query log(ging)? config(uration)? associations/i,
    byDefault: 100,
  },
  'AWS::SSM::MaintenanceWindow': {
    title: 'Systems Manager: maintenance windows',
    service: 'ssm',
    name: /^Maintenance Windows( per (account|region).*)?$/i,
    byDefault: 50,
  },
  'AWS::SSM::PatchBaseline': {
    title: 'Systems Manager: patch baselines',
    service: 'ssm',
    name: /^Patch baselines( per (account|region).*)?$/i,
    byDefault: 50,
  },
  'AWS::Synthetics::Canary': {
    title: 'CloudWatch: canaries',
    service: 'synthetics',
    name: /^Canaries/i,
    byDefault: 100,
  },
  // https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
  'AWS::WAFv2::RegexPatternSet': {
    title: 'AWS WAF: regex sets',
    service: 'wafv2',
    name: /regex (pattern )?sets/i,
    byDefault: 10,
    listedBy: 'Scope',
  },
  'AWS::WAFv2::WebACL': {
    title: 'AWS WAF: web ACLs',
    service: 'wafv2',
    name: /web ACLs/i,
    byDefault: 100,
    listedBy: 'Scope',
  },
  // The general reference names no default for what follows, and accounts were seen with one portal.
  ...Object.fromEntries(
    (
      [
        ['BrowserSettings', 'browser settings'],
        ['IpAccessSettings', 'IP access settings'],
        ['NetworkSettings', 'network settings'],
        ['Portal', 'portals'],
        ['SessionLogger', 'session loggers'],
        ['UserSettings', 'user settings'],
      ] as const
    ).map(([kind, title]) => [
      `AWS::WorkSpacesWeb::${kind}`,
      {
        title: `WorkSpaces Secure Browser: ${title}`,
        service: 'workspaces-web',
        name: new RegExp(`\\b${title}\\b`, 'i'),
        byDefault: 1,
      },
    ]),
  ),
};
