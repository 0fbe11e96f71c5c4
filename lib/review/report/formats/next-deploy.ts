import {
  changeKinds,
  effectCounts,
  excerptOf,
  isUntouched,
  minutesOf,
  type NextDeploy,
} from '../next-deploy.ts';
import { about, changeText, effectTitles, findingText, totals } from '../next-deploy-text.ts';
import { md } from './markdown.ts';

const mostStacks = 60;
const mostLines = 30;
/** Of one stack. */
const most = 10;

/** The section of `summary.md`; commands and sources stand in the page. */
export function nextDeployMarkdown(next: NextDeploy): string[] {
  const { stacks } = next.plan;
  const touched = stacks.filter((stack) => !isUntouched(stack));
  const excerpts = touched.map((stack) => ({ stack, ...excerptOf(stack, most) }));
  const findings = excerpts.flatMap(({ stack, findings }) =>
    findings.map(
      (finding) =>
        `- **${effectTitles[finding.effect]}** ${md(stack.stack)}: ${md(findingText(finding))}. ${md(finding.way)}`,
    ),
  );
  const replaced = excerpts.flatMap(({ stack, changes }) =>
    changes
      .filter(({ kind }) => kind === 'replaced' || kind === 'removed')
      .map((change) => `- ${md(stack.stack)}: ${md(changeText(change))}`),
  );
  return [
    '### What the next deploy does',
    '',
    `From ${md(next.from)}: ${totals(next)}.`,
    '',
    ...(touched.length > 0
      ? [
          '| Stack | | Created | Changed | Replaced | Removed | Time |',
          '|---|---|---:|---:|---:|---:|---|',
          ...excerpts
            .slice(0, mostStacks)
            .map(
              ({ stack, counts }) =>
                `| ${md(stack.stack)} | ${stack.action} | ${changeKinds.map((kind) => counts[kind]).join(' | ')} | ${about(stack.minutes)} |`,
            ),
          '',
        ]
      : []),
    ...(touched.length > mostStacks ? [`and ${touched.length - mostStacks} more stacks.`, ''] : []),
    ...bounded([...findings, ...replaced]),
  ];
}

function bounded(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - mostLines;
  return [...lines.slice(0, mostLines), ...(rest > 0 ? ['', `and ${rest} more in the report.`] : []), ''];
}

/** The section of `rows.json`: the whole plan. */
export function writtenNextDeploy(next: NextDeploy) {
  return {
    from: next.from,
    ...effectCounts(next.plan.stacks),
    minutes: minutesOf(next),
    stacks: next.plan.stacks,
  };
}
