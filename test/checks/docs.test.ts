import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rules } from '../../lib/checks/rules/index.ts';

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
