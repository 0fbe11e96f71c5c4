import { expect, it } from 'vitest';
import { maybeCondition as Conditions, maybe } from '../maybe.ts';
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
  wordOf,
} from './networks.ts';

/** What AWS itself puts on the Internet, gives interfaces, or routes by tables of its own. */
const base: Resources = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  AppSubnet: subnet('10.0.0.0/24'),
  DataSubnet: subnet('10.0.1.0/24'),
  PubSubnet: subnet('10.0.2.0/24', { MapPublicIpOnLaunch: true }),
  Igw: resource('AWS::EC2::InternetGateway'),
  Attached: resource('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Igw') }),
  PubTable: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
  PubUses: resource('AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: ref('PubSubnet'),
    RouteTableId: ref('PubTable'),
  }),
  PubRoute: resource('AWS::EC2::Route', {
    RouteTableId: ref('PubTable'),
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: ref('Igw'),
  }),
  ClientGroup: group(),
  DataGroup: group(),
  Open: group({
    SecurityGroupIngress: [
      { IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
      { IpProtocol: '-1', CidrIpv6: '::/0' },
    ],
  }),
  Client: lambda([groupId('ClientGroup')]),
  Server: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('DataGroup')] }),
};
const Parameters = { Anything: { Type: 'String' }, Table: { Type: 'String' } };
const rule = (properties: object) =>
  resource('AWS::EC2::SecurityGroupIngress', {
    GroupId: groupId('DataGroup'),
    ...tcp(22, {}),
    ...properties,
  });
const fromClient = { Rule: rule({ SourceSecurityGroupId: groupId('ClientGroup') }) };
const fromApp = { Rule: rule({ CidrIp: '10.0.0.0/24' }) };
const pub = (sg = 'Open', more: object = {}) => ({
  Server: instance({ SubnetId: ref('PubSubnet'), SecurityGroupIds: [groupId(sg)], ...more }),
});
const vpc2 = {
  Vpc2: resource('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }),
  S2: resource('AWS::EC2::Subnet', { VpcId: ref('Vpc2'), CidrBlock: '10.1.0.0/24' }),
  G2: resource('AWS::EC2::SecurityGroup', { VpcId: ref('Vpc2') }),
  C2: instance({ SubnetId: ref('S2'), SecurityGroupIds: [groupId('G2')] }),
};
const peer = {
  Pcx: resource('AWS::EC2::VPCPeeringConnection', { VpcId: ref('Vpc'), PeerVpcId: ref('Vpc2') }),
};
const from2 = { Rule: rule({ CidrIp: '10.1.0.0/16' }) };
const nlb = (more: object = {}) => ({
  Nlb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Type: 'network',
    Subnets: [ref('PubSubnet')],
    ...more,
  }),
  Li: resource('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('Nlb'),
    Port: 22,
    Protocol: 'TCP',
  }),
});

