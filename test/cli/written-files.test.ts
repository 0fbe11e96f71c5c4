import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  problemWithFile,
  problemWithFolder,
  problemWithNewFile,
  writeFile,
  writeFolder,
  writeNewFile,
} from '../../lib/cli/written-files.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-shop-written-'));
  writeFileSync(at('old'), 'as it was');
  mkdirSync(at('taken'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe('what is asked before', () => {
  it.each<[string, () => string | undefined, RegExp | undefined]>([
    ['a new file', () => problemWithNewFile('--out', at('new')), undefined],
    [
      'a new file that is there',
      () => problemWithNewFile('--out', at('old')),
      /old exists and is not overwritten/,
    ],
    ['a new file below a file', () => problemWithNewFile('--out', at('old/new')), /\(ENOTDIR: a file stands/],
    ['a file', () => problemWithFile('--out', at('new')), undefined],
    ['a file that is there', () => problemWithFile('--out', at('old')), undefined],
    ['a device', () => problemWithFile('--out', '/dev/null'), undefined],
    ['a file that is a folder', () => problemWithFile('--out', at('taken')), /\(EISDIR: a folder stands/],
    ['a file without a name', () => problemWithFile('--out', ''), /^--out: "" cannot be written/],
    [
      'a file in no folder',
      () => problemWithFile('--out', at('no/new')),
      /\(ENOENT: there is no such folder\)/,
    ],
    ['a folder that is made', () => problemWithFolder('--out', at('a/b'), ['x']), undefined],
    ['a folder below a file', () => problemWithFolder('--out', at('old/b'), ['x']), /\(ENOTDIR: /],
    ['a folder without a name', () => problemWithFolder('--out', '', ['x']), /^--out: nothing .* into "" /],
    [
      'a folder in which a name is taken',
      () => problemWithFolder('--out', folder, ['x', 'taken']),
      /, taken would/,
    ],
    // Root may write where nobody may; the kernel's own files not even root.
    [
      'a folder that takes no file',
      () => problemWithFolder('--out', '/proc/new', ['x']),
      /^--out: nothing can be/,
    ],
  ])('%s leaves nothing behind', (_, problem, says) => {
    if (says) expect(problem()).toMatch(says);
    else expect(problem()).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['old', 'taken']);
  });
});

describe('what is written', () => {
  it('is whole, over what was there or beside it', () => {
    writeNewFile('--out', at('new'), 'text');
    writeFile('--out', at('old'), 'text');
    writeFolder('--out', at('a/b'), { one: '1', two: '2' });
    const texts = ['new', 'old', 'a/b/one', 'a/b/two'].map((name) => readFileSync(at(name), 'utf8'));
    expect(texts).toEqual(['text', 'text', '1', '2']);
    expect(() => writeNewFile('--out', at('old'), 'other')).toThrow(/exists and is not overwritten/);
  });

  it('is not written at all when a part of it cannot be', () => {
    expect(() => writeFolder('--out', folder, { old: 'other', taken: 'other' })).toThrow(
      /^--out: nothing can/,
    );
    mkdirSync(at('last.new'));
    expect(() => writeFolder('--out', folder, { old: 'other', last: 'other' })).toThrow(
      /^--out: nothing can/,
    );
    expect(() => writeFile('--out', at('last'), 'other')).toThrow(/cannot be written/);
    expect(readdirSync(folder)).toEqual(['last.new', 'old', 'taken']);
    expect(readFileSync(at('old'), 'utf8')).toBe('as it was');
    expect(() => writeFile('--out', '/dev/full', 'text')).toThrow(/\(ENOSPC: the disk is full\)/);
  });
});
