import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guidanceOf } from '../../../lib/checks/guidance/index.ts';
import { rules } from '../../../lib/checks/rules/index.ts';
import { reasonInJapanese } from '../../../lib/review/report/reasons.ja.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { allExampleFiles, exampleAssembly } from '../../support/synthesize.ts';

const japanese = /[ぁ-んァ-ヶ一-龠]/;

describe('in Japanese stands', () => {
  it('every reason for which this project accepts a finding', () => {
    const reasons = allExampleFiles.flatMap((file) =>
      readAssembly(exampleAssembly(file)).acknowledgements.map(({ reason }) => reason),
    );
    expect(reasons.length).toBeGreaterThan(50);
    expect([...new Set(reasons)].filter((reason) => reasonInJapanese(reason) === undefined)).toEqual([]);
  });

  it('the reason of a web ACL that only counts, which no example accepts', () => {
    const source = readFileSync(join('lib', 'environment', 'perimeter', 'web-acl.ts'), 'utf8');
    const [, reason = ''] = /'(The config asks [^']*)'/.exec(source) ?? [];
    expect(reasonInJapanese(reason)).toMatch(japanese);
    expect(reasonInJapanese(`${reason} (accepted by Hana Mori)`)).toContain('Hana Mori');
    expect(reasonInJapanese('because we say so')).toBeUndefined();
  });

  it('every title, risk and remedy of our own rules', () => {
    const texts = rules.flatMap(({ id, title }) => {
      const guidance = guidanceOf(id);
      return [title.ja, guidance?.risk.ja, guidance?.remedy.ja].map((text) => [id, text] as const);
    });
    expect(texts.filter(([, text]) => !japanese.test(text ?? ''))).toEqual([]);
  });
});
