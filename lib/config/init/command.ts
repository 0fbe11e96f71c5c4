import { statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { inReaders, print } from '../../cli/output.ts';
import { packageRoot } from '../../cli/package-root.ts';
import { checkAll, refuse, UserError } from '../../cli/user-error.ts';
import { problemWithNewFile, writeNewFile } from '../../cli/written-files.ts';
import { contractPoints, recommend, type Situation, tradeOffs, ways } from './decision.ts';
import { type Answers, flagOf, isAsked, type Question, questions } from './questions.ts';
import { problemWithSituation, situationQuestions } from './situation.ts';
import { askedInWords, describedByFlag } from './words.ts';

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
  for (const question of [...situationQuestions, ...questions]) {
    command.option(`${flagOf(question.id)} <answer>`, describedByFlag(question));
  }
  return command.action(runInit);
}

async function runInit(options: InitOptions): Promise<void> {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const given = givenAnswers(options);
  const decides = situationQuestions.every(({ id }) => options[id] !== undefined);
  const answers = interactive ? given : withDefaults(given);
  const nothingToWrite = !interactive && decides && Object.keys(given).length === 0;
  // Before anybody types answers that a wrong flag would make worthless.
  const [, situation] = await checkAll(
    () => refuse(problemWithOutput(options.output)),
    () => givenSituation(options),
    async () => refuse(...(nothingToWrite ? [] : await problemsWith(answers))),
  );
  if (interactive) {
    const { askSituation, askAnswers } = await import('./ask.ts');
    const told = await askSituation(situation);
    if (told === undefined) return;
    say(told);
    const all = await askAnswers(answers);
    if (all !== undefined) await write(all, options.output);
    return;
  }
  if (decides) say(situation as Situation);
  if (!nothingToWrite) await write(answers, options.output);
}

/** What is written imports and exports: no CommonJS, no JSON. */
const configEndings = /\.m?[jt]s$/;

function problemWithOutput(output: string): string | undefined {
  const found = statSync(resolve(output), { throwIfNoEntry: false });
  if (output === '' || found?.isDirectory())
    return `--output: ${output || '""'} is no file; write one, such as shop.config.ts`;
  if (!found && !configEndings.test(output))
    return `--output: ${output} cannot be a config; name a file that ends in .ts`;
  return problemWithNewFile('--output', output);
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

/** What is wrong with answers, and which are missing: an empty one that has no default. */
async function problemsWith(answers: Answers): Promise<string[]> {
  const { problemWith } = await import('./shop-of-answers.ts');
  return questions.flatMap((question) => {
    const { id, byDefault } = question;
    const answer = answers[id];
    if (answer === undefined || !isAsked(question, answers)) return [];
    if (answer === '') return byDefault?.(answers) === '' ? [] : [missing(question)];
    const problem = problemWith(question, answer, answers);
    return problem === undefined ? [] : [`${flagOf(id)}: ${problem}`];
  });
}

/** Writes the config in one go, or names what keeps answers that are right from being a config together. */
async function write(answers: Answers, shown: string): Promise<void> {
  const [{ parsePlainShop }, { byFlag, comments, shopOf }, { configFile }] = await Promise.all([
    import('../index.ts'),
    import('./shop-of-answers.ts'),
    import('./config-file.ts'),
  ]);
  const output = resolve(shown);
  const shop = shopOf(answers);
  try {
    parsePlainShop(shop, { folder: dirname(output) });
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.problems.map(byFlag)) : error;
  }
  writeNewFile('--output', shown, configFile(shop, libraryFor(output), comments()));
  const named = shown === 'shop.config.ts' ? '' : ` -c ${shown}`;
  const next = [
    `npx --no-install secure-shop review${named}`,
    `npx --no-install secure-shop cost${named}`,
    inReaders({ en: 'docs/first-deploy.md', ja: 'docs/first-deploy.ja.md' }),
  ];
  const written = { en: `${shown} is written. Next:`, ja: `${shown} を書きました。次：` };
  print(inReaders(written), ...next.map((step) => `  ${step}`));
}

function missing(question: Question): string {
  const { id, example, choices } = question;
  const [flag, asks] = [flagOf(id), askedInWords(question)];
  const all = choices?.join(', ');
  const en = all ? `; write one of ${all}` : example ? `, such as ${example}` : '';
  const ja = all ? `。次のどれかを書いてください：${all}` : example ? `。例：${example}` : '';
  return inReaders({ en: `${flag} is missing: ${asks}${en}`, ja: `${flag} がありません：${asks}${ja}` });
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
  const chosen = tradeOffs[way].name;
  const recommended = {
    en: `Recommended: ${chosen.en}. You decide; docs/decide.md says more.`,
    ja: `おすすめ：${chosen.ja}。決めるのはあなたです。詳しくは docs/decide.ja.md。`,
  };
  print(
    inReaders(recommended),
    ...reasons.map((reason) => `  - ${inReaders(reason)}`),
    ...ways.flatMap((each) => {
      const { name, fees, design, data, work } = tradeOffs[each];
      return [
        inReaders({ en: `${name.en}:`, ja: `${name.ja}：` }),
        `  ${inReaders({ en: `money: ${fees.en}`, ja: `費用：${fees.ja}` })}`,
        `  ${inReaders({ en: `design: ${design.en}`, ja: `デザイン：${design.ja}` })}`,
        `  ${inReaders({ en: `customers: ${data.en}`, ja: `顧客：${data.ja}` })}`,
        `  ${inReaders({ en: `your work: ${work.en}`, ja: `自分の仕事：${work.ja}` })}`,
      ];
    }),
    ...(way === 'outsourced'
      ? [
          inReaders({ en: 'A contract must settle:', ja: '契約で決めること：' }),
          ...contractPoints.map((point) => `  - ${inReaders(point)}`),
        ]
      : []),
    '',
  );
}
