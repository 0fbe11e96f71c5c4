import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that look at their own process: its environment, its signals. Each loads the CDK for itself, which takes seconds. */
const aloneInProcess = ['test/cli/{commands,json,newcomer}.test.ts'];

/**
 * Files that take half a minute and more: begun late, they would run on when nothing is left for the other workers. Without
 * the durations of a run before, vitest begins with what is written in the most bytes.
 */
const long = [
  'environment/credentials/matrix',
  'platforms/images',
  'environment/admin/vpn-command',
  'package',
  'platforms/woocommerce-real',
  'app',
  'environment/credentials/load',
  'platforms/woocommerce-shop',
  'environment/lambda/bad-day',
  'review/report/page',
  'environment/payment-page/watch',
  'review/acceptance/rehearse',
  'review/launch/launch',
  'checks/mutations',
  'environment/teardown/teardown',
  'environment/transitions',
  'environment/payment-page/canary',
].map((name) => `/test/${name}.test.ts`);

/** Each project's long files come first. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.some((name) => moduleId.endsWith(name));
    return [...new Set(sorted.map(({ project }) => project))].flatMap((project) => {
      const own = sorted.filter((file) => file.project === project);
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))];
    });
  }
}

const forAll = {
  // AWS's own validator only warns, and takes seconds to start in every file; one test runs it on every example.
  env: { CDK_VALIDATION: 'false' },
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Templates are read into many small objects: with room for them, clearing up takes a tenth of the time, not a sixth.
  execArgv: ['--max-semi-space-size=64'],
};

export default defineConfig({
  test: {
    reporters: ['default', './test/support/what-to-install.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Tests wait for servers and programs of their own more than they compute; by itself vitest leaves a core idle.
    maxWorkers: Math.max(5, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
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
