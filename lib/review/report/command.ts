import { Command, InvalidArgumentError, Option } from 'commander';
import { isOpen, type Row } from '../../checks/recorder/row.ts';
import { inReaders, print, progress } from '../../cli/output.ts';
import { configOption } from '../../cli/shop-options.ts';
import { checkAll, refuse } from '../../cli/user-error.ts';
import { widthOf } from '../../cli/wrap.ts';
import { factLines } from './baseline.ts';
import { shownLocation, shownResource } from './locations.ts';
import { placeOf } from './places.ts';
import { openAnswers } from './proof.ts';
import type { FailureLevel, Review } from './review.ts';

interface ReviewFlags {
  readonly config?: string;
  readonly template?: readonly string[];
  readonly assembly?: string;
  readonly baseline?: string;
  readonly from?: string;
  readonly status?: readonly string[];
  readonly packs?: readonly string[];
  readonly failOn: FailureLevel;
  readonly strict?: boolean;
  readonly out: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

/** `secure-shop review`: every rule on every resource, and a report a reviewer can decide by. */
export function reviewCommand(): Command {
  return configOption(new Command('review'))
    .description(
      'Checks a shop, templates or a cloud assembly with every rule pack and writes a report. Needs no AWS account and no network.',
    )
    .addOption(
      new Option(
        '--template <file...>',
        'review CloudFormation templates, JSON or YAML, together as one environment',
      ).conflicts(['config', 'assembly']),
    )
    .addOption(
      new Option(
        '--assembly <folder>',
        'review a cloud assembly as "cdk synth" left it, such as cdk.out',
      ).conflicts(['config', 'template']),
    )
    .option('--baseline <file>', 'fail only on what this rows.json of an earlier review does not hold')
    .addOption(
      new Option(
        '--from <what>',
        'also tell what the next deploy does; what is deployed: the folder of an earlier cloud assembly, or "nothing"',
      ).conflicts('template'),
    )
    .option('--status <file...>', 'also show what "secure-shop status --evidence" wrote, beside the design')
    .option('--packs <names>', 'run these packs only, separated by commas', commaSeparated)
    .addOption(
      new Option('--fail-on <level>', 'which open findings make the exit code 1')
        .choices(['finding', 'error', 'undecided', 'never'])
        .default('finding'),
    )
    .addOption(
      new Option(
        '--strict',
        'exit 1 also for what the templates leave undecided, in a rule or in a proof; 2 when nobody judged a resource',
      ).conflicts('failOn'),
    )
    .option('--out <folder>', 'where to write the report', 'reports')
    .option('--json', 'print what rows.json holds instead of the table')
    .option('--all', 'with --json: also print a row for each rule that does not apply to a resource')
    .action(runReview);
}

async function runReview(flags: ReviewFlags): Promise<void> {
  // Loaded here and not above: reading the help must not load the CDK.
  const [{ packNames }, { readBaseline }, { review }, { openSubject }, { problemWithReport, writeReport }] =
    await Promise.all([
      import('../../checks/packs/index.ts'),
      import('./baseline.ts'),
      import('./review.ts'),
      import('./subject.ts'),
      import('./write.ts'),
    ]);
  const unknown = (flags.packs ?? []).filter((name) => !packNames.includes(name));
  const [, baseline, deployed, statuses, subjectOf] = await checkAll(
    () =>
      refuse(
        problemWithReport(flags.out),
        flags.all === true && flags.json !== true && '--all goes with --json only',
        ...unknown.map(
          (name) => `--packs: no pack is called "${name}"; write one of ${packNames.join(', ')}`,
        ),
      ),
    () => (flags.baseline === undefined ? undefined : readBaseline(flags.baseline)),
    () => (flags.from === undefined ? undefined : whatIsDeployed(flags.from)),
    () => (flags.status === undefined ? [] : statusesOf(flags.status)),
    () => openSubject(flags),
  );
  progress('Reading what is to be reviewed ...');
  const subject = await subjectOf();

  const packs = flags.packs ?? packNames;
  progress(`Running ${packs.join(', ')} on ${subject.stacks.length} stacks ...`);
  const result = review(subject, {
    packs,
    failOn: flags.strict ? 'undecided' : flags.failOn,
    ...(baseline && { baseline }),
    ...(deployed && { deployed }),
    statuses,
  });
  const files = writeReport(result, flags.out);

  for (const { text } of result.notices) progress(`NOTICE ${inReaders(text)}`);
  if (flags.json) await printRows(result, flags.all ?? false);
  else await printTable(result);
  progress(`Report: ${files.join(', ')}`);
  const undecided = flags.strict ? openAnswers(result.proofs) : 0;
  const refused = flags.failOn === 'never' ? 0 : await refusals(result.nextDeploy);
  if (result.failing.length + undecided + refused > 0) process.exitCode = 1;
  // What nobody looked at is no answer, and must not be taken for one.
  if (flags.strict && result.unjudged.length > 0) process.exitCode = 2;
}

async function statusesOf(files: readonly string[]) {
  const { readEvidence } = await import('../account/evidence.ts');
  return checkAll(...files.map((file) => () => readEvidence(file)));
}

async function whatIsDeployed(from: string) {
  const { earlierStacks } = await import('../deploys/earlier.ts');
  return { from, stacks: earlierStacks(from) };
}

/** How often AWS would refuse the next deploy: what is lost by it, `secure-shop plan` asks to accept. */
async function refusals(nextDeploy: Review['nextDeploy']): Promise<number> {
  if (!nextDeploy) return 0;
  const { effectCounts } = await import('./next-deploy.ts');
  return effectCounts(nextDeploy.plan.stacks).refused;
}

async function printRows(result: Review, all: boolean): Promise<void> {
  const { printedJson } = await import('./formats/rows.ts');
  process.stdout.write(printedJson(result, all));
}

/** What one change would mend is shown once, with every rule that found it. */
async function printFindings(rows: readonly Row[]): Promise<void> {
  const [{ byCause, wrong }, { findings }] = await Promise.all([
    import('./causes.ts'),
    import('../japanese/index.ts'),
  ]);
  const causes = byCause(rows);
  const most = 40;
  for (const [first, ...others] of causes.slice(0, most)) {
    if (!first) continue;
    const { resource, rule } = first;
    const source = placeOf(first);
    const where = source ? `  (${shownLocation(source)})` : '';
    const lines = [
      `${shownResource(resource)}${where}`,
      `  ${inReaders(findings.bilingual(wrong(first)))}`,
      ...(rule.guidance ? [`  To do: ${inReaders(rule.guidance.remedy)}`] : []),
      `  ${[first, ...others].map(({ finding }) => finding).join(', ')}`,
    ];
    print(...lines);
  }
  if (causes.length > most) print(`... and ${causes.length - most} more in the report`);
}

const heads = [
  { en: 'pack', ja: 'パック' },
  { en: 'rules evaluated', ja: '評価したルール' },
  { en: 'compliant', ja: '適合' },
  { en: 'acknowledged', ja: '承認済み' },
  { en: 'open', ja: '未解決' },
];

async function printTable({ packs, rows, change, nextDeploy, failing, proofs }: Review): Promise<void> {
  const findings = rows.filter(isOpen);
  await printFindings(change ? change.added : findings);

  const table = packs.map(({ pack, rules, outcomes, open: count }) =>
    [pack, rules, outcomes.compliant, outcomes.acknowledged, count].map(String),
  );
  const lines = [heads.map(inReaders), ...table];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  print('');
  for (const line of lines) {
    const cells = line.map((cell, column) => {
      const room = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
      return column === 0 ? cell + room : room + cell;
    });
    print(cells.join('  '));
  }
  print('');
  if (change) {
    print(
      `Against ${change.baseline}: ${change.added.length} new, ${change.accepted.length} newly accepted, ${change.remaining} remaining, ${change.resolved.length} resolved${change.unasked > 0 ? `, ${change.unasked} of packs that did not run` : ''}.`,
    );
    print(...factLines(change));
  }
  if (nextDeploy) {
    const { nextDeployLines } = await import('./next-deploy-text.ts');
    print(...nextDeployLines(nextDeploy), '');
  }
  const undecided = rows.filter(({ outcome }) => outcome === 'undecided').length;
  if (undecided > 0) print(`Not decidable from the templates alone: ${undecided}. See the report.`);
  const open = openAnswers(proofs);
  const doubt = open > 0 ? ` But for ${open} undecided ways to read or to connect.` : '';
  const { reservations } = await import('./standings.ts');
  for (const { id, accepted, doubts } of reservations(rows, proofs)) {
    if (accepted.length > 0) print(`${id} does not hold, accepted: ${accepted.join(', ')}`);
    if (doubts.length > 0) print(`${id} holds, but for ${doubts.length} undecided.`);
  }
  const refused = (await refusals(nextDeploy)) > 0 ? ' But AWS would refuse the next deploy.' : '';
  print(conclusion(rows.length, failing.length) + doubt + refused);
}

function conclusion(checked: number, failing: number): string {
  if (checked === 0) return 'Nothing was checked: no rule applies to any of these resources.';
  if (failing === 0) return 'No open finding to act on.';
  return `${failing} open ${failing === 1 ? 'finding' : 'findings'}.`;
}

function commaSeparated(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) throw new InvalidArgumentError('name at least one pack');
  return names;
}
