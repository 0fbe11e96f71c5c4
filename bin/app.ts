import { App } from 'aws-cdk-lib';
import { createShopApp } from '../lib/app.ts';
import { exitOnUserError } from '../lib/cli/user-error.ts';
import { loadShop } from '../lib/config/load.ts';
import { bundleLambdas } from '../lib/lambda/bundle.ts';

await exitOnUserError(async () => {
  const configFile: unknown = new App().node.tryGetContext('config');
  const shop = await loadShop(typeof configFile === 'string' ? configFile : undefined);
  await bundleLambdas();
  createShopApp(shop).synth();
});
