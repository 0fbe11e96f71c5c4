import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import type { Situation } from './decision.ts';
import { type Answers, isAsked, questions } from './questions.ts';
import { problemWith } from './shop-of-answers.ts';
import { problemWithSituation, situationQuestions } from './situation.ts';

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
        validate: (typed) => validate((typed ?? '').trim()),
      });
  if (isCancel(answer)) {
    cancel('Nothing was written.');
    process.exitCode = cancelled;
    return undefined;
  }
  return answer.trim();
}

/** The questions before the config, those besides that a flag has answered. */
export async function askSituation(given: Partial<Situation>): Promise<Situation | undefined> {
  intro('secure-shop init: first whether, then how. Ctrl-C leaves nothing behind.');
  const situation: Record<string, string | number> = { ...given };
  for (const question of situationQuestions) {
    const { id, asks, choices } = question;
    if (situation[id] !== undefined) continue;
    const answer = await ask(asks, { ...(choices && { choices }) }, (typed) =>
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
    const { id, asks, choices, byDefault, example } = question;
    if (answers[id] !== undefined || !isAsked(question, answers)) continue;
    const initial = byDefault?.(answers);
    const answer = await ask(
      asks,
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
