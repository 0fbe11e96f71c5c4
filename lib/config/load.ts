import { type Stats, statSync } from 'node:fs';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild';
import { UserError } from '../cli/user-error.ts';
import type { ConfigMessage } from './config-thread.ts';
import { parsePlainShop, type Shop } from './index.ts';
import { asPosted } from './plain-data.ts';
import { messageOf } from './problem.ts';
import { redact } from './secrets.ts';

const extensions = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'];
/** Where a shop is described unless somebody names another file. */
export const defaultConfigFile = 'shop.config.ts';
const whatToExport = 'write `export default defineShop({ ... })`';
const patience = 60_000;

/**
 * Loads and checks the file that describes the shop.
 *
 * @param file relative to the working folder. @default `shop.config.ts`
 * @param adapt changes what the file exports before it is checked
 * @throws UserError with every problem of the file
 */
export async function loadShop(
  file = defaultConfigFile,
  adapt = (exported: unknown): unknown => exported,
): Promise<Shop> {
  const path = resolve(file);
  checkFile(path, file || '.');
  const exported = exportedShop(file, await run(await compile(path, file), file));
  return parsePlainShop(adapt(exported), { folder: dirname(path) });
}

function checkFile(path: string, shown: string): void {
  const file = statOf(path);
  const problem = (text: string) => new UserError([`${shown}: ${text}`]);
  if (file === undefined) throw problem(`there is no such file; write its path relative to ${process.cwd()}`);
  if (file.isDirectory()) throw problem('found a folder; write the path of a file');
  if (!file.isFile()) throw problem('found a device or a pipe; write the path of a file');
  const ending = extname(path);
  if (!extensions.includes(ending)) {
    const kind = ending === '' ? 'a file without an ending' : `a "${ending}" file`;
    throw problem(`found ${kind}; write a file ending in ${extensions.join(', ')}`);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A name that no file can have, or a folder that may not be entered.
    return undefined;
  }
}

type Exported = Exclude<ConfigMessage, { readonly failure: string }>;

interface Compiled {
  readonly config: string;
  /** Runs it: config-thread.ts. */
  readonly thread: string;
}

/** Compiles the file and what it imports from its own folders to one module, and the thread to run it in. */
async function compile(path: string, shown: string): Promise<Compiled> {
  const refused = (messages: readonly Message[]) =>
    new UserError(messages.map((message) => `${place(message, path, shown)}: ${complaint(message)}`));
  const { outputFiles, warnings } = await build({
    entryPoints: [
      { in: path, out: 'config' },
      { in: fileURLToPath(new URL('./config-thread.ts', import.meta.url)), out: 'thread' },
    ],
    outdir: '.',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    absWorkingDir: dirname(path),
    // CommonJS that the file imports calls require() for Node's own modules.
    banner: {
      js: `import { createRequire as createRequireForConfig } from 'node:module'; const require = createRequireForConfig(${JSON.stringify(path)});`,
    },
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(path).href),
      'import.meta.filename': JSON.stringify(path),
      'import.meta.dirname': JSON.stringify(dirname(path)),
      __filename: JSON.stringify(path),
      __dirname: JSON.stringify(dirname(path)),
    },
    // An import that is not used must lead somewhere all the same.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [withoutLibrary, packagesFromTheirFolder],
  }).catch((error: BuildFailure) => {
    if (Array.isArray(error.errors)) throw refused(error.errors);
    throw new UserError([`${shown}: cannot be read: ${messageOf(error)}`]);
  });
  const repeated = warnings.filter(({ id }) => id === 'duplicate-object-key');
  if (repeated.length > 0) throw refused(repeated);
  const output = (name: string) =>
    outputFiles.find((file) => basename(file.path) === `${name}.js`)?.text ?? '';
  return { config: output('config'), thread: output('thread') };
}

function place({ location }: Message, path: string, shown: string): string {
  if (location === null) return shown;
  const file = resolve(dirname(path), location.file);
  const name = file === path ? shown : relative(process.cwd(), file);
  return `${name}:${location.line}:${location.column + 1}`;
}

function complaint({ id, text }: Message): string {
  const line = redact(text);
  if (id === 'duplicate-object-key') {
    return `${/"[^"]*"/.exec(line)?.[0] ?? 'a setting'} is written twice in one object; remove one`;
  }
  if (line.startsWith('No matching export in "library:')) {
    return `${line.replace(/^.* for import /, '')} is nothing the library offers to a config file; import defineShop`;
  }
  return /^(Could not resolve|No matching export)/.test(line) ? line : `does not parse: ${line}`;
}

async function run({ config, thread }: Compiled, shown: string): Promise<Exported> {
  const worker = new Worker(moduleAddress(thread), {
    workerData: { address: moduleAddress(config).href },
    // The options of this process, such as a loader for TypeScript, are of no use there and slow to start.
    execArgv: [],
    stdout: true,
  });
  // Standard output belongs to the command's own results.
  worker.stdout.pipe(process.stderr, { end: false });
  const message = await new Promise<ConfigMessage>((posted) => {
    const fail = (failure: string) => posted({ failure });
    const timer = setTimeout(() => fail('it did not end within a minute'), patience);
    worker.once('message', posted);
    worker.once('error', (error) => fail(messageOf(error)));
    worker.once('exit', () => {
      clearTimeout(timer);
      fail('it ended, or waits for what never comes, before it exported a shop');
    });
  });
  await worker.terminate();
  if ('failure' in message) {
    throw new UserError([`${shown}: the file stopped with an error: ${message.failure}`]);
  }
  return message;
}

/** A module of its own for each load: what ran once would be remembered under a file's name. */
function moduleAddress(code: string): URL {
  return new URL(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

/** `defineShop` only types the file for the editor: loading the library a second time for it would be slow. */
const withoutLibrary: Plugin = {
  name: 'without-library',
  setup({ onResolve, onLoad }) {
    const library = fileURLToPath(new URL('./index.ts', import.meta.url));
    onResolve({ filter: /(^secure-shop|index(\.[jt]s)?|\/config\/?)$/ }, ({ path, resolveDir, kind }) => {
      const isLibrary = path === 'secure-shop' || resolve(resolveDir, path).startsWith(library.slice(0, -9));
      return isLibrary && kind !== 'entry-point' ? { path: 'defineShop', namespace: 'library' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'library' }, () => ({
      contents: 'export const defineShop = (shop) => shop;',
    }));
  },
};

/** A module without a file of its own can import packages only by their full address. */
const packagesFromTheirFolder: Plugin = {
  name: 'packages-from-their-folder',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (kind === 'entry-point' || pluginData === packagesFromTheirFolder) return undefined;
      const resolved = await builder.resolve(path, {
        kind,
        resolveDir,
        importer,
        pluginData: packagesFromTheirFolder,
      });
      // Node runs no TypeScript from a package, so it is compiled with the file.
      if (resolved.errors.length > 0 || resolved.external || /\.[cm]?tsx?$/.test(resolved.path))
        return resolved;
      const address = kind === 'require-call' ? resolved.path : pathToFileURL(resolved.path).href;
      return { path: address, external: true };
    });
  },
};

function exportedShop(shown: string, { names, shop }: Exported): unknown {
  if (names.length === 0) throw new UserError([`${shown}: exports nothing; ${whatToExport}`]);
  if (!names.includes('default')) {
    throw new UserError([
      `${shown}: exports ${names.join(', ')}, but has no default export; ${whatToExport}`,
    ]);
  }
  return asPosted(shop);
}
