import type { Answered } from '../../../lib/review/account/check.ts';
import { answerInJapanese } from '../../../lib/review/japanese/answers/index.ts';

const japanese = /[ぁ-んァ-ヶ一-龠]/;

/** Sentences of answers that whoever reads Japanese would read in English. */
export function untranslated(answers: readonly Answered[]): string[] {
  return answers
    .flatMap(({ says, todo = '' }) => [says, todo])
    .filter((text) => /[a-z]{2,} /.test(text) && !japanese.test(answerInJapanese(text) ?? ''));
}
