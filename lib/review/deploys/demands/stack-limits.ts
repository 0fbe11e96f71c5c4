import type { StackTemplate } from '../../templates/template-tree.ts';
import { record, texts } from '../model/deployment.ts';
import { type Demand, grouped } from './demand.ts';

const source = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';

const namesSource = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html';

interface Limit {
  readonly what: string;
  readonly most: number;
  readonly count: (template: StackTemplate['template']) => number;
}

const entries = (section: string) => (template: StackTemplate['template']) =>
  Object.keys(record(template[section])).length;

const limits: readonly Limit[] = [
  { what: 'resources', most: 500, count: entries('Resources') },
  { what: 'outputs', most: 200, count: entries('Outputs') },
  { what: 'parameters', most: 200, count: entries('Parameters') },
  { what: 'mappings', most: 200, count: entries('Mappings') },
  {
    what: 'dynamic references',
    most: 60,
    count: (template) => [...texts(template)].join(' ').split('{{resolve:').length - 1,
  },
  {
    what: 'bytes of description',
    most: 1024,
    count: ({ Description = '' }) => Buffer.byteLength(String(Description)),
  },
  { what: 'bytes', most: 1_000_000, count: (template) => Buffer.byteLength(JSON.stringify(template)) },
];

export const templateLimits: Demand = {
  id: 'template-limits',
  violations: ({ stacks }) =>
    stacks.flatMap((stack) =>
      limits.flatMap(({ what, most, count }) => {
        const found = count(stack.template);
        if (found <= most) return [];
        const says = `has ${found} ${what}; CloudFormation takes ${most}`;
        return [{ of: stack, says, way: 'Move a part into a stack of its own.', source }];
      }),
    ),
};

export const stackNames: Demand = {
  id: 'stack-names',
  violations: ({ stacks }) => [
    ...grouped(stacks, ({ account, region, name }) => JSON.stringify([account, region, name])).flatMap(
      ([, second]) =>
        second
          ? [
              {
                of: second,
                says: 'is the name of another stack of its account and region',
                way: 'Give each stack its own.',
                source: namesSource,
              },
            ]
          : [],
    ),
    ...stacks
      // A nested stack is called after its parent, by CloudFormation.
      .filter(({ name }) => !name.includes('/') && !/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name))
      .map((stack) => ({
        of: stack,
        says: 'is no name for a stack',
        way: 'Write at most 128 letters, digits and hyphens, beginning with a letter.',
        source: namesSource,
      })),
  ],
};
