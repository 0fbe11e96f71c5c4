import { describe, expect, it } from 'vitest';
import { planDeploy } from '../../../lib/review/deploys/plan.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { deployment, exported, type Resources, stack } from './stacks.ts';

/** What the plan finds from one set of stacks to another, of resources that have no more than what a test is about. */
function found(
  before: StackTemplate | readonly StackTemplate[],
  after: StackTemplate | readonly StackTemplate[],
): string[] {
  const plan = planDeploy(deployment(...[before].flat()), deployment(...[after].flat()));
  return plan.stacks.flatMap(({ findings }) =>
    findings
      .filter(({ constraint }) => constraint !== 'resource-schema')
      .map(({ effect, constraint, resource, stack: name }) => `${effect} ${constraint} ${resource ?? name}`),
  );
}

const change = (before: Resources, after: Resources) => found(stack('shop', before), stack('shop', after));

const rule = (priority: number, more = {}) => ({
  Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  Properties: { ListenerArn: { Ref: 'Listener' }, Priority: priority, Conditions: [], Actions: [] },
  ...more,
});
const listener = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { Port: 443, LoadBalancerArn: 'arn', DefaultActions: [] },
};

describe('a change of templates', () => {
  it('that changes nothing finds nothing', () => {
    const resources = { Listener: listener, A: rule(10), B: rule(11) };
    expect(change(resources, structuredClone(resources))).toEqual([]);
  });

  it('may not take a priority that another rule still has', () => {
    expect(
      change(
        { Listener: listener, A: rule(10), B: rule(11) },
        { Listener: listener, New: rule(10), A: rule(11), B: rule(12) },
      ),
    ).toEqual(['refused in-use-meanwhile New', 'refused in-use-meanwhile A']);
  });

  it('may take a priority that nothing had, and one that another rule gives up first', () => {
    expect(
      change(
        { Listener: listener, A: rule(10), B: rule(11) },
        { Listener: listener, B: rule(20), A: rule(11, { DependsOn: 'B' }), New: rule(15) },
      ),
    ).toEqual([]);
  });

  it('may not take a priority of a rule that goes only when the update ends', () => {
    expect(change({ Listener: listener, A: rule(10) }, { Listener: listener, B: rule(10) })).toEqual([
      'refused in-use-meanwhile B',
    ]);
  });

  it('may take a priority again on a listener that is itself new', () => {
    const other = { ...listener, Properties: { ...listener.Properties, LoadBalancerArn: 'other' } };
    expect(change({ Listener: listener, A: rule(10) }, { Listener: other, A: rule(10) })).toEqual([]);
  });

  it('may not replace what keeps its name', () => {
    const role = (path: string, name?: string) => ({
      Role: { Type: 'AWS::IAM::Role', Properties: { Path: path, ...(name && { RoleName: name }) } },
    });
    expect(change(role('/', 'shop'), role('/staff/', 'Shop'))).toEqual([
      'refused replaced-beside-itself Role',
    ]);
    expect(change(role('/', 'shop'), role('/staff/', 'other'))).toEqual([]);
    expect(change(role('/'), role('/staff/'))).toEqual([]);
  });

  it('may not give a subnet addresses that another one still has', () => {
    const subnets = (...blocks: string[]): Resources => ({
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      ...Object.fromEntries(
        blocks.map((block, index) => [
          `Subnet${index}`,
          { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: block } },
        ]),
      ),
    });
    expect(
      change(
        subnets('10.0.0.0/17', '10.0.128.0/17'),
        subnets('10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18'),
      ),
    ).toEqual([
      'refused replaced-beside-itself Subnet0',
      'refused in-use-meanwhile Subnet1',
      'refused in-use-meanwhile Subnet2',
    ]);
    expect(
      change(subnets('10.0.0.0/18', '10.0.64.0/18'), subnets('10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18')),
    ).toEqual([]);
  });

  it('may not move a name from a stack to one that is deployed before it', () => {
    const secret = { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'shop/key' } } };
    const other = { Topic: { Type: 'AWS::SNS::Topic' } };
    const stacks = (first: Resources, then: Resources) => [
      stack('first', first),
      stack('then', then, { dependsOn: ['first'] }),
    ];
    expect(found(stacks(other, secret), stacks(secret, other))).toContain('refused in-use-meanwhile Secret');
  });
});

describe('values that another stack imports', () => {
  const vpc = (block: string): Resources => ({
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: block } },
  });
  const outputs = { Vpc: exported({ Ref: 'Vpc' }, 'shop:Vpc') };
  const reader = stack('reader', {
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'x', VpcId: { 'Fn::ImportValue': 'shop:Vpc' } },
    },
  });

  it('may not change with what they are made of', () => {
    expect(
      found(
        [stack('network', vpc('10.0.0.0/16'), { outputs }), reader],
        [stack('network', vpc('10.1.0.0/16'), { outputs }), reader],
      ),
    ).toContain('refused export-in-use network');
  });

  it('may not go away, even when the new templates do without them', () => {
    const before = [stack('network', vpc('10.0.0.0/16'), { outputs }), reader];
    const alone = stack('reader', { Topic: { Type: 'AWS::SNS::Topic' } }, { dependsOn: ['network'] });
    expect(found(before, [stack('network', vpc('10.0.0.0/16')), alone])).toContain(
      'refused export-in-use network',
    );
  });

  it('may go away once nothing deployed imports them', () => {
    const alone = stack('reader', { Topic: { Type: 'AWS::SNS::Topic' } });
    const before = [stack('network', vpc('10.0.0.0/16'), { outputs }), alone];
    expect(found(before, [stack('network', vpc('10.0.0.0/16')), alone])).toEqual([]);
  });

  it('must be exported by somebody', () => {
    expect(found([], [stack('network', vpc('10.0.0.0/16')), reader])).toEqual([
      'refused export-missing reader',
    ]);
  });

  it('read as an output are read again only when the reader changes too', () => {
    const certificate = (domain: string, reads = 'CertificateArn') => [
      stack(
        'edge',
        { Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: domain } } },
        {
          region: 'us-east-1',
          outputs: { CertificateArn: { Value: { Ref: 'Certificate' } } },
        },
      ),
      stack('front', {
        Distribution: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: {
            Certificate: {
              'Fn::GetStackOutput': { StackName: 'edge', OutputName: reads, Region: 'us-east-1' },
            },
          },
        },
      }),
    ];
    expect(found(certificate('a.example.jp'), certificate('b.example.jp'))).toEqual([
      'left stale-output Certificate',
    ]);
  });
});

