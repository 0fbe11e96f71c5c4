import { addEnvironments, createApp } from '../lib/app.ts';
import { addPacks } from '../lib/checks/packs/index.ts';
import { loadShop } from '../lib/config/load.ts';
import { bundleLambdas } from '../lib/environment/lambda/bundle.ts';

/** The CDK app with the packs that BENCH_PACKS names, comma-separated; the real one always runs all. */
const app = createApp();
const config: unknown = app.node.tryGetContext('config');
const shop = await loadShop(typeof config === 'string' ? config : undefined);
await bundleLambdas();
addEnvironments(app, shop);
const packs = (process.env.BENCH_PACKS ?? '').split(',').filter((pack) => pack !== '');
if (packs.length > 0) addPacks(app, { packs });
app.synth();
