import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { IConstruct } from 'constructs';
import { createShopApp } from '../../lib/app.ts';
import { addPacks } from '../../lib/checks/packs/index.ts';
import { isOpen } from '../../lib/checks/recorder/row.ts';
import { packageRoot } from '../../lib/cli/package-root.ts';
import { UserError } from '../../lib/cli/user-error.ts';
import { loadShop } from '../../lib/config/load.ts';
import { bundleLambdas } from '../../lib/environment/lambda/bundle.ts';

/**
 * Synthesizes `shop.config.ts` and every example below a folder, in one process: loading the CDK takes as long as a shop.
 *
 * @returns the files of their templates
 * @throws UserError on an open finding of a pack or a warning
 */
export async function synthesizeExamples(folder: string): Promise<string[]> {
  // What is deprecated throws.
  process.env.JSII_DEPRECATED = 'fail';
  await bundleLambdas();
  const examples = readdirSync(join(packageRoot, 'examples')).filter((name) => name.endsWith('.ts'));
  const problems: string[] = [];
  for (const file of ['shop.config.ts', ...examples.map((name) => join('examples', name))]) {
    const outdir = join(folder, basename(file, '.ts'));
    const app = createShopApp(await loadShop(join(packageRoot, file)), { outdir, sources: false });
    const recorder = addPacks(app);
    app.synth();
    const open = recorder.rows.filter(isOpen).map(({ finding, resource }) => `${resource.path}: ${finding}`);
    problems.push(...[...open, ...warningsIn(app)].map((problem) => `${file}: ${problem}`));
  }
  if (problems.length > 0) throw new UserError(problems);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}

/** What the CDK's command line would print of a stack that it is asked for. */
export function warningsIn(app: IConstruct): string[] {
  return app.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === 'aws:cdk:warning' || type === 'aws:cdk:error')
        .map(({ data }) => `${node.path}: ${data}`),
    );
}
