import { bundleLambdas } from '../../lib/lambda/bundle.ts';

/** Once before all tests: constructs that hold a function need its bundle. */
export default bundleLambdas;
