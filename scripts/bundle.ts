import { bundleLambdas } from '../lib/environment/lambda/bundle.ts';

/** The code of every function, ready for a synthesis or for the package. */
await bundleLambdas();
