import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { print } from '../../cli/output.ts';
import { packageRoot } from '../../cli/package-root.ts';
import { UserError } from '../../cli/user-error.ts';
import { contractPoints, recommend, type Situation, tradeOffs, ways } from './decision.ts';
import { type Answers, flagOf, isAsked, questions } from './questions.ts';
import { problemWithSituation, situationQuestions } from './situation.ts';

interface InitOptions extends Readonly<Record<string, unknown>> {
  readonly output: string;
}

/** `secure-shop init`: from the question whether to run a shop at all to a config that can be reviewed. */
export function initCommand(): Command {
  const command = new Command('init')
    .description(
      'Asks what an owner must decide, first whether to run a shop at all, and writes a commented shop.config.ts. Every answer is also a flag: with all of them it needs no terminal. Never overwrites a file.',
    )
    .option('-o, --output <file>', 'the file to write', 'shop.config.ts');
  for (const { id, asks, choices } of situationQuestions) {
    const option = new Option(`--${id} <answer>`, asks);
    command.addOption(
      choices
        ? new Option(option.flags, `${asks} (${choices.map(({ value }) => value).join(', ')})`)
        : option,
    );
  }
  for (const { id, asks, choices } of questions) {
    command.option(`${flagOf(id)} <answer>`, choices ? `${asks} (${choices.join(', ')})` : asks);
  }
  return command.action(runInit);
}

async function runInit(options: InitOptions): Promise<void> {
  const output = resolve(options.output);
  if (existsSync(output)) {
    throw new UserError([`--output: ${options.output} exists and is not overwritten; name another file`]);
  }
  const folder = dirname(output);
  if (!existsSync(folder)) throw new UserError([`--output: ${folder} is no folder; make it first`]);

  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const situation = givenSituation(options);
  const given = givenAnswers(options);
  if (interactive) {
    const { askSituation, askAnswers } = await import('./ask.ts');
    const told = await askSituation(situation);
    if (told === undefined) return;
    say(told);
    const answers = await askAnswers(given);
    if (answers !== undefined) await write(answers, output, options.output);
    return;
  }
  const complete = situationQuestions.every(({ id }) => situation[id] !== undefined);
  if (complete) say(situation as Situation);
  if (complete && Object.keys(given).length === 0) return;
  await write(withDefaults(given), output, options.output);
}

function givenSituation(options: InitOptions): Partial<Situation> {
  const problems: string[] = [];
  const situation: Record<string, string | number> = {};
  for (const question of situationQuestions) {
    const written = options[question.id];
    if (written === undefined) continue;
    const problem = problemWithSituation(question, String(written));
    if (problem !== undefined) problems.push(`--${question.id}: ${problem}`);
    else situation[question.id] = question.choices ? String(written) : Number(written);
  }
  if (problems.length > 0) throw new UserError(problems);
  return situation as Partial<Situation>;
}

function givenAnswers(options: InitOptions): Answers {
  const given = questions.flatMap(({ id }): [string, string][] =>
    options[id] === undefined ? [] : [[id, String(options[id]).trim()]],
  );
  return Object.fromEntries(given);
}

function withDefaults(given: Answers): Answers {
  const answers: Record<string, string> = { ...given };
  for (const { id, byDefault } of questions) answers[id] ??= byDefault?.(answers) ?? '';
  return answers;
}

/** Writes the config in one go, or names everything that keeps it from being one. */
async function write(answers: Answers, output: string, shown: string): Promise<void> {
  const [{ parsePlainShop }, { byFlag, comments, problemWith, shopOf }, { configFile }] = await Promise.all([
    import('../index.ts'),
    import('./shop-of-answers.ts'),
    import('./config-file.ts'),
  ]);
  const asked = questions.filter((question) => isAsked(question, answers));
  const problems = asked.flatMap((question) => {
    const { id, byDefault, example, asks } = question;
    const answer = answers[id] ?? '';
    if (answer === '') {
      return byDefault?.(answers) === ''
        ? []
        : [`${flagOf(id)} is missing: ${asks}${example ? `, such as ${example}` : ''}`];
    }
    const problem = problemWith(question, answer, answers);
    return problem === undefined ? [] : [`${flagOf(id)}: ${problem}`];
  });
  if (problems.length > 0) throw new UserError(problems);
  const shop = shopOf(answers);
  try {
    parsePlainShop(shop, { folder: dirname(output) });
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.problems.map(byFlag)) : error;
  }
  // `wx` fails where a file has come to stand in the meantime.
  writeFileSync(output, configFile(shop, libraryFor(output), comments()), { flag: 'wx' });
  const named = shown === 'shop.config.ts' ? '' : ` -c ${shown}`;
  const next = [
    `npx --no-install secure-shop review${named}`,
    `npx --no-install secure-shop cost${named}`,
    'docs/first-deploy.md',
  ];
  print(`${shown} is written. Next:`, ...next.map((step) => `  ${step}`));
}

/** In this repository the config imports the source; elsewhere the package. */
function libraryFor(output: string): string {
  const path = relative(dirname(output), join(packageRoot, 'lib/config/index.ts'));
  const inside = !relative(packageRoot, output).startsWith('..');
  const installed = packageRoot.includes('node_modules');
  if (!inside || installed) return 'secure-shop';
  return path.startsWith('.') ? path : `./${path}`;
}

function say(situation: Situation): void {
  const { way, reasons } = recommend(situation);
  const lines = [
    `Recommended: ${tradeOffs[way].name.en}. You decide; docs/decide.md says more.`,
    ...reasons.map(({ en }) => `  - ${en}`),
    ...ways.flatMap((each) => {
      const { name, fees, design, data, work } = tradeOffs[each];
      return [
        `${name.en}:`,
        `  money: ${fees.en}`,
        `  design: ${design.en}`,
        `  customers: ${data.en}`,
        `  your work: ${work.en}`,
      ];
    }),
    ...(way === 'outsourced'
      ? ['A contract must settle:', ...contractPoints.map(({ en }) => `  - ${en}`)]
      : []),
    '',
  ];
  print(...lines);
}
