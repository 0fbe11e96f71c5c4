import { describe, expect, it } from 'vitest';
import { matchesEvent, type SampleEvent } from '../../../lib/checks/model/event-patterns.ts';
import { EnvironmentGraph } from '../../../lib/checks/model/templates.ts';
import type { Value } from '../../../lib/checks/model/values.ts';

const graph = new EnvironmentGraph([
  {
    name: 'Patching',
    template: {
      Resources: {
        Pipeline: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Name: 'shop-patching' } },
        Other: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Name: 'other' } },
      },
    },
  },
]);
const pipeline = graph.get('Patching', 'Pipeline');
if (!pipeline) throw new Error('the template has no pipeline');

const event: SampleEvent = {
  source: 'aws.codepipeline',
  detail: { pipeline, state: 'FAILED', severity: 7, nested: { name: 'shop-1' } },
};

describe('an event pattern', () => {
  it.each<[string, Value]>([
    ['one of several values', { source: ['aws.ecs', 'aws.codepipeline'] }],
    ['a resource by its name', { detail: { pipeline: ['shop-patching'] } }],
    ['a prefix', { detail: { nested: { name: [{ prefix: 'shop-' }] } } }],
    ['a suffix', { detail: { nested: { name: [{ suffix: '-1' }] } } }],
    ['a range of numbers', { detail: { severity: [{ numeric: ['>=', 4, '<', 8] }] } }],
    ['anything but other values', { detail: { state: [{ 'anything-but': ['SUCCEEDED'] }] } }],
    ['the same in another case', { detail: { state: [{ 'equals-ignore-case': 'failed' }] } }],
    ['a key that is there', { detail: { state: [{ exists: true }] } }],
    ['one of two alternatives', { $or: [{ source: ['aws.ecs'] }, { detail: { state: ['FAILED'] } }] }],
    ['a key of which nothing is known', { detail: { 'execution-id': ['1'] } }],
  ])('matches by %s', (_, pattern) => {
    expect(matchesEvent(pattern, event, graph)).toBe(true);
  });

  it.each<[string, Value | undefined]>([
    ['it is missing', undefined],
    ['a value differs', { source: ['aws.ecs'] }],
    ['it lists no value', { source: [] }],
    ['it names another resource', { detail: { pipeline: ['other'] } }],
    ['it names what is not there', { detail: { pipeline: ['elsewhere'] } }],
    ['the prefix differs', { detail: { nested: { name: [{ prefix: 'admin-' }] } } }],
    ['the number is too small', { detail: { severity: [{ numeric: ['>', 7] }] } }],
    ['the value is excluded', { detail: { state: [{ 'anything-but': 'FAILED' }] } }],
    ['the key must not be there', { detail: { state: [{ exists: false }] } }],
    ['every part but one matches', { source: ['aws.codepipeline'], detail: { state: ['SUCCEEDED'] } }],
  ])('does not match when %s', (_, pattern) => {
    expect(matchesEvent(pattern, event, graph)).toBe(false);
  });
});
