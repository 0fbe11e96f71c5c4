import { expect, it } from 'vitest';
import { deployRows } from '../../../lib/review/report/deploy-rows.ts';
import { exported, stack } from '../deploys/stacks.ts';

const reasons = (...stacks: Parameters<typeof deployRows>[0]) =>
  deployRows(stacks, []).map(({ finding, resource }) => `${finding} ${resource.logicalId || resource.stack}`);

const logs = (name: string) => ({ Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name } });

it('a second resource of one name is a finding, two of different names are none', () => {
  expect(reasons(stack('shop', { A: logs('/one'), B: logs('/one') }))).toEqual([
    'Template-Deployable[unique-in-aws] B',
  ]);
  expect(reasons(stack('shop', { A: logs('/one'), B: logs('/two') }))).toEqual([]);
});

it('an export that is dropped is a finding where its stack is there, and unknown where it is not', () => {
  const reader = stack('reader', {
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { 'Fn::ImportValue': 'network:Bus' },
        EventPattern: { source: ['aws.health'] },
      },
    },
  });
  const network = (name: string) =>
    stack(
      'network',
      { Topic: { Type: 'AWS::SNS::Topic' } },
      { outputs: { Out: exported({ Ref: 'Topic' }, name) } },
    );
  expect(reasons(network('network:Other'), reader)).toEqual(['Template-Deployable[export-missing] reader']);
  expect(reasons(network('network:Bus'), reader)).toEqual([]);
  expect(reasons(reader)).toEqual([]);
});
