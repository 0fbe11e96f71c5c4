import { App } from 'aws-cdk-lib';
import featureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import type { Shop } from './config/index.ts';
import { ShopStage } from './environment/stage.ts';

// A weak reference is read when its consumer is deployed and then kept, even if the producer changes or goes away.
const strongReferences = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

// The CDK's command line asks for it; reports and rehearsals name constructs by it.
const pathMetadata = { 'aws:cdk:enable-path-metadata': true };

const withoutSources = { 'aws:cdk:disable-creation-stack-traces': true };

export interface ShopAppProps {
  /** Folder of the cloud assembly. @default cdk.out under the CDK's command line, a temporary folder elsewhere */
  readonly outdir?: string;
  /** Whether a report can say which line made a resource, which costs a seventh of a synthesis. @default true */
  readonly sources?: boolean;
}

// Ten frames end inside the CDK where a construct makes others, such as the subnets of a VPC: their rows in a report
// would name no line of ours.
const framesToOurCode = 14;

/** An empty app. Its feature flags stand here and not in cdk.json, so that every way to synthesize gives the same. */
export function createApp(props: ShopAppProps = {}): App {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, framesToOurCode);
  return new App({
    outdir: props.outdir,
    // Under the CDK's command line it would also write what there is after a mistake in the config: nothing, or half.
    autoSynth: false,
    context: {
      ...featureFlags,
      ...strongReferences,
      ...pathMetadata,
      ...(props.sources === false && withoutSources),
    },
    analyticsReporting: false,
    // Starting AWS's validator takes longer than everything else together; the tests run it on every example.
    builtinCloudFormationValidation: false,
    treeMetadata: false,
  });
}

/** One stage per environment. The functions must have been bundled before (`bundleLambdas`). */
export function addEnvironments(app: App, shop: Shop): void {
  for (const [name, environment] of Object.entries(shop.environments)) {
    new ShopStage(app, name, { shop, environment });
  }
}

/** The CDK app of a shop. Synthesizes offline and without credentials. */
export function createShopApp(shop: Shop, props: ShopAppProps = {}): App {
  const app = createApp(props);
  addEnvironments(app, shop);
  return app;
}
