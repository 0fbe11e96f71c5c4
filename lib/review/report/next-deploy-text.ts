import { display } from '../../checks/model/values.ts';
import { inLanguage } from '../../cli/output.ts';
import type { Effect, Finding } from '../deploys/finding.ts';
import type { ResourceChange } from '../deploys/model/changes.ts';
import type { PlannedStack } from '../deploys/plan.ts';
import {
  changeKinds,
  effectCounts,
  effects,
  excerptOf,
  isUntouched,
  minutesOf,
  type NextDeploy,
} from './next-deploy.ts';

const width = 80;
/** Of changes and of findings, each, in a stack. */
const most = 12;

export const effectTitles: Readonly<Record<Effect, string>> = {
  refused: 'REFUSED',
  lost: 'DATA LOST',
  interrupted: 'INTERRUPTS',
  left: 'STAYS',
};

/** The section of the terminal: lines of at most 80 columns, where no single word is longer. */
export function nextDeployLines(next: NextDeploy): string[] {
  const { stacks } = next.plan;
  const untouched = stacks.filter(isUntouched).length;
  return [
    ...wrapped('', `What the next deploy does, from ${next.from}:`),
    ...stacks.flatMap((stack, index) => (isUntouched(stack) ? [] : stackLines(stack, index + 1))),
    ...(untouched > 0 ? [`Unchanged: ${untouched} of ${stacks.length} stacks.`] : []),
    ...wrapped('', inLanguage(totals(next))),
  ];
}

export function totals(next: NextDeploy): string {
  const counts = effectCounts(next.plan.stacks);
  const told = effects.map((effect) => `${effectTitles[effect].toLowerCase()}: ${counts[effect]}`);
  return `${told.join(', ')}; ${about(minutesOf(next)) || 'nothing to wait for'}`;
}

export function about(minutes: number): string {
  return minutes > 0 ? `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '';
}

/** Such as "3 created" and "1 replaced". */
export function countsOf(counts: ReturnType<typeof excerptOf>['counts']): string[] {
  return changeKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
}

/** A change in words, such as "replaced Media (AWS::S3::Bucket): BucketName". */
export function changeText({ kind, id, type, properties, uncertain }: ResourceChange): string {
  const because = properties.length > 0 ? `: ${properties.slice(0, 4).join(', ')}` : '';
  return `${kind} ${id} (${type})${because}${uncertain ? '; AWS may replace it' : ''}`;
}

/** What a finding says, without what to do about it. @param said in what language. @default English */
export function findingText(
  { resource, type, says }: Finding,
  said: (english: string) => string = (english) => english,
): string {
  const text = said(display(says));
  return resource === undefined
    ? said(`the stack ${text}`)
    : `${resource}${type ? ` (${type})` : ''} ${text}`;
}

function stackLines(stack: PlannedStack, position: number): string[] {
  const { counts, changes, moreChanges, findings, moreFindings } = excerptOf(stack, most);
  const { stack: name, region, action, minutes } = stack;
  const work = [...countsOf(counts), about(minutes)].filter(Boolean).map(inLanguage).join(', ');
  return [
    ...wrapped('', `${position}. ${name}${region && ` (${region})`}`),
    ...wrapped('   ', `${action}${work && `: ${work}`}`),
    ...changes.flatMap((change) => wrapped('   ', inLanguage(changeText(change)))),
    ...(moreChanges > 0 ? [`   ... and ${moreChanges} more changes in rows.json`] : []),
    ...findings.flatMap(findingLines),
    ...(moreFindings > 0 ? [`   ... and ${moreFindings} more of these in rows.json`] : []),
  ];
}

function findingLines(finding: Finding): string[] {
  return [
    ...wrapped('   ', `${effectTitles[finding.effect]}  ${findingText(finding, inLanguage)}`),
    ...wrapped('      ', inLanguage(finding.way)),
    // Whole, so that it can be copied.
    ...(finding.commands ?? []).map((command) => `      $ ${command}`),
    `      ${finding.source}`,
  ];
}

/** Breaks between words; what follows the first line stands two columns further in. */
function wrapped(indent: string, text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const start = lines.length === 0 ? indent : `${indent}  `;
    if (line !== '' && start.length + line.length + 1 + word.length > width) {
      lines.push(start + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, (lines.length === 0 ? indent : `${indent}  `) + line];
}
