import { added, addedOfOurs, fewer, free, narrower, oneLess, oneMoreOfOurs, size } from '../orders.ts';
import { answersNothing, blocksBesides } from '../refusals.ts';
import { each, type Guarded } from './table.ts';

/** The network: ways in, ways out and the VPN. */
export const network: Readonly<Record<string, Guarded>> = {
  'AWS::EC2::ClientVpnAuthorizationRule': {
    invariant: 'NET4',
    may: { TargetNetworkCidr: narrower },
    partOf: ['ClientVpnEndpointId'],
  },
  'AWS::EC2::ClientVpnEndpoint': {
    invariant: 'ADM2',
    may: {
      SessionTimeoutHours: fewer,
      'ClientLoginBannerOptions.BannerText': free,
    },
  },
  'AWS::EC2::ClientVpnTargetNetworkAssociation': { invariant: 'ADM2' },
  'AWS::EC2::EIP': { invariant: 'NET1' },
  'AWS::EC2::InternetGateway': { invariant: 'NET1' },
  'AWS::EC2::NatGateway': { invariant: 'NET1', acts: true },
  'AWS::EC2::Route': { invariant: 'NET1', partOf: ['RouteTableId'] },
  'AWS::EC2::RouteTable': { invariant: 'NET1' },
  'AWS::EC2::SecurityGroup': { invariant: 'NET4', name: 'GroupName' },
  'AWS::EC2::SecurityGroupEgress': { invariant: 'NET5', partOf: ['GroupId'] },
  'AWS::EC2::SecurityGroupIngress': { invariant: 'NET4', partOf: ['GroupId'] },
  'AWS::EC2::Subnet': { invariant: 'NET1' },
  'AWS::EC2::SubnetRouteTableAssociation': { invariant: 'NET1' },
  'AWS::EC2::VPC': { invariant: 'NET1' },
  'AWS::EC2::VPCEndpoint': {
    invariant: 'NET5',
    may: each('SubnetIds[] RouteTableIds[]', oneMoreOfOurs),
  },
  'AWS::EC2::VPCGatewayAttachment': { invariant: 'NET1' },
  'AWS::Route53Resolver::FirewallConfig': { invariant: 'NET5' },
  'AWS::Route53Resolver::FirewallDomainList': {
    invariant: 'NET5',
    name: 'Name',
    may: { 'Domains[]': oneLess },
  },
  'AWS::Route53Resolver::FirewallRuleGroup': {
    invariant: 'NET5',
    name: 'Name',
    may: { 'FirewallRules[]': blocksBesides, 'FirewallRules.BlockResponse': answersNothing },
  },
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': {
    invariant: 'NET5',
    name: 'Name',
    may: { Priority: free, MutationProtection: (_, found) => found === 'ENABLED' },
  },
  'AWS::WorkSpacesWeb::BrowserSettings': { invariant: 'ADM2' },
  'AWS::WorkSpacesWeb::IpAccessSettings': { invariant: 'ADM2', may: { 'IpRules[]': oneLess } },
  'AWS::WorkSpacesWeb::NetworkSettings': { invariant: 'NET4' },
  'AWS::WorkSpacesWeb::Portal': {
    invariant: 'ADM2',
    may: { MaxConcurrentSessions: fewer, IpAccessSettingsArn: addedOfOurs },
  },
  'AWS::WorkSpacesWeb::SessionLogger': { invariant: 'LOG1' },
  'AWS::WorkSpacesWeb::UserSettings': {
    invariant: 'ADM2',
    may: {
      ...each('IdleDisconnectTimeoutInMinutes DisconnectTimeoutInMinutes', fewer),
      ...each('BrandingConfiguration ToolbarConfiguration', added),
    },
  },
  'Custom::VpcRestrictDefaultSG': { invariant: 'NET1', may: { ServiceTimeout: size } },
  'Custom::VpnDoor': { invariant: 'ADM2', may: { ServiceTimeout: size } },
};
