import { inReaders } from '../../cli/output.ts';
import { commandsInJapanese } from '../../cli/reference.ja.ts';
import type { Question } from './questions.ts';
import type { SituationQuestion } from './situation.ts';

/** What the flag of a question asks, with the answers that it takes. */
export function describedByFlag({ asks, choices }: Question | SituationQuestion): string {
  const values = choices?.map((choice) => (typeof choice === 'string' ? choice : choice.value));
  return values ? `${asks} (${values.join(', ')})` : asks;
}

/** What a question asks, in the language of the reader; the answers that it takes are shown beside it. */
export function askedInWords(question: Question | SituationQuestion): string {
  const translated = commandsInJapanese[describedByFlag(question)];
  const ja = question.choices ? translated?.replace(/（[^（]*）$/, '') : translated;
  return inReaders({ en: question.asks, ja: ja ?? question.asks });
}
