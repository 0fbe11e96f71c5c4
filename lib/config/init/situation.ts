import type { Situation } from './decision.ts';

/** What is asked before anything is configured. */
export interface SituationQuestion {
  readonly id: keyof Situation;
  readonly asks: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

export const situationQuestions: readonly SituationQuestion[] = [
  {
    id: 'keeper',
    asks: 'Who will look after the shop?',
    choices: [
      { value: 'me', label: 'I, or somebody of ours' },
      { value: 'contractor', label: 'a contractor' },
      { value: 'nobody', label: 'nobody in particular' },
    ],
  },
  { id: 'hours', asks: 'How many hours a week does that person have for it?' },
  { id: 'budget', asks: 'How many US dollars a month may running it cost?' },
  {
    id: 'design',
    asks: 'How much freedom of design do you need?',
    choices: [
      { value: 'standard', label: 'a standard page does' },
      { value: 'own', label: 'a design, or functions, of our own' },
    ],
  },
  {
    id: 'data',
    asks: 'What will you keep of your customers?',
    choices: [
      { value: 'orders', label: 'orders: names and addresses' },
      { value: 'accounts', label: 'accounts with passwords' },
      { value: 'sensitive', label: 'what hurts if it leaks, such as health' },
    ],
  },
];

/** What is wrong with an answer; undefined when nothing is. */
export function problemWithSituation({ id, choices }: SituationQuestion, answer: string): string | undefined {
  if (choices) {
    const values = choices.map(({ value }) => value);
    return values.includes(answer)
      ? undefined
      : `found ${JSON.stringify(answer.slice(0, 60))}; write one of ${values.join(', ')}`;
  }
  return /^\d{1,7}(\.\d+)?$/.test(answer.trim())
    ? undefined
    : `found ${JSON.stringify(answer.slice(0, 60))}; write a number, such as ${id === 'hours' ? 4 : 600}`;
}
