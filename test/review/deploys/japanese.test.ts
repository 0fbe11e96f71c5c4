import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answerInJapanese } from '../../../lib/review/japanese/answers/index.ts';
import { countedTypes } from '../../../lib/review/preflight/quotas/counted-types.ts';
import { demands } from '../../../lib/review/preflight/quotas/demands.ts';
import { propertyTexts } from '../report/reason-texts.ts';

const folder = 'lib/review/deploys';
/** What AWS demands of a template alone is for those who write templates; all else may happen to an owner. */
const ofOwners = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('demands/'))
  .map((file) => [file, textsOf(file)] as const)
  .filter(([, texts]) => texts.length > 0);

function textsOf(file: string): string[] {
  return (
    propertyTexts(join(folder, file), ['says', 'way', 'why'])
      .filter((text) => / /.test(text.replaceAll('{}', '').trim()))
      // Composed of texts that stand here as well, or of one and of the words of AWS.
      .filter((text) => !/^\{\} \w+ \{\}$|\w\{\}|^\{\} \([^)]*\)$/.test(text))
  );
}

const isJapanese = (text: string | undefined) => /[ぁ-んァ-ヶ一-龠]/.test(text ?? '');

it.each(ofOwners)('whoever reads Japanese reads in it what %s says', (_, texts) => {
  const said = (text: string) =>
    answerInJapanese(text.replaceAll('{}', 'Shop1')) ??
    // Some are put behind the name of a property, or before a status.
    answerInJapanese(`Shop1 ${text}`) ??
    answerInJapanese(`${text} (STATUS)`);
  expect(texts.filter((text) => !isJapanese(said(text)))).toEqual([]);
});

it('finds what those files say', () => {
  expect(ofOwners.length).toBeGreaterThan(12);
});

it('whoever reads Japanese reads in it what each quota is called, and where it counts', () => {
  const titles = [...demands, ...Object.values(countedTypes)].map(({ title }) => title);
  // Names of AWS stay as they are.
  const unsaid = titles.filter(
    (title) => /[a-z]{4,} ?[a-z]*/.test(title) && answerInJapanese(title) === undefined,
  );
  expect(unsaid).toEqual([]);
  expect(
    titles.filter((title) => !answerInJapanese(`${title} in ap-northeast-1`)?.endsWith('（ap-northeast-1）')),
  ).toEqual([]);
});
