import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sources } from '../lib/checks/requirements/index.ts';
import { invariants } from '../lib/checks/rules/rule.ts';
import { tierNames } from '../lib/config/schema/environment.ts';

const pages = ['README.md', 'README.ja.md', ...readdirSync('docs').map((name) => join('docs', name))].filter(
  (name) => name.endsWith('.md'),
);

const spelled = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
spelled.push('eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen');
const number = `(\\d+|${spelled.slice(2).join('|')})`;

const pciSections = (sources.find(({ id }) => id === 'PCI')?.requirements ?? []).filter(({ id }) =>
  /^PCI-\d+\.\d+$/.test(id),
).length;

/** What the documents count of this project, by the words that follow or lead, and how many there are. */
const counted: readonly { readonly claim: RegExp; readonly count: number }[] = [
  { claim: new RegExp(`${number} (?:statements|invariants)\\b`, 'gi'), count: invariants.length },
  { claim: /検査した (\d+) 項目/g, count: invariants.length },
  {
    claim: new RegExp(`${number} sections\\b`, 'gi'),
    count: pciSections,
  },
  { claim: /全 (\d+) 節/g, count: pciSections },
  { claim: new RegExp(`${number} tiers\\b`, 'gi'), count: tierNames.length },
  { claim: /(\d+) つのティア/g, count: tierNames.length },
  {
    claim: /Node (\d+\.\d+)(?= or newer)/g,
    count: Number(/\d+\.\d+/.exec(JSON.parse(readFileSync('package.json', 'utf8')).engines.node)?.[0]),
  },
];

const numberIn = (text: string) =>
  spelled.includes(text.toLowerCase()) ? spelled.indexOf(text.toLowerCase()) : Number(text);

it('every number that the documents count this project by is what is counted', () => {
  const claims = pages.flatMap((page) => {
    const text = readFileSync(page, 'utf8').replaceAll(/\s+/g, ' ');
    return counted.flatMap(({ claim, count }) =>
      [...text.matchAll(claim)].map(([words, written = '']) => ({
        page,
        words,
        is: numberIn(written),
        count,
      })),
    );
  });
  expect(claims.filter(({ is, count }) => is !== count)).toEqual([]);
  expect(claims.length).toBeGreaterThan(4);
});
