import type { Bilingual } from '../../../checks/bilingual.ts';
import type { Standing } from '../../account/check.ts';
import type { Evidence } from '../../account/evidence.ts';
import { answerInJapanese } from '../../japanese/answers/index.ts';

/** How a deployed environment fared when somebody asked last. */
export interface PageStatus {
  readonly environment: string;
  /** ISO 8601. */
  readonly asked: string;
  readonly counts: Readonly<Record<Standing, number>>;
  /** Names of stacks whose deployed template is not the one of the config, or was not seen. */
  readonly differing: readonly string[];
  readonly answers: readonly {
    readonly standing: Standing;
    readonly about: Bilingual;
    readonly says: Bilingual;
    readonly todo: Bilingual;
  }[];
}

/** What is wrong comes first. */
const order: readonly Standing[] = ['problem', 'look', 'hidden', 'ready'];

export function pageStatus({ environment, began, counts, templates, answers }: Evidence): PageStatus {
  return {
    environment,
    asked: began,
    counts,
    differing: templates.filter(({ reviewed, deployed }) => reviewed !== deployed).map(({ stack }) => stack),
    answers: answers
      .map(({ standing, about, says, todo = '' }) => ({
        standing,
        about: bilingual(about),
        says: bilingual(says),
        todo: bilingual(todo),
      }))
      .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing)),
  };
}

function bilingual(en: string): Bilingual {
  return { en, ja: answerInJapanese(en) ?? en };
}
