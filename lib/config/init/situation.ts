import type { Bilingual, Situation } from './decision.ts';

/** What is asked before anything is configured. */
export interface SituationQuestion {
  readonly id: keyof Situation;
  readonly asks: string;
  readonly choices?: readonly { readonly value: string; readonly label: Bilingual }[];
}

export const situationQuestions: readonly SituationQuestion[] = [
  {
    id: 'keeper',
    asks: 'Who will look after the shop?',
    choices: [
      { value: 'me', label: { en: 'I, or somebody of ours', ja: '自分か、身内の者' } },
      { value: 'contractor', label: { en: 'a contractor', ja: '外部の会社' } },
      { value: 'nobody', label: { en: 'nobody in particular', ja: '決まっていない' } },
    ],
  },
  { id: 'hours', asks: 'How many hours a week does that person have for it?' },
  { id: 'budget', asks: 'How many US dollars a month may running it cost?' },
  {
    id: 'design',
    asks: 'How much freedom of design do you need?',
    choices: [
      { value: 'standard', label: { en: 'a standard page does', ja: '標準のページで足りる' } },
      { value: 'own', label: { en: 'a design, or functions, of our own', ja: '独自のデザインや機能が要る' } },
    ],
  },
  {
    id: 'data',
    asks: 'What will you keep of your customers?',
    choices: [
      { value: 'orders', label: { en: 'orders: names and addresses', ja: '注文（名前と住所）' } },
      { value: 'accounts', label: { en: 'accounts with passwords', ja: 'パスワードのある会員登録' } },
      {
        value: 'sensitive',
        label: { en: 'what hurts if it leaks, such as health', ja: '健康など、漏れると困る情報' },
      },
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
