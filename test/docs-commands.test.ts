import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { secureShopProgram } from '../lib/program.ts';

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
const pages = ['README.md', 'README.ja.md', ...filesBelow('docs')].filter((file) => file.endsWith('.md'));

/** The commands of a page: after `npx --no-install secure-shop`, until the end of the code, a comment or a next command. */
function commandsOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, '');
  return [...text.matchAll(/npx --no-install secure-shop((?:[^`#|;&\n]|\n(?=[^`\n]+`))*)/g)].map(
    ([, words = '']) => words.replaceAll(/\s+/g, ' ').trim(),
  );
}

/** The program is not run. */
const unused = (): never => {
  throw new Error('the program ended');
};

/** What the command line would not understand. */
function misunderstood(line: string, top: Command): string[] {
  const words = line.match(/"[^"]*"|\S+/g) ?? [];
  let command = top;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (!next) break;
    command = next;
  }
  if (command === top && words.length > 0 && !words[0]?.startsWith('-') && words[0] !== 'COMMAND')
    return [`no command "${words[0]}"`];
  const known = [...command.options, ...top.options].flatMap(({ short, long }) => [short, long]);
  const options = words.filter((word) => /^-/.test(word)).map((word) => word.split('=')[0]);
  return options
    .filter((option) => option !== '--help' && !known.includes(option))
    .map((option) => `no option ${option}`);
}

it('every command in the documents is one that the command line understands', () => {
  const top = secureShopProgram(unused);
  expect(misunderstood('rewiev -c x', top)).toEqual(['no command "rewiev"']);
  expect(misunderstood('review -e staging', top)).toEqual(['no option -e']);
  const lines = pages.flatMap((page) => commandsOf(page).map((line) => [page, line] as const));
  expect(lines.length).toBeGreaterThan(100);
  const wrong = lines.flatMap(([page, line]) =>
    misunderstood(line, top).map((problem) => `${page}: ${line}: ${problem}`),
  );
  expect(wrong).toEqual([]);
});

it('no npm script in the documents is unknown', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = [...pages, 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(
      ([, script = '']) => `${page}: ${script}`,
    ),
  );
  expect(named.filter((each) => !(String(each.split(': ')[1]) in scripts))).toEqual([]);
});

/** Pages for those who change the project or audit it, and not for owners. */
const inEnglishOnly = ['architecture', 'deploy-notes', 'other-scanners', 'threat-model'];

it('every page for owners is in Japanese, links to it, and types the same commands', () => {
  const english = pages.filter((page) => !page.endsWith('.ja.md'));
  const alone = english.filter((page) => !pages.includes(page.replace(/\.md$/, '.ja.md')));
  const allowed = inEnglishOnly.map((name) => `docs/${name}.md`);
  expect(alone.filter((page) => !allowed.includes(page))).toEqual([]);
  for (const page of pages.filter((each) => each.endsWith('.ja.md'))) {
    const other = page.replace(/\.ja\.md$/, '.md');
    const verbs = (file: string) => commandsOf(file).map((line) => line.split(' ')[0]);
    expect([page, verbs(page).filter((verb) => !verbs(other).includes(verb))]).toEqual([page, []]);
    expect([other, readFileSync(other, 'utf8').includes(page.split('/').at(-1) ?? '')]).toEqual([
      other,
      true,
    ]);
  }
});

/** The line, with the one before: a sentence may break there. */
function around(page: string, index: number): string {
  const text = readFileSync(page, 'utf8');
  const before = text.lastIndexOf('\n', text.lastIndexOf('\n', index) - 1);
  return text.slice(before + 1, text.indexOf('\n', index));
}

it('a Japanese page leads to Japanese pages, unless it says that one is in English', () => {
  const strays = pages
    .filter((page) => page.endsWith('.ja.md'))
    .flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\(([^):#\s]+)\.md(?:#[^)]*)?\)/g)]
        .filter(({ index }) => !/English|英語/.test(around(page, index)))
        .map(([, target = '']) => join(page, '..', target))
        .filter((target) => !target.endsWith('.ja') && existsSync(`${target}.ja.md`))
        .map((target) => `${page}: ${target}`),
    );
  expect(strays).toEqual([]);
});

it('no page links to a file that is not there', () => {
  const dangling = [...pages, 'CONTRIBUTING.md', 'CHANGELOG.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => join(page, '..', target))
      .filter((target) => !existsSync(target))
      .map((target) => `${page}: ${target}`),
  );
  expect(dangling).toEqual([]);
});
