import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exampleFiles, stackDependencies } from './support/synthesize.ts';

/** The table of stacks in the document: what each depends on, by the stack's name. */
function documented(): Record<string, string[]> {
  const [, table = ''] = readFileSync('docs/architecture.md', 'utf8').split('## Stacks');
  const rows = table.split('\n## ')[0]?.match(/^\| [A-Z].*\|$/gm) ?? [];
  return Object.fromEntries(
    rows.map((row) => {
      const [, stack = '', , , dependencies = ''] = row.split('|').map((cell) => cell.trim());
      return [stack, dependencies.match(/[A-Z]\w+/g)?.sort() ?? []];
    }),
  );
}

it.each(exampleFiles)('the stacks of %s stand on those that docs/architecture.md names', (file) => {
  expect(stackDependencies(file, 'production')).toEqual(documented());
});
