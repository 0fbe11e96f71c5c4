import { describe, expect, it } from 'vitest';
import { maybeCondition as conditions, maybe } from '../maybe.ts';
import {
  attribute,
  group,
  groupId,
  instance,
  lambda,
  type Question,
  type Resources,
  ref,
  resource,
  subnet,
  tcp,
  type Word,
  wordOf,
} from './networks.ts';

const base: Resources = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  AppSubnet: subnet('10.0.0.0/24'),
  DataSubnet: subnet('10.0.1.0/24'),
  ClientGroup: group(),
  DataGroup: group(),
  Client: lambda([groupId('ClientGroup')]),
  Subnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('DataSubnet')] }),
  Database: resource('AWS::RDS::DBCluster', {
    Engine: 'aurora-mysql',
    DBSubnetGroupName: ref('Subnets'),
    VpcSecurityGroupIds: [groupId('DataGroup')],
  }),
};
const parameters = {
  Anything: { Type: 'String' },
  Group: { Type: 'AWS::EC2::SecurityGroup::Id' },
  Block: { Type: 'String' },
  Subnet: { Type: 'AWS::EC2::Subnet::Id' },
};

function word(more: Resources, question: Partial<Question> = {}, stacks: readonly object[] = []): Word {
  const template = { Parameters: parameters, Conditions: conditions, Resources: { ...base, ...more } };
  return wordOf([template, ...stacks], { from: 'Client', to: 'Database', port: 3306, ...question });
}

const ingress = (properties: object) =>
  resource('AWS::EC2::SecurityGroupIngress', {
    GroupId: groupId('DataGroup'),
    ...tcp(3306, {}),
    ...properties,
  });
const fromClient = { Rule: ingress({ SourceSecurityGroupId: groupId('ClientGroup') }) };

