import { inLanguage, inReaders, printable } from '../../cli/output.ts';
import type { Answered, Standing } from './check.ts';

const marks: Readonly<Record<Standing, string>> = {
  ready: 'ok',
  problem: 'NO',
  look: 'look',
  hidden: '?',
};

export type Counts = Readonly<Record<Standing, number>>;

export function countsOf(answers: readonly Answered[]): Counts {
  const count = (standing: Standing) => answers.filter((answer) => answer.standing === standing).length;
  return { ready: count('ready'), problem: count('problem'), look: count('look'), hidden: count('hidden') };
}

/** What `problem` means for those who asked. */
export interface Wording {
  /** Such as `in the way of a deploy`. */
  readonly problem: string;
  /** When nothing is open. */
  readonly none: string;
}

/** A table for people: what is wrong, with what to do below. */
export function describeAnswers(answers: readonly Answered[], wording: Wording): string[] {
  return [...answers.flatMap(describe), '', conclusion(countsOf(answers), wording)].map(printable);
}

function describe({ standing, about, says, todo, commands = [], source }: Answered): string[] {
  const line = `${marks[standing].padEnd(4)}  ${inLanguage(about)}: ${inLanguage(says)}`;
  if (standing === 'ready') return [line];
  return [
    line,
    `      ${inLanguage(todo ?? '')}`,
    ...commands.map((command) => `      $ ${command}`),
    `      ${source}`,
  ];
}

function conclusion({ problem, look, hidden }: Counts, wording: Wording): string {
  const open = [
    ...(problem > 0 ? [`${problem} ${wording.problem}`] : []),
    ...(look > 0 ? [`${look} for a person to look at`] : []),
    ...(hidden > 0 ? [`${hidden} that these credentials could not see`] : []),
  ].map(inLanguage);
  if (open.length === 0) return inLanguage(wording.none);
  return `${open.join(inReaders({ en: ', ', ja: '、' }))}${inReaders({ en: '.', ja: '。' })}`;
}
