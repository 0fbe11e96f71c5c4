import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Bilingual } from '../../../lib/checks/bilingual.ts';
import { guidanceOf } from '../../../lib/checks/guidance/index.ts';
import { rules } from '../../../lib/checks/rules/index.ts';
import { acceptedInJapanese, findings } from '../../../lib/review/japanese/index.ts';
import { pageData } from '../../../lib/review/report/page/data.ts';
import { review } from '../../../lib/review/report/review.ts';
import { subjectFromAssembly } from '../../../lib/review/report/subject.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { allExampleFiles, exampleAssembly } from '../../support/synthesize.ts';
import { reasonTexts } from './reason-texts.ts';

const japanese = /[ぁ-んァ-ヶ一-龠]/;

describe('in Japanese stands', () => {
  it('every reason for which this project accepts a finding', () => {
    const reasons = allExampleFiles.flatMap((file) =>
      readAssembly(exampleAssembly(file)).acknowledgements.map(({ reason }) => reason),
    );
    expect(reasons.length).toBeGreaterThan(50);
    expect([...new Set(reasons)].filter((reason) => acceptedInJapanese(reason) === undefined)).toEqual([]);
  });

  it('the reason of a web ACL that only counts, which no example accepts', () => {
    const source = readFileSync(join('lib', 'environment', 'perimeter', 'web-acl.ts'), 'utf8');
    const [, reason = ''] = /'(The config asks [^']*)'/.exec(source) ?? [];
    expect(acceptedInJapanese(reason)).toMatch(japanese);
    expect(acceptedInJapanese(`${reason} (accepted by Hana Mori)`)).toContain('Hana Mori');
    expect(acceptedInJapanese('because we say so')).toBeUndefined();
  });

  it('every title, risk and remedy of our own rules', () => {
    const texts = rules.flatMap(({ id, title }) => {
      const guidance = guidanceOf(id);
      return [title.ja, guidance?.risk.ja, guidance?.remedy.ja].map((text) => [id, text] as const);
    });
    expect(texts.filter(([, text]) => !japanese.test(text ?? ''))).toEqual([]);
  });

  it('everything by which a rule says that something does not hold or cannot be told', () => {
    const texts = reasonTexts(join('lib', 'checks', 'rules')).filter((text) => /[a-z]/.test(text));
    expect(texts.length).toBeGreaterThan(500);
    const value = 'Shop1';
    expect(
      texts.filter((text) => !japanese.test(findings.inJapanese(text.replaceAll('{}', value)) ?? '')),
    ).toEqual([]);
  });

  it('a text with values in it, and several in a row', () => {
    expect(findings.inJapanese('MinRetentionDays is 3; expected 7 or more')).toBe(
      'MinRetentionDays が 3。7 以上であるべき',
    );
    expect(findings.inJapanese('has no rules; Mode is off; expected on; has no certificate')).toBe(
      'ルールがない；Mode が off。on であるべき；証明書がない',
    );
    expect(findings.inJapanese('admits KP besides the declared JP')).toBe('宣言した JP のほかに KP も通す');
    expect(findings.inJapanese('something that no rule says')).toBeUndefined();
  });

  it.each(['examples/custom-high-availability.ts', 'examples/disposable-staging.ts'] as const)(
    'all that the page says of %s, but for rules of others and for names',
    (file) => {
      const reviewed = review(subjectFromAssembly(exampleAssembly(file)), {
        packs: ['SecureShop'],
        failOn: 'finding',
      });
      const said = [...bilingualsIn(pageData(reviewed))];
      expect(said.length).toBeGreaterThan(500);
      expect(said.filter(({ en, ja }) => sentence.test(en) && sentence.test(ja)).map(({ en }) => en)).toEqual(
        [],
      );
    },
  );
});

/** English words in a row, which no name has. */
const sentence = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;

function* bilingualsIn(value: unknown): Generator<Bilingual> {
  if (typeof value !== 'object' || value === null) return;
  if ('en' in value && 'ja' in value) yield value as Bilingual;
  else for (const inner of Object.values(value)) yield* bilingualsIn(inner);
}
