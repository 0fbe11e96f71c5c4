import { describe, expect, it } from 'vitest';
import { rehearseFailure, rehearseFailures } from '../../../lib/review/deploys/failure.ts';
import { World } from '../../../lib/review/deploys/model/world.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { deployment, type Resources, stack } from './stacks.ts';

/** A first deploy that fails at a resource: what its rollback leaves, and what refuses the second try. */
function failing(resources: Resources, resource: string, more: Partial<StackTemplate> = {}) {
  const only = stack('shop', resources, more);
  const { left, again, deleted } = rehearseFailure(World.empty(), only, deployment(only), resource);
  return {
    deleted,
    left: left.map((finding) => finding.resource),
    again: again.map(({ constraint, resource: id }) => (id ? `${constraint} ${id}` : constraint)),
  };
}

const secret = (policy: string) => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: { Name: 'shop/key' },
  DeletionPolicy: policy,
});
const topic = { Type: 'AWS::SNS::Topic' };

describe('a first deploy that fails', () => {
  it('leaves a named resource with Retain, which is then in the way', () => {
    expect(failing({ Secret: secret('Retain'), Topic: topic }, 'Topic')).toEqual({
      deleted: 1,
      left: ['Secret'],
      again: ['left-in-the-way Secret'],
    });
  });

  it.each(['RetainExceptOnCreate', 'Delete'])('leaves none with %s', (policy) => {
    expect(failing({ Secret: secret(policy), Topic: topic }, 'Topic')).toEqual({
      deleted: 2,
      left: [],
      again: [],
    });
  });

  it('leaves a resource with Retain that AWS names, without harm', () => {
    const logs = { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain' };
    expect(failing({ Logs: logs, Topic: topic }, 'Topic')).toMatchObject({ left: ['Logs'], again: [] });
  });

  it('leaves nothing of what waits for the resource that fails', () => {
    expect(
      failing({ Secret: { ...secret('Retain'), DependsOn: ['Topic'] }, Topic: topic }, 'Topic').again,
    ).toEqual([]);
  });

  it('cannot be repeated while its stack is protected', () => {
    expect(failing({ Topic: topic }, 'Topic', { terminationProtection: true }).again).toEqual([
      'termination-protection',
    ]);
  });

  it.each([
    { Type: 'AWS::RDS::DBCluster', Properties: { DeletionProtection: true } },
    { Type: 'AWS::Cognito::UserPool', Properties: { DeletionProtection: 'ACTIVE' } },
    {
      Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
      Properties: { MutationProtection: 'ENABLED' },
    },
    { Type: 'AWS::EC2::Instance', Properties: { DisableApiTermination: true } },
    {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] },
    },
  ])('cannot delete a protected $Type', (resource) => {
    const unnamed = { ...resource, DeletionPolicy: 'RetainExceptOnCreate' };
    const { left, deleted } = failing({ Held: unnamed, Topic: topic }, 'Topic');
    expect({ left, deleted }).toEqual({ left: ['Held'], deleted: 1 });
    const off = { ...unnamed, Properties: {} };
    expect(failing({ Held: off, Topic: topic }, 'Topic').left).toEqual([]);
  });

  it('cannot delete what a resource that stays uses', () => {
    const resources = {
      Group: { Type: 'AWS::EC2::SecurityGroup' },
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { SecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
        DeletionPolicy: 'Retain',
      },
      Topic: topic,
    };
    expect(failing(resources, 'Topic').left).toEqual(['Balancer', 'Group']);
  });

  it('cannot delete a bucket into which a pipeline has already written, unless the pipeline waits', () => {
    const resources = (dependsOn: string[]): Resources => ({
      Artifacts: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate' },
      Pipeline: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: { ArtifactStore: { Location: { Ref: 'Artifacts' } } },
        DependsOn: dependsOn,
      },
      Topic: topic,
    });
    expect(failing(resources([]), 'Topic').left).toEqual(['Artifacts']);
    expect(failing(resources(['Topic']), 'Topic').left).toEqual([]);
  });

  it('is rehearsed for every resource of every stack', () => {
    const stacks = [stack('one', { A: topic, B: topic }), stack('two', { C: topic }, { dependsOn: ['one'] })];
    const rehearsals = rehearseFailures(World.empty(), deployment(...stacks));
    expect(rehearsals.map((each) => each.failing)).toEqual(['A', 'B', 'C']);
  });
});

describe('an update that fails', () => {
  it('leaves what it created with Retain, and what stood before stands again', () => {
    const before = deployment(stack('shop', { Topic: topic }));
    const next = stack('shop', {
      Topic: topic,
      Secret: secret('Retain'),
      Queue: { Type: 'AWS::SQS::Queue' },
    });
    const { left, again } = rehearseFailure(World.of(before), next, deployment(next), 'Queue');
    expect(left.map(({ resource }) => resource)).toEqual(['Secret']);
    expect(again.map(({ constraint }) => constraint)).toEqual(['left-in-the-way']);
  });
});
