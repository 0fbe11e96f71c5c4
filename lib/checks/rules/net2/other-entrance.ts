import { isForeignAccount } from '../../model/access/restrictions.ts';
import { at, text } from '../../model/values.ts';
import { defineRule, fail, pass, unsure } from '../rule.ts';

/** CloudFront is the only public entrance; anything else that answers the Internet is reported. */
export const otherEntrance = defineRule({
  invariant: 'NET2',
  finding: 'OtherEntrance',
  en: 'CloudFront is the one way in from outside',
  ja: 'インターネットからの入口はCloudFrontだけである',
  appliesTo: [
    'AWS::Lambda::Url',
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGatewayV2::Api',
    'AWS::AppSync::GraphQLApi',
    'AWS::AppRunner::Service',
    'AWS::GlobalAccelerator::Accelerator',
    'AWS::Transfer::Server',
    'AWS::Lightsail::Container',
    'AWS::Lightsail::Instance',
    'AWS::ElasticBeanstalk::Environment',
    'AWS::Cognito::IdentityPool',
    'AWS::ECR::PublicRepository',
    'AWS::EC2::VPCEndpointServicePermissions',
    'AWS::RAM::ResourceShare',
    'AWS::AmplifyUIBuilder::Component',
    'AWS::Amplify::App',
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGatewayV2::VpcLink',
    'AWS::CloudFront::StreamingDistribution',
    'AWS::Cloud9::EnvironmentEC2',
    'AWS::EC2::VerifiedAccessEndpoint',
    'AWS::IAM::OIDCProvider',
    'AWS::IAM::SAMLProvider',
    'AWS::IoT::Policy',
    'AWS::Lambda::LayerVersionPermission',
    'AWS::RolesAnywhere::Profile',
    'AWS::RolesAnywhere::TrustAnchor',
    'AWS::S3ObjectLambda::AccessPoint',
    'AWS::SSM::ResourcePolicy',
    'AWS::VpcLattice::Service',
    'AWS::VpcLattice::ServiceNetwork',
    'AWS::VpcLattice::ServiceNetworkVpcAssociation',
    'AWS::S3::AccessPoint',
    'AWS::S3::MultiRegionAccessPoint',
  ],
  judge(resource, { declared, graph }) {
    if (resource.type === 'AWS::Lambda::Url' && text(resource.properties.AuthType) !== 'AWS_IAM') {
      return fail('a function URL without authentication answers everyone');
    }
    const endpoint = text(at(resource.properties, 'EndpointConfiguration', 'Types', 0));
    if (endpoint === 'PRIVATE') return pass('answers inside the VPC only');
    if (declared) return fail(`${resource.type} is a way in beside CloudFront and the VPN`);
    const { EndpointType, Principal } = resource.properties;
    if (resource.type === 'AWS::Transfer::Server' && [undefined, 'PUBLIC'].includes(text(EndpointType)))
      return fail('answers the whole Internet: EndpointType is not VPC');
    if (resource.type === 'AWS::Lambda::LayerVersionPermission') {
      const who = text(Principal) ?? '';
      if (who === '*' && resource.properties.OrganizationId === undefined)
        return fail('gives the layer to everybody');
      if (isForeignAccount(who, graph.account)) return fail(`gives the layer to account ${who}`);
    }
    return unsure('is a way in: whether on purpose, these templates do not say');
  },
});