describe('security groups', () => {
  const cases: readonly (readonly [string, Resources, Word])[] = [
    ['no rule', {}, 'cannot'],
    ['the group of the client', fromClient, 'reaches'],
    ['the block of the client', { Rule: ingress({ CidrIp: '10.0.0.0/24' }) }, 'reaches'],
    ['half of the block of the client', { Rule: ingress({ CidrIp: '10.0.0.0/25' }) }, 'cannot decide'],
    [
      'one address in the block of the client',
      { Rule: ingress({ CidrIp: '10.0.0.17/32' }) },
      'cannot decide',
    ],
    ['an address without a length', { Rule: ingress({ CidrIp: '10.0.0.17' }) }, 'cannot decide'],
    ['the block of another subnet', { Rule: ingress({ CidrIp: '10.0.1.0/24' }) }, 'cannot'],
    [
      'the block of the VPC, by reference',
      { Rule: ingress({ CidrIp: attribute('Vpc', 'CidrBlock') }) },
      'reaches',
    ],
    ['a block that a deploy gives', { Rule: ingress({ CidrIp: ref('Block') }) }, 'cannot decide'],
    ['IPv6 everywhere, without addresses of it', { Rule: ingress({ CidrIpv6: '::/0' }) }, 'cannot'],
    [
      'a group that a deploy gives',
      { Rule: ingress({ SourceSecurityGroupId: ref('Group') }) },
      'cannot decide',
    ],
    [
      'a group that another stack exports',
      { Rule: ingress({ SourceSecurityGroupId: { 'Fn::ImportValue': 'elsewhere' } }) },
      'cannot decide',
    ],
    ['a group by its id', { Rule: ingress({ SourceSecurityGroupId: 'sg-0123456789abcdef0' }) }, 'cannot'],
    [
      'a group by its id, which the client carries',
      {
        Rule: ingress({ SourceSecurityGroupId: 'sg-0123456789abcdef0' }),
        Client: lambda(['sg-0123456789abcdef0']),
      },
      // What lets the client out stands elsewhere.
      'cannot decide',
    ],
    [
      'a client whose group a deploy gives',
      { ...fromClient, Client: lambda([ref('Group')]) },
      'cannot decide',
    ],
    ['itself only', { Rule: ingress({ SourceSecurityGroupId: groupId('DataGroup') }) }, 'cannot'],
    [
      'itself, which the client carries too',
      {
        Rule: ingress({ SourceSecurityGroupId: groupId('DataGroup') }),
        Client: lambda([groupId('DataGroup')]),
      },
      'reaches',
    ],
    ['every protocol', { Rule: ingress({ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }) }, 'reaches'],
    ['every protocol as a number', { Rule: ingress({ IpProtocol: -1, CidrIp: '10.0.0.0/8' }) }, 'reaches'],
    ['TCP by its number', { Rule: ingress({ IpProtocol: '6', CidrIp: '10.0.0.0/8' }) }, 'reaches'],
    ['UDP', { Rule: ingress({ IpProtocol: 'udp', CidrIp: '10.0.0.0/8' }) }, 'cannot'],
    [
      'ICMP',
      { Rule: ingress({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIp: '10.0.0.0/8' }) },
      'cannot',
    ],
    [
      'a protocol that a deploy gives',
      { Rule: ingress({ IpProtocol: ref('Anything'), CidrIp: '10.0.0.0/8' }) },
      'cannot decide',
    ],
    ['another port', { Rule: ingress({ FromPort: 3307, ToPort: 3310, CidrIp: '10.0.0.0/8' }) }, 'cannot'],
    [
      'a range that ends at the port',
      { Rule: ingress({ FromPort: 3300, ToPort: 3306, CidrIp: '10.0.0.0/8' }) },
      'reaches',
    ],
    [
      'ports as text',
      { Rule: ingress({ FromPort: '3306', ToPort: '3306', CidrIp: '10.0.0.0/8' }) },
      'reaches',
    ],
    ['all ports from 0', { Rule: ingress({ FromPort: 0, ToPort: 65535, CidrIp: '10.0.0.0/8' }) }, 'reaches'],
    [
      'a port that a deploy gives',
      { Rule: ingress({ FromPort: ref('Anything'), ToPort: ref('Anything'), CidrIp: '10.0.0.0/8' }) },
      'cannot decide',
    ],
    [
      'a rule that may be left out',
      { Rule: { ...ingress({ CidrIp: '10.0.0.0/8' }), Condition: 'Maybe' } },
      'cannot decide',
    ],
    [
      'a source that may be another',
      { Rule: ingress({ CidrIp: maybe('10.0.0.0/24', '10.9.0.0/24') }) },
      'cannot decide',
    ],
    [
      'a source that is harmless either way',
      { Rule: ingress({ CidrIp: maybe('10.8.0.0/24', '10.9.0.0/24') }) },
      'cannot',
    ],
    [
      'a list of rules that may be empty',
      { DataGroup: group({ SecurityGroupIngress: maybe([tcp(3306, { CidrIp: '10.0.0.0/24' })]) }) },
      'cannot decide',
    ],
    [
      'one rule of a list that may be left out',
      { DataGroup: group({ SecurityGroupIngress: [maybe(tcp(3306, { CidrIp: '10.0.0.0/24' }))] }) },
      'cannot decide',
    ],
    [
      'a rule for a group that a deploy gives',
      { Rule: ingress({ GroupId: ref('Group'), CidrIp: '10.0.0.0/24' }) },
      'cannot decide',
    ],
    [
      'a rule for either of two groups',
      {
        Rule: ingress({
          GroupId: maybe(groupId('DataGroup'), groupId('ClientGroup')),
          CidrIp: '10.0.0.0/24',
        }),
      },
      'cannot decide',
    ],
    [
      'a rule for the group by its name',
      {
        DataGroup: group({ GroupName: 'data' }),
        Rule: resource('AWS::EC2::SecurityGroupIngress', {
          GroupName: 'data',
          ...tcp(3306, { CidrIp: '10.0.0.0/24' }),
        }),
      },
      'reaches',
    ],
    [
      'a source by its name',
      { ClientGroup: group({ GroupName: 'client' }), Rule: ingress({ SourceSecurityGroupName: 'client' }) },
      'reaches',
    ],
    [
      'a client that lets nothing out',
      {
        ...fromClient,
        ClientGroup: group({
          SecurityGroupEgress: [
            { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' },
          ],
        }),
      },
      'cannot',
    ],
    [
      'a client that lets out to the group',
      {
        ...fromClient,
        ClientGroup: group({
          SecurityGroupEgress: [tcp(3306, { DestinationSecurityGroupId: groupId('DataGroup') })],
        }),
      },
      'reaches',
    ],
    [
      'a client with a rule of its own out, which takes the usual one away',
      {
        ...fromClient,
        Out: resource('AWS::EC2::SecurityGroupEgress', {
          GroupId: groupId('ClientGroup'),
          ...tcp(443, { CidrIp: '0.0.0.0/0' }),
        }),
      },
      'cannot',
    ],
    [
      'a client whose rule out may be left out, and everything with it',
      {
        ...fromClient,
        Out: {
          ...resource('AWS::EC2::SecurityGroupEgress', {
            GroupId: groupId('ClientGroup'),
            ...tcp(443, { CidrIp: '0.0.0.0/0' }),
          }),
          Condition: 'Maybe',
        },
      },
      'cannot decide',
    ],
    [
      'a prefix list of the templates',
      {
        List: resource('AWS::EC2::PrefixList', {
          Entries: [{ Cidr: '192.168.0.0/16' }, { Cidr: '10.0.0.0/20' }],
        }),
        Rule: ingress({ SourcePrefixListId: attribute('List', 'PrefixListId') }),
      },
      'reaches',
    ],
    [
      'a prefix list of other networks',
      {
        List: resource('AWS::EC2::PrefixList', { Entries: [{ Cidr: '192.168.0.0/16' }] }),
        Rule: ingress({ SourcePrefixListId: attribute('List', 'PrefixListId') }),
      },
      'cannot',
    ],
    [
      'a prefix list by its id',
      { Rule: ingress({ SourcePrefixListId: 'pl-0123456789abcdef0' }) },
      'cannot decide',
    ],
    [
      'a prefix list whose entries a deploy gives',
      {
        List: resource('AWS::EC2::PrefixList', { Entries: [{ Cidr: ref('Block') }] }),
        Rule: ingress({ SourcePrefixListId: attribute('List', 'PrefixListId') }),
      },
      'cannot decide',
    ],
    [
      'a group that a custom resource finds',
      {
        Found: resource('Custom::Lookup', { Name: 'x' }),
        Rule: ingress({ SourceSecurityGroupId: attribute('Found', 'GroupId') }),
      },
      'cannot decide',
    ],
    [
      'public addresses, in a VPC whose addresses a deploy gives',
      {
        Vpc: resource('AWS::EC2::VPC', { CidrBlock: ref('Block') }),
        AppSubnet: subnet(ref('Block')),
        Rule: ingress({ CidrIp: '198.51.100.0/24' }),
      },
      'cannot decide',
    ],
    [
      'the default group of the VPC, as source',
      {
        Rule: ingress({ SourceSecurityGroupId: attribute('Vpc', 'DefaultSecurityGroup') }),
        Client: lambda([attribute('Vpc', 'DefaultSecurityGroup')]),
      },
      'reaches',
    ],
    [
      'the default group of the VPC, which the client does not carry',
      { Rule: ingress({ SourceSecurityGroupId: attribute('Vpc', 'DefaultSecurityGroup') }) },
      'cannot',
    ],
  ];
  it.each(cases)('%s', (_, more, expected) => {
    expect(word(more)).toBe(expected);
  });
});

describe('the default group', () => {
  const host = instance({ SubnetId: ref('AppSubnet') });
  it.each<readonly [string, Resources, Word]>([
    ['admits its own members', { A: host, B: host }, 'reaches'],
    [
      'admits nobody else',
      { A: instance({ SubnetId: ref('AppSubnet'), SecurityGroupIds: [groupId('ClientGroup')] }), B: host },
      'cannot',
    ],
    [
      'has the rules that are added to it',
      {
        A: instance({ SubnetId: ref('AppSubnet'), SecurityGroupIds: [groupId('ClientGroup')] }),
        B: host,
        Rule: ingress({
          GroupId: attribute('Vpc', 'DefaultSecurityGroup'),
          FromPort: 22,
          ToPort: 22,
          CidrIp: '0.0.0.0/0',
        }),
      },
      'reaches',
    ],
    [
      'is perhaps closed by a custom resource',
      {
        A: host,
        B: host,
        Closer: resource('Custom::VpcRestrictDefaultSG', {
          DefaultSecurityGroupId: attribute('Vpc', 'DefaultSecurityGroup'),
        }),
      },
      'cannot decide',
    ],
    [
      'of an unknown VPC may admit anybody',
      { A: host, B: instance({ SubnetId: ref('Subnet') }) },
      'cannot decide',
    ],
  ])('%s', (_, more, expected) => {
    expect(word(more, { from: 'A', to: 'B', port: 22 })).toBe(expected);
  });
});

describe('network ACLs', () => {
  const entry = (number: unknown, properties: object = {}) =>
    resource('AWS::EC2::NetworkAclEntry', {
      NetworkAclId: ref('Acl'),
      RuleNumber: number,
      Protocol: 6,
      RuleAction: 'allow',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 0, To: 65535 },
      ...properties,
    });
  const out = entry(1, { Egress: true, Protocol: -1 });
  const acl = (entries: Resources, SubnetId: unknown = ref('DataSubnet')): Resources => ({
    ...fromClient,
    Acl: resource('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }),
    Association: resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId, NetworkAclId: ref('Acl') }),
    Out: out,
    ...entries,
  });
  const port = (From: number, To = From) => ({ PortRange: { From, To } });
  it.each<readonly [string, Resources, Word]>([
    ['refuse everything without an entry', acl({}), 'cannot'],
    ['let through what they allow', acl({ In: entry(1) }), 'reaches'],
    [
      'refuse what a lower number refuses',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny' }) }),
      'cannot',
    ],
    [
      'let through what a higher number refuses',
      acl({ In: entry(1), No: entry(2, { RuleAction: 'deny' }) }),
      'reaches',
    ],
    [
      'refuse one address of the client only',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', CidrBlock: '10.0.0.9/32' }) }),
      'cannot decide',
    ],
    [
      'refuse half of the addresses and then the others',
      acl({
        A: entry(1, { RuleAction: 'deny', CidrBlock: '10.0.0.0/25' }),
        B: entry(2, { RuleAction: 'deny', CidrBlock: '10.0.0.128/25' }),
        In: entry(3),
      }),
      'cannot',
    ],
    [
      'refuse another subnet',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', CidrBlock: '10.0.2.0/24' }) }),
      'reaches',
    ],
    [
      'refuse IPv6 only',
      acl({
        In: entry(2),
        No: entry(1, { RuleAction: 'deny', CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
      }),
      'reaches',
    ],
    ['allow IPv6 only', acl({ In: entry(1, { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }) }), 'cannot'],
    [
      'refuse another port',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', ...port(22) }) }),
      'reaches',
    ],
    [
      'refuse the port as last of a range',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', ...port(3300, 3306) }) }),
      'cannot',
    ],
    ['allow the port only', acl({ In: entry(1, port(3306)) }), 'reaches'],
    ['refuse UDP', acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', Protocol: 17 }) }), 'reaches'],
    [
      'refuse every protocol',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', Protocol: '-1' }) }),
      'cannot',
    ],
    [
      'may refuse, as a deploy decides',
      acl({ In: entry(2), No: { ...entry(1, { RuleAction: 'deny' }), Condition: 'Maybe' } }),
      'cannot decide',
    ],
    [
      'may allow, as a deploy decides',
      acl({ In: entry(1, { RuleAction: maybe('allow', 'deny') }) }),
      'cannot decide',
    ],
    ['have a number that a deploy gives', acl({ In: entry(ref('Anything')) }), 'cannot decide'],
    [
      'refuse a block that a deploy gives',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', CidrBlock: ref('Block') }) }),
      'cannot decide',
    ],
    [
      'refuse the block of the VPC by reference',
      acl({ In: entry(2), No: entry(1, { RuleAction: 'deny', CidrBlock: attribute('Vpc', 'CidrBlock') }) }),
      'cannot',
    ],
    [
      'stand at a subnet that a deploy gives',
      acl({ No: entry(1, { RuleAction: 'deny' }) }, ref('Subnet')),
      'cannot decide',
    ],
    ['stand at one of two subnets', acl({}, maybe(ref('DataSubnet'), ref('AppSubnet'))), 'cannot decide'],
    [
      'are not asked inside one subnet',
      acl({ Client: lambda([groupId('ClientGroup')], [ref('DataSubnet')]) }),
      'reaches',
    ],
    [
      'let nothing back',
      acl({ In: entry(1), Out: entry(1, { Egress: true, RuleAction: 'deny' }) }),
      'cannot decide',
    ],
    [
      'of the client let nothing out',
      acl({ Out: entry(1, { Egress: true, RuleAction: 'deny' }), In: entry(1) }, ref('AppSubnet')),
      'cannot',
    ],
    [
      'stand between all but one of several subnets',
      {
        ...acl({}),
        Spare: subnet('10.0.3.0/24'),
        Subnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('DataSubnet'), ref('Spare')] }),
      },
      'reaches',
    ],
    [
      'of the VPC refuse what is added to them',
      {
        ...fromClient,
        No: entry(1, {
          NetworkAclId: attribute('Vpc', 'DefaultNetworkAcl'),
          RuleAction: 'deny',
          CidrBlock: '10.0.0.0/24',
        }),
      },
      'cannot',
    ],
    [
      'from elsewhere may refuse',
      {
        ...fromClient,
        Association: resource('AWS::EC2::SubnetNetworkAclAssociation', {
          SubnetId: ref('DataSubnet'),
          NetworkAclId: ref('Anything'),
        }),
      },
      'cannot decide',
    ],
  ])('%s', (_, more, expected) => {
    expect(word(more)).toBe(expected);
  });
});

