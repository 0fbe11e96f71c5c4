import { addEnvironments, createApp } from '../lib/app.ts';
import { addPacks } from '../lib/checks/packs/index.ts';
import { translatorOfReader } from '../lib/cli/language/index.ts';
import { progress, speakBy } from '../lib/cli/output.ts';
import { exitOnUserError } from '../lib/cli/user-error.ts';
import { loadShop } from '../lib/config/load.ts';
import { noticesOf } from '../lib/config/notices.ts';
import { bundleLambdas } from '../lib/environment/lambda/bundle.ts';

const translate = await translatorOfReader(
  async () => (await import('../lib/config/problems.ja.ts')).problemInJapanese,
);
speakBy(translate);

await exitOnUserError(async () => {
  const app = createApp();
  const config: unknown = app.node.tryGetContext('config');
  const shop = await loadShop(typeof config === 'string' ? config : undefined);
  progress(...noticesOf(shop));
  await bundleLambdas();
  addEnvironments(app, shop);
  addPacks(app);
  app.synth();
  // The CDK's command line looks at the main assembly only, which has no stack: it would say "0 differences" of it.
  const [first = 'production'] = Object.keys(shop.environments);
  progress(
    `Each environment is a stage: name its stacks, as in: cdk diff '${first}/*'. A bare "cdk diff" compares none of them`,
  );
});
