/** A quota that counts resources of a type in an account. */
export interface CountedType {
  readonly title: string;
  /** In Service Quotas. */
  readonly service: string;
  /** Of the quota's name in Service Quotas. */
  readonly name: RegExp;
  /**
   * What an account has that never asked for more; counts where Service Quotas names no such quota. Undefined: no document
   * of AWS was found to say, and the check says so.
   */
  readonly byDefault?: number;
  /** Of which there are two kinds with a quota each: what Cloud Control must be told to list one. */
  readonly listedBy?: string;
  /** Whether the quota counts in each zone or by kind, so that all resources together may exceed it. @default false */
  readonly apart?: boolean;
}

/** Where AWS says the defaults. */
export const source = 'https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html';

/*
 * Names and defaults were compared with the tables of AWS in November 2026, those of Systems Manager, CloudWatch and WorkSpaces
 * Secure Browser with what Service Quotas answers: "ListAWSDefaultServiceQuotas", as others have printed it. Those of
 * CloudFront's policies begin with "Custom" in newer tables. VPC origins, restore testing plans and query logs stand in
 * guides of their services only: where Service Quotas does not name them, the default counts.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html, "Restore testing quotas and parameters"
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html, "Quotas on Route 53 VPC Resolver query logs"
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
    name: /^Query log configurations per/i,
    byDefault: 20,
  },
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': {
    title: 'Route 53 Resolver: VPCs with a query log',
    service: 'route53resolver',
    name: /^Query log configuration VPC associations per AWS Region$/i,
    byDefault: 100,
  },
  'AWS::SSM::MaintenanceWindow': {
    title: 'Systems Manager: maintenance windows',
    service: 'ssm',
    name: /^Maintenance Windows$/i,
    byDefault: 50,
  },
  'AWS::SSM::PatchBaseline': {
    title: 'Systems Manager: patch baselines',
    service: 'ssm',
    name: /^Patch baselines$/i,
    byDefault: 50,
  },
  'AWS::Synthetics::Canary': {
    title: 'CloudWatch: canaries',
    service: 'monitoring',
    name: /^Canary limit$/i,
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
  ...Object.fromEntries(
    (
      [
        ['BrowserSettings', 'browser settings', 3],
        ['IpAccessSettings', 'IP access settings', 3],
        ['NetworkSettings', 'network settings', 3],
        ['Portal', 'portals', 1],
        ['SessionLogger', 'session loggers', undefined],
        ['UserSettings', 'user settings', 3],
      ] as const
    ).map(([kind, title, byDefault]) => [
      `AWS::WorkSpacesWeb::${kind}`,
      {
        title: `WorkSpaces Secure Browser: ${title}`,
        service: 'workspaces-web',
        // "Number of BrowserSettings"; of portals also "Number of Web Portals".
        name: new RegExp(`^Number of (Web )?${title.replaceAll(' ', '')}$`, 'i'),
        ...(byDefault !== undefined && { byDefault }),
      },
    ]),
  ),
};