describe('interfaces', () => {
  const open = group({
    SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: groupId('ClientGroup') }],
  });
  const here = { Open: open };
  it.each<readonly [string, Resources, Question['to'], number, Word]>([
    [
      'PostgreSQL on its usual port',
      {
        Pg: resource('AWS::RDS::DBInstance', {
          Engine: 'postgres',
          VPCSecurityGroups: [groupId('Open')],
          DBSubnetGroupName: ref('Subnets'),
        }),
      },
      'Pg',
      5432,
      'reaches',
    ],
    [
      'PostgreSQL on no other',
      {
        Pg: resource('AWS::RDS::DBInstance', {
          Engine: 'postgres',
          VPCSecurityGroups: [groupId('Open')],
          DBSubnetGroupName: ref('Subnets'),
        }),
      },
      'Pg',
      22,
      'cannot',
    ],
    [
      'a database whose engine nothing tells, on any',
      {
        Db: resource('AWS::RDS::DBInstance', {
          DBSnapshotIdentifier: 'x',
          VPCSecurityGroups: [groupId('Open')],
        }),
      },
      'Db',
      1521,
      'reaches',
    ],
    [
      'a database whose port a deploy gives',
      {
        Db: resource('AWS::RDS::DBInstance', {
          Engine: 'mysql',
          Port: ref('Anything'),
          VPCSecurityGroups: [groupId('Open')],
        }),
      },
      'Db',
      9999,
      'reaches',
    ],
    [
      'Neptune on the port it is given',
      { N: resource('AWS::Neptune::DBCluster', { DBPort: 9182, VpcSecurityGroupIds: [groupId('Open')] }) },
      'N',
      9182,
      'reaches',
    ],
    [
      'a second interface of a host',
      {
        H: instance({
          NetworkInterfaces: [
            { DeviceIndex: '0', SubnetId: ref('AppSubnet'), GroupSet: [groupId('DataGroup')] },
            { DeviceIndex: '1', SubnetId: ref('DataSubnet'), GroupSet: [groupId('Open')] },
          ],
        }),
      },
      'H',
      22,
      'reaches',
    ],
    [
      'an interface made apart',
      {
        Card: resource('AWS::EC2::NetworkInterface', {
          SubnetId: ref('DataSubnet'),
          GroupSet: [groupId('Open')],
        }),
        H: instance({ NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref('Card') }] }),
      },
      'H',
      22,
      'reaches',
    ],
    [
      'a host with the group of its launch template',
      {
        T: resource('AWS::EC2::LaunchTemplate', {
          LaunchTemplateData: { SecurityGroupIds: [groupId('Open')] },
        }),
        H: instance({
          SubnetId: ref('DataSubnet'),
          LaunchTemplate: { LaunchTemplateId: ref('T'), Version: '1' },
        }),
      },
      'H',
      22,
      'reaches',
    ],
    [
      'a host with a launch template from elsewhere',
      {
        H: instance({
          SubnetId: ref('DataSubnet'),
          LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
        }),
      },
      'H',
      22,
      'cannot decide',
    ],
    [
      'hosts of an Auto Scaling group',
      {
        T: resource('AWS::EC2::LaunchTemplate', {
          LaunchTemplateData: { SecurityGroupIds: [groupId('Open')] },
        }),
        G: resource('AWS::AutoScaling::AutoScalingGroup', {
          VPCZoneIdentifier: [ref('DataSubnet')],
          LaunchTemplate: { LaunchTemplateId: ref('T'), Version: '1' },
        }),
      },
      'T',
      22,
      'reaches',
    ],
    [
      'a task with an interface of its own',
      {
        T: resource('AWS::ECS::Service', {
          NetworkConfiguration: {
            AwsvpcConfiguration: { SecurityGroups: [groupId('Open')], Subnets: [ref('DataSubnet')] },
          },
        }),
      },
      'T',
      8080,
      'reaches',
    ],
    [
      'a task whose network may be another',
      {
        T: resource('AWS::ECS::Service', {
          NetworkConfiguration: maybe(
            { AwsvpcConfiguration: { SecurityGroups: [groupId('Open')], Subnets: [ref('DataSubnet')] } },
            { AwsvpcConfiguration: { SecurityGroups: [groupId('DataGroup')], Subnets: [ref('DataSubnet')] } },
          ),
        }),
      },
      'T',
      8080,
      'cannot decide',
    ],
    [
      'a task that a rule starts',
      {
        E: resource('AWS::Events::Rule', {
          Targets: [
            {
              EcsParameters: {
                NetworkConfiguration: {
                  AwsVpcConfiguration: { SecurityGroups: [groupId('Open')], Subnets: [ref('DataSubnet')] },
                },
              },
            },
          ],
        }),
      },
      'E',
      8080,
      'reaches',
    ],
    [
      'a broker',
      {
        M: resource('AWS::AmazonMQ::Broker', {
          SecurityGroups: [groupId('Open')],
          SubnetIds: [ref('DataSubnet')],
        }),
      },
      'M',
      5671,
      'reaches',
    ],
    [
      'brokers of Kafka',
      {
        M: resource('AWS::MSK::Cluster', {
          BrokerNodeGroupInfo: { SecurityGroups: [groupId('Open')], ClientSubnets: [ref('DataSubnet')] },
        }),
      },
      'M',
      9094,
      'reaches',
    ],
    [
      'a cluster of Kubernetes',
      {
        K: resource('AWS::EKS::Cluster', {
          ResourcesVpcConfig: { SecurityGroupIds: [groupId('Open')], SubnetIds: [ref('DataSubnet')] },
        }),
      },
      'K',
      443,
      'reaches',
    ],
    [
      'a search domain without groups, by its default one',
      { O: resource('AWS::OpenSearchService::Domain', { VPCOptions: { SubnetIds: [ref('DataSubnet')] } }) },
      'O',
      443,
      'cannot',
    ],
    [
      'an endpoint of AWS',
      {
        V: resource('AWS::EC2::VPCEndpoint', {
          VpcEndpointType: 'Interface',
          ServiceName: 'com.amazonaws.ap-northeast-1.logs',
          SecurityGroupIds: [groupId('Open')],
          SubnetIds: [ref('DataSubnet')],
        }),
      },
      'V',
      443,
      'reaches',
    ],
    [
      'an endpoint of somebody else on any port',
      {
        V: resource('AWS::EC2::VPCEndpoint', {
          VpcEndpointType: 'Interface',
          ServiceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-1',
          SecurityGroupIds: [groupId('Open')],
          SubnetIds: [ref('DataSubnet')],
        }),
      },
      'V',
      9000,
      'reaches',
    ],
    [
      'files',
      {
        M: resource('AWS::EFS::MountTarget', {
          SecurityGroups: [groupId('Open')],
          SubnetId: ref('DataSubnet'),
        }),
      },
      'M',
      2049,
      'reaches',
    ],
    [
      'a network load balancer without a group',
      {
        N: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
          Type: 'network',
          Scheme: 'internal',
          Subnets: [ref('DataSubnet')],
        }),
      },
      'N',
      443,
      'reaches',
    ],
    [
      'a network load balancer by subnet mappings',
      {
        N: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
          Type: 'network',
          Scheme: 'internal',
          SubnetMappings: [{ SubnetId: ref('DataSubnet') }],
        }),
      },
      'N',
      443,
      'reaches',
    ],
    [
      'a load balancer on no other port than its listeners',
      {
        N: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
          Scheme: 'internal',
          SecurityGroups: [groupId('Open')],
          Subnets: [ref('DataSubnet')],
        }),
        L: resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('N'), Port: 443 }),
      },
      'N',
      80,
      'cannot',
    ],
    [
      'UDP to a host that takes it',
      {
        Dns: group({
          SecurityGroupIngress: [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '10.0.0.0/16' }],
        }),
        H: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('Dns')] }),
      },
      'H',
      53,
      'reaches',
    ],
    [
      'ports that a refused range splits',
      {
        Two: group({
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 80, ToPort: 90, SourceSecurityGroupId: groupId('ClientGroup') },
          ],
        }),
        ClientGroup: group({
          SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 85, ToPort: 100, CidrIp: '10.0.0.0/16' }],
        }),
        H: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('Two')] }),
      },
      'H',
      88,
      'reaches',
    ],
    [
      'and the ports before it not',
      {
        Two: group({
          SecurityGroupIngress: [
            { IpProtocol: 'tcp', FromPort: 80, ToPort: 90, SourceSecurityGroupId: groupId('ClientGroup') },
          ],
        }),
        ClientGroup: group({
          SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 85, ToPort: 100, CidrIp: '10.0.0.0/16' }],
        }),
        H: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('Two')] }),
      },
      'H',
      82,
      'cannot',
    ],
    [
      'the only address of a host',
      {
        At: group({ SecurityGroupEgress: [tcp(22, { CidrIp: '10.0.1.9/32' })] }),
        Client: lambda([groupId('At')]),
        H: instance({
          SubnetId: ref('DataSubnet'),
          PrivateIpAddress: '10.0.1.9',
          SecurityGroupIds: [groupId('DataGroup')],
        }),
        Rule: ingress({ FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/24' }),
      },
      'H',
      22,
      'reaches',
    ],
    [
      'a host at another address',
      {
        At: group({ SecurityGroupEgress: [tcp(22, { CidrIp: '10.0.1.9/32' })] }),
        Client: lambda([groupId('At')]),
        H: instance({
          SubnetId: ref('DataSubnet'),
          PrivateIpAddress: '10.0.1.8',
          SecurityGroupIds: [groupId('DataGroup')],
        }),
        Rule: ingress({ FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/24' }),
      },
      'H',
      22,
      'cannot',
    ],
    [
      'a host with further addresses',
      {
        At: group({ SecurityGroupEgress: [tcp(22, { CidrIp: '10.0.1.9/32' })] }),
        Client: lambda([groupId('At')]),
        H: instance({
          SubnetId: ref('DataSubnet'),
          PrivateIpAddress: '10.0.1.8',
          SecondaryPrivateIpAddressCount: 1,
          NetworkInterfaces: undefined,
          SecurityGroupIds: [groupId('DataGroup')],
        }),
        Rule: ingress({ FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/24' }),
      },
      'H',
      22,
      'cannot decide',
    ],
  ])('%s', (name, more, to, port, expected) => {
    const protocol = name.startsWith('UDP') ? 'udp' : 'tcp';
    expect(word({ ...here, ...more }, { to, port, protocol })).toBe(expected);
  });

  it('tasks of one service connect to each other where their group admits itself', () => {
    const Shop = group();
    const T = resource('AWS::ECS::Service', {
      NetworkConfiguration: {
        AwsvpcConfiguration: { SecurityGroups: [groupId('Shop')], Subnets: [ref('AppSubnet')] },
      },
    });
    const Rule = ingress({
      GroupId: groupId('Shop'),
      SourceSecurityGroupId: groupId('Shop'),
      FromPort: 80,
      ToPort: 80,
    });
    expect(word({ Shop, T, Rule }, { from: 'T', to: 'T', port: 80 })).toBe('reaches');
    expect(word({ Shop, T }, { from: 'T', to: 'T', port: 80 })).toBe('cannot');
  });

  it('a network load balancer passes its clients on with their own addresses', () => {
    const more = {
      N: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
        Type: 'network',
        Subnets: [ref('AppSubnet')],
      }),
      Rule: ingress({ CidrIp: '203.0.113.0/24' }),
    };
    expect(word(more, { from: 'N' })).toBe('cannot decide');
  });
});

