import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { createShopApp } from './app.ts';
import type { Shop } from './config/index.ts';
import { bundleLambdas } from './environment/lambda/bundle.ts';

/** Synthesizes a shop offline, hands out the app and the folder of its cloud assembly, and leaves nothing behind. */
export async function withSynthesizedShop<T>(
  shop: Shop,
  use: (app: App, assembly: string) => T,
  {
    change = () => {},
    sources = false,
  }: {
    /** Adds to the app before it is synthesized. @default nothing */
    readonly change?: ((app: App) => void) | undefined;
    /** As for an app. @default false */
    readonly sources?: boolean;
  } = {},
): Promise<Awaited<T>> {
  await bundleLambdas();
  const assembly = mkdtempSync(join(tmpdir(), 'secure-shop-'));
  const remove = () => rmSync(assembly, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const app = createShopApp(shop, { outdir: assembly, sources });
    change(app);
    app.synth();
    return await use(app, assembly);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
