import { display } from '../../checks/model/values.ts';
import { inLanguage } from '../../cli/output.ts';
import type { Wait } from './durations.ts';
import type { Effect, Finding } from './finding.ts';
import { type ChangeKind, isSilent } from './model/changes.ts';
import type { Plan, PlannedStack } from './plan.ts';

const titles: Readonly<Record<Effect, string>> = {
  refused: 'REFUSED',
  lost: 'DATA LOST',
  interrupted: 'INTERRUPTS',
  left: 'STAYS',
};

const most = 12;
const kinds: readonly ChangeKind[] = ['created', 'changed', 'replaced', 'removed'];

/** A plan for people: stack by stack, in the order in which they are worked on. */
export function describePlan({ stacks }: Plan): string[] {
  const minutes = stacks.reduce((sum, stack) => sum + stack.minutes, 0);
  return [
    ...stacks.flatMap((stack, index) => [...describeStack(stack, index + 1), '']),
    summary(stacks, minutes),
  ];
}

function describeStack(stack: PlannedStack, position: number): string[] {
  const { stack: name, region, action, minutes } = stack;
  const time = minutes > 0 ? `, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '';
  return [
    `${position}. ${name}${region && ` (${region})`}: ${action}${time}`,
    ...kinds.flatMap((kind) => describeChanges(stack, kind)),
    ...(stack.waits ?? []).flatMap(describeWait),
    ...stack.findings.flatMap(describeFinding),
  ];
}

/** Of a new stack, or one that goes, the numbers are enough: it is all of it. */
function describeChanges({ action, changes }: PlannedStack, kind: ChangeKind): string[] {
  const of = changes.filter((change) => change.kind === kind);
  if (of.length === 0) return [];
  if (action === 'created' || action === 'deleted') return [`   ${kind} ${of.length}`];
  const silent = of.filter(isSilent);
  const others = of.filter((change) => !isSilent(change));
  const rest = others.length - most;
  return [
    ...others.slice(0, most).map(({ id, type, properties, uncertain }) => {
      const because = properties.length > 0 ? `: ${properties.slice(0, 4).join(', ')}` : '';
      return `   ${kind} ${id} (${type})${because}${uncertain ? '; AWS may replace it' : ''}`;
    }),
    ...(rest > 0 ? [`   ${kind} ${rest} more`] : []),
    ...(silent.length > 0
      ? [`   ${kind} ${silent.length} in metadata, order or policies of CloudFormation only`]
      : []),
  ];
}

function describeWait({ type, count, minutes, most: longest, says, source }: Wait): string[] {
  return [
    `   WAITS  for ${count} ${type}, ${minutes} to ${longest} minutes: ${inLanguage(says)}`,
    `      ${source}`,
  ];
}

function describeFinding({ effect, resource, type, says, way, commands, source }: Finding): string[] {
  const subject = resource === undefined ? 'the stack' : `${resource}${type ? ` (${type})` : ''}`;
  return [
    `   ${titles[effect]}  ${subject} ${inLanguage(display(says))}`,
    `      ${inLanguage(way)}`,
    ...(commands ?? []).map((command) => `      $ ${command}`),
    `      ${source}`,
  ];
}

function summary(stacks: readonly PlannedStack[], minutes: number): string {
  const found = stacks.flatMap(({ findings }) => findings);
  const counts = Object.entries(titles).map(([effect, title]) => {
    const count = found.filter((finding) => finding.effect === effect).length;
    return `${title.toLowerCase()}: ${count}`;
  });
  return `${counts.join(', ')}${minutes > 0 ? `; about ${minutes} minutes` : ''}`;
}