describe('the Internet', () => {
  const route = (properties: object) =>
    resource('AWS::EC2::Route', { RouteTableId: ref('Table'), ...properties });
  const through = (properties: object): Resources => ({
    Gateway: resource('AWS::EC2::InternetGateway'),
    Table: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
    Uses: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref('AppSubnet'),
      RouteTableId: ref('Table'),
    }),
    Route: route(properties),
  });
  const toGateway = through({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') });
  const Open = group({ SecurityGroupIngress: [tcp(22, { CidrIp: '0.0.0.0/0' })] });
  const host = (properties: object = {}) => ({
    Open,
    H: instance({
      NetworkInterfaces: [
        { DeviceIndex: '0', SubnetId: ref('AppSubnet'), GroupSet: [groupId('Open')], ...properties },
      ],
    }),
  });
  const publicHost = host({ AssociatePublicIpAddress: true });
  const plainHost = {
    Open,
    H: instance({ SubnetId: ref('AppSubnet'), SecurityGroupIds: [groupId('Open')] }),
  };
  const balancer = (properties: object = {}) =>
    resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      SecurityGroups: [groupId('Open')],
      Subnets: [ref('AppSubnet')],
      ...properties,
    });
  it.each<readonly [string, Resources, Word]>([
    ['reaches a host with a public address and a route', { ...toGateway, ...publicHost }, 'reaches'],
    [
      'reaches none without a public address',
      { ...toGateway, ...host({ AssociatePublicIpAddress: false }) },
      'cannot',
    ],
    ['reaches none without a route', publicHost, 'cannot'],
    [
      'reaches a host whose subnet maps addresses',
      { ...toGateway, ...plainHost, AppSubnet: subnet('10.0.0.0/24', { MapPublicIpOnLaunch: true }) },
      'reaches',
    ],
    [
      'may, where a deploy decides on the mapping',
      {
        ...toGateway,
        ...plainHost,
        AppSubnet: subnet('10.0.0.0/24', { MapPublicIpOnLaunch: ref('Anything') }),
      },
      'cannot decide',
    ],
    ['reaches none whose subnet maps none', { ...toGateway, ...plainHost }, 'cannot'],
    [
      'reaches a host with an elastic address',
      { ...toGateway, ...plainHost, Ip: resource('AWS::EC2::EIP', { InstanceId: ref('H') }) },
      'reaches',
    ],
    [
      'may, with an elastic address for a host that a deploy names',
      {
        ...toGateway,
        ...plainHost,
        Ip: resource('AWS::EC2::EIPAssociation', { InstanceId: ref('Anything') }),
      },
      'cannot decide',
    ],
    [
      'may, with an elastic address that a deploy decides about',
      {
        ...toGateway,
        ...plainHost,
        Ip: resource('AWS::EC2::EIPAssociation', { InstanceId: ref('H') }, { Condition: 'Maybe' }),
      },
      'cannot decide',
    ],
    [
      'comes in through no NAT gateway',
      {
        ...through({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Nat') }),
        Nat: resource('AWS::EC2::NatGateway'),
        ...publicHost,
      },
      'cannot',
    ],
    [
      'comes in through a firewall',
      { ...through({ DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: ref('Anything') }), ...publicHost },
      'reaches',
    ],
    [
      'comes in through no gateway endpoint',
      {
        ...through({ DestinationPrefixListId: 'pl-1', VpcEndpointId: ref('S3') }),
        S3: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }),
        ...publicHost,
      },
      'cannot',
    ],
    [
      'comes in through no gateway of a private network',
      {
        ...through({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Private') }),
        Private: resource('AWS::EC2::VPNGateway'),
        ...publicHost,
      },
      'cannot',
    ],
    [
      'may come in through a gateway that a deploy names',
      { ...through({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Anything') }), ...publicHost },
      'reaches',
    ],
    [
      'may, where a deploy decides on the route',
      {
        ...toGateway,
        Route: {
          ...route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') }),
          Condition: 'Maybe',
        },
        ...publicHost,
      },
      'cannot decide',
    ],
    [
      'may, where the subnet uses one of two tables',
      {
        ...toGateway,
        Uses: resource('AWS::EC2::SubnetRouteTableAssociation', {
          SubnetId: ref('AppSubnet'),
          RouteTableId: maybe(ref('Table'), 'rtb-1'),
        }),
        ...publicHost,
      },
      'cannot decide',
    ],
    [
      'may, where the table of a route is given by a deploy',
      {
        ...toGateway,
        Route: route({
          RouteTableId: ref('Anything'),
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: ref('Gateway'),
        }),
        ...publicHost,
      },
      'cannot decide',
    ],
    [
      'comes in by a route to half of it',
      { ...through({ DestinationCidrBlock: '128.0.0.0/1', GatewayId: ref('Gateway') }), ...publicHost },
      'reaches',
    ],
    [
      'is not let in by a group for private addresses',
      {
        ...toGateway,
        ...publicHost,
        Open: group({ SecurityGroupIngress: [tcp(22, { CidrIp: '10.0.0.0/8' })] }),
      },
      'cannot',
    ],
    [
      'is let in by one public address',
      {
        ...toGateway,
        ...publicHost,
        Open: group({ SecurityGroupIngress: [tcp(22, { CidrIp: '203.0.113.7/32' })] }),
      },
      'reaches',
    ],
    [
      'may be let in by a list from elsewhere',
      {
        ...toGateway,
        ...publicHost,
        Open: group({ SecurityGroupIngress: [tcp(22, { SourcePrefixListId: 'pl-1' })] }),
      },
      'cannot decide',
    ],
    [
      'may be let in by a group from elsewhere',
      { ...toGateway, ...host({ AssociatePublicIpAddress: true, GroupSet: ['sg-0123456789abcdef0'] }) },
      'cannot decide',
    ],
    [
      'is stopped by a network ACL',
      {
        ...toGateway,
        ...publicHost,
        Acl: resource('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }),
        Association: resource('AWS::EC2::SubnetNetworkAclAssociation', {
          SubnetId: ref('AppSubnet'),
          NetworkAclId: ref('Acl'),
        }),
      },
      'cannot',
    ],
    [
      'reaches an IPv6 address',
      {
        ...through({ DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Gateway') }),
        AppSubnet: subnet('10.0.0.0/24', {
          Ipv6CidrBlock: '2001:db8::/64',
          AssignIpv6AddressOnCreation: true,
        }),
        ...plainHost,
        Open: group({ SecurityGroupIngress: [tcp(22, { CidrIpv6: '::/0' })] }),
      },
      'reaches',
    ],
    [
      'reaches an IPv6 address by a block that is added',
      {
        ...through({ DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Gateway') }),
        Added: resource('AWS::EC2::SubnetCidrBlock', {
          SubnetId: ref('AppSubnet'),
          Ipv6CidrBlock: '2001:db8::/64',
        }),
        AppSubnet: subnet('10.0.0.0/24', { AssignIpv6AddressOnCreation: true }),
        ...plainHost,
        Open: group({ SecurityGroupIngress: [tcp(22, { CidrIpv6: '::/0' })] }),
      },
      'reaches',
    ],
    [
      'reaches no IPv6 address behind an egress-only gateway',
      {
        ...through({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: ref('Out') }),
        Out: resource('AWS::EC2::EgressOnlyInternetGateway'),
        AppSubnet: subnet('10.0.0.0/24', {
          Ipv6CidrBlock: '2001:db8::/64',
          AssignIpv6AddressOnCreation: true,
        }),
        ...plainHost,
        Open: group({ SecurityGroupIngress: [tcp(22, { CidrIpv6: '::/0' })] }),
      },
      'cannot',
    ],
    [
      'of IPv6 is not let in by a rule of IPv4',
      {
        ...through({ DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Gateway') }),
        AppSubnet: subnet('10.0.0.0/24', {
          Ipv6CidrBlock: '2001:db8::/64',
          AssignIpv6AddressOnCreation: true,
        }),
        ...plainHost,
      },
      'cannot',
    ],
    ['reaches a load balancer', { Open, H: balancer() }, 'reaches'],
    ['reaches no internal one', { Open, H: balancer({ Scheme: 'internal' }) }, 'cannot'],
    [
      'may reach one whose scheme a deploy gives',
      { Open, H: balancer({ Scheme: ref('Anything') }) },
      'cannot decide',
    ],
    [
      'reaches a network load balancer without a group',
      { Open, H: balancer({ Type: 'network', SecurityGroups: undefined }) },
      'reaches',
    ],
    [
      'reaches an internal one through an accelerator',
      {
        Open,
        H: balancer({ Scheme: 'internal' }),
        A: resource('AWS::GlobalAccelerator::EndpointGroup', {
          EndpointConfigurations: [{ EndpointId: ref('H') }],
        }),
      },
      'cannot decide',
    ],
    [
      'reaches an internal one through an API',
      {
        Open,
        H: balancer({ Scheme: 'internal', Type: 'network' }),
        A: resource('AWS::ApiGateway::VpcLink', { TargetArns: [ref('H')] }),
      },
      'cannot decide',
    ],
    [
      'reaches a public task',
      {
        ...toGateway,
        Open,
        H: resource('AWS::ECS::Service', {
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              AssignPublicIp: 'ENABLED',
              SecurityGroups: [groupId('Open')],
              Subnets: [ref('AppSubnet')],
            },
          },
        }),
      },
      'reaches',
    ],
    [
      'may reach a task that a deploy makes public',
      {
        ...toGateway,
        Open,
        H: resource('AWS::ECS::Service', {
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              AssignPublicIp: maybe('ENABLED', 'DISABLED'),
              SecurityGroups: [groupId('Open')],
              Subnets: [ref('AppSubnet')],
            },
          },
        }),
      },
      'cannot decide',
    ],
    [
      'reaches a host in one of several subnets',
      {
        ...toGateway,
        Open,
        G: resource('AWS::AutoScaling::AutoScalingGroup', {
          VPCZoneIdentifier: [ref('DataSubnet'), ref('AppSubnet')],
          LaunchTemplate: { LaunchTemplateId: ref('H') },
        }),
        H: resource('AWS::EC2::LaunchTemplate', {
          LaunchTemplateData: {
            NetworkInterfaces: [
              { DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [groupId('Open')] },
            ],
          },
        }),
      },
      'reaches',
    ],
  ])('%s', (_, more, expected) => {
    expect(word(more, { from: 'Internet', to: 'H', port: 22 })).toBe(expected);
  });

  it.each<readonly [string, object, Word]>([
    ['that is made public', { PubliclyAccessible: true }, 'reaches'],
    ['that is made private', { PubliclyAccessible: false }, 'cannot'],
    ['that does not say', {}, 'cannot decide'],
  ])('and a database %s', (_, properties, expected) => {
    const D = resource('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      DBSubnetGroupName: ref('PublicSubnets'),
      VPCSecurityGroups: [groupId('DataGroup')],
      ...properties,
    });
    const PublicSubnets = resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('AppSubnet')] });
    const more = { ...toGateway, PublicSubnets, D, Rule: ingress({ CidrIp: '0.0.0.0/0' }) };
    expect(word(more, { from: 'Internet', to: 'D' })).toBe(expected);
  });
});

describe('other networks', () => {
  const otherVpc = {
    Far: resource('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }),
    FarSubnet: resource('AWS::EC2::Subnet', { VpcId: ref('Far'), CidrBlock: '10.1.0.0/24' }),
  };
  const far = {
    ...otherVpc,
    FarGroup: resource('AWS::EC2::SecurityGroup', { VpcId: ref('Far') }),
    Client: lambda([groupId('FarGroup')], [ref('FarSubnet')]),
    Rule: ingress({ CidrIp: '10.1.0.0/16' }),
  };
  const route = (table: string, properties: object) =>
    resource('AWS::EC2::Route', { RouteTableId: ref(table), ...properties });
  const tables = {
    Table: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
    Uses: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref('DataSubnet'),
      RouteTableId: ref('Table'),
    }),
    FarTable: resource('AWS::EC2::RouteTable', { VpcId: ref('Far') }),
    FarUses: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref('FarSubnet'),
      RouteTableId: ref('FarTable'),
    }),
  };
  const Peering = resource('AWS::EC2::VPCPeeringConnection', { VpcId: ref('Vpc'), PeerVpcId: ref('Far') });
  const peer = { VpcPeeringConnectionId: ref('Peering') };
  const there = route('FarTable', { DestinationCidrBlock: '10.0.0.0/16', ...peer });
  const back = route('Table', { DestinationCidrBlock: '10.1.0.0/16', ...peer });
  it.each<readonly [string, Resources, Word]>([
    ['a VPC apart', far, 'cannot'],
    [
      'a VPC that is peered, with routes both ways',
      { ...far, ...tables, Peering, There: there, Back: back },
      'reaches',
    ],
    ['a VPC that is peered, without a route back', { ...far, ...tables, Peering, There: there }, 'cannot'],
    [
      'a VPC that is peered, with a route elsewhere',
      {
        ...far,
        ...tables,
        Peering,
        There: route('FarTable', { DestinationCidrBlock: '10.9.0.0/16', ...peer }),
        Back: back,
      },
      'cannot',
    ],
    [
      'a VPC joined by a transit gateway',
      {
        ...far,
        ...tables,
        There: route('FarTable', { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1' }),
        Back: route('Table', { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1' }),
      },
      'cannot decide',
    ],
  ])('%s', (_, more, expected) => {
    expect(word(more)).toBe(expected);
  });

  it('what a transit gateway or a VPN joins may come in where a rule lets its addresses in', () => {
    const { Table, Uses } = tables;
    const joined = (Rule: object) => ({
      Table,
      Uses,
      Tgw: route('Table', { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: ref('Gateway') }),
      Gateway: resource('AWS::EC2::TransitGateway'),
      Rule,
    });
    const question = { from: 'networks behind Gateway' };
    expect(word(joined(ingress({ CidrIp: '10.7.0.0/16' })), question)).toBe('cannot decide');
    expect(word(joined(ingress({ CidrIp: '192.168.0.0/16' })), question)).toBe('cannot');
  });
});

describe('references across stacks', () => {
  it('are followed where the templates hold both ends', () => {
    const other = {
      Resources: {
        Net: resource('AWS::EC2::SecurityGroup', {}),
        Guest: resource('AWS::Lambda::Function', {
          VpcConfig: { SecurityGroupIds: [groupId('Net')], SubnetIds: ['subnet-1'] },
        }),
      },
      Outputs: { Net: { Value: groupId('Net'), Export: { Name: 'guest-group' } } },
    };
    const Rule = ingress({ SourceSecurityGroupId: { 'Fn::ImportValue': 'guest-group' } });
    // Which VPC its subnet is in, nothing tells.
    expect(word({ Rule }, { from: 'Guest' }, [other])).toBe('cannot decide');
    expect(word({ Rule }, { from: 'Client' }, [other])).toBe('cannot');
  });
});
