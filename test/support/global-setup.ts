import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createShopApp } from '../../lib/app.ts';
import { loadShop } from '../../lib/config/load.ts';
import { bundleLambdas } from '../../lib/environment/lambda/bundle.ts';
import { allExampleFiles } from './example-files.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder that holds the cloud assembly of each example, by its position among the example files. */
    assembliesFolder: string;
  }
}

/**
 * Once before all tests: bundles the functions, which constructs need, and synthesizes the example shops, so that the
 * many tests that look at templates only read them.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  await bundleLambdas();
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-examples-'));
  for (const [index, file] of allExampleFiles.entries()) {
    createShopApp(await loadShop(file), { outdir: join(folder, String(index)) }).synth();
  }
  project.provide('assembliesFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
