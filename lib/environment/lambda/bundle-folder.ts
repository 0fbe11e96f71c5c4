import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package-root.ts';

/** Each function's code lies in `<bundlesFolder>/<name>/index.mjs`. */
export const bundlesFolder = join(packageRoot, 'dist', 'lambda');

/** @throws Error when the function was never bundled; `npm run bundle` or any synth does it. */
export function bundleFolder(name: string): string {
  const folder = join(bundlesFolder, name);
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new Error(`no bundle of the function "${name}" in dist/lambda: run "npm run bundle" first`);
  }
  return folder;
}
