import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { called } from '../../cli/support/called.ts';

const example = resolve('examples/eccube-standard.ts');

describe('secure-shop rehearse', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-rehearse-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('says all that is wrong at once', async () => {
    const evidence = join(folder, 'kept.json');
    writeFileSync(evidence, '{}');
    const { code, out, said } = await called(['rehearse', '-c', 'none.ts', '--evidence', evidence]);
    expect([code, out]).toEqual([2, '']);
    expect(said).toMatch(/^--evidence: \S+ exists already/m);
    expect(said).toMatch(/^nobody can be asked here: run it in a terminal, or pass --yes/m);
    expect(said).toMatch(/^none\.ts: there is no such file/m);
  });

  it.each([
    ['a folder that is not there', join('nowhere', 'e.json')],
    ['no name', ''],
  ])('refuses evidence in %s before the work of which it is the end', async (_, name) => {
    const { code, said } = await called(['rehearse', '--yes', '-c', example, '--evidence', name]);
    expect(said).toMatch(/^--evidence: .*cannot be written \(ENOENT\)/m);
    expect(code).toBe(2);
  });
});
