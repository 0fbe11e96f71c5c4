import type { DeployedResource, Deployment } from './deployment.ts';
import type { Obstacle } from './keeps.ts';

/** Types that AWS does not delete while something uses them, each with where AWS says so. */
const refusedWhileUsed: Readonly<Record<string, string>> = {
  'AWS::RDS::DBSubnetGroup':
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBSubnetGroup.html',
  'AWS::RDS::DBClusterParameterGroup':
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBClusterParameterGroup.html',
  'AWS::EC2::SecurityGroup':
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html',
  'AWS::EC2::Subnet': 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html',
  'AWS::EC2::VPC': 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html',
  'AWS::EC2::InternetGateway':
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html',
  'AWS::CertificateManager::Certificate':
    'https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html',
  'AWS::ElasticLoadBalancingV2::TargetGroup':
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html',
  'AWS::WAFv2::WebACL': 'https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteWebACL.html',
  'AWS::WAFv2::RegexPatternSet':
    'https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteRegexPatternSet.html',
  'AWS::WAFv2::IPSet': 'https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteIPSet.html',
  'AWS::ECS::Cluster': 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html',
  'AWS::RDS::DBCluster': 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html',
  'AWS::EFS::FileSystem': 'https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystem.html',
  'AWS::CloudFront::VpcOrigin':
    'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteVpcOrigin.html',
};

/** A resource that cannot go because one that stays uses it. */
export function heldByUse(
  resource: DeployedResource,
  staying: readonly DeployedResource[],
  deployment: Deployment,
): Obstacle | undefined {
  const source = refusedWhileUsed[resource.type];
  if (source === undefined) return undefined;
  const user = staying.find((other) => deployment.referred(other, other.properties).includes(resource));
  return user && { why: `${user.id}, which stays, uses it`, commands: [], source };
}
