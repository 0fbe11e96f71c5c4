import { inReaders } from '../../cli/output.ts';
import type { Path } from '../problem.ts';
import { pathText } from '../problem.ts';
import { read } from '../reader.ts';
import { shopSchema } from '../schema.ts';
import { type Answers, environmentPath, flagOf, isAsked, type Question, questions } from './questions.ts';

/** The config that answers make: what nobody answered is not in it. */
export function shopOf(answers: Answers): unknown {
  const shop: Container = {};
  for (const question of questions) {
    const answer = answers[question.id];
    if (answer === undefined || answer === '' || !isAsked(question, answers)) continue;
    put(shop, question.path, settingOf(question, answer));
  }
  return shop;
}

/** What is wrong with one answer by itself, in the words of the schema; undefined when nothing is. */
export function problemWith(question: Question, answer: string, answers: Answers): string | undefined {
  if (question.choices && !question.choices.includes(answer)) {
    return `found ${JSON.stringify(answer.slice(0, 60))}; write one of ${question.choices.join(', ')}`;
  }
  if (question.id === 'mail') return undefined;
  const place = pathText(question.path);
  const problems: string[] = [];
  read(shopSchema, shopOf({ ...answers, [question.id]: answer }), (path, text) => {
    if (pathText(path).startsWith(place)) problems.push(text);
  });
  // An answer that is empty stands nowhere, and the schema misses it there.
  return answer === '' && question.byDefault?.(answers) === '' ? undefined : problems[0];
}

/** A problem of the config, by the flag whose answer stands at its place. */
export function byFlag(problem: string): string {
  const question = questions.findLast(({ path }) => problem.startsWith(pathText(path)));
  return question
    ? `${flagOf(question.id)}: ${problem.slice(pathText(question.path).length).replace(/^[^ ]*: /, '')}`
    : problem;
}

interface Container {
  [key: string | number]: unknown;
}

function settingOf({ id, kind }: Question, answer: string): unknown {
  if (kind === 'number' && /^\d+$/.test(answer)) return Number(answer);
  if (kind === 'list') return answer.split(',').map((entry) => entry.trim());
  if (id === 'mail') return mails[answer] ?? answer;
  return answer;
}

/** Host and sender of a mail server are answers of their own. */
const mails: Readonly<Record<string, unknown>> = { ses: { provider: 'ses' }, smtp: {}, none: 'none' };

function put(shop: Container, path: Path, value: unknown): void {
  let inner = shop;
  for (const [index, key] of path.slice(0, -1).entries()) {
    const next = inner[key];
    if (typeof next === 'object' && next !== null) inner = next as Container;
    else {
      const made = typeof path[index + 1] === 'number' ? [] : {};
      inner[key] = made;
      inner = made as Container;
    }
  }
  const last = path[path.length - 1];
  if (last !== undefined) inner[last] = structuredClone(value);
}

/** Where the comment of each answer stands, in the language of the reader. */
export function comments(): ReadonlyMap<string, string> {
  return new Map([
    [
      pathText(environmentPath),
      inReaders({
        en: 'Another environment, such as staging, stands beside it: docs/configuration.md.',
        ja: 'staging のような環境も並べて書ける：docs/configuration.ja.md。',
      }),
    ],
    ...questions.map(({ path, comment }): [string, string] => [pathText(path), inReaders(comment)]),
  ]);
}
