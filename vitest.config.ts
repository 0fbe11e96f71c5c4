import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Tests wait for servers and programs of their own more than they compute; by itself vitest leaves a core idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // AWS's own validator only warns, and takes seconds to start in every file; one test runs it on every example.
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
