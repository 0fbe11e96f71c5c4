import type { StackTemplate } from '../templates/template-tree.ts';
import type { StackChange } from './collisions.ts';
import { type Finding, findingOf, findingOfStack } from './finding.ts';
import { type Deployment, type Export, record } from './model/deployment.ts';
import { idsIn } from './model/references.ts';
import { stackKey } from './model/world.ts';

const exportsSource =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html';
const outputSource =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html';

interface ChangedExport {
  readonly name: string;
  readonly why: string;
  readonly importers: readonly string[];
}

/** Exports that a stack's update would drop or change while a deployed stack still imports them. */
export function exportFindings(change: StackChange): Finding[] {
  const { stack, changes, deployment } = change;
  const [first, ...more] = changedExports(change);
  if (!first) return [];
  const importers = [...new Set([first, ...more].flatMap((each) => each.importers))].join(', ');
  const others = more.length > 0 ? ` (and ${more.length} more exports)` : '';
  const root = [...changes.values()].find(({ id, kind }) => {
    const type = deployment.resource(stack, id)?.type ?? '';
    return kind === 'replaced' && Object.hasOwn(newEnvironment, type);
  });
  return [
    findingOfStack(stack, {
      effect: 'refused',
      constraint: 'export-in-use',
      says: `the export ${first.name} ${first.why}${others} while ${importers} imports it (Export cannot be updated as it is in use)`,
      way: root
        ? `${newEnvironment[root.type]} ${anew}`
        : `Deploy twice: first a version in which ${importers} does without it and the export stays, then this one; or undo the change.`,
      source: exportsSource,
    }),
  ];
}

/** What everything else stands on: it cannot be exchanged below a shop that runs. */
const newEnvironment: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'Keep the addresses of the VPC.',
  'AWS::EC2::Subnet': 'Keep the zones and addresses of the subnets.',
  'AWS::KMS::Key': 'Keep the key.',
};
const anew =
  'Otherwise build the shop as a new environment, move the data, and delete the old one: everything in it stands on what would be replaced.';

function changedExports({ stack, deployment, changes, before }: StackChange): ChangedExport[] {
  const current = before.stack(stack);
  if (!current) return [];
  const next = new Map(deployment.exportsOf(stack).map((exported) => [exported.name, exported]));
  return current.deployment.exportsOf(current.stack).flatMap((exported) => {
    const importers = before
      .allStacks()
      .filter(
        (other) =>
          stackKey(other.stack) !== stackKey(stack) &&
          other.stack.account === stack.account &&
          other.stack.region === stack.region &&
          other.deployment.importsOf(other.stack).has(exported.name),
      )
      .map((other) => other.stack.name);
    const why = importers.length > 0 ? whyChanged(exported, next.get(exported.name), changes) : undefined;
    return why === undefined ? [] : [{ name: exported.name, why, importers }];
  });
}

function whyChanged(
  before: Export,
  after: Export | undefined,
  changes: StackChange['changes'],
): string | undefined {
  if (!after) return 'goes away';
  if (JSON.stringify(before.value) !== JSON.stringify(after.value)) return 'becomes another value';
  const replaced = [...idsIn(after.value)].find((id) => changes.get(id)?.kind === 'replaced');
  const because = replaced && changes.get(replaced)?.properties[0];
  return replaced && `changes, because ${replaced} is replaced${because ? ` (${because} changes)` : ''}`;
}

/**
 * Outputs read without an import: nobody stops their change, but a reader takes the new value only when its own
 * template changes, and what it still uses cannot be deleted meanwhile.
 */
export function staleReaders(
  { stack, deployment, changes }: StackChange,
  unchanged: (reader: StackTemplate) => boolean,
): Finding[] {
  const outputs = record(stack.template.Outputs);
  return deployment.stacks.flatMap((reader) => {
    if (reader === stack || reader.environment !== stack.environment || !unchanged(reader)) return [];
    return deployment
      .outputsRead(reader)
      .filter((read) => read.stack === stack.name)
      .flatMap((read) => {
        const value = record(outputs[read.output]).Value;
        const replaced = [...idsIn(value)].find((id) => changes.get(id)?.kind === 'replaced');
        const resource = replaced === undefined ? undefined : deployment.resource(stack, replaced);
        if (!resource) return [];
        return [
          findingOf(resource, {
            effect: 'left',
            constraint: 'stale-output',
            says: `is replaced, but ${reader.name} reads it through ${read.output} and its own template does not change: it goes on using the old one, which cannot be deleted`,
            way: `Change the template of ${reader.name} in the same deploy, so that the output is read again.`,
            source: outputSource,
          }),
        ];
      });
  });
}

/** An export that AWS knows of, besides those of the deployment. */
export interface ForeignExport {
  readonly name: string;
  readonly region: string;
  /** The stack that has it, as AWS names it. */
  readonly stackId: string;
}

/** Names of exports that another stack of the account and region has: each exists once. */
export function exportsTaken(deployment: Deployment, foreign: readonly ForeignExport[]): Finding[] {
  const holders = new Map(foreign.map(({ name, region, stackId }) => [`${region} ${name}`, stackId]));
  return deployment.stacks.flatMap((stack) =>
    deployment.exportsOf(stack).flatMap(({ name }) => {
      const owner = deployment.exported(stack, name)?.stack;
      const holder = owner && owner !== stack ? owner.name : holders.get(`${stack.region} ${name}`);
      if (holder === undefined) return [];
      return [
        findingOfStack(stack, {
          effect: 'refused',
          constraint: 'export-taken',
          says: `exports ${name}, which ${holder} exports too (Export with that name is already exported)`,
          way: 'Give the export another name; in an own template, one with the name of its stack.',
          source: exportsSource,
        }),
      ];
    }),
  );
}

/** What a stack imports or reads, and no stack gives. */
export function missingExports(stack: StackTemplate, deployment: Deployment): Finding[] {
  const missing = [...deployment.importsOf(stack)].filter((name) => !deployment.exported(stack, name));
  const unread = deployment
    .outputsRead(stack)
    .filter(({ stack: producer, output, region = stack.region }) => {
      const found = deployment.stacks.find(
        ({ name, environment }) => name === producer && environment === stack.environment,
      );
      if (found === undefined) return false;
      return !Object.hasOwn(record(found.template.Outputs), output) || found.region !== region;
    });
  return [
    ...missing.map((name) => ({ what: `imports ${name}`, source: exportsSource })),
    ...unread.map(({ stack: from, output }) => ({
      what: `reads ${output} of ${from}`,
      source: outputSource,
    })),
  ].map(({ what, source }) =>
    findingOfStack(stack, {
      effect: 'refused',
      constraint: 'export-missing',
      says: `${what}, which no stack exports`,
      way: 'Export it from the stack that makes it, or do without it.',
      source,
    }),
  );
}
