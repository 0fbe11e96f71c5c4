import { App, Aspects, CfnOutput, CfnParameter, Fn, type IAspect, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../lib/checks/check-templates.ts';
import { declarePromises } from '../../lib/declarations/promises.ts';
import type { Json } from '../checks/mutate.ts';

describe('promises', () => {
  it('are kept by a stack that nobody changes afterwards', () => {
    expect(broken(() => {})).toEqual([]);
  });

  it('include what a construct completes only at synthesis', () => {
    const found = broken(({ role }) =>
      role.addToPolicy(
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::shop/*'] }),
      ),
    );
    expect(found).toEqual([]);
  });

  it.each<[string, (made: Made) => void, RegExp]>([
    [
      'an escape hatch',
      ({ cfn }) => cfn.addPropertyOverride('Timeout', 1),
      /^Timeout is 1; promised was 30$/,
    ],
    [
      'a property of the resource',
      ({ cfn }) => {
        cfn.handler = 'index.other';
      },
      /^Handler is index.other; promised was index.handler$/,
    ],
    [
      'an aspect',
      ({ stack }) => Aspects.of(stack).add(new OtherHandler()),
      /^Handler is index.other; promised was index.handler$/,
    ],
    ['a removed property', ({ cfn }) => cfn.addPropertyDeletionOverride('Role'), /^Role: .* is not there$/],
    ['a removed resource', ({ stack }) => stack.node.tryRemoveChild('Queue'), /^Queue\w+ .* is not there$/],
  ])('are broken by %s', (_, change, reason) => {
    expect(broken(change)).toEqual([expect.stringMatching(reason)]);
  });

  it('are broken by a template in which a parameter or an output means something else', () => {
    const found = broken(
      () => {},
      (template) => {
        template.Parameters.Place.Default = 'elsewhere';
        template.Outputs.Url.Value = 'other';
      },
    );
    expect(found).toEqual([
      expect.stringMatching(/Parameters.Place.Default is elsewhere; promised was here/),
    ]);
    expect(found[0]).toMatch(/Outputs.Url.Value is other; promised was/);
  });
});

class OtherHandler implements IAspect {
  visit(node: unknown): void {
    if (node instanceof lambda.CfnFunction) node.handler = 'index.other';
  }
}

type Made = ReturnType<typeof make>;

function make() {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Promising');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const code = new lambda.CfnFunction(stack, 'Function', {
    code: { zipFile: 'exports.handler = async () => {}' },
    handler: 'index.handler',
    role: role.roleArn,
    timeout: 30,
  });
  const queue = new sqs.Queue(stack, 'Queue');
  new CfnOutput(stack, 'Url', { value: Fn.join('/', [queue.queueUrl, 'x']) });
  new CfnParameter(stack, 'Place', { default: 'here' });
  return { stack, role, cfn: code };
}

/** What the checks say of promises after a change of the stack. */
function broken(change: (made: Made) => void, edit: (template: Json) => void = () => {}): string[] {
  const made = make();
  declarePromises(made.stack);
  change(made);
  const app = made.stack.node.root as App;
  const template: Json = app.synth().getStackByName(made.stack.stackName).template;
  edit(template);
  return checkTemplates([{ name: 'Promising', template }])
    .rows.filter(({ rule, outcome }) => rule.endsWith('[Promised]') && outcome === 'non-compliant')
    .map(({ reason }) => reason);
}
