import { expect, it } from 'vitest';
import { planRemoval } from '../../../lib/review/deploys/plan.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { deployment, exported, type Resources, stack } from './stacks.ts';

function removing(...stacks: StackTemplate[]): string[] {
  return planRemoval(deployment(...stacks)).stacks.flatMap(({ stack: name, findings }) =>
    findings.map(({ effect, constraint, resource }) => `${effect} ${constraint} ${resource ?? name}`),
  );
}

const bucket = (more = {}): Resources => ({ Bucket: { Type: 'AWS::S3::Bucket', ...more } });

it('stacks are deleted before those that they read from', () => {
  const outputs = { Topic: exported({ Ref: 'Topic' }, 'one:Topic') };
  const stacks = [
    stack('one', { Topic: { Type: 'AWS::SNS::Topic' } }, { outputs }),
    stack('two', {
      Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ 'Fn::ImportValue': 'one:Topic' }] } },
    }),
  ];
  expect(planRemoval(deployment(...stacks)).stacks.map((each) => each.stack)).toEqual(['two', 'one']);
  expect(removing(...stacks)).toEqual([]);
});

it('a protected stack is not deleted', () => {
  const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
  expect(removing(stack('shop', topic, { terminationProtection: true }))).toEqual([
    'refused termination-protection shop',
  ]);
});

it('a bucket is not deleted while it holds something, unless it is emptied first', () => {
  expect(removing(stack('shop', bucket()))).toEqual(['refused deletion-refused Bucket']);
  const emptied = { Properties: { Tags: [{ Key: 'aws-cdk:auto-delete-objects', Value: 'true' }] } };
  expect(removing(stack('shop', bucket(emptied)))).toEqual(['lost store-removed Bucket']);
});

it('what stays keeps what it uses, in other stacks too', () => {
  const outputs = { Group: exported({ Ref: 'Group' }, 'network:Group') };
  const network = stack('network', { Group: { Type: 'AWS::EC2::SecurityGroup' } }, { outputs });
  const front = (policy: string) =>
    stack('front', {
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { SecurityGroups: [{ 'Fn::ImportValue': 'network:Group' }] },
        DeletionPolicy: policy,
      },
    });
  expect(removing(network, front('Retain'))).toEqual([
    'left retained Balancer',
    'refused deletion-refused Group',
  ]);
  expect(removing(network, front('Delete'))).toEqual([]);
});
