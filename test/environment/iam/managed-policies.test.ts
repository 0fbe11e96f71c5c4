import { fileURLToPath } from 'node:url';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { expect, it } from 'vitest';
import { createApp } from '../../../lib/app.ts';
import { describeResource } from '../../../lib/checks/recorder/construct-tree.ts';
import { ManagedPolicies } from '../../../lib/environment/iam/managed-policies.ts';

function stackWithGrant(): { stack: Stack; role: iam.Role; topic: sns.Topic } {
  const stack = new Stack(new App());
  Aspects.of(stack).add(new ManagedPolicies());
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return { stack, role, topic: new sns.Topic(stack, 'Topic') };
}

it('turns the inline policy of a grant into a managed one with the same statements and role', () => {
  const { stack, role, topic } = stackWithGrant();
  topic.grantPublish(role);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [Match.objectLike({ Action: 'sns:Publish', Effect: 'Allow' })] },
    Roles: [{ Ref: Match.stringLikeRegexp('^Role') }],
  });
});

it('keeps what waits for the grant waiting for it', () => {
  const { stack, role, topic } = stackWithGrant();
  const grant = topic.grantPublish(role);
  const later = new sns.Topic(stack, 'Later');
  grant.applyBefore(later);
  const template = Template.fromStack(stack);
  const [policy] = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
  const waiting = Object.entries(template.findResources('AWS::SNS::Topic')).find(([id]) =>
    id.startsWith('Later'),
  );
  expect(waiting?.[1].DependsOn).toEqual([policy]);
});

it('brings no policy to life that nobody added a statement to', () => {
  const { stack, role } = stackWithGrant();
  new iam.Policy(stack, 'Empty', { roles: [role] });
  Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});

it('leads the reader of a report to the line that asked for the grant', () => {
  createApp(); // Where a line of ours is looked for far enough down the stack.
  const { stack, role, topic } = stackWithGrant();
  topic.grantPublish(role);
  Template.fromStack(stack);
  const policies = stack.node.findAll().filter((node) => node instanceof iam.CfnManagedPolicy);
  expect(policies.map((policy) => describeResource(policy).sources[0]?.file)).toEqual([
    fileURLToPath(import.meta.url),
  ]);
});
