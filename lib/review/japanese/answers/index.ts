import { type Translate, type Translation, translator } from '../../../cli/language/pattern.ts';
import { findings } from '../index.ts';
import { commonAnswers } from './account.ts';
import { demandAnswers } from './demands.ts';
import { networkDemandAnswers } from './demands-of-networks.ts';
import { serviceDemandAnswers } from './demands-of-services.ts';
import { planAnswers } from './deploys.ts';
import { needAnswers } from './needs.ts';
import { preflightAnswers } from './preflight.ts';
import { quotaAnswers } from './quotas.ts';
import { refusalAnswers } from './refusals.ts';
import { statusAnswers } from './status.ts';

const ownWords = ([english]: Translation) => english.replaceAll('{}', '').length;

/** Of two rows that fit a text, the one with more words of its own is meant. */
const answer = translator(
  [
    ...commonAnswers,
    ...preflightAnswers,
    ...quotaAnswers,
    ...statusAnswers,
    ...planAnswers,
    ...refusalAnswers,
    ...needAnswers,
    ...demandAnswers,
    ...networkDemandAnswers,
    ...serviceDemandAnswers,
  ].sort((one, other) => ownWords(other) - ownWords(one)),
);

/** What the questions to an account answer, in Japanese; what a rule found is said as the report says it. */
export const answerInJapanese: Translate = (text) =>
  answer(text) ?? findingInJapanese(text) ?? pageInJapanese(text);

/** A page that somebody is sent to. */
function pageInJapanese(text: string): string | undefined {
  const [, page] = /^docs\/([\w/-]+)\.md$/.exec(text) ?? [];
  return page && `docs/${page}.ja.md`;
}

function findingInJapanese(text: string): string | undefined {
  const [, rule, reason = ''] = /^(SecureShop-\w+(?:\[[^\]]+\])?): (.*)$/s.exec(text) ?? [];
  const said = rule && findings.inJapanese(reason);
  return said && `${rule}: ${said}`;
}
