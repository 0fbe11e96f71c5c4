import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answerInJapanese } from '../../../lib/review/japanese/answers/index.ts';
import { countedTypes } from '../../../lib/review/preflight/quotas/counted-types.ts';
import { demands } from '../../../lib/review/preflight/quotas/demands.ts';
import { propertyTexts, writtenTexts } from '../report/reason-texts.ts';

const folder = 'lib/review/deploys';
const properties = ['says', 'way', 'why', 'what', 'because'];
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, textsOf(file)] as const)
  .filter(([, texts]) => texts.length > 0);

/** What AWS demands of a template is put together of many texts, all of which are said. */
function textsOf(file: string): string[] {
  const written = file.startsWith('demands/') ? writtenTexts : propertyTexts;
  return (
    written(join(folder, file), properties)
      .filter((text) => /[a-z].* | .*[a-z]/.test(text.replaceAll('{}', '').trim()))
      // Composed of texts that stand here as well, or of one and of the words of AWS.
      .filter((text) => !/^\{\} \w+ \{\}$|\w\{\}|^\{\} \([^)]*\)$/.test(text))
  );
}

const isJapanese = (text = '') =>
  /[ぁ-んァ-ヶ一-龠]/.test(text) && !/[a-z]+ [a-z]+ [a-z]+/.test(text.replaceAll(/"[^"]*"|（[^）]*）/g, ''));

/** Some are put behind the name of a property, before a status, or around a name or number. */
const settings = [
  (text: string) => text,
  (text: string) => `Shop1 ${text}`,
  (text: string) => `${text} (STATUS)`,
  (text: string) => `${text} Shop1`,
];

it.each(files)('whoever reads Japanese reads in it what %s says', (_, texts) => {
  const said = (text: string) =>
    ['Shop1', '7']
      .flatMap((value) => settings.map((setting) => setting(text.replaceAll('{}', value))))
      .map((each) => answerInJapanese(each));
  expect(texts.filter((text) => !said(text).some(isJapanese))).toEqual([]);
});

it('finds what those files say', () => {
  expect(files.length).toBeGreaterThan(30);
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
