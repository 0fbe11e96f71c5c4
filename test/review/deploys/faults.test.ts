import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../lib/review/deploys/faults.ts';
import type { Finding } from '../../../lib/review/deploys/finding.ts';
import type { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { deployment, exported, type Resources, stack } from './stacks.ts';

function faults(resources: Resources, outputs?: Record<string, unknown>): string[] {
  return known(deployment(stack('shop', resources, { ...(outputs && { outputs }) }))).map(
    ({ constraint, resource }) => `${constraint} ${resource}`,
  );
}

/** Faults of resources that have no more than what a test is about. */
function known(of: Deployment): Finding[] {
  return faultsOf(of).filter(
    ({ constraint }) => !['resource-schema', 'policy-documents'].includes(constraint),
  );
}

const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };
const policyOf = (id: string, document: object = {}) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { Roles: [{ Ref: id }], PolicyDocument: document },
});
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

describe('what a resource needs when it is created', () => {
  const instance = (more = {}) => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: { MonitoringRoleArn: arn('Role') },
    ...more,
  });

  it('is late when only the role comes first', () => {
    expect(faults({ Role: role, Policy: policyOf('Role'), Instance: instance() })).toEqual([
      'needed-late Instance',
    ]);
  });

  it('is there when the resource waits for it, through others too', () => {
    const waits = {
      Role: role,
      Policy: policyOf('Role'),
      Topic: { Type: 'AWS::SNS::Topic', DependsOn: 'Policy' },
    };
    expect(faults({ ...waits, Instance: instance({ DependsOn: ['Topic'] }) })).toEqual([]);
  });

  it('can never come first when it refers to the resource', () => {
    const found = known(
      deployment(
        stack('shop', {
          Role: role,
          Policy: policyOf('Role', {
            Statement: [{ Resource: { 'Fn::Sub': 'log:$' + '{Instance.DbiResourceId}' } }],
          }),
          Instance: instance(),
        }),
      ),
    );
    expect(found.map(({ says }) => says)).toEqual([expect.stringContaining('always comes after it')]);
  });

  it('is judged in other stacks by the order in which they are deployed', () => {
    const roles = (dependsOn: string[]) => [
      stack(
        'iam',
        { Role: role, Policy: policyOf('Role') },
        { outputs: { Role: exported(arn('Role'), 'iam:Role') } },
      ),
      stack('more', {
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { Roles: [{ 'Fn::ImportValue': 'iam:Role' }] },
        },
      }),
      stack(
        'data',
        {
          Instance: {
            Type: 'AWS::RDS::DBInstance',
            Properties: { MonitoringRoleArn: { 'Fn::ImportValue': 'iam:Role' } },
          },
        },
        { dependsOn },
      ),
    ];
    const late = (dependsOn: string[]) =>
      known(deployment(...roles(dependsOn))).map(({ constraint }) => constraint);
    expect(late([])).toEqual(['needed-late']);
    expect(late(['more'])).toEqual([]);
  });

  it.each<[string, Resources, string]>([
    [
      'a service needs the policies of its tasks',
      {
        Role: role,
        Needed: policyOf('Role'),
        Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ExecutionRoleArn: arn('Role') } },
        Late: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
      },
      'Late',
    ],
    [
      'a custom resource needs the policies of its function',
      {
        Role: role,
        Needed: policyOf('Role'),
        Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role') } },
        Late: { Type: 'Custom::Thing', Properties: { ServiceToken: arn('Function') } },
      },
      'Late',
    ],
    [
      'a rotation needs the permission to call its function',
      {
        Secret: { Type: 'AWS::SecretsManager::Secret' },
        Function: { Type: 'AWS::Lambda::Function' },
        Needed: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: arn('Function') } },
        Late: {
          Type: 'AWS::SecretsManager::RotationSchedule',
          Properties: { SecretId: { Ref: 'Secret' }, RotationLambdaARN: arn('Function') },
        },
      },
      'Late',
    ],
    [
      'a rotation needs its secret to know the database',
      {
        Secret: { Type: 'AWS::SecretsManager::Secret' },
        Needed: {
          Type: 'AWS::SecretsManager::SecretTargetAttachment',
          Properties: { SecretId: { Ref: 'Secret' } },
        },
        Late: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'Secret' } } },
      },
      'Late',
    ],
    [
      'a trail needs the policy of its bucket',
      {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Needed: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' } } },
        Late: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Bucket' } } },
      },
      'Late',
    ],
    [
      'a function in the VPC needs the right to its interfaces',
      {
        Role: role,
        Needed: policyOf('Role', { Statement: [{ Action: ['ec2:CreateNetworkInterface'] }] }),
        Late: {
          Type: 'AWS::Lambda::Function',
          Properties: { Role: arn('Role'), VpcConfig: { SubnetIds: [] } },
        },
      },
      'Late',
    ],
    [
      'a NAT gateway needs the attachment of the internet gateway',
      {
        Vpc: { Type: 'AWS::EC2::VPC' },
        Gateway: { Type: 'AWS::EC2::InternetGateway' },
        Needed: {
          Type: 'AWS::EC2::VPCGatewayAttachment',
          Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
        },
        Late: { Type: 'AWS::EC2::NatGateway', Properties: { VpcId: { Ref: 'Vpc' } } },
      },
      'Late',
    ],
    [
      'a service needs its target group to have a listener',
      {
        Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
        Needed: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: { DefaultActions: [{ TargetGroupArn: { Ref: 'Group' } }] },
        },
        Late: {
          Type: 'AWS::ECS::Service',
          Properties: { LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' } }] },
        },
      },
      'Late',
    ],
  ])('%s', (_, resources, late) => {
    expect(faults(resources)).toEqual([`needed-late ${late}`]);
    const mended = { ...resources, [late]: { ...resources[late], DependsOn: ['Needed'] } } as Resources;
    expect(faults(mended)).toEqual([]);
  });
});

