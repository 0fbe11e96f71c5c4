import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import { inLanguage, inReaders } from '../../cli/output.ts';
import type { Situation } from './decision.ts';
import { type Answers, isAsked, questions } from './questions.ts';
import { problemWith } from './shop-of-answers.ts';
import { problemWithSituation, situationQuestions } from './situation.ts';
import { askedInWords } from './words.ts';

const cancelled = 130;

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Asks one question. @returns undefined after Ctrl-C: then nothing is written */
async function ask(
  message: string,
  {
    choices,
    initial,
    example,
  }: { readonly choices?: readonly Choice[]; readonly initial?: string; readonly example?: string },
  validate: (answer: string) => string | undefined,
): Promise<string | undefined> {
  const answer = choices
    ? await select({
        message,
        options: [...choices],
        ...(initial !== undefined && { initialValue: initial }),
      })
    : await text({
        message,
        ...(initial !== undefined && { initialValue: initial }),
        ...(example !== undefined && { placeholder: example }),
        validate: (typed) => {
          const problem = validate((typed ?? '').trim());
          return problem && inLanguage(problem);
        },
      });
  if (isCancel(answer)) {
    cancel(inReaders({ en: 'Nothing was written.', ja: '何も書いていません。' }));
    process.exitCode = cancelled;
    return undefined;
  }
  return answer.trim();
}

/** The questions before the config, those besides that a flag has answered. */
export async function askSituation(given: Partial<Situation>): Promise<Situation | undefined> {
  intro(
    inReaders({
      en: 'secure-shop init: first whether, then how. Ctrl-C leaves nothing behind.',
      ja: 'secure-shop init：まず始めるかどうか、次に設定。Ctrl-C で何も残さずに終わります。',
    }),
  );
  const situation: Record<string, string | number> = { ...given };
  for (const question of situationQuestions) {
    const { id, choices } = question;
    if (situation[id] !== undefined) continue;
    const labelled = choices?.map(({ value, label }) => ({ value, label: inReaders(label) }));
    const answer = await ask(askedInWords(question), { ...(labelled && { choices: labelled }) }, (typed) =>
      problemWithSituation(question, typed),
    );
    if (answer === undefined) return undefined;
    situation[id] = choices ? answer : Number(answer);
  }
  return situation as unknown as Situation;
}

/** The rest of the answers; each is checked by the schema while it is typed. */
export async function askAnswers(given: Answers): Promise<Answers | undefined> {
  const answers: Record<string, string> = { ...given };
  for (const question of questions) {
    const { id, choices, byDefault, example } = question;
    if (answers[id] !== undefined || !isAsked(question, answers)) continue;
    const initial = byDefault?.(answers);
    const answer = await ask(
      askedInWords(question),
      {
        ...(choices && { choices: choices.map((value) => ({ value, label: value })) }),
        ...(initial !== undefined && { initial }),
        ...(example !== undefined && { example }),
      },
      (typed) => problemWith(question, typed, answers),
    );
    if (answer === undefined) return undefined;
    answers[id] = answer;
  }
  return answers;
}
