import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answerInJapanese } from '../../../lib/review/japanese/answers/index.ts';
import { propertyTexts } from '../report/reason-texts.ts';

/** What happens to an owner; what AWS refuses in a template is for those who write templates. */
const ofOwners = [
  'database-kind',
  'durations',
  'effects',
  'left-behind',
  'refused-changes',
  'removal',
  'rollback',
  'statuses',
  'verdict',
];

it.each(ofOwners)('whoever reads Japanese reads in it what %s.ts says', (file) => {
  const texts = propertyTexts(join('lib/review/deploys', `${file}.ts`), ['says', 'way', 'why'])
    .filter((text) => / /.test(text.replaceAll('{}', '').trim()))
    // Composed of texts that stand here as well.
    .filter((text) => !/^\{\} |\w\{\}/.test(text));
  expect(texts.length).toBeGreaterThan(0);
  const said = (text: string) =>
    answerInJapanese(text.replaceAll('{}', 'Shop1')) ??
    // Some are put behind the name of a property, or before a status.
    answerInJapanese(`Shop1 ${text}`) ??
    answerInJapanese(`${text} (STATUS)`);
  expect(texts.filter((text) => !/[ぁ-んァ-ヶ一-龠]/.test(said(text) ?? ''))).toEqual([]);
});
