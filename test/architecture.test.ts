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
  const stands = stackDependencies(file, 'production');
  const { CustomerData, ...always } = documented();
  // Only where the config says who opens exports.
  expect(stands).toEqual('CustomerData' in stands ? { ...always, CustomerData } : always);
});

/**
 * What each room of lib/ may import of the others. `app.ts` and the like at its top wire the rooms together and may import any
 * of them.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  cli: [],
  declarations: [],
  config: ['cli'],
  environment: ['cli', 'config', 'declarations'],
  checks: ['cli', 'declarations'],
  review: ['checks', 'cli', 'config', 'declarations', 'environment', 'synthesize.ts'],
};

/** Every file of lib/ with the files that it imports, both as paths below lib/. */
const imports = new Map(
  readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const code = readFileSync(join('lib', file), 'utf8');
      const imported = code.matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g);
      return [file, [...imported].map(([, path = '']) => join(dirname(file), path))];
    }),
);

/** The room of a file; a file at the top is its own. */
const roomOf = (file: string): string => file.split('/')[0] ?? '';

/** The folder of a file within its room, or the file itself where it lies between the folders. */
const folderOf = (file: string): string => file.split('/').slice(0, 2).join('/');

function between(name: (file: string) => string): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const from = name(file);
    const others = imported.map(name).filter((to) => to !== from);
    arrows.set(from, new Set([...(arrows.get(from) ?? []), ...others]));
  }
  return arrows;
}

/** What reaches itself through others. */
function inCircles(arrows: ReadonlyMap<string, Iterable<string>>): string[] {
  const reachedFrom = (from: string, reached = new Set<string>()): ReadonlySet<string> => {
    for (const next of arrows.get(from) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      reachedFrom(next, reached);
    }
    return reached;
  };
  return [...arrows.keys()].filter((each) => reachedFrom(each).has(each));
}

it('lib has the rooms that docs/architecture.md names, and each imports only what it may', () => {
  const rooms = [...between(roomOf)].filter(([room]) => !room.endsWith('.ts'));
  expect(rooms.map(([room]) => room).sort()).toEqual(Object.keys(mayImport).sort());
  const strangers = rooms.flatMap(([room, imported]) =>
    [...imported].filter((other) => !mayImport[room]?.includes(other)).map((other) => `${room} -> ${other}`),
  );
  expect(strangers).toEqual([]);
});

it('the stage is the only file of the environment that imports stacks', () => {
  const importers = [...imports]
    .filter(([, imported]) => imported.some((file) => /^environment\/\w+\/(?:[\w-]+-)?stack\.ts$/.test(file)))
    .map(([file]) => file);
  expect(importers).toEqual(['environment/stage.ts']);
});

it.each([
  ['rooms', roomOf],
  ['folders', folderOf],
  ['files', (file: string) => file],
])('the %s of lib import one way: none reaches itself through others', (_, name) => {
  const arrows = between(name);
  expect(arrows.get(name('environment/stage.ts'))).toContain(name('declarations/declare.ts'));
  expect(inCircles(arrows)).toEqual([]);
});

/** Texts of the files below test, by path. */
const testSources = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(join('test', file), 'utf8')] as const);

it('no test fails for time sooner than the configuration says', () => {
  const [, least = ''] = /testTimeout: ([\d_]+)/.exec(readFileSync('vitest.config.ts', 'utf8')) ?? [];
  const number = (text: string) => Number(text.replaceAll('_', ''));
  const impatient = testSources.filter(
    ([file, text]) =>
      file.endsWith('.test.ts') &&
      [...text.matchAll(/^ *\}, ([\d_]+)\);$/gm)].some(([, limit = '']) => number(limit) < number(least)),
  );
  expect(impatient.map(([file]) => file)).toEqual([]);
});

it('no test puts another object in the place of its environment, from which vitest could take nothing back', () => {
  const replacing = testSources.filter(([, text]) => /\bprocess\.env = /.test(text));
  expect(replacing.map(([file]) => file)).toEqual([]);
});
