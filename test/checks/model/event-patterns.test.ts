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

  const many: SampleEvent = {
    resources: ['arn:one', ['arn:two']],
    detail: {
      findings: [
        { Id: 'a', Severity: { Label: 'LOW' }, Tags: [{ key: 'x' }, { key: 'y' }] },
        { Id: 'b', Severity: { Label: 'HIGH', Score: 7 }, Workflow: null },
      ],
      open: false,
      score: '7',
    },
  };
  it.each<[boolean, string, Value]>([
    [true, 'any element of a list', { resources: ['arn:two', 'arn:three'] }],
    [false, 'no element of a list', { resources: ['arn:three'] }],
    [true, 'a prefix of any element', { resources: [{ prefix: 'arn:t' }] }],
    [true, 'an element that is not excluded', { resources: [{ 'anything-but': ['arn:one'] }] }],
    [false, 'only elements that are excluded', { resources: [{ 'anything-but': { prefix: 'arn:' } }] }],
    [true, 'a field of any object of a list', { detail: { findings: { Severity: { Label: ['HIGH'] } } } }],
    [true, 'lists inside lists', { detail: { findings: { Tags: { key: ['y'] } } } }],
    [
      false,
      'fields of two different objects',
      { detail: { findings: { Id: ['a'], Severity: { Label: ['HIGH'] } } } },
    ],
    [false, 'a field that another object has', { detail: { findings: { Workflow: [{ exists: false }] } } }],
    [true, 'a field that no object has', { detail: { findings: { Note: [{ exists: false }] } } }],
    [false, 'a value of a field that no object has', { detail: { findings: { Note: ['x'] } } }],
    [false, 'anything but, of a field that is not there', { detail: { note: [{ 'anything-but': 'x' }] } }],
    [true, 'null', { detail: { findings: { Workflow: [null] } } }],
    [true, 'false', { detail: { open: [false] } }],
    [false, 'a number that is written as a text', { detail: { score: [7] } }],
    [false, 'a range, of a text', { detail: { score: [{ numeric: ['>', 1] }] } }],
    [
      true,
      'a range, of a number',
      { detail: { findings: { Severity: { Score: [{ numeric: ['=', 7] }] } } } },
    ],
    [
      true,
      'no value, of what holds fields and no value itself',
      { detail: { findings: { Severity: [{ exists: false }] } } },
    ],
    [false, 'fields below a value', { detail: { score: { value: ['7'] } } }],
    [true, 'no field below a value', { detail: { score: { value: [{ exists: false }] } } }],
    [true, 'a wildcard', { resources: [{ wildcard: 'a*:t*o' }] }],
    [false, 'another wildcard', { resources: [{ wildcard: '*:three*' }] }],
    [false, 'a star that stands for itself', { resources: [{ wildcard: 'arn\\*' }] }],
    [true, 'a prefix in another case', { resources: [{ prefix: { 'equals-ignore-case': 'ARN:TW' } }] }],
    [true, 'anything but several prefixes', { resources: [{ 'anything-but': { prefix: ['arn:o', 'x'] } }] }],
    [
      true,
      'one of two alternatives inside',
      {
        detail: {
          findings: {
            Severity: { $or: [{ Label: ['CRITICAL'] }, { Label: ['HIGH'], Score: [{ exists: true }] }] },
          },
        },
      },
    ],
    [
      false,
      'no alternative inside',
      { detail: { findings: { Severity: { $or: [{ Label: ['CRITICAL'] }, { Score: [1] }] } } } },
    ],
  ])('%s: %s, of an event that is known whole', (expected, _, pattern) => {
    expect(matchesEvent(pattern, many, graph, 'missing')).toBe(expected);
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
