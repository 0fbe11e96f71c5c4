import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { invariantTexts } from '../../../lib/review/report/invariants.ts';

it('the report states the invariants as docs/architecture.md does', () => {
  const documented = readFileSync('docs/architecture.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| [A-Z]{3}\d \|/.test(line));
  expect(Object.entries(invariantTexts).map(([id, { en }]) => `| ${id} | ${en} |`)).toEqual(documented);
});
