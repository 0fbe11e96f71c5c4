import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
 * A temporary folder for everything that the tests, and the programs that they start, make in one: it goes with the run,
 * also where a test fails before it has cleaned up.
 */
function ownTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-tests-'));
  // Database and web servers run as users of their own, and make files there as in /tmp.
  chmodSync(folder, 0o1777);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // What a killed program left mounted is somebody else's.
    if (readFileSync('/proc/self/mounts', 'utf8').includes(folder))
      console.error(`${folder} is in use, and stays`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/**
 * Once before all tests: bundles the functions, which constructs need, and synthesizes the example shops, so that the
 * many tests that look at templates only read them.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const removeTemporaryFolder = ownTemporaryFolder();
  removeWhenKilled(removeTemporaryFolder);
  try {
    await prepare(project);
  } catch (error) {
    removeTemporaryFolder();
    throw error;
  }
  return removeTemporaryFolder;
}

/** A run that takes too long, or whose terminal goes, is not given the time to end. */
function removeWhenKilled(remove: () => void): void {
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      remove();
      process.kill(process.pid, signal);
    });
}

async function prepare(project: TestProject): Promise<void> {
  await bundleLambdas();
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-examples-'));
  for (const [index, file] of allExampleFiles.entries()) {
    const shop = await loadShop(file);
    createShopApp(shop, { outdir: join(folder, String(index)), sources: false }).synth();
  }
  project.provide('assembliesFolder', folder);
}
