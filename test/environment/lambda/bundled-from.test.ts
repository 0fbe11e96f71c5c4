import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { isRecorded, record } from '../../../lib/environment/lambda/bundled-from.ts';

let folder: string;
let recordFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundled-from-'));
  recordFile = join(folder, 'record.json');
  mkdirSync(join(folder, 'package'));
  for (const file of ['one.ts', 'package/package.json', 'package/two.js', 'bundle.mjs']) write(file, file);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('knows bundles whose sources are as they were', () => {
  expect(isRecorded(recordFile, [])).toBe(false);
  recordBundle();
  expect(isRecorded(recordFile, [inPackage('one.ts')])).toBe(true);
});

it.each(['one.ts', 'package/two.js', 'package/package.json', 'bundle.mjs'])(
  'notices a change of %s',
  (file) => {
    recordBundle();
    write(file, 'something else');
    expect(isRecorded(recordFile, [])).toBe(false);
  },
);

it.each(['one.ts', 'package/package.json', 'bundle.mjs'])('notices that %s is gone', (file) => {
  recordBundle();
  rmSync(join(folder, file));
  expect(isRecorded(recordFile, [])).toBe(false);
});

it('notices a source that is new', () => {
  recordBundle();
  expect(isRecorded(recordFile, [inPackage('one.ts'), inPackage('three.ts')])).toBe(false);
});

it('records nothing when a source changed while it was bundled', () => {
  recordBundle({ since: 0 });
  expect(isRecorded(recordFile, [])).toBe(false);
});

it('notices a bundle that another synthesis wrote meanwhile', () => {
  recordBundle({ bundle: 'mine' });
  expect(isRecorded(recordFile, [])).toBe(false);
});

it('takes half a record for none', () => {
  recordBundle();
  write('record.json', '{"esbuild"');
  expect(isRecorded(recordFile, [])).toBe(false);
});

it('needs no record where none can be written', () => {
  mkdirSync(recordFile);
  recordBundle();
  expect(isRecorded(recordFile, [])).toBe(false);
});

function recordBundle({ since = Number.POSITIVE_INFINITY, bundle = 'bundle.mjs' } = {}): void {
  const inputs = ['one.ts', 'package/two.js'].map(inPackage);
  const outputs = [{ file: inPackage('bundle.mjs'), contents: Buffer.from(bundle) }];
  record(recordFile, { inputs, outputs, since });
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

function inPackage(file: string): string {
  return relative(packageRoot, join(folder, file));
}
