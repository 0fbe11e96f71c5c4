import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** What each folder of lib/ imports from others; a file that stands alone counts as a folder. */
function importsBetweenFolders(): Map<string, Set<string>> {
  const imports = new Map<string, Set<string>>();
  const folderOf = (file: string) => file.split('/')[0] ?? '';
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const code = readFileSync(join('lib', file), 'utf8');
    const imported = [...code.matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g)]
      .map(([, path = '']) => folderOf(join(dirname(file), path)))
      .filter((folder) => folder !== folderOf(file));
    imports.set(folderOf(file), new Set([...(imports.get(folderOf(file)) ?? []), ...imported]));
  }
  return imports;
}

it('the folders of lib import one way: none reaches itself through others', () => {
  const imports = importsBetweenFolders();
  const reachedFrom = (folder: string, reached = new Set<string>()): ReadonlySet<string> => {
    for (const next of imports.get(folder) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      reachedFrom(next, reached);
    }
    return reached;
  };
  expect(imports.get('stage.ts')).toContain('network');
  expect([...imports.keys()].filter((folder) => reachedFrom(folder).has(folder))).toEqual([]);
});
