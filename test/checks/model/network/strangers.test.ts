import { expect, it } from 'vitest';
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

/** Networks written without sight of the model, of kinds that the table of cases does not have. */
const base: Resources = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  AppSubnet: subnet('10.0.0.0/24'),
  DataSubnet: subnet('10.0.1.0/24'),
  ClientGroup: group(),
  DataGroup: group(),
  Client: lambda([groupId('ClientGroup')]),
  Server: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [groupId('DataGroup')] }),
  Nested: resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://example.com/x' }),
};
const rule = (properties: object) =>
  resource('AWS::EC2::SecurityGroupIngress', {
    GroupId: groupId('DataGroup'),
    ...tcp(22, {}),
    ...properties,
  });
const fromClient = { Rule: rule({ SourceSecurityGroupId: groupId('ClientGroup') }) };
const output = (name: string) => attribute('Nested', `Outputs.${name}`);

function word(more: Resources, question: Partial<Question> = {}): Word {
  const template = {
    Parameters: {
      Anything: { Type: 'String' },
      Groups: { Type: 'List<AWS::EC2::SecurityGroup::Id>' },
      Cards: { Type: 'String' },
    },
    Resources: { ...base, ...more },
  };
  return wordOf([template], { from: 'Client', to: 'Server', port: 22, ...question });
}

const cases: readonly (readonly [string, Resources, Word, Partial<Question>?])[] = [
  [
    'a group that a nested stack makes, as source',
    { Rule: rule({ SourceSecurityGroupId: output('Group') }) },
    'cannot decide',
  ],
  [
    'a group that a nested stack makes, on the client',
    { ...fromClient, Client: lambda([output('Group')]) },
    'cannot decide',
  ],
  [
    'a group that a nested stack makes, on the server',
    { Server: instance({ SubnetId: ref('DataSubnet'), SecurityGroupIds: [output('Group')] }) },
    'cannot decide',
  ],
  [
    'a rule for a group that a nested stack makes',
    { Rule: rule({ GroupId: output('Group'), CidrIp: '0.0.0.0/0' }) },
    'cannot decide',
  ],
  [
    'a block that CloudFormation looks up',
    { Rule: rule({ CidrIp: '{{resolve:ssm:/shop/office}}' }) },
    'cannot decide',
  ],
  [
    'a group that CloudFormation looks up',
    { Rule: rule({ SourceSecurityGroupId: '{{resolve:ssm:/shop/group}}' }) },
    'cannot decide',
  ],
  ['groups that a deploy lists', { ...fromClient, Client: lambda(ref('Groups')) }, 'cannot decide'],
  [
    'subnets that a nested stack makes, behind an ACL',
    {
      ...fromClient,
      Client: lambda([groupId('ClientGroup')], [output('Subnet')]),
      Acl: resource('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }),
      Has: resource('AWS::EC2::SubnetNetworkAclAssociation', {
        SubnetId: ref('DataSubnet'),
        NetworkAclId: ref('Acl'),
      }),
      In: resource('AWS::EC2::NetworkAclEntry', {
        NetworkAclId: ref('Acl'),
        RuleNumber: 1,
        Protocol: -1,
        RuleAction: 'allow',
        CidrBlock: '0.0.0.0/0',
      }),
    },
    'cannot decide',
  ],
  [
    'an ACL that a nested stack makes',
    {
      ...fromClient,
      Has: resource('AWS::EC2::SubnetNetworkAclAssociation', {
        SubnetId: ref('DataSubnet'),
        NetworkAclId: output('Acl'),
      }),
    },
    'cannot decide',
  ],
  [
    'interfaces that a deploy gives',
    { Server: instance({ NetworkInterfaces: [ref('Cards')] }) },
    'cannot decide',
  ],
  [
    'a task that a state machine starts',
    {
      Machine: resource('AWS::StepFunctions::StateMachine', {
        DefinitionString: { 'Fn::Join': ['', ['{"SecurityGroups":["', groupId('DataGroup'), '"]}']] },
      }),
      ...fromClient,
    },
    'reaches',
    { to: 'Machine' },
  ],
  [
    'hosts of Elastic Beanstalk',
    {
      ...fromClient,
      Beanstalk: resource('AWS::ElasticBeanstalk::Environment', {
        OptionSettings: [
          {
            Namespace: 'aws:autoscaling:launchconfiguration',
            OptionName: 'SecurityGroups',
            Value: groupId('DataGroup'),
          },
        ],
      }),
    },
    'reaches',
    { to: 'Beanstalk' },
  ],
  [
    'the second of two groups of a cluster',
    {
      ...fromClient,
      Emr: resource('AWS::EMR::Cluster', {
        Instances: {
          EmrManagedMasterSecurityGroup: groupId('ClientGroup'),
          EmrManagedSlaveSecurityGroup: groupId('DataGroup'),
          Ec2SubnetId: ref('DataSubnet'),
        },
      }),
    },
    'reaches',
    { to: 'Emr' },
  ],
  [
    'an endpoint without groups, by its default one',
    {
      Way: resource('AWS::EC2::VPCEndpoint', {
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.ap-northeast-1.logs',
        SubnetIds: [ref('AppSubnet')],
      }),
      Client: instance({ SubnetId: ref('AppSubnet') }),
    },
    'reaches',
    { to: 'Way', port: 443 },
  ],
  [
    'a rule of every protocol for port 0',
    { Rule: rule({ IpProtocol: '-1', FromPort: 0, ToPort: 0, CidrIp: '10.0.0.0/24' }) },
    'reaches',
  ],
  ['a rule for port 0 of TCP', { Rule: rule({ FromPort: 0, ToPort: 0, CidrIp: '10.0.0.0/24' }) }, 'cannot'],
  [
    'a group of two that lets in',
    {
      Server: instance({
        SubnetId: ref('DataSubnet'),
        SecurityGroupIds: [groupId('ClientGroup'), groupId('DataGroup')],
      }),
      ...fromClient,
    },
    'reaches',
  ],
  [
    'a source in the second block of the VPC',
    {
      More: resource('AWS::EC2::VPCCidrBlock', { VpcId: ref('Vpc'), CidrBlock: '100.64.0.0/16' }),
      AppSubnet: subnet('100.64.1.0/24'),
      Rule: rule({ CidrIp: '100.64.0.0/16' }),
    },
    'reaches',
  ],
  [
    'a client in whichever subnet of the VPC, within its block',
    { Client: lambda([groupId('ClientGroup')], [ref('Anything')]), Rule: rule({ CidrIp: '10.0.0.0/16' }) },
    'reaches',
  ],
  [
    'a client in whichever subnet of the VPC, outside its block',
    { Client: lambda([groupId('ClientGroup')], [ref('Anything')]), Rule: rule({ CidrIp: '192.168.0.0/16' }) },
    'cannot',
  ],
];

it.each(cases.map(([name, more, expected, question = {}]) => [name, more, expected, question] as const))(
  '%s',
  (_, more, expected, question) => {
    expect(word(more, question)).toBe(expected);
  },
);
