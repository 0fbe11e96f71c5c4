import { defineRule, fail, pass } from '../rule.ts';

/** Where a route can lead that is another network. */
const elsewhere = [
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
];

/** No other network is joined to the VPC: what is reachable would then depend on rules nobody here can see. */
export const otherNetwork = defineRule({
  invariant: 'NET1',
  finding: 'OtherNetwork',
  en: 'No other network is joined to the VPC',
  ja: '他のネットワークがVPCに接続されていない',
  appliesTo: [
    'AWS::EC2::VPCPeeringConnection',
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::TransitGatewayVpcAttachment',
    'AWS::EC2::VPNConnection',
    'AWS::EC2::VPNGateway',
    'AWS::EC2::CarrierGateway',
    'AWS::EC2::EgressOnlyInternetGateway',
    'AWS::EC2::VPCEndpointService',
    'AWS::EC2::InstanceConnectEndpoint',
    'AWS::EC2::VPCCidrBlock',
    'AWS::EC2::Route',
  ],
  judge(resource, { declared }) {
    if (
      resource.type === 'AWS::EC2::Route' &&
      !elsewhere.some((key) => resource.properties[key] !== undefined)
    )
      return pass('leads to no other network');
    return declared
      ? fail(
          `${resource.type} opens a way into or out of the VPC besides CloudFront, the VPN and the NAT gateway`,
        )
      : pass('not part of a declared shop: other networks are its own decision');
  },
});
