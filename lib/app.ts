import { App } from 'aws-cdk-lib';
import featureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import type { Shop } from './config/index.ts';
import { ShopStage } from './stage.ts';

// A weak reference is read when its consumer is deployed and then kept, even if the producer changes or goes away.
const strongReferences = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

export interface ShopAppProps {
  /** Folder of the cloud assembly. @default chosen by the CDK: cdk.out from the CDK's command line, a temporary folder elsewhere */
  readonly outdir?: string;
}

/**
 * The CDK app of a shop: one stage per environment. Synthesizes offline and without credentials.
 *
 * The functions must have been bundled before (`bundleLambdas`).
 */
export function createShopApp(shop: Shop, props: ShopAppProps = {}): App {
  // The flags stand here and not in cdk.json, so that every way to synthesize gives the same templates.
  const app = new App({
    outdir: props.outdir,
    context: { ...featureFlags, ...strongReferences },
    analyticsReporting: false,
  });
  for (const [name, environment] of Object.entries(shop.environments)) {
    new ShopStage(app, name, { shop, environment });
  }
  return app;
}
