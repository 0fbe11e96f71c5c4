import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rulePage } from '../../lib/checks/guidance/index.ts';
import { rules } from '../../lib/checks/rules/index.ts';
import { rulePageFiles, rulePages } from '../../scripts/rule-pages.ts';

it("docs/checks.md lists every rule as it is, in the rules' own words", () => {
  const documented = readFileSync('docs/checks.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `SecureShop-') && !line.includes('DanglingReference'));
  expect(documented).toEqual(
    rules.map(({ id, title, appliesTo }) => {
      const types = appliesTo.map((type) => type.replace('AWS::', '')).join(', ');
      return `| \`${id}\` | ${title.en} | ${types} |`;
    }),
  );
});

it.each(rulePageFiles)('$file tells of every rule what the rules say', ({ file, language }) => {
  const written = readFileSync(file, 'utf8');
  expect(written).toBe(rulePages(language));
  const anchors = written
    .split('\n')
    .filter((line) => line.startsWith('## '))
    .map((line) =>
      line
        .slice(3)
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, ''),
    );
  expect(rules.map(({ id }) => rulePage(id).split('#')[1])).toEqual(anchors.slice(0, rules.length));
});

it('docs/checks.md and the package tell of every declaration', () => {
  const documented = readFileSync('docs/checks.md', 'utf8');
  const exported = readFileSync('lib/index.ts', 'utf8');
  const declared = ['declare', 'promises'].flatMap((file) =>
    [...readFileSync(`lib/declarations/${file}.ts`, 'utf8').matchAll(/^export function (declare\w+)/gm)].map(
      ([, name = '']) => name,
    ),
  );
  expect(declared.length).toBeGreaterThan(10);
  expect(declared.filter((name) => !documented.includes(`\`${name}(`))).toEqual([]);
  expect(declared.filter((name) => !new RegExp(`\\b${name}\\b`).test(exported))).toEqual([]);
});
