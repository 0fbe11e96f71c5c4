import { bundleLambdas } from '../lib/lambda/bundle.ts';

/** The code of every function, ready for a synthesis or for the package. */
await bundleLambdas();