describe('what only a deploy knows', () => {
  const named = (first: string, ...of: string[]) => ({
    'Fn::Join': ['-', [first, ...of.map((each) => ({ Ref: `AWS::${each}` }))]],
  });
  it.each<[string, string, object]>([
    ['a name of region and account', 'AWS::S3::Bucket', { BucketName: named('x', 'Region', 'AccountId') }],
    ['a role of a region', 'AWS::IAM::Role', { RoleName: named('x', 'Region') }],
    [
      'a metric of a stack',
      'AWS::WAFv2::WebACL',
      { VisibilityConfig: { MetricName: { Ref: 'AWS::StackName' } } },
    ],
    [
      'an origin and an alias of a stack',
      'AWS::CloudFront::Distribution',
      {
        DistributionConfig: {
          Aliases: [{ Ref: 'AWS::StackName' }],
          Origins: [
            {
              Id: { Ref: 'AWS::StackName' },
              DomainName: 'x.example.com',
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
            },
          ],
          DefaultCacheBehavior: { TargetOriginId: { Ref: 'AWS::StackId' } },
        },
      },
    ],
  ])('is not refused: %s', (_, Type, Properties) => {
    expect(faults({ Thing: { Type, Properties: Properties as Resources[string] } })).toEqual([]);
  });

  it('hides no fault beside it', () => {
    expect(
      faults({ Thing: { Type: 'AWS::S3::Bucket', Properties: { BucketName: named('X_', 'Region') } } }),
    ).toEqual(['physical-names Thing']);
  });
});

describe('what may exist once', () => {
  it('is reported of two resources of one name, wherever they stand', () => {
    const logs = (name: string) => ({
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name } },
    });
    const across = (one: string, other: string, region = 'ap-northeast-1') =>
      known(deployment(stack('one', logs(one)), stack('two', logs(other), { region }))).length;
    expect(across('/shop', '/shop')).toBe(1);
    expect(across('/shop', '/shop', 'us-east-1')).toBe(0);
    expect(across('/shop', '/other')).toBe(0);
  });

  it('is reported of roles in different regions, and without regard to case', () => {
    const named = (name: string) => ({ Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: name } } });
    const found = known(
      deployment(stack('one', named('shop')), stack('two', named('SHOP'), { region: 'us-east-1' })),
    );
    expect(found.map(({ stack: name, constraint }) => `${name} ${constraint}`)).toEqual([
      'two in-use-meanwhile',
    ]);
  });

  it('is reported of a priority used twice, between rules and within one resource', () => {
    const rule = {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: { ListenerArn: 'arn', Priority: 5 },
    };
    expect(faults({ A: rule, B: rule })).toEqual(['unique-in-aws B']);
    const webAcl = (...priorities: number[]) => ({
      Acl: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: { Rules: priorities.map((Priority, index) => ({ Name: `rule${index}`, Priority })) },
      },
    });
    expect(faults(webAcl(1, 2, 2))).toEqual(['unique-in-aws Acl']);
    expect(faults(webAcl(1, 2, 3))).toEqual([]);
  });

  it('is not reported of what only a deploy would know', () => {
    const named = {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: { Ref: 'AWS::NotificationARNs' } },
    };
    expect(faults({ A: named, B: named })).toEqual([]);
  });
});

it('a resource that waits for itself is refused', () => {
  const topic = (dependsOn: string) => ({ Type: 'AWS::SNS::Topic', DependsOn: dependsOn });
  expect(faults({ A: topic('B'), B: topic('A') })).toEqual(['circular undefined']);
});
