import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageRoot } from '../../cli/package-root.ts';
import { UserError } from '../../cli/user-error.ts';
import { bundlesFolder } from './bundle-folder.ts';
import { type Bundled, isRecorded, record } from './bundled-from.ts';

const recordFile = join(bundlesFolder, 'bundled-from.json');

/** The Node of the runtime that each function names. */
const lambdaNode = 24;
/** The Node of the runtime of canaries. */
const canaryNode = 22;
/** The Node that the build specs of the pipeline ask CodeBuild for. */
export const codebuildNode = 22;

// Besides a function's code they decide what its bundle looks like.
const settings = ['lib/environment/lambda/bundle.ts', 'tsconfig.json'];
/** The package, once installed, has its bundles, but not all that they are made from. */
const isCheckout = existsSync(join(packageRoot, 'tsconfig.json'));

/**
 * Bundles the code of every function and step below lib/: one file each.
 * A function is a file named `<name>.lambda.ts` that exports `handler`, a canary `<name>.canary.ts` that does; a step of the
 * image pipeline is a file named `<name>.codebuild.ts`. Names are unique in the project.
 *
 * The AWS SDK is bundled too, so that a function runs the version it was tested with. Bundling costs a third of a
 * synthesis, so it is left out while nothing changed.
 *
 * @throws UserError when the bundles cannot be written
 */
export async function bundleLambdas(): Promise<void> {
  if (!isCheckout) return;
  const sources = sourcesBelowLib();
  const functions = sources.filter((file) => file.endsWith('.lambda.ts'));
  const steps = sources.filter((file) => file.endsWith('.codebuild.ts'));
  const canaries = sources.filter((file) => file.endsWith('.canary.ts'));
  const inputs = [...[...functions, ...steps, ...canaries].map(inPackage), ...settings];
  if (isRecorded(recordFile, inputs)) return;
  const since = Date.now();
  const bundled = [
    await bundle(functions, lambdaNode),
    await bundle(steps, codebuildNode),
    await bundle(canaries, canaryNode),
  ];
  record(recordFile, {
    inputs: [...inputs, ...bundled.flatMap((one) => one.inputs)],
    outputs: bundled.flatMap((one) => one.outputs),
    since,
  });
}

async function bundle(files: readonly string[], node: number): Promise<Pick<Bundled, 'inputs' | 'outputs'>> {
  const { outputFiles, metafile } = await build({
    entryPoints: Object.fromEntries(files.map((file) => [`${bundleName(file)}/index`, file])),
    outdir: bundlesFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: packageRoot,
    platform: 'node',
    target: `node${node}`,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    // pg tries the optional native driver; it is not installed and must not be looked for in the bundle.
    // The runtime of canaries brings the other one along.
    external: ['pg-native', '@aws/synthetics-playwright'],
    plugins: [withoutOldCharacterSets],
    // Bundled CommonJS packages still call require() for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
    },
  });
  for (const { path, contents } of outputFiles) {
    // Another synthesis may be reading it: what is as it should be is not written again.
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    write(path, contents);
  }
  const outputs = outputFiles.map(({ path, contents }) => ({ file: inPackage(path), contents }));
  return { inputs: Object.keys(metafile.inputs), outputs };
}

function write(path: string, contents: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  } catch (error) {
    const { message } = error as Error;
    throw new UserError([
      `${bundlesFolder}: the functions cannot be bundled there (${message}); somebody who may write there runs "npm run bundle"`,
    ]);
  }
}

function inPackage(file: string): string {
  return relative(packageRoot, file);
}

/**
 * mysql2 brings tables for Japanese, Chinese and Korean character sets of old: a third of the rotation function. Its
 * connections speak UTF-8, which needs none of them.
 */
const withoutOldCharacterSets: Plugin = {
  name: 'without-old-character-sets',
  setup({ onLoad }) {
    onLoad({ filter: /iconv-lite[\\/]encodings[\\/]tables[\\/].*\.json$/ }, () => ({
      contents: '[]',
      loader: 'json',
    }));
  },
};

function sourcesBelowLib(): string[] {
  const lib = join(packageRoot, 'lib');
  return readdirSync(lib, { recursive: true, encoding: 'utf8' }).map((file) => join(lib, file));
}

function bundleName(file: string): string {
  return basename(file).replace(/\.(lambda|codebuild|canary)\.ts$/, '');
}
