import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ageOf, blame } from '../../../lib/review/report/age.ts';
import { temporaryFolder, write } from './files.ts';

const file = resolve('package.json');

it('tells the age of each line of a file, and of one alone', () => {
  const ages = blame(file);
  expect(ages?.size).toBe(readFileSync(file, 'utf8').split('\n').length - 1);
  expect(ageOf({ file, line: 2, column: 1 })).toEqual(ages?.get(2));
  expect(ages?.get(2)?.since).toMatch(/^\d{4}-\d\d-\d\d$/);
});

it('says nothing where there is no history', () => {
  const elsewhere = write(temporaryFolder(), 'a.ts', 'one\n');
  expect(ageOf({ file: elsewhere, line: 1, column: 1 })).toBeUndefined();
  expect(ageOf({ file: join('/', 'nowhere.ts'), line: 1, column: 1 })).toBeUndefined();
});
