import type { Resource } from '../../model/templates.ts';
import { asWritten, at, hasUnknown, isFalse, isTrue, list, type Value } from '../../model/values.ts';
import { fail, pass, unsure, type Verdict } from '../rule.ts';

interface PublicEndpoint {
  /** What decides, by its path. */
  readonly path: string;
  /** Whether the Internet reaches it with this value. */
  readonly isPublic: (value: Value | undefined, resource: Resource) => boolean;
}

/** Services that have an endpoint of their own, and the property that opens it to the Internet. */
const endpoints: Readonly<Record<string, PublicEndpoint>> = {
  'AWS::AmazonMQ::Broker': { path: 'PubliclyAccessible', isPublic: isTrue },
  // https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html: true unless it says false
  'AWS::DMS::ReplicationInstance': { path: 'PubliclyAccessible', isPublic: (value) => !isFalse(value) },
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html: public, for everybody, by default
  'AWS::EKS::Cluster': {
    path: 'ResourcesVpcConfig.EndpointPublicAccess',
    isPublic: (value, { properties }) =>
      !isFalse(value) && admitsAll(at(properties, 'ResourcesVpcConfig', 'PublicAccessCidrs')),
  },
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html: port 22 for 0.0.0.0/0
  'AWS::EKS::Nodegroup': {
    path: 'RemoteAccess.SourceSecurityGroups',
    isPublic: (value, { properties }) =>
      at(properties, 'RemoteAccess', 'Ec2SshKey') !== undefined && list(value).length === 0,
  },
  'AWS::MSK::Cluster': {
    path: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type',
    isPublic: (value) => value === 'SERVICE_PROVIDED_EIPS',
  },
  'AWS::Neptune::DBInstance': { path: 'PubliclyAccessible', isPublic: isTrue },
  'AWS::Redshift::Cluster': { path: 'PubliclyAccessible', isPublic: isTrue },
  'AWS::RedshiftServerless::Workgroup': { path: 'PubliclyAccessible', isPublic: isTrue },
  'AWS::AutoScaling::LaunchConfiguration': { path: 'AssociatePublicIpAddress', isPublic: isTrue },
};

export const publicEndpointTypes = Object.keys(endpoints);

/** No network named lets all in. */
function admitsAll(networks: Value | undefined): boolean {
  const named = list(networks).map(asWritten);
  return named.length === 0 || named.some((each) => /^(?:0\.0\.0\.0|::)\/0$/.test(each));
}

export function judgeEndpoint(resource: Resource): Verdict {
  const { path, isPublic } = endpoints[resource.type] as PublicEndpoint;
  const value = at(resource.properties, ...path.split('.'));
  if (hasUnknown(value)) return unsure(`${path} is known only after deployment`);
  return isPublic(value, resource)
    ? fail(`answers the Internet: ${path} is ${value === undefined ? 'not set' : asWritten(value)}`)
    : pass('has no endpoint on the Internet');
}