describe('data and visitors', () => {
  const cluster = (identifier: string, more = {}): Resources => ({
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      Properties: { Engine: 'aurora-mysql', DBClusterIdentifier: identifier, ...more },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    },
  });

  it('a store that is replaced loses its data to the shop, though it is retained', () => {
    expect(change(cluster('one'), cluster('two'))).toEqual([
      'lost store-replaced Cluster',
      'left retained Cluster',
    ]);
  });

  it.each([
    ['Delete', ['lost store-removed Cluster']],
    ['Snapshot', ['lost store-removed Cluster']],
    ['Retain', ['left retained Cluster']],
  ])('a store that leaves the templates with %s', (policy, expected) => {
    const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
    const { Cluster } = cluster('one');
    expect(
      change(
        { ...topic, Cluster: { Type: 'AWS::RDS::DBCluster', ...Cluster, DeletionPolicy: policy } },
        topic,
      ),
    ).toEqual(expected);
  });

  it('a log that is replaced and retained is not lost, one that is deleted is', () => {
    const logs = (name: string, policy: string) => ({
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name }, UpdateReplacePolicy: policy },
    });
    expect(change(logs('one', 'Retain'), logs('two', 'Retain'))).toEqual(['left retained Logs']);
    expect(change(logs('one', 'Delete'), logs('two', 'Delete'))).toEqual(['lost store-replaced Logs']);
  });

  it('no database becomes one of another engine', () => {
    const engine = (name: string, version: string) =>
      cluster('one', { Engine: name, EngineVersion: version });
    expect(
      change(engine('aurora-postgresql', '17.4'), engine('aurora-mysql', '8.0.mysql_aurora.3.10.0')),
    ).toContain('refused one-way Cluster');
  });

  it('a database does not go back to an older version', () => {
    const version = (written: string) => cluster('one', { EngineVersion: written });
    expect(change(version('8.0.mysql_aurora.3.10.1'), version('8.0.mysql_aurora.3.9.9'))).toEqual([
      'interrupted interruption Cluster',
      'refused one-way Cluster',
    ]);
    expect(change(version('8.0.mysql_aurora.3.9.9'), version('8.0.mysql_aurora.3.10.1'))).toEqual([
      'interrupted interruption Cluster',
    ]);
  });

  it('a database becomes another major version only when that is allowed', () => {
    const version = (written: string, more = {}) => cluster('one', { EngineVersion: written, ...more });
    expect(change(version('16.4'), version('17.5'))).toContain('refused one-way Cluster');
    expect(change(version('16.4'), version('17.5', { AllowMajorVersionUpgrade: true }))).toEqual([
      'interrupted interruption Cluster',
    ]);
    expect(change(version('17.4'), version('17.5'))).toEqual(['interrupted interruption Cluster']);
  });

  it('an origin in the VPC keeps its port', () => {
    const origin = (port: number, name = 'shop'): Resources => ({
      Origin: {
        Type: 'AWS::CloudFront::VpcOrigin',
        Properties: { VpcOriginEndpointConfig: { Arn: 'arn', Name: name, HTTPSPort: port } },
      },
    });
    expect(change(origin(443), origin(8443))).toEqual(['refused one-way Origin']);
    expect(change(origin(443), origin(443, 'other'))).toEqual([]);
  });

  it('an environment that leaves the config stays in AWS, and holds what it has', () => {
    const logs: Resources = { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop' } } };
    const main = stack('main', { Topic: { Type: 'AWS::SNS::Topic' } });
    const of = (environment: string) => stack(`shop-${environment}`, logs, { environment });
    expect(found([main, of('staging')], main)).toEqual(['left stack-left shop-staging']);
    const plan = planDeploy(deployment(main, of('staging')), deployment(main, of('trial')));
    expect(plan.stacks.flatMap(({ findings }) => findings.map(({ way }) => way))).toContainEqual(
      expect.stringContaining('delete shop-staging first'),
    );
  });

  it('a protected resource that leaves is not deleted', () => {
    const protectedCluster = {
      Cluster: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', DisableApiTermination: true } },
    };
    const next = {
      Cluster: { ...protectedCluster.Cluster, Properties: { ImageId: 'ami-2', DisableApiTermination: true } },
    };
    expect(change(protectedCluster, next)).toEqual(['left protected Cluster']);
  });

  it('a stack that moves to another region leaves its data', () => {
    const at = (region: string) => stack('data', cluster('one'), { region });
    expect(found(at('ap-northeast-1'), at('eu-west-1'))).toEqual([
      'refused shop-apart data',
      'left stack-left data',
    ]);
  });
});
