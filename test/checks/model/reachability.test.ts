import { describe, expect, it } from 'vitest';
import { Reachability } from '../../../lib/checks/model/network/reachability.ts';
import { EnvironmentGraph } from '../../../lib/checks/model/templates.ts';

const subnet = (CidrBlock: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { CidrBlock } });
const group = (properties: object = {}) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: properties });
const of = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
const code = (groupId: string, subnetId: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { VpcConfig: { SecurityGroupIds: [of(groupId)], SubnetIds: [{ Ref: subnetId }] } },
});

const base = {
  AppSubnet: subnet('10.0.0.0/24'),
  DataSubnet: subnet('10.0.1.0/24'),
  Client: code('ClientGroup', 'AppSubnet'),
  ClientGroup: group(),
  DataGroup: group(),
  Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: [{ Ref: 'DataSubnet' }] } },
  Database: {
    Type: 'AWS::RDS::DBCluster',
    Properties: {
      Engine: 'aurora-mysql',
      DBSubnetGroupName: { Ref: 'Subnets' },
      VpcSecurityGroupIds: [of('DataGroup')],
    },
  },
};
const ingress = (properties: object) => ({
  Rule: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: of('DataGroup'), IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, ...properties },
  },
});
const fromClient = ingress({ SourceSecurityGroupId: of('ClientGroup') });

function reaches(more: object): boolean {
  const graph = new EnvironmentGraph([{ name: 'S', template: { Resources: { ...base, ...more } } }]);
  return new Reachability(graph).paths().some((path) => path.from === 'S/Client' && path.to === 'S/Database');
}

describe('who can connect to a database', () => {
  it.each([
    ['its group is named', fromClient],
    ['its addresses are named', ingress({ CidrIp: '10.0.0.0/16' })],
    ['everyone is', ingress({ CidrIp: '0.0.0.0/0' })],
    [
      'every port is open',
      ingress({ IpProtocol: '-1', FromPort: undefined, ToPort: undefined, CidrIp: '10.0.0.0/24' }),
    ],
    [
      'the rule stands in the group',
      {
        DataGroup: group({
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: of('ClientGroup') },
          ],
        }),
      },
    ],
  ])('a function can when %s', (_, more) => {
    expect(reaches(more)).toBe(true);
  });

  const acl = (RuleAction: string) => ({
    ...fromClient,
    Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
    Association: {
      Type: 'AWS::EC2::SubnetNetworkAclAssociation',
      Properties: { SubnetId: { Ref: 'DataSubnet' }, NetworkAclId: { Ref: 'Acl' } },
    },
    Entry: {
      Type: 'AWS::EC2::NetworkAclEntry',
      Properties: {
        NetworkAclId: { Ref: 'Acl' },
        RuleNumber: 1,
        Protocol: -1,
        RuleAction,
        CidrBlock: '0.0.0.0/0',
      },
    },
  });

  it.each([
    ['nothing lets it in', {}],
    ['another port is open', ingress({ FromPort: 22, ToPort: 22, SourceSecurityGroupId: of('ClientGroup') })],
    ['other addresses are named', ingress({ CidrIp: '192.168.0.0/16' })],
    [
      'its own group lets nothing out',
      {
        ...fromClient,
        ClientGroup: group({ SecurityGroupEgress: [{ IpProtocol: 'icmp', CidrIp: '255.255.255.255/32' }] }),
      },
    ],
    ['a network ACL stands between', acl('deny')],
  ])('and cannot when %s', (_, more) => {
    expect(reaches(more)).toBe(false);
  });

  it('passes a network ACL that allows it', () => {
    expect(reaches(acl('allow'))).toBe(true);
  });
});
