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

/** A table for people: what stands in the way, with what to do below. */
export function describeAnswers(answers: readonly Answered[]): string[] {
  return [...answers.flatMap(describe), '', conclusion(countsOf(answers))].map(printable);
}

function describe({ standing, about, says, todo, commands = [], source }: Answered): string[] {
  const line = `${marks[standing].padEnd(4)}  ${about}: ${says}`;
  if (standing === 'ready') return [line];
  return [line, `      ${todo ?? ''}`, ...commands.map((command) => `      $ ${command}`), `      ${source}`];
}

function conclusion({ problem, look, hidden }: Counts): string {
  const open = [
    problem > 0 && `${problem} in the way of a deploy`,
    look > 0 && `${look} for a person to look at`,
    hidden > 0 && `${hidden} that these credentials could not see`,
  ].filter(Boolean);
  return open.length > 0 ? `${open.join(', ')}.` : 'Nothing stands in the way of a deploy.';
}

/** What AWS answers must not move the cursor or colour the terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ');
}