type Case = readonly [string, Resources, Partial<Question>, reached: boolean];
const cases: readonly Case[] = [
  [
    'v6 by egress-only',
    {
      ...pub('Open', { Ipv6AddressCount: 1, NetworkInterfaces: undefined }),
      PubSubnet: subnet('10.0.2.0/24', { Ipv6CidrBlock: '2001:db8::/64' }),
      R6: resource('AWS::EC2::Route', {
        RouteTableId: ref('PubTable'),
        DestinationIpv6CidrBlock: '::/0',
        EgressOnlyInternetGatewayId: 'eigw-1',
      }),
    },
    { from: 'Internet' },
    false,
  ],
  [
    'list entries maybe',
    {
      Rule: rule({ SourcePrefixListId: attribute('List', 'PrefixListId') }),
      List: resource('AWS::EC2::PrefixList', {
        Entries: maybe([{ Cidr: '10.0.0.0/24' }], [{ Cidr: '192.168.0.0/24' }]),
      }),
    },
    {},
    true,
  ],
  [
    'list by condition',
    {
      Rule: rule({ SourcePrefixListId: maybe(attribute('List', 'PrefixListId'), 'pl-1') }),
      List: resource('AWS::EC2::PrefixList', { Entries: [{ Cidr: '192.168.0.0/24' }] }),
    },
    {},
    true,
  ],
  [
    'list entries open to the internet, maybe',
    {
      ...pub('DataGroup'),
      Rule: rule({ SourcePrefixListId: attribute('List', 'PrefixListId') }),
      List: resource('AWS::EC2::PrefixList', {
        Entries: [maybe({ Cidr: '0.0.0.0/0' }, { Cidr: '10.0.0.0/8' })],
      }),
    },
    { from: 'Internet' },
    true,
  ],
  [
    'egress list entry maybe',
    {
      ...fromClient,
      ClientGroup: group({
        SecurityGroupEgress: [
          { IpProtocol: '-1', DestinationPrefixListId: attribute('List', 'PrefixListId') },
        ],
      }),
      List: resource('AWS::EC2::PrefixList', { Entries: [maybe({ Cidr: '10.0.0.0/16' })] }),
    },
    {},
    true,
  ],
  [
    'dms public',
    {
      Asked: resource('AWS::DMS::ReplicationInstance', {
        PubliclyAccessible: true,
        VpcSecurityGroupIds: [groupId('Open')],
        ReplicationSubnetGroupIdentifier: ref('Listaces'),
      }),
      Listaces: resource('AWS::DMS::ReplicationSubnetGroup', { SubnetIds: [ref('PubSubnet')] }),
    },
    { from: 'Internet', to: 'Asked' },
    true,
  ],
  [
    'mq public',
    {
      Asked: resource('AWS::AmazonMQ::Broker', {
        PubliclyAccessible: true,
        SecurityGroups: [groupId('Open')],
        SubnetIds: [ref('PubSubnet')],
      }),
    },
    { from: 'Internet', to: 'Asked', port: 5671 },
    true,
  ],
  [
    'msk public',
    {
      Asked: resource('AWS::MSK::Cluster', {
        BrokerNodeGroupInfo: {
          ClientSubnets: [ref('PubSubnet')],
          SecurityGroups: [groupId('Open')],
          ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } },
        },
      }),
    },
    { from: 'Internet', to: 'Asked', port: 9198 },
    true,
  ],
  [
    'redshift serverless public',
    {
      Asked: resource('AWS::RedshiftServerless::Workgroup', {
        PubliclyAccessible: true,
        SecurityGroupIds: [groupId('Open')],
        SubnetIds: [ref('PubSubnet')],
      }),
    },
    { from: 'Internet', to: 'Asked', port: 5439 },
    true,
  ],
  [
    'eks public',
    { Asked: resource('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('AppSubnet')] } }) },
    { from: 'Internet', to: 'Asked', port: 443 },
    true,
  ],
  [
    'eks public with groups',
    {
      Asked: resource('AWS::EKS::Cluster', {
        ResourcesVpcConfig: { SubnetIds: [ref('AppSubnet')], SecurityGroupIds: [groupId('DataGroup')] },
      }),
    },
    { from: 'Internet', to: 'Asked', port: 443 },
    true,
  ],
  [
    'eks private',
    {
      Asked: resource('AWS::EKS::Cluster', {
        ResourcesVpcConfig: {
          EndpointPublicAccess: false,
          EndpointPrivateAccess: true,
          SubnetIds: [ref('AppSubnet')],
          SecurityGroupIds: [groupId('DataGroup')],
        },
      }),
    },
    { from: 'Internet', to: 'Asked', port: 443 },
    false,
  ],
  [
    'eks maybe public',
    {
      Asked: resource('AWS::EKS::Cluster', {
        ResourcesVpcConfig: { EndpointPublicAccess: ref('Anything'), SubnetIds: [ref('AppSubnet')] },
      }),
    },
    { from: 'Internet', to: 'Asked', port: 443 },
    true,
  ],
  [
    'eks public, few addresses',
    {
      Asked: resource('AWS::EKS::Cluster', {
        ResourcesVpcConfig: { PublicAccessCidrs: ['203.0.113.0/24'], SubnetIds: [ref('AppSubnet')] },
      }),
    },
    { from: 'Internet', to: 'Asked', port: 443 },
    true,
  ],
  [
    'eks nodes by the group of the cluster',
    {
      Asked: resource('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('AppSubnet')] } }),
      Nodes: resource('AWS::EKS::Nodegroup', {
        ClusterName: ref('Asked'),
        Subnets: [ref('AppSubnet')],
        NodeRole: 'x',
      }),
      Rule: rule({ SourceSecurityGroupId: attribute('Asked', 'ClusterSecurityGroupId') }),
    },
    { from: 'Nodes' },
    true,
  ],
  [
    'eks nodes by block',
    {
      Asked: resource('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('AppSubnet')] } }),
      Nodes: resource('AWS::EKS::Nodegroup', {
        ClusterName: ref('Asked'),
        Subnets: [ref('AppSubnet')],
        NodeRole: 'x',
      }),
      ...fromApp,
    },
    { from: 'Nodes' },
    true,
  ],
  [
    'eks pods of fargate by block',
    {
      Asked: resource('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('AppSubnet')] } }),
      Pods: resource('AWS::EKS::FargateProfile', { ClusterName: ref('Asked'), Subnets: [ref('AppSubnet')] }),
      ...fromApp,
    },
    { from: 'Pods' },
    true,
  ],
  [
    'scheduled task with public address',
    {
      Asked: resource('AWS::Events::Rule', {
        Targets: [
          {
            EcsParameters: {
              NetworkConfiguration: {
                AwsVpcConfiguration: {
                  AssignPublicIp: 'ENABLED',
                  SecurityGroups: [groupId('Open')],
                  Subnets: [ref('PubSubnet')],
                },
              },
            },
          },
        ],
      }),
    },
    { from: 'Internet', to: 'Asked' },
    true,
  ],
  [
    'connect endpoint with default group',
    { Asked: resource('AWS::EC2::InstanceConnectEndpoint', { SubnetId: ref('AppSubnet') }), ...fromApp },
    { from: 'Asked' },
    true,
  ],
  [
    'connect endpoint reached from the Internet',
    {
      Asked: resource('AWS::EC2::InstanceConnectEndpoint', {
        SubnetId: ref('AppSubnet'),
        SecurityGroupIds: [groupId('ClientGroup')],
      }),
      ...fromClient,
    },
    { from: 'Internet', to: 'Asked', port: 22 },
    true,
  ],
  [
    'dms without groups',
    {
      Asked: resource('AWS::DMS::ReplicationInstance', { ReplicationSubnetGroupIdentifier: ref('Listaces') }),
      Listaces: resource('AWS::DMS::ReplicationSubnetGroup', { SubnetIds: [ref('AppSubnet')] }),
      Rule: rule({ CidrIp: '10.0.0.0/16' }),
    },
    { from: 'Asked' },
    true,
  ],
  [
    'search over http',
    {
      Asked: resource('AWS::OpenSearchService::Domain', {
        VPCOptions: { SubnetIds: [ref('DataSubnet')], SecurityGroupIds: [groupId('DataGroup')] },
      }),
      Rule: rule({ FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/16' }),
    },
    { to: 'Asked', port: 80 },
    true,
  ],
  [
    'oracle over TLS',
    {
      Asked: resource('AWS::RDS::DBInstance', {
        Engine: 'oracle-se2',
        OptionGroupName: 'x',
        VPCSecurityGroups: [groupId('DataGroup')],
        DBSubnetGroupName: ref('Listaces'),
      }),
      Listaces: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('DataSubnet')] }),
      Rule: rule({ FromPort: 2484, ToPort: 2484, CidrIp: '10.0.0.0/16' }),
    },
    { to: 'Asked', port: 2484 },
    true,
  ],
  [
    'endpoint over http',
    {
      Asked: resource('AWS::EC2::VPCEndpoint', {
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.ap-northeast-1.s3',
        SubnetIds: [ref('DataSubnet')],
        SecurityGroupIds: [groupId('DataGroup')],
        VpcId: ref('Vpc'),
      }),
      Rule: rule({ FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/16' }),
    },
    { to: 'Asked', port: 80 },
    true,
  ],
  [
    'main table by parameter',
    {
      ...{
        Server: instance({
          SubnetId: ref('DataSubnet'),
          SecurityGroupIds: [groupId('Open')],
          NetworkInterfaces: undefined,
        }),
      },
      DataSubnet: subnet('10.0.1.0/24', { MapPublicIpOnLaunch: true }),
      Route: resource('AWS::EC2::Route', {
        RouteTableId: ref('Table'),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('Igw'),
      }),
    },
    { from: 'Internet' },
    true,
  ],
  [
    'main table by custom resource',
    {
      ...{ Server: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('Open')] }) },
      DataSubnet: subnet('10.0.1.0/24', { MapPublicIpOnLaunch: true }),
      Asked: resource('Custom::MainTable'),
      Route: resource('AWS::EC2::Route', {
        RouteTableId: attribute('Asked', 'Id'),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('Igw'),
      }),
    },
    { from: 'Internet' },
    true,
  ],
  [
    'main table by id',
    {
      ...{ Server: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('Open')] }) },
      DataSubnet: subnet('10.0.1.0/24', { MapPublicIpOnLaunch: true }),
      Route: resource('AWS::EC2::Route', {
        RouteTableId: 'rtb-1',
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('Igw'),
      }),
    },
    { from: 'Internet' },
    true,
  ],
  [
    'subnet in a VPC outside',
    {
      Server: instance({ SubnetId: ref('Outside'), SecurityGroupIds: [groupId('Open')] }),
      Outside: resource('AWS::EC2::Subnet', {
        VpcId: ref('Anything'),
        CidrBlock: '10.9.0.0/24',
        MapPublicIpOnLaunch: true,
      }),
    },
    { from: 'Internet' },
    true,
  ],
  [
    'subnet without a table of its own',
    {
      Server: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('Open')] }),
      DataSubnet: subnet('10.0.1.0/24', { MapPublicIpOnLaunch: true }),
    },
    { from: 'Internet' },
    false,
  ],
  [
    'propagated into the main table',
    {
      Vgw: resource('AWS::EC2::VPNGateway'),
      Pr: resource('AWS::EC2::VPNGatewayRoutePropagation', {
        RouteTableIds: [ref('Table')],
        VpnGatewayId: ref('Vgw'),
      }),
      Rule: rule({ CidrIp: '192.168.0.0/16' }),
    },
    { from: 'networks behind Vgw' },
    true,
  ],
  [
    'transit in the main table',
    {
      Route: resource('AWS::EC2::Route', {
        RouteTableId: ref('Table'),
        DestinationCidrBlock: '192.168.0.0/16',
        TransitGatewayId: 'tgw-1',
      }),
      Rule: rule({ CidrIp: '192.168.0.0/16' }),
    },
    { from: 'networks behind tgw-1' },
    true,
  ],
  [
    'peering in the main table',
    {
      ...vpc2,
      ...peer,
      Ra: resource('AWS::EC2::Route', {
        RouteTableId: ref('Table'),
        DestinationCidrBlock: '10.1.0.0/16',
        VpcPeeringConnectionId: ref('Pcx'),
      }),
      Rb: resource('AWS::EC2::Route', {
        RouteTableId: ref('Table'),
        DestinationCidrBlock: '10.0.0.0/16',
        VpcPeeringConnectionId: ref('Pcx'),
      }),
      ...from2,
    },
    { from: 'C2' },
    true,
  ],
  [
    'lattice resource configuration',
    {
      Gate: resource('AWS::VpcLattice::ResourceGateway', {
        SubnetIds: [ref('AppSubnet')],
        SecurityGroupIds: [groupId('ClientGroup')],
      }),
      Configuration: resource('AWS::VpcLattice::ResourceConfiguration', {
        ResourceGatewayId: ref('Gate'),
        ResourceConfigurationDefinition: { ArnResource: ref('Server') },
      }),
      ...fromClient,
    },
    { from: 'whoever uses the service network', to: 'Gate' },
    true,
  ],
  [
    'gateway load balancer type by parameter',
    { ...nlb({ Type: ref('Anything') }), Rule: rule({ CidrIp: '203.0.113.0/24' }) },
    { from: 'Nlb' },
    true,
  ],
  [
    'nlb by parameter from the Internet',
    { ...nlb({ Type: ref('Anything') }) },
    { from: 'Internet', to: 'Nlb' },
    true,
  ],
  [
    'neptune public',
    {
      Db: resource('AWS::Neptune::DBCluster', {
        DBSubnetGroupName: ref('Listaces'),
        VpcSecurityGroupIds: [groupId('Open')],
      }),
      I: resource('AWS::Neptune::DBInstance', { DBClusterIdentifier: ref('Db'), PubliclyAccessible: true }),
      Listaces: resource('AWS::Neptune::DBSubnetGroup', { SubnetIds: [ref('PubSubnet')] }),
    },
    { from: 'Internet', to: 'Db', port: 8182 },
    true,
  ],
  [
    'transfer server with addresses',
    {
      Asked: resource('AWS::Transfer::Server', {
        EndpointType: 'VPC',
        EndpointDetails: {
          SubnetIds: [ref('PubSubnet')],
          SecurityGroupIds: [groupId('Open')],
          AddressAllocationIds: ['eipalloc-1'],
        },
      }),
    },
    { from: 'Internet', to: 'Asked' },
    true,
  ],
  [
    'a search domain without a network',
    { Asked: resource('AWS::OpenSearchService::Domain') },
    { from: 'Internet', to: 'Asked', port: 443 },
    true,
  ],
  [
    'a search domain in the network',
    { Asked: resource('AWS::OpenSearchService::Domain', { VPCOptions: { SubnetIds: [ref('PubSubnet')] } }) },
    { from: 'Internet', to: 'Asked', port: 443 },
    false,
  ],
  [
    'transfer server public',
    { Asked: resource('AWS::Transfer::Server', { EndpointType: 'PUBLIC' }) },
    { from: 'Internet', to: 'Asked' },
    true,
  ],
  [
    'batch fargate',
    {
      Asked: resource('AWS::Batch::ComputeEnvironment', {
        ComputeResources: {
          Type: 'FARGATE',
          Subnets: [ref('PubSubnet')],
          SecurityGroupIds: [groupId('Open')],
        },
      }),
    },
    { from: 'Internet', to: 'Asked' },
    true,
  ],
  [
    'interface in PubSubnet with auto address',
    {
      Server: instance({
        NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref('PubSubnet'), GroupSet: [groupId('Open')] }],
      }),
    },
    { from: 'Internet' },
    true,
  ],
  ...(
    [
      [
        'a VPC origin that no distribution of the templates uses',
        { HTTPSPort: 8443, OriginProtocolPolicy: 'https-only' },
        8443,
        true,
      ],
      [
        'the other port of such an origin',
        { HTTPSPort: 8443, OriginProtocolPolicy: 'https-only' },
        22,
        false,
      ],
      ['a VPC origin that speaks as the viewer does', {}, 80, true],
      [
        'a VPC origin on a port that a deploy gives',
        { HTTPPort: ref('Anything'), OriginProtocolPolicy: 'http-only' },
        22,
        true,
      ],
    ] as const
  ).map(
    ([name, config, port, reached]): Case => [
      name,
      {
        Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
          Scheme: 'internal',
          Subnets: [ref('AppSubnet')],
        }),
        Origin: resource('AWS::CloudFront::VpcOrigin', {
          VpcOriginEndpointConfig: { Arn: ref('Balancer'), ...config },
        }),
      },
      { from: 'Internet', to: 'Balancer', port },
      reached,
    ],
  ),
  [
    'a VPC origin on an instance',
    {
      Origin: resource('AWS::CloudFront::VpcOrigin', {
        VpcOriginEndpointConfig: {
          Arn: { 'Fn::Sub': `arn:aws:ec2:ap-northeast-1:111122223333:instance/\${Server}` },
        },
      }),
    },
    { from: 'Internet', port: 443 },
    true,
  ],
];

it.each(cases)('%s', (_, more, question, reached) => {
  const template = { Parameters, Conditions, Resources: { ...base, ...more } };
  const word = wordOf([template], { from: 'Client', to: 'Server', port: 22, ...question });
  expect(word !== 'cannot').toBe(reached);
});
