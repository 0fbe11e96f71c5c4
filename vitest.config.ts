import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that start servers and programs, or look at their own process. */
const aloneInProcess = [
  'test/environment/{admin,credentials}/**/*.test.ts',
  'test/{cli,platforms}/**/*.test.ts',
  'test/review/deploys/aws.test.ts',
  'test/*.test.ts',
];

const forAll = {
  // AWS's own validator only warns, and takes seconds to start in every file; one test runs it on every example.
  env: { CDK_VALIDATION: 'false' },
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // Templates are read into many small objects: with room for them, a seventh of the time goes into clearing up less.
  execArgv: ['--max-semi-space-size=64'],
};

export default defineConfig({
  test: {
    reporters: ['default', './test/support/what-to-install.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Tests wait for servers and programs of their own more than they compute; by itself vitest leaves a core idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      { test: { ...forAll, name: 'alone', include: aloneInProcess } },
      // Loading the CDK for each file would take as long as the tests.
      {
        test: {
          ...forAll,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: aloneInProcess,
          isolate: false,
        },
      },
    ],
  },
});
